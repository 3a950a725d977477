// The two sides of a comparison by mark and name, the same wherever they stand.
import type { ComparedSide } from '../../../src/protocol/comparison/comparison';
import { RunMark } from '../../kit/run-mark';

/** What is compared: the baseline, the candidate in sight, and all runs in the order of their marks. */
export interface Sides {
  baseline: ComparedSide;
  candidate: ComparedSide;
  runIds: readonly string[];
}

/** The number of a side's mark: the place of its first run. */
export function markOf(side: ComparedSide, runIds: readonly string[]): number {
  return Math.max(0, runIds.indexOf(side.runs[0]?.runId ?? ''));
}

/** Mark and name of one side. */
export function SideName({ side, runIds }: { side: ComparedSide; runIds: readonly string[] }) {
  return (
    <span className="side-name" title={side.runs.map(({ name }) => name).join(', ')}>
      <RunMark mark={markOf(side, runIds)} />
      <span className="cut">{side.name}</span>
    </span>
  );
}
