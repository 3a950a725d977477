// What a reader takes along: how long one row takes, and the most rows a second.
import type { BenchmarkCell } from '../../../src/protocol/inference/benchmark/benchmark';
import type { BenchmarkOutcome } from '../../../src/protocol/inference/benchmark/benchmark-panel';
import { countText, timeText } from '../../../src/protocol/wording';
import { Icon } from '../../kit/icon';
import { latencyText, rateText } from './latency-words';

/** The sentence that opens the page, and what it rests on. */
export function Verdict({ outcome: { benchmark, time, isStale } }: { outcome: BenchmarkOutcome }) {
  const { cells, input, loadMilliseconds, environment, notes } = benchmark;
  const { processor, cores, onnxruntime } = environment;
  return (
    <>
      {isStale && (
        <p className="banner" role="status">
          <Icon name="caution" tone="caution" />
          <span>
            The model’s file was written since. These times are of {timeText(time, Date.now())}: run it again.
          </span>
        </p>
      )}
      <section className="opening" aria-label="Benchmark">
        <Icon name="queued" tone="quiet" />
        <h1>{headText(cells)}</h1>
        <p>
          On {input}, {timeText(time, Date.now())}; loaded in {latencyText(loadMilliseconds)}. {processor},{' '}
          {countText(cores, 'core')}, onnxruntime {onnxruntime}.
        </p>
        {notes.map((note) => (
          <p key={note}>{note}</p>
        ))}
      </section>
    </>
  );
}

function headText(cells: readonly BenchmarkCell[]): string {
  const smallest = cells.toSorted((a, b) => a.batch - b.batch || a.latency.p50 - b.latency.p50)[0];
  const fastest = cells.toSorted((a, b) => b.rowsPerSecond - a.rowsPerSecond)[0];
  if (smallest === undefined || fastest === undefined) return 'Nothing was timed';
  const { batch, latency } = smallest;
  const one = `${countText(batch, 'row')} in ${latencyText(latency.p50)}, p95 ${latencyText(latency.p95)}`;
  if (fastest === smallest) return one;
  return `${one}; up to ${rateText(fastest.rowsPerSecond)} rows a second`;
}
