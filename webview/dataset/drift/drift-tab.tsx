// Has the data moved? Against which version, every column's answer, and the evidence for the one that is chosen.
import { useState } from 'react';
import type { BatchMoment } from '../../../src/protocol/datasets/contract/check-api';
import type { DatasetVersion } from '../../../src/protocol/datasets/dataset';
import type { Drift, DriftColumn } from '../../../src/protocol/datasets/drift';
import {
  type ColumnWeights,
  type WeightSource,
  weightShares,
  weightSourceText,
} from '../../../src/protocol/datasets/panel/column-weights';
import { lastCount } from '../../../src/protocol/datasets/panel/drift-reference';
import type { DriftMoment, MeasuredDrift } from '../../../src/protocol/datasets/panel/panel-api';
import { smallMovesText } from '../../../src/protocol/datasets/panel/small-moves';
import { referenceName, versionName } from '../../../src/protocol/datasets/panel/version-name';
import { countText, timeText } from '../../../src/protocol/wording';
import { Button, Choice, Link, SearchField } from '../../kit/controls';
import { Fold } from '../../kit/section';
import type { Measuring } from '../head/measuring';
import { WorkState } from '../head/work-state';
import { Key } from '../plot/key';
import { CategoriesEvidence } from './categories-evidence';
import { ColumnHistory } from './column-history';
import { DetailState } from './detail-state';
import { inOrder } from './drift-order';
import { DriftTable } from './drift-table';
import { useColumnDetail } from './load-drift';
import { NumbersEvidence } from './numbers-evidence';

interface DriftTabProps {
  measured: MeasuredDrift | null;
  versions: readonly DatasetVersion[];
  version: DatasetVersion;
  moments: readonly DriftMoment[];
  batches: readonly BatchMoment[];
  column: string | null;
  /** Whether there is nothing to measure against because this is the first version and those before are the reference. */
  isFirst: boolean;
  measuring: Measuring;
  /** Measures what the history lacks; undefined when it lacks nothing. */
  onMeasureAll: (() => void) | undefined;
  onColumn: (column: string) => void;
  /** As it is asked for: a version's id, or `last:N`. */
  onReference: (reference: string) => void;
  /** What each column counts in the model. */
  weights: ColumnWeights;
  weightSource: WeightSource | null;
  onRun: (runId: string) => void;
  /** Shows what differs from the reference row by row; undefined where that is several versions. */
  onRows: (() => void) | undefined;
  /** Makes the reference in sight that of the dataset; undefined when it is that already, or cannot be. */
  onKeepReference: (() => void) | undefined;
}

/** With more columns than this one is looked for by its name. */
const manyColumns = 30;
const mostShown = 150;

/** Without a second version there is nothing to measure against, which is said. */
export function DriftTab(props: DriftTabProps) {
  const { measured, measuring, versions } = props;
  const isOnly = versions.length < 2;
  if (measured === null) {
    return props.isFirst ? (
      <NothingBefore {...props} />
    ) : (
      <div className="message">
        <h2 className="alone">{isOnly ? 'Nothing to measure against' : 'This is the reference'}</h2>
        <p className="alone">
          Drift is how far a version moved from another one.{' '}
          {isOnly
            ? 'This dataset has one version; refresh it when its files have changed.'
            : 'The other versions are measured against this one; choose one of them.'}
        </p>
      </div>
    );
  }
  return (
    <>
      <Reference {...props} measured={measured} />
      <WorkState measuring={measuring} doing="Measuring drift" />
      {measured.drift === null ? (
        measuring.state === 'rests' && (
          <div className="message">
            <h2 className="alone">Not measured yet</h2>
            <div className="acts alone">
              <Button label="Measure Drift" primary onAct={() => measuring.start(false)} />
            </div>
          </div>
        )
      ) : (
        <Columns {...props} drift={measured.drift} measured={measured} />
      )}
    </>
  );
}

/** The first version, where the versions before each are its reference. */
function NothingBefore({ versions, version, onReference }: DriftTabProps) {
  const other = versions.find(({ id }) => id !== version.id);
  return (
    <div className="message">
      <h2 className="alone">Nothing came before this version</h2>
      <p className="alone">Drift is measured against the versions before, and this is the first.</p>
      {other !== undefined && (
        <div className="acts alone">
          <Button label={`Measure Against ${versionName(other)}`} onAct={() => onReference(other.id)} />
        </div>
      )}
    </div>
  );
}

function Reference(props: DriftTabProps & { measured: MeasuredDrift }) {
  const { measured, versions, version, onReference, onKeepReference, onRows, measuring } = props;
  // A reference may be older than the versions that are listed.
  const listed = versions.some(({ id }) => id === measured.reference.id) ? versions : [...versions, measured.reference];
  const single = listed
    .filter(({ id }) => id !== version.id)
    .map((each) => ({ value: each.id, label: referenceText(each) }));
  const options = [...single, ...severalOptions(measured, versions.length)];
  const { drift } = measured;
  const thresholds = [...new Set(drift?.columns.filter(({ isTest }) => !isTest).map(({ threshold }) => threshold))];
  return (
    <div className="tab-bar">
      <span className="quiet">Reference</span>
      <Choice label="Reference" options={options} value={measured.asked} onChoose={onReference} />
      {onRows !== undefined && <Link label="Compare Rows" onAct={onRows} />}
      {onKeepReference !== undefined && <Link label="Make It the Reference" onAct={onKeepReference} />}
      {drift !== null && (
        <span
          className="quiet roomy"
          title={measured.time === null ? undefined : `Measured ${timeText(measured.time, Date.now())}`}
        >
          {thresholds.length === 1 ? `threshold ${thresholds[0]}, ` : ''}noise band at{' '}
          {Math.round((1 - drift.alpha) * 100)} %
        </span>
      )}
      <span className="tab-keys quiet">
        <Keys />
        {drift !== null && measuring.state === 'rests' && (
          <Link label="Measure Again" onAct={() => measuring.start(true)} />
        )}
      </span>
    </div>
  );
}

function Keys() {
  return (
    <>
      <Key text="noise at this size">
        <rect className="noise" width="16" height="10" />
      </Key>
      <Key text="threshold" size={[3, 12]}>
        <path className="limit" d="M1.5 0V12" />
      </Key>
    </>
  );
}

function Columns(props: DriftTabProps & { drift: Drift; measured: MeasuredDrift }) {
  const { drift, moments, version, column, onColumn, weights } = props;
  const [text, setText] = useState('');
  const columns = inOrder(drift.columns, weights);
  const shares = weightShares(drift.columns, weights);
  const found = columns.filter((each) => each.column.toLowerCase().includes(text.toLowerCase()));
  const shown = found.slice(0, mostShown);
  const chosen = columns.find((each) => each.column === column) ?? columns[0];
  const small = smallMovesText(drift);
  if (chosen === undefined) {
    return <p className="message note">No column is in both versions, so nothing can be compared.</p>;
  }
  return (
    <>
      {columns.length > manyColumns && (
        <div className="tab-bar">
          <SearchField label="Find a column" onSearch={setText} />
          {found.length > shown.length && (
            <span className="quiet">
              the first {shown.length} of {countText(found.length, 'column')}
            </span>
          )}
        </div>
      )}
      <DriftTable
        {...{ columns: shown, moments, shares, version: version.id }}
        weighedBy={weightSourceText(props.weightSource)}
        chosen={chosen.column}
        onChoose={onColumn}
      />
      {shares.size > 0 && <WeightsFrom source={props.weightSource} onRun={props.onRun} />}
      {small !== undefined && <p className="skipped note">{small}</p>}
      <Skipped drift={drift} />
      <Evidence {...props} chosen={chosen} />
    </>
  );
}

/** Nothing of slipway.yaml, which its reader wrote. */
function WeightsFrom({ source, onRun }: { source: WeightSource | null; onRun: (runId: string) => void }) {
  if (source === null) return null;
  const { runId, run, file, model } = source;
  return (
    <p className="skipped note">
      Weights are {file} of run <Link label={run} onAct={() => onRun(runId)} />
      {model === null ? '' : ` (${model})`}. Say others as <code>weights</code> in slipway.yaml.
    </p>
  );
}

function Skipped({ drift: { skipped } }: { drift: Drift }) {
  const [only] = skipped;
  if (only === undefined) return null;
  const label =
    skipped.length === 1
      ? `${only.column} not judged: ${only.reason}`
      : `${countText(skipped.length, 'column')} not judged`;
  if (skipped.length === 1) return <p className="skipped note">{label}</p>;
  return (
    <div className="skipped">
      <Fold name="skipped" label={label}>
        <ul className="note">
          {skipped.map(({ column, reason }) => (
            <li key={column}>
              {column} {reason}
            </li>
          ))}
        </ul>
      </Fold>
    </div>
  );
}

function Evidence(props: DriftTabProps & { measured: MeasuredDrift; chosen: DriftColumn }) {
  const { version, measured, chosen, moments, batches, onMeasureAll } = props;
  const { column } = chosen;
  const [cancelled, setCancelled] = useState<string | null>(null);
  const isCancelled = cancelled === column;
  const detail = useColumnDetail(version, measured.asked, { column, isOpen: !isCancelled });
  const names = { current: versionName(version), reference: referenceName(measured) };
  const value = detail.isCurrent ? detail.value : undefined;
  const isWaiting = value === undefined && detail.error === undefined;
  return (
    <>
      {detail.error !== undefined && !detail.isCurrent && <p className="skipped note">{detail.error.message}</p>}
      {isWaiting && (
        <DetailState
          key={column}
          {...{ column, isCancelled }}
          onCancel={() => setCancelled(column)}
          onStart={() => setCancelled(null)}
        />
      )}
      {value?.numbers != null && (
        <NumbersEvidence column={chosen.column} missing={value.missing} numbers={value.numbers} {...names} />
      )}
      {value?.categories != null && (
        <CategoriesEvidence column={chosen.column} missing={value.missing} categories={value.categories} {...names} />
      )}
      <ColumnHistory
        column={chosen.column}
        isTest={chosen.isTest}
        moments={moments}
        batches={batches}
        version={version.id}
        onMeasure={onMeasureAll}
      />
    </>
  );
}

const lastChoices = [2, 3, 5, 10];

/** The versions before as one reference, and whatever else the reference in sight is made of. */
function severalOptions(measured: MeasuredDrift, versions: number): { value: string; label: string }[] {
  const { asked, references } = measured;
  const chosen = lastCount(asked);
  const counts = [
    ...new Set([...lastChoices.filter((count) => count < versions), ...(chosen === null ? [] : [chosen])]),
  ];
  const last = counts.sort((a, b) => a - b).map((count) => ({ value: `last:${count}`, label: lastText(count) }));
  const isNamed = chosen === null && references.length > 1;
  return isNamed ? [...last, { value: asked, label: referenceName(measured) }] : last;
}

function lastText(count: number): string {
  return count === 1 ? 'The version before' : `The last ${count} versions before`;
}

function referenceText(version: DatasetVersion): string {
  const rows = version.rows === null ? '' : `, ${countText(version.rows, 'row')}`;
  return `${versionName(version)}${rows}`;
}
