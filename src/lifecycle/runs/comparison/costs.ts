// What the two took: time, memory, and the size of what came out.
import type { Cost } from '../../../protocol/comparison/comparison';
import type { ComparedRun } from './compared-run';

const kinds: readonly { what: Cost['what']; unit: Cost['unit']; of: (run: ComparedRun) => number | null }[] = [
  { what: 'time', unit: 'ms', of: ({ startTime, endTime }) => (endTime === null ? null : endTime - startTime) },
  { what: 'peak memory', unit: 'B', of: ({ peakMemory }) => peakMemory },
  { what: 'model size', unit: 'B', of: ({ modelSize }) => modelSize },
];

/** Those of which at least one side is known; of repeats the median. */
export function costsOf(baseline: readonly ComparedRun[], candidate: readonly ComparedRun[]): Cost[] {
  return kinds
    .map(({ what, unit, of }) => ({ what, unit, baseline: median(baseline, of), candidate: median(candidate, of) }))
    .filter((cost) => cost.baseline !== null || cost.candidate !== null);
}

function median(runs: readonly ComparedRun[], of: (run: ComparedRun) => number | null): number | null {
  const known = runs
    .map(of)
    .filter((value) => value !== null)
    .sort((a, b) => a - b);
  const [low, high] = [known[(known.length - 1) >> 1], known[known.length >> 1]];
  return low === undefined || high === undefined ? null : (low + high) / 2;
}
