// The two sides of a comparison by mark and name, the same wherever they stand.
import type { ComparedSide } from '../../../src/protocol/comparison/comparison';
import { RunMark } from '../../kit/run-mark';
import type { Marks } from './agreed-marks';

/** What is compared: the baseline, the candidate in sight, and all runs with their marks. */
export interface Sides {
  baseline: ComparedSide;
  candidate: ComparedSide;
  runIds: readonly string[];
  /** The runs whose predictions are compared; none where there are none of all. */
  judged: { baseline: readonly string[]; candidate: readonly string[] };
  marks: Marks;
}

/** The number of a side's mark: that of its first run. */
export function markOf(side: ComparedSide, marks: Marks): number {
  return marks.get(side.runs[0]?.runId ?? '') ?? 0;
}

/** Mark and name of one side. */
export function SideName({ side, marks }: { side: ComparedSide; marks: Marks }) {
  return (
    <span className="side-name" title={side.runs.map(({ name }) => name).join(', ')}>
      <RunMark mark={markOf(side, marks)} />
      <span className="cut">{side.name}</span>
    </span>
  );
}
