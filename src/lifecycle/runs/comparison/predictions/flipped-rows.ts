// Rows that one of two sides tells better than the other: rightly where the other is wrong, or nearer to a number.
import type { ModelRows } from './model-rows';
import type { OfSides } from './row-pairs';

/** Which way a row went: the candidate mended it, or broke it. */
type Flip = 'fixed' | 'broken';

/** How many went which way, and each row: 1 mended, −1 broken, 0 as it was. No rows where a model tells no labels. */
export interface FlippedRows {
  fixed: number;
  broken: number;
  rows: Int8Array;
}

/**
 * Of classes the rows that a greater share of one side's models has right; of numbers those that one side tells nearer on
 * average. Of single models: that only one of the two has right, or that it tells nearer.
 */
export function flipsOf(models: OfSides<ModelRows>): FlippedRows {
  const rows = Int8Array.from(gainsOf(models), Math.sign);
  const count = (sign: number): number => rows.reduce((sum, each) => sum + (each === sign ? 1 : 0), 0);
  return { fixed: count(1), broken: count(-1), rows };
}

/** Places of the rows that flipped one way, those that moved most first: by share of models, then by score; of numbers by distance from the truth. */
export function flippedPlaces(models: OfSides<ModelRows>, flip: Flip): number[] {
  const wanted = flip === 'fixed' ? 1 : -1;
  const { baseline, candidate } = models;
  return [...gainsOf(models).entries()]
    .flatMap(([place, gain]) => {
      if (Math.sign(gain) !== wanted) return [];
      const moved = Math.abs((scoreAt(candidate, place) ?? 0) - (scoreAt(baseline, place) ?? 0));
      return [{ place, gain: Math.abs(gain), moved }];
    })
    .sort((a, b) => b.gain - a.gain || b.moved - a.moved)
    .map(({ place }) => place);
}

/** Above 0 where the candidate does better on a row. */
function gainsOf({ baseline, candidate }: OfSides<ModelRows>): Float64Array {
  const [before, after] = [faultsOf(baseline), faultsOf(candidate)];
  if (before.length !== after.length) return new Float64Array(0);
  // Two infinite distances are alike.
  return before.map((fault, row) => (fault === after[row] ? 0 : fault - (after[row] ?? 0) || 0));
}

/** Of each row the share of models that are wrong, or their mean distance from the number; nothing where a model tells no label. */
function faultsOf(side: readonly ModelRows[]): Float64Array {
  const [first] = side;
  if (first === undefined || side.some((each) => each.kind === 'classes' && each.rows.predicted === undefined)) {
    return new Float64Array(0);
  }
  const faults = new Float64Array(first.rows.truth.length);
  for (const model of side) {
    for (let row = 0; row < faults.length; row += 1) {
      const fault =
        model.kind === 'numbers'
          ? Math.abs(residualAt([model], row))
          : Number(model.rows.predicted?.[row] !== model.rows.truth[row]);
      faults[row] = (faults[row] ?? 0) + fault;
    }
  }
  // Shares of whole numbers: two thirds of six are two thirds of three.
  return faults.map((sum) => sum / side.length);
}

/** The chance that a side gives a row, the mean of its models: of the positive class of two, or of the true one of more; null without scores. */
export function scoreAt(side: readonly ModelRows[], place: number): number | null {
  let sum = 0;
  for (const model of side) {
    if (model.kind === 'numbers') return null;
    const { scores, classes, truth } = model.rows;
    const score = scores?.[classes === 2 ? 1 : (truth[place] ?? 0)]?.[place];
    if (score === undefined) return null;
    sum += score;
  }
  return side.length === 0 ? null : sum / side.length;
}

/** Predicted less true, the mean of a side's models; NaN of models of classes. */
export function residualAt(side: readonly ModelRows[], place: number): number {
  let sum = 0;
  for (const model of side) {
    if (model.kind !== 'numbers') return Number.NaN;
    sum += (model.rows.predicted[place] ?? Number.NaN) - (model.rows.truth[place] ?? Number.NaN);
  }
  return sum / side.length;
}
