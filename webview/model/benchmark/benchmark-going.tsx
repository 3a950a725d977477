// What is said of a benchmark that goes on.
import type { BenchmarkWork } from '../../../src/protocol/inference/benchmark/benchmark-panel';
import { type GoingWork, timeLeft, WorkGoing } from '../said/work-going';

const words = {
  verb: 'Measuring',
  counted: 'Measurements',
  far: farText,
  left: 'Nothing was kept.',
  failed: (message: string) => message,
};

/** How far the benchmark is, and how it ended where it did not end well. */
export function BenchmarkGoing({ work, onStop }: { work: BenchmarkWork; onStop: () => void }) {
  return <WorkGoing work={work} words={words} onStop={onStop} />;
}

function farText(work: GoingWork): string {
  const far = `${work.done} of ${work.total}`;
  return work.done === 0 ? far : `${far}, ${timeLeft(work)}`;
}
