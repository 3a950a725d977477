// Rows that one of two models tells better than the other: rightly where the other is wrong, or nearer to a number.
import type { ModelRows } from './model-rows';

/** Both models on the same rows. */
interface BothModels {
  baseline: ModelRows;
  candidate: ModelRows;
}

/** Which way a row went: the candidate mended it, or broke it. */
type Flip = 'fixed' | 'broken';

/** How many went which way, and each row: 1 mended, −1 broken, 0 as it was. No rows where a model tells no labels. */
export interface FlippedRows {
  fixed: number;
  broken: number;
  rows: Int8Array;
}

/** Of classes the rows that only one of the two has right; of numbers those that one of the two tells nearer. */
export function flipsOf(models: BothModels): FlippedRows {
  const rows = signsOf(models);
  const count = (sign: number): number => rows.reduce((sum, each) => sum + (each === sign ? 1 : 0), 0);
  return { fixed: count(1), broken: count(-1), rows };
}

function signsOf({ baseline, candidate }: BothModels): Int8Array {
  if (baseline.kind === 'numbers' && candidate.kind === 'numbers') {
    return Int8Array.from(baseline.rows.truth, (_, row) => Math.sign(approach({ baseline, candidate }, row)));
  }
  if (baseline.kind !== 'classes' || candidate.kind !== 'classes') return new Int8Array(0);
  return Int8Array.from(baseline.rows.truth, (label, row) => {
    const before = baseline.rows.predicted?.[row] === label ? 1 : 0;
    const after = candidate.rows.predicted?.[row] === label ? 1 : 0;
    return after - before;
  });
}

/**
 * Places of the rows that flipped one way: those whose score moved most first; of numbers those whose distance from the
 * truth changed most.
 */
export function flippedPlaces(models: BothModels, flip: Flip): number[] {
  const wanted = flip === 'fixed' ? 1 : -1;
  const { baseline, candidate } = models;
  const moved = (place: number): number =>
    baseline.kind === 'numbers'
      ? Math.abs(approach(models, place))
      : Math.abs((scoreAt(candidate, place) ?? 0) - (scoreAt(baseline, place) ?? 0));
  return [...flipsOf(models).rows.entries()]
    .flatMap(([place, sign]) => (sign === wanted ? [{ place, moved: moved(place) }] : []))
    .sort((a, b) => b.moved - a.moved)
    .map(({ place }) => place);
}

/** The chance that a model gives a row: of the positive class of two, or of the true one of more; null without scores. */
export function scoreAt(model: ModelRows, place: number): number | null {
  if (model.kind === 'numbers') return null;
  const { scores, classes, truth } = model.rows;
  return scores?.[classes === 2 ? 1 : (truth[place] ?? 0)]?.[place] ?? null;
}

/** Predicted less true; NaN of a model of classes. */
export function residualAt(model: ModelRows, place: number): number {
  if (model.kind !== 'numbers') return Number.NaN;
  return (model.rows.predicted[place] ?? Number.NaN) - (model.rows.truth[place] ?? Number.NaN);
}

/** How much nearer to the truth the candidate is; 0 where both are infinitely far off. */
function approach({ baseline, candidate }: BothModels, place: number): number {
  const [before, after] = [Math.abs(residualAt(baseline, place)), Math.abs(residualAt(candidate, place))];
  return before === after ? 0 : before - after || 0;
}
