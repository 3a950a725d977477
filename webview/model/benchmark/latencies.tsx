// One line for each number of rows and threads: percentiles, throughput, and how the single runs spread.
import type { BenchmarkCell } from '../../../src/protocol/inference/benchmark/benchmark';
import { countText } from '../../../src/protocol/wording';
import { latencyText, rateText } from './latency-words';

const heads = ['p50', 'p90', 'p95', 'p99'] as const;

/** In the order they were measured. */
export function Latencies({ cells }: { cells: readonly BenchmarkCell[] }) {
  const isThreaded = new Set(cells.map(({ threads }) => threads)).size > 1;
  return (
    <table className="figures latencies" aria-label="Latencies">
      <thead>
        <tr>
          <Head name="rows" />
          {isThreaded && <Head name="threads" />}
          {heads.map((name) => (
            <Head key={name} name={name} className={name} />
          ))}
          <Head name="rows/s" />
          <Head name="first run" className="wide" />
          <th scope="col" className="spread-place">
            single runs
          </th>
        </tr>
      </thead>
      <tbody>
        {cells.map((cell) => (
          <Line key={`${cell.batch} ${cell.threads}`} cell={cell} isThreaded={isThreaded} />
        ))}
      </tbody>
    </table>
  );
}

function Head({ name, className = '' }: { name: string; className?: string }) {
  return (
    <th scope="col" className={`number ${className}`}>
      {name}
    </th>
  );
}

function Line({ cell, isThreaded }: { cell: BenchmarkCell; isThreaded: boolean }) {
  const { batch, threads, latency, rowsPerSecond, first } = cell;
  return (
    <tr>
      <th scope="row" className="number">
        {batch.toLocaleString('en-US')}
      </th>
      {isThreaded && <td className="number">{threads}</td>}
      {heads.map((name) => (
        <td key={name} className={`number ${name}`}>
          {name === 'p50' ? <strong>{latencyText(latency.p50)}</strong> : latencyText(latency[name])}
        </td>
      ))}
      <td className="number">{rateText(rowsPerSecond)}</td>
      <td className="number wide">{latencyText(first)}</td>
      <td className="spread-place">
        <Spread cell={cell} />
      </td>
    </tr>
  );
}

const height = 20;

/** Runs by their time, from the fastest to the slowest on a logarithmic axis. */
function Spread({ cell: { histogram, latency } }: { cell: BenchmarkCell }) {
  const { counts, edges } = histogram;
  const most = Math.max(1, ...counts);
  const width = 100 / counts.length;
  const [low = 0, high = 0] = [edges[0], edges.at(-1)];
  const words = `${countText(latency.runs, 'run')} from ${latencyText(low)} to ${latencyText(high)}`;
  return (
    <span className="spread" title={words}>
      <svg viewBox={`0 0 100 ${height}`} preserveAspectRatio="none" role="img" aria-label={words}>
        {counts.map((count, bin) =>
          count === 0 ? null : (
            <rect
              key={edges[bin]}
              x={bin * width}
              width={width * 0.9}
              y={height - Math.max(1, (height * count) / most)}
              height={Math.max(1, (height * count) / most)}
            />
          ),
        )}
      </svg>
    </span>
  );
}
