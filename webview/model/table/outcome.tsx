// What came of a table: how good it is, with intervals, and where the predictions are.
import type { TableOutcome } from '../../../src/protocol/inference/table/table-panel';
import { countText, directionArrow, durationText, numberText, timeText } from '../../../src/protocol/wording';
import { Link } from '../../kit/controls';
import { Icon } from '../../kit/icon';
import { Section } from '../../kit/section';
import { latencyText } from '../benchmark/latency-words';
import { IntervalBar } from '../interval-bar';
import { intervalWords, isShare, metricDirection } from './metric-words';

/** The sentence, the table of metrics and the way to the file. */
export function Outcome({ outcome, onOpen }: { outcome: TableOutcome; onOpen: () => void }) {
  const { rows, table, metrics, notes, isStale, time } = outcome;
  const [first] = Object.entries(metrics);
  const head = first === undefined ? '' : `${first[0]} ${numberText(first[1])} on `;
  return (
    <>
      {isStale && (
        <p className="banner" role="status">
          <Icon name="caution" tone="caution" />
          <span>The model’s file was written since. These are of {timeText(time, Date.now())}: predict again.</span>
        </p>
      )}
      <section className="opening" aria-label="Predictions of a table">
        <Icon name="table" tone="quiet" />
        <h1>
          {head}
          {countText(rows, 'row')} of {table}
          {first === undefined ? ' predicted' : ''}
        </h1>
        <p>{supportText(outcome)}</p>
        {notes.map((note) => (
          <p key={note}>{note}</p>
        ))}
      </section>
      <Metrics outcome={outcome} />
      <Predictions outcome={outcome} onOpen={onOpen} />
    </>
  );
}

function supportText({ metrics, judged, label, milliseconds, runMilliseconds, time }: TableOutcome): string {
  const [first] = Object.keys(metrics);
  const interval = first === undefined ? null : (judged?.intervals[first] ?? null);
  const sure = interval === null ? '' : `95 % interval ${intervalWords(interval)}. `;
  const none = label === null ? 'Nothing says what is true, so nothing was measured. ' : '';
  const took = `${durationText(milliseconds)}, ${latencyText(runMilliseconds)} of it the model’s`;
  return `${sure}${none}${timeText(time, Date.now())}, in ${took}.`;
}

function Metrics({ outcome: { metrics, judged, label } }: { outcome: TableOutcome }) {
  const names = Object.keys(metrics);
  if (judged === null || names.length === 0) return null;
  return (
    <Section title="How good?" answer={`against ${label}, ${countText(judged.rows, 'row')}`}>
      <table className="figures metric-figures">
        <thead>
          <tr>
            <th scope="col">Metric</th>
            <th scope="col" className="number">
              Value
            </th>
            <th scope="col">95 % interval</th>
            <th scope="col" className="interval-place">
              <span className="axis-ends" aria-hidden="true">
                <span>0</span>
                <span>1</span>
              </span>
              <span className="unseen">Drawn from 0 to 1</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {names.map((name) => (
            <MetricRow
              key={name}
              name={name}
              value={metrics[name] ?? 'NaN'}
              interval={judged.intervals[name] ?? null}
            />
          ))}
        </tbody>
      </table>
      <p className="note">{methodText(judged)}</p>
    </Section>
  );
}

type Judged = NonNullable<TableOutcome['judged']>;
interface MetricRowProps {
  name: string;
  value: TableOutcome['metrics'][string];
  interval: Judged['intervals'][string] | null;
}

function MetricRow({ name, value, interval }: MetricRowProps) {
  const numbers = interval === null ? null : ([Number(interval[0]), Number(interval[1])] as const);
  return (
    <tr>
      <th scope="row">
        {name} <span className="quiet">{directionArrow(metricDirection(name))}</span>
      </th>
      <td className="number">
        <strong>{numberText(value)}</strong>
      </td>
      <td>{interval === null ? <span className="quiet">cannot tell</span> : intervalWords(interval)}</td>
      <td className="interval-place">
        {isShare(name) && <IntervalBar value={Number(value)} interval={numbers} from={0} to={1} />}
      </td>
    </tr>
  );
}

function methodText({ rows, units, draws, kind, classes }: Judged): string {
  if (units < 10) return `An interval needs at least 10 rows that say what is true; there are ${rows}.`;
  const what = units < rows ? `${units.toLocaleString('en-US')} random groups of rows` : countText(rows, 'row');
  const [, positive] = classes.length === 2 ? classes : [];
  const of =
    kind === 'numbers' || positive === undefined ? '' : ` Of two classes ${positive || '(none)'} is the positive one.`;
  return `Intervals: bootstrap (BCa) over ${what}, ${draws.toLocaleString('en-US')} resamples. ↑ more is better, ↓ less.${of}`;
}

function Predictions({ outcome, onOpen }: { outcome: TableOutcome; onOpen: () => void }) {
  const { output, columns, file } = outcome;
  return (
    <Section
      title="Predictions"
      answer={file === 'there' ? output : fileWords(outcome)}
      acts={file === 'gone' ? undefined : <Link label="Open Predictions" onAct={onOpen} />}
    >
      <p className="note">
        {countText(outcome.rows, 'row')} with {columns.join(', ')}.
      </p>
    </Section>
  );
}

function fileWords({ output, file }: TableOutcome): string {
  return file === 'gone'
    ? `${output} is gone: predict again to have it back.`
    : `${output} was written over since: it may hold other predictions.`;
}
