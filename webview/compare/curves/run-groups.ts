// The curves of a comparison: one a run, or one a group of runs with what they are told by.
import type { ComparePanelState } from '../../../src/protocol/comparison/compare-panel';
import type { ComparedSide, Comparison } from '../../../src/protocol/comparison/comparison';
import type { Marks } from '../head/agreed-marks';
import { markOf } from '../head/side-name';

/** One curve: the runs it is of, its name, which no other has, and the number of its mark. */
export interface CurveRuns {
  runIds: readonly string[];
  name: string;
  mark: number;
}

/** The value of a param for each run; runs that have none are not in it. */
export type ParamValues = ReadonlyMap<string, string>;

/**
 * The curves in the order in which their first runs were named. A side keeps the mark that it has everywhere in the
 * panel; the values of a param have marks of their own. Runs without the param are one group. Until there is a comparison
 * runs have no names, and no side is known.
 */
export function curveRuns(
  comparison: Comparison | undefined,
  runIds: readonly string[],
  { groupBy, values, marks }: { groupBy: ComparePanelState['groupBy']; values: ParamValues; marks: Marks },
): CurveRuns[] {
  if (groupBy === null) {
    const names = namesOf(comparison);
    return runIds.map((runId) => ({ runIds: [runId], name: names.get(runId) ?? runId, mark: marks.get(runId) ?? 0 }));
  }
  if (groupBy === 'side') return distinct(sidesOf(comparison).map((side) => sideCurve(side, marks)));
  const groups = new Map<string, string[]>();
  for (const runId of runIds) {
    const value = values.get(runId);
    const without = values.size === 0 ? 'all runs' : `no ${groupBy.param}`;
    const name = value === undefined ? without : `${groupBy.param} ${value}`;
    groups.set(name, [...(groups.get(name) ?? []), runId]);
  }
  return [...groups].map(([name, grouped], mark) => ({ runIds: grouped, name, mark }));
}

function sideCurve(side: ComparedSide, marks: Marks): CurveRuns {
  return { runIds: side.runs.map(({ runId }) => runId), name: side.name, mark: markOf(side, marks) };
}

function sidesOf(comparison: Comparison | undefined): ComparedSide[] {
  if (comparison === undefined) return [];
  const { baseline, candidates } = comparison;
  return [baseline, ...candidates.map(({ candidate }) => candidate)];
}

/** The runs by id; those of one name with a number behind it, because a curve is told by its name. */
function namesOf(comparison: Comparison | undefined): Map<string, string> {
  const runs = sidesOf(comparison).flatMap((side) => side.runs);
  const named = distinct(runs.map(({ runId, name }) => ({ runIds: [runId], name, mark: 0 })));
  return new Map(named.map(({ runIds: [runId = ''], name }) => [runId, name]));
}

function distinct(curves: readonly CurveRuns[]): CurveRuns[] {
  const seen = new Map<string, number>();
  return curves.map((curve) => {
    const count = (seen.get(curve.name) ?? 0) + 1;
    seen.set(curve.name, count);
    return count === 1 ? curve : { ...curve, name: `${curve.name} (${count})` };
  });
}
