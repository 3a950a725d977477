// Where the time goes, by kind of operator.
import type { BenchmarkCell, OperatorTime } from '../../../src/protocol/inference/benchmark/benchmark';
import { countText } from '../../../src/protocol/wording';
import { Fold, Section } from '../../kit/section';
import { latencyText } from './latency-words';

const shownAtFirst = 12;

/** The longest first. */
export function Operators({
  operators,
  cells,
}: {
  operators: readonly OperatorTime[];
  cells: readonly BenchmarkCell[];
}) {
  const [first] = operators;
  if (first === undefined) return null;
  const rest = operators.slice(shownAtFirst);
  const batch = Math.min(...cells.map((cell) => cell.batch));
  return (
    <Section title="Where does the time go?" answer={`${first.operator} ${shareText(first.share)}`}>
      <OperatorTable operators={operators.slice(0, shownAtFirst)} />
      {rest.length > 0 && (
        <Fold name="operators" label={countText(rest.length, 'more kind')}>
          <OperatorTable operators={rest} />
        </Fold>
      )}
      <p className="note">
        Of {countText(batch, 'row')} at once, by onnxruntime’s own profile over further runs, which is slower than
        without.
      </p>
    </Section>
  );
}

function OperatorTable({ operators }: { operators: readonly OperatorTime[] }) {
  return (
    <table className="figures operator-times" aria-label="Operators">
      <thead>
        <tr>
          <th scope="col">Operator</th>
          <th scope="col" className="number">
            calls
          </th>
          <th scope="col" className="number">
            time
          </th>
          <th scope="col" className="number">
            share
          </th>
          <th scope="col" className="share-place">
            <span className="unseen">Share, drawn</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {operators.map(({ operator, calls, milliseconds, share }) => (
          <tr key={operator}>
            <th scope="row">{operator}</th>
            <td className="number">{Number(calls.toPrecision(3)).toLocaleString('en-US')}</td>
            <td className="number">{latencyText(milliseconds)}</td>
            <td className="number">{shareText(share)}</td>
            <td className="share-place">
              <span className="bar" style={{ width: `${100 * share}%` }} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function shareText(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}
