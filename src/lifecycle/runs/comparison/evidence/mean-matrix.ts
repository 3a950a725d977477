// What all models of one side told of each class: of repeats the mean of their counts.
import { confusionMatrix } from '../../../../statistics/curves/confusion-matrix';
import type { ModelRows } from '../predictions/model-rows';

/** Counts by true and told class, one row of truth after the other; null where a model tells no labels. */
export function meanMatrix(side: readonly ModelRows[], classes: number): number[] | null {
  const sums = new Float64Array(classes * classes);
  for (const model of side) {
    if (model.kind !== 'classes' || model.rows.predicted === undefined) return null;
    for (const [cell, count] of confusionMatrix(model.rows.truth, model.rows.predicted, classes).entries()) {
      sums[cell] = (sums[cell] ?? 0) + count;
    }
  }
  return Array.from(sums, (sum) => sum / side.length);
}
