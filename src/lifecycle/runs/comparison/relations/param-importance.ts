// Which params go with a metric over these runs: by rank, each by itself, and by a forest, all together.
import { fewestForForest } from '../../../../protocol/comparison/fewest-runs';
import type {
  Importance,
  ParamRelation,
  RelationColumn,
  RelationValues,
} from '../../../../protocol/comparison/relations';
import { countText } from '../../../../protocol/wording';
import { kruskalWallis } from '../../../../statistics/association/kruskal-wallis';
import { spearman } from '../../../../statistics/association/spearman';
import { codedLevels, codedNumbers } from '../../../../statistics/forest/coded-table';
import { forestImportance } from '../../../../statistics/forest/forest-importance';
import { holm } from '../../../../statistics/tests/holm';
import { levelNumbers } from './level-numbers';
import { twinsOf } from './twin-params';

/** With fewer, chance alone makes strong relations: at five runs every eighth pair of columns has |ρ| ≥ 0.8. */
const fewestRuns = 8;
const mostForest = 60;
const seed = 415;

/** Judges every param that differs. The values must hold the column `target`; the same values give the same numbers. */
export function importanceOf(values: RelationValues, target: RelationColumn, isForest: boolean): Importance {
  const places = target.values.flatMap((value, at) => (typeof value === 'number' ? [at] : []));
  const heights = places.map((at) => target.values[at] as number);
  const missing = target.values.filter((value) => value === null).length;
  const counts = { runs: places.length, missing, nonFinite: target.values.length - places.length - missing };
  const params = values.columns.filter(({ of }) => of === 'param').map((column) => only(column, places));
  const varied = params.filter(({ values: own }) => new Set(own).size > 1);
  const nothing = { target: target.id, ...counts, params: [], forest: null };
  const why = whyNothing({ ...counts, heights, varied: varied.length, name: target.name });
  if (why !== null) return { ...nothing, why };
  const judged = varied.map((column) => ({ column, relation: relationOf(column, heights) }));
  const corrected = holm(judged.map(({ relation }) => relation.p ?? Number.NaN));
  const relations = judged.map(({ column, relation }, at) => {
    const p = corrected[at] ?? Number.NaN;
    return { column, relation: { ...relation, p: Number.isNaN(p) ? null : p } };
  });
  const sorted = relations.sort((a, b) => (b.relation.share ?? -1) - (a.relation.share ?? -1));
  const forest = isForest && places.length >= fewestForForest ? grownOn(sorted, heights) : null;
  const twins = twinsOf(sorted.map(({ column }) => column));
  return {
    target: target.id,
    ...counts,
    params: sorted.map(({ column, relation }, at) => ({
      ...relation,
      forest: forest?.of[at] ?? null,
      twins: twins.get(column.id) ?? [],
    })),
    forest: forest?.whole ?? null,
    why: null,
  };
}

function whyNothing(given: { runs: number; heights: readonly number[]; varied: number; name: string }): string | null {
  const { runs, heights, varied, name } = given;
  if (runs === 0) return `No run has a number in ${name}.`;
  if (runs < fewestRuns) return `${countText(runs, 'run')}: too few to tell. It takes ${fewestRuns} that have ${name}.`;
  if (new Set(heights).size < 2) return `${name} is the same in every run.`;
  return varied === 0 ? 'No param differs between these runs.' : null;
}

/** The column of some runs. */
function only(column: RelationColumn, places: readonly number[]): RelationColumn {
  return { ...column, values: places.map((at) => column.values[at] ?? null) };
}

function relationOf(column: RelationColumn, heights: readonly number[]): ParamRelation {
  const isThere = (at: number): boolean =>
    column.kind === 'number' ? typeof column.values[at] === 'number' : (column.values[at] ?? null) !== null;
  const there = heights.flatMap((_, at) => (isThere(at) ? [at] : []));
  const own = there.map((at) => heights[at] ?? 0);
  const levels = new Set(there.map((at) => column.values[at])).size;
  const facts = { n: there.length, missing: heights.length - there.length, levels };
  const named = { id: column.id, name: column.name, kind: column.kind, ...facts, forest: null, twins: [] };
  const why = whyNot(column, facts);
  if (why !== null) return { ...named, rho: null, share: null, p: null, why };
  if (column.kind === 'number') {
    const { rho, p } = spearman(
      there.map((at) => column.values[at] as number),
      own,
    );
    if (!Number.isNaN(rho)) return { ...named, rho, share: rho * rho, p, why: null };
  } else {
    const numbers = levelNumbers(column.values);
    const groups = there.map((at) => numbers[at] ?? 0);
    const { share, p } = kruskalWallis(own, groups);
    if (!Number.isNaN(share)) return { ...named, rho: null, share, p, why: null };
  }
  return { ...named, rho: null, share: null, p: null, why: 'nothing varies where it is set' };
}

function whyNot({ kind }: RelationColumn, { n, levels }: { n: number; levels: number }): string | null {
  if (levels < 2) return n === 0 ? 'no number in any run' : 'the same wherever it is set';
  if (n < fewestRuns) return `${countText(n, 'run')}: too few to tell`;
  if (kind === 'level' && levels > n / 2) return 'nearly every run has a value of its own';
  return null;
}

/** A run that lacks a param is a case of its own: a forest may split it off. */
function grownOn(sorted: readonly { column: RelationColumn }[], heights: readonly number[]) {
  const tried = sorted
    .slice(0, mostForest)
    .map(({ column: { kind, values } }) =>
      kind === 'number'
        ? codedNumbers(values.map((value) => (typeof value === 'number' ? value : Number.NaN)))
        : codedLevels(levelNumbers(values)),
    );
  const { trees, r2, columns } = forestImportance(tried, Float64Array.from(heights), seed);
  return {
    whole: { trees, r2: r2.mean, error: r2.error, params: tried.length },
    // A shuffled column misleads as much as it led before, so that the loss is twice its share.
    of: columns.map(({ mean, error }) => ({ share: mean / 2, error: error / 2 })),
  };
}
