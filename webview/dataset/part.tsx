// The part of the panel that is looked at.
import type { Drift } from '../../src/protocol/datasets/drift';
import { type ColumnWeights, columnWeights } from '../../src/protocol/datasets/panel/column-weights';
import { lastCount, writtenReference } from '../../src/protocol/datasets/panel/drift-reference';
import type { DatasetView } from '../../src/protocol/datasets/panel/panel-api';
import type { ShownState } from '../../src/protocol/datasets/panel/panel-state';
import { referenceLabel, versionName } from '../../src/protocol/datasets/panel/version-name';
import type { Host } from '../kit/host/host';
import { useHost } from '../kit/host/host-context';
import { ContractTab } from './contract/contract-tab';
import type { Change } from './dataset-panel';
import { hasNothingBefore } from './dataset-state';
import { inOrder } from './drift/drift-order';
import { DriftTab } from './drift/drift-tab';
import { useBatchMoments, useDriftHistory } from './drift/load-drift';
import { HistoryTab } from './history/history-tab';
import { LineageTab } from './lineage/lineage-tab';
import { ProfileTab } from './profile/profile-tab';
import type { Works } from './works';

interface PartProps {
  view: DatasetView;
  state: ShownState;
  change: Change;
  works: Works;
}

const mostColumns = 150;

/** One of the five. */
export function Part(props: PartProps) {
  const { view, state, change, works } = props;
  const { version, drift, check, dataset } = view;
  const names = { current: versionName(version), reference: drift === null ? null : versionName(drift.reference) };
  switch (state.tab) {
    case 'profile':
      return (
        <ProfileTab
          measured={works.profiled.isCurrent ? works.profiled.value : undefined}
          measuring={works.profile}
          isQuery={version.isQuery}
          {...names}
        />
      );
    case 'contract': {
      const contract = dataset.definition.contract ?? null;
      return (
        <ContractTab
          {...{ report: check, contract, version, measuring: works.check, badRows: state.badRows }}
          onRows={(badRows) => change({ badRows })}
        />
      );
    }
    case 'drift':
      return <Drifted {...props} />;
    case 'lineage':
      return <LineageTab version={version} />;
    case 'history':
      return <Past {...{ view, change }} />;
  }
}

function Drifted({ view, state, change, works }: PartProps) {
  const host = useHost();
  const { version, versions, drift, dataset } = view;
  const reference = drift?.reference ?? null;
  const asked = drift?.asked ?? null;
  const weights = columnWeights(view.weights, drift?.drift ?? null);
  const columns = columnsOf(drift?.drift ?? null, state.column, weights);
  const history = useDriftHistory(dataset.name, asked, { columns, isOpen: reference !== null });
  const moments = history.value?.moments ?? [];
  const batches = useBatchMoments(dataset.name);
  const lacking = moments.filter(({ columns, id }) => columns === null && id !== version.id);
  const measureAll = async (): Promise<void> => {
    for (const { id } of lacking) {
      const measure = { dataset: dataset.name, version: id, reference: asked };
      await host.query('datasets.measureDrift', measure).catch(() => undefined);
    }
  };
  const compareRows = (): void =>
    void host.command('dataset.compareRows', { version: version.id, reference: reference?.id ?? null });
  const isSeveral = asked !== reference?.id;
  return (
    <DriftTab
      measured={drift}
      {...{ versions, version, moments, batches, column: state.column, measuring: works.drift }}
      onMeasureAll={lacking.length === 0 ? undefined : () => void measureAll()}
      onColumn={(column) => change({ column })}
      onReference={(id) => change({ reference: id })}
      weights={weights}
      weightSource={view.weights.source}
      onRun={(id) => void host.command('dataset.openNode', { kind: 'run', id })}
      isFirst={hasNothingBefore(view, state)}
      onRows={isSeveral ? undefined : compareRows}
      onKeepReference={keeping(host, view)}
    />
  );
}

/** Makes the reference in sight that of the dataset; undefined where it is that already, or several versions by name. */
function keeping(host: Host, { version, versions, drift, dataset }: DatasetView): (() => void) | undefined {
  if (drift === null) return undefined;
  const { asked, reference } = drift;
  const labelled = [...versions, reference].find(({ labels }) => labels.includes(referenceLabel));
  if (asked === reference.id) {
    if (labelled?.id === reference.id) return undefined;
    return () => void host.command('dataset.makeReference', { version: reference.id });
  }
  const written = dataset.definition.reference;
  const isKept = written !== undefined && writtenReference(written) === asked && labelled === undefined;
  if (lastCount(asked) === null || isKept) return undefined;
  return () => void host.command('dataset.keepReference', { version: version.id, reference: asked });
}

function Past({ view, change }: Pick<PartProps, 'view' | 'change'>) {
  const { version, versions, drift, dataset } = view;
  const history = useDriftHistory(dataset.name, drift?.asked ?? null, { columns: [], isOpen: drift !== null });
  const reference = drift === null || drift.references.length > 1 ? null : drift.reference.id;
  const batches = useBatchMoments(dataset.name);
  return (
    <HistoryTab
      {...{ versions, batches, reference, version: version.id, moments: history.value?.moments ?? [] }}
      onChoose={(id) => change({ version: id })}
    />
  );
}

/** Of wide tables the history is asked for the columns in sight alone; null of others. */
function columnsOf(drift: Drift | null, chosen: string | null, weights: ColumnWeights): string[] | null {
  if (drift === null || drift.columns.length <= mostColumns) return null;
  const first = inOrder(drift.columns, weights)
    .slice(0, mostColumns - 1)
    .map(({ column }) => column);
  return [...new Set([...first, ...(chosen === null ? [] : [chosen])])];
}
