// How has it gone? Every version with its size, its contract and its drift.
import type { BatchMoment } from '../../../src/protocol/datasets/contract/check-api';
import type { DatasetVersion, VersionState } from '../../../src/protocol/datasets/dataset';
import type { DriftMoment } from '../../../src/protocol/datasets/panel/panel-api';
import { versionName } from '../../../src/protocol/datasets/panel/version-name';
import { bytesText, countText, timeText } from '../../../src/protocol/wording';
import { Icon } from '../../kit/icon';
import { useRowKeys } from '../../kit/row-keys';
import { type HeadCell, TableHead } from '../table-head';
import { stateLook } from '../versions/version-state';

interface HistoryTabProps {
  versions: readonly DatasetVersion[];
  moments: readonly DriftMoment[];
  batches: readonly BatchMoment[];
  /** The version that drift is measured against. */
  reference: string | null;
  version: string;
  onChoose: (version: string) => void;
}

/** With fewer there is nothing to compare with. */
const leastCompared = 5;

const heads: readonly HeadCell[] = [
  { text: 'Version' },
  { text: 'Rows', className: 'number' },
  { text: 'Columns', className: 'number wide' },
  { text: 'Size', className: 'number wide' },
  { text: 'Contract' },
  { text: 'Like before' },
  { text: 'Drift' },
  { text: 'First seen', className: 'wide' },
];

/** The newest first; Enter or a click shows a version. */
export function HistoryTab({ versions, moments, batches, reference, version, onChoose }: HistoryTabProps) {
  const names = versions.map(versionName);
  const chosen = versions.findIndex(({ id }) => id === version);
  const keys = useRowKeys(names, chosen, (place) => onChoose(versions[place]?.id ?? version));
  return (
    <table className="rows history-table" aria-label="Versions over time" onKeyDown={keys.onKeyDown}>
      <TableHead heads={heads} />
      <tbody>
        {versions.map((each, place) => (
          <Row
            key={each.id}
            {...{ each, place, reference, onChoose }}
            isChosen={place === chosen}
            moment={moments.find(({ id }) => id === each.id)}
            batch={batches.find((batch) => batch.version === each.id)}
          />
        ))}
      </tbody>
    </table>
  );
}

interface RowProps {
  each: DatasetVersion;
  place: number;
  isChosen: boolean;
  moment: DriftMoment | undefined;
  batch: BatchMoment | undefined;
  reference: string | null;
  onChoose: (version: string) => void;
}

function Row({ each, place, isChosen, moment, batch, reference, onChoose }: RowProps) {
  return (
    <tr aria-selected={isChosen} tabIndex={isChosen ? 0 : -1} data-row={place} onClick={() => onChoose(each.id)}>
      <th scope="row">
        {versionName(each)}
        {each.labels.length > 0 && <code className="quiet hash">{each.id.slice(0, 7)}</code>}
      </th>
      <td className="number">{each.rows === null ? '–' : each.rows.toLocaleString('en-US')}</td>
      <td className="number wide">{each.columns ?? '–'}</td>
      <td className="number wide">{each.isQuery ? '–' : bytesText(each.bytes)}</td>
      <td>
        <Words state={each.states.find(({ kind }) => kind === 'check')} />
      </td>
      <td>
        <Unlike batch={batch} />
      </td>
      <td>{each.id === reference ? <span className="quiet">reference</span> : <Drifted moment={moment} />}</td>
      <td className="quiet wide">{timeText(each.created, Date.now())}</td>
    </tr>
  );
}

function Words({ state }: { state: VersionState | undefined }) {
  if (state === undefined) return <span className="quiet">–</span>;
  const look = stateLook(state);
  return (
    <span className="state" title={state.summary}>
      <Icon name={look.icon} tone={look.tone} />
      {look.word}
    </span>
  );
}

function Drifted({ moment }: { moment: DriftMoment | undefined }) {
  if (moment?.drifted == null) return <span className="quiet">–</span>;
  const { columns, drift: drifted, small } = moment.drifted;
  const tone = drifted > 0 ? 'worse' : small > 0 ? 'quiet' : 'better';
  return (
    <span className="state" title={small > 0 ? `${countText(small, 'column')} too small to tell` : undefined}>
      <Icon name={drifted > 0 ? 'failed' : small > 0 ? 'unknown' : 'finished'} tone={tone} />
      {drifted.toLocaleString('en-US')} of {columns.toLocaleString('en-US')}
    </span>
  );
}

/** Numbers that are far from those of the versions before, and that nobody expected. */
function Unlike({ batch }: { batch: BatchMoment | undefined }) {
  if (batch === undefined || batch.compared < leastCompared) return <span className="quiet">–</span>;
  const news = batch.anomalies.filter(({ isExpected }) => !isExpected);
  const sentences = (news.length > 0 ? news : batch.anomalies).map(({ sentence }) => sentence).join('\n');
  const isFar = news.some(({ verdict }) => verdict === 'fail');
  const [name, tone] =
    batch.news === 0
      ? (['finished', 'better'] as const)
      : isFar
        ? (['failed', 'worse'] as const)
        : (['caution', 'caution'] as const);
  const expected = batch.anomalies.length > news.length ? 'As expected' : 'Yes';
  return (
    <span className="state" title={sentences === '' ? undefined : sentences}>
      <Icon name={name} tone={tone} />
      {batch.news === 0 ? expected : `${batch.news} far`}
    </span>
  );
}
