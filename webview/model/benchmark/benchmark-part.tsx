// How fast the model is here: what is measured at the left, what came of it at the right.
import { useState } from 'react';
import type { BenchmarkOutcome, BenchmarkWork } from '../../../src/protocol/inference/benchmark/benchmark-panel';
import { useHost } from '../../kit/host/host-context';
import { Icon } from '../../kit/icon';
import { Section } from '../../kit/section';
import { useFollowed } from '../followed';
import { askBenchmark } from './ask-benchmark';
import { BenchmarkGoing } from './benchmark-going';
import { BenchmarkSetup } from './benchmark-setup';
import { KeptRun } from './kept-run';
import { Latencies } from './latencies';
import { Memory } from './memory';
import { Operators } from './operators';
import { Verdict } from './verdict';

/** Follows the work of the host, which goes on when the page is hidden. */
export function BenchmarkPart() {
  const host = useHost();
  const [trouble, setTrouble] = useState('');
  const { state, error, look } = useFollowed(
    'benchmark',
    (from, signal) => askBenchmark(from, 'benchmark', {}, signal),
    ({ work }) => work.kind === 'works',
  );
  const act = (asked: Promise<unknown>): void => {
    setTrouble('');
    asked.catch((failure: Error) => setTrouble(failure.message)).finally(look);
  };
  if (error !== undefined) return <p className="message worse">{error.message}</p>;
  if (state === null) return null;
  const { work, outcome, threads } = state;
  const cells = cellsOf(work);
  return (
    <div className={outcome === null ? 'try table-part before' : 'try table-part'}>
      <BenchmarkSetup
        {...{ threads, trouble }}
        isGoing={work.kind === 'works'}
        onStart={(plan) => act(askBenchmark(host, 'startBenchmark', plan))}
      />
      <div className="try-result">
        <BenchmarkGoing work={work} onStop={() => act(askBenchmark(host, 'stopBenchmark', {}))} />
        {cells !== null && cells.length > 0 && (
          <Section title="So far" answer="Not kept: a benchmark is kept when it is whole.">
            <Latencies cells={cells} />
          </Section>
        )}
        {outcome === null && cells === null && <Before />}
        {outcome !== null && work.kind !== 'works' && <Timed outcome={outcome} act={act} />}
      </div>
    </div>
  );
}

function Timed({ outcome, act }: { outcome: BenchmarkOutcome; act: (asked: Promise<unknown>) => void }) {
  const { cells, operators } = outcome.benchmark;
  return (
    <>
      <Verdict outcome={outcome} />
      <Section title="How long?" answer="single runs of the model, without reading the input">
        <Latencies cells={cells} />
      </Section>
      <Operators operators={operators} cells={cells} />
      <Memory benchmark={outcome.benchmark} />
      <KeptRun outcome={outcome} act={act} />
    </>
  );
}

/** Of what goes on or ended early; null at rest. */
function cellsOf(work: BenchmarkWork) {
  return work.kind === 'rests' ? null : work.cells;
}

function Before() {
  return (
    <section className="opening" aria-label="Benchmark">
      <Icon name="queued" tone="quiet" />
      <h1>Time the model on this machine</h1>
      <p>
        Each number of rows is run on each number of threads after a warm-up, up to 1,000 times or for two seconds. The
        rows are those of a golden case, else made up.
      </p>
    </section>
  );
}
