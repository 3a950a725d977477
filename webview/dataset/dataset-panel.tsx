// One dataset: may I train on this? The verdict over contract and drift, then the evidence, part by part.
import { useEffect, useMemo } from 'react';
import { columnWeights } from '../../src/protocol/datasets/panel/column-weights';
import type { DatasetView } from '../../src/protocol/datasets/panel/panel-api';
import type { DatasetPanelBoot, DatasetPanelState, ShownState } from '../../src/protocol/datasets/panel/panel-state';
import { referenceName } from '../../src/protocol/datasets/panel/version-name';
import type { PanelEngine } from '../../src/protocol/panel';
import { useEngine } from '../kit/host/engine';
import { HostError } from '../kit/host/host';
import { useHost } from '../kit/host/host-context';
import { type Live, useLive } from '../kit/host/live';
import { type KeptChoices, KeptChoicesContext } from '../kit/kept/kept-choice';
import { useKeptState } from '../kit/kept/kept-state';
import { Failure, type FailureWords, Loading, StaleBanner } from '../kit/trouble';
import { firstState, hasNothingBefore, shownState } from './dataset-state';
import { Header } from './head/header';
import { Opening } from './head/opening';
import { Tabs } from './head/tabs';
import { type DatasetVerdict, datasetVerdict } from './head/verdict';
import { Part } from './part';
import { VersionList } from './versions/version-list';
import { useWorks } from './works';

const failureWords: FailureWords = {
  gone: 'This dataset or version is not in the workspace',
  goneHelp: 'It was deleted, or its database was replaced. What is there stands in the Datasets view.',
  failed: 'This dataset could not be read',
  failedHelp: 'Nothing was changed.',
};

/** The change of a part of the state. */
export type Change = (part: Partial<DatasetPanelState>) => void;

/** One dataset; follows it while it is on screen. */
export function DatasetPanel({ boot }: { boot: DatasetPanelBoot }) {
  const host = useHost();
  const engine = useEngine(boot.engine);
  const [state, change] = useKeptState(host, (kept) => firstState(boot, kept));
  useWishes(change);
  const { dataset, version, reference } = state;
  const asked = { dataset, version: version ?? 'latest', reference };
  const live = useLive<DatasetView>({
    key: JSON.stringify(asked),
    rest: 500,
    load: (from, signal) => from.query('datasets.view', asked, signal),
  });
  if (live.error instanceof HostError && live.error.code === 'not-found') {
    return <Failure error={live.error} words={failureWords} />;
  }
  if (live.value === undefined) return <Before engine={engine} live={live} />;
  return <Shown {...{ view: live.value, live, engine, state: shownState(state, live.value), change }} />;
}

/** The tree and the commands of the editor ask for a version or a part. */
function useWishes(change: Change): void {
  const host = useHost();
  useEffect(
    () =>
      host.listen((event) => {
        if (event.type !== 'dataset') return;
        const { version, tab, reference, badRows } = event;
        change({
          ...(version === null ? {} : { version }),
          ...(tab === null ? {} : { tab }),
          ...(reference === null ? {} : { reference }),
          ...(badRows === null ? {} : { badRows }),
        });
      }),
    [host, change],
  );
}

function Before({ engine, live: { error } }: { engine: PanelEngine; live: Live<DatasetView> }) {
  const isWaiting = error === undefined || (error instanceof HostError && error.code === 'unavailable');
  return isWaiting ? (
    <Loading engine={engine} doing="Reading the dataset" />
  ) : (
    <Failure error={error} words={failureWords} />
  );
}

interface ShownProps {
  view: DatasetView;
  live: Live<DatasetView>;
  engine: PanelEngine;
  state: ShownState;
  change: Change;
}

function Shown({ view, live, engine, state, change }: ShownProps) {
  const { version, drift, check, dataset } = view;
  const { tab } = state;
  // What is in sight stays so, also when the next version can be measured.
  useEffect(() => change({ tab }), [change, tab]);
  const works = useWorks(view, state);
  const isStale = engine.state !== 'running';
  const verdict = verdictOf(view, state);
  const onVersion = (id: string): void => change({ version: id });
  const choices = useMemo<KeptChoices>(
    () => ({ chosen: state.open, choose: (name, isOpen) => change({ open: { ...state.open, [name]: isOpen } }) }),
    [state.open, change],
  );
  const checking = dataset.definition.contract === undefined ? undefined : works.check;
  return (
    <main className="panel" aria-busy={isStale}>
      <Header view={view} checking={checking} onVersion={onVersion} onTab={(tab) => change({ tab })} />
      {isStale && <StaleBanner engine={engine} time={live.time} />}
      {live.error !== undefined && !isStale && <p className="banner">{live.error.message}</p>}
      <KeptChoicesContext value={choices}>
        <div className="body">
          <VersionList
            versions={view.versions}
            count={Math.max(dataset.versions, view.versions.length)}
            chosen={version.id}
            drift={drift}
            onChoose={onVersion}
          />
          <div className="evidence">
            <Opening verdict={verdict} report={check} onRows={(badRows) => change({ badRows, tab: 'contract' })} />
            <Tabs tab={state.tab} report={check} drift={drift?.drift ?? null} onTab={(tab) => change({ tab })} />
            <div role="tabpanel" id="part" aria-labelledby={`tab-${state.tab}`}>
              <Part {...{ view, state, change, works }} />
            </div>
          </div>
        </div>
      </KeptChoicesContext>
    </main>
  );
}

function verdictOf(view: DatasetView, state: ShownState): DatasetVerdict {
  const { dataset, drift, check, versions } = view;
  return datasetVerdict({
    report: check,
    hasContract: dataset.definition.contract !== undefined,
    drift: drift?.drift ?? null,
    reference: drift === null ? null : referenceName(drift),
    weights: columnWeights(view.weights, drift?.drift ?? null),
    isReference: drift === null && versions.length > 1 && !hasNothingBefore(view, state),
  });
}
