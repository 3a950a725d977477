// The evidence behind a comparison in a few numbers, for whoever has no panel at hand.
import type {
  ErrorCell,
  ErrorSummary,
  ResidualSizes,
  ScoreAreas,
} from '../../../../protocol/comparison/evidence/error-summary';
import { scoreCounts } from '../../../../statistics/curves/score-counts';
import {
  areaUnder,
  averagePrecisionOf,
  precisionRecallCurve,
  rocCurve,
} from '../../../../statistics/curves/score-curves';
import { mean } from '../../../../statistics/sample/moments';
import { quantileOfSorted } from '../../../../statistics/sample/quantile';
import { flippedPlaces, residualAt } from '../predictions/flipped-rows';
import type { ModelRows } from '../predictions/model-rows';
import type { PairedModels } from '../predictions/paired-models';
import type { OfSides } from '../predictions/row-pairs';
import { exampleAt } from './example-page';
import { meanMatrix } from './mean-matrix';

/** Kinds of errors, and rows of each way, that are named. */
const mostCells = 6;
const mostExamples = 3;

/** Null where no row was judged. */
export function errorSummary(paired: PairedModels, models: OfSides<ModelRows>): ErrorSummary | null {
  if (paired.judged.length === 0) return null;
  const { baseline, candidate } = models;
  const examples = (['broken', 'fixed'] as const).flatMap((flip) =>
    flippedPlaces(models, flip)
      .slice(0, mostExamples)
      .map((place) => ({ flip, example: exampleAt(paired, models, { place, columns: [] }) })),
  );
  const isOfNumbers = paired.task.kind === 'numbers';
  return {
    ...cellsOf(paired, models),
    areas: { baseline: areasOf(baseline), candidate: areasOf(candidate) },
    residuals: isOfNumbers ? { baseline: sizesOf(baseline), candidate: sizesOf(candidate) } : null,
    examples,
  };
}

function cellsOf({ task }: PairedModels, models: OfSides<ModelRows>): Pick<ErrorSummary, 'cells' | 'moreCells'> {
  const none = { cells: [], moreCells: 0 };
  const size = task.kind === 'classes' ? task.classes.length : 0;
  const before = meanMatrix(models.baseline, size);
  const after = meanMatrix(models.candidate, size);
  if (task.kind !== 'classes' || before === null || after === null) return none;
  const cells = before.map(
    (count, cell): ErrorCell => ({
      truth: task.classes[Math.floor(cell / size)] ?? '',
      predicted: task.classes[cell % size] ?? '',
      baseline: count,
      candidate: after[cell] ?? 0,
    }),
  );
  if (size === 2) return { cells, moreCells: 0 };
  const errors = cells.filter((cell) => cell.truth !== cell.predicted && cell.baseline + cell.candidate > 0);
  const moved = (cell: ErrorCell): number => Math.abs(cell.candidate - cell.baseline);
  const shown = errors.sort((a, b) => moved(b) - moved(a)).slice(0, mostCells);
  return { cells: shown, moreCells: errors.length - shown.length };
}

/** Of two classes, the second being the positive one; of several models the means of their areas. */
function areasOf(side: readonly ModelRows[]): ScoreAreas | null {
  const all = side.map(areasOfModel);
  const found = all.filter((each) => each !== null);
  if (found.length === 0 || found.length < all.length) return null;
  const meanOf = (values: readonly (number | null)[]): number | null => {
    const known = values.filter((value) => value !== null);
    return known.length === values.length ? mean(known) : null;
  };
  return {
    auc: meanOf(found.map(({ auc }) => auc)),
    averagePrecision: meanOf(found.map(({ averagePrecision }) => averagePrecision)),
  };
}

function areasOfModel(model: ModelRows): ScoreAreas | null {
  if (model.kind !== 'classes' || model.rows.classes !== 2) return null;
  const score = model.rows.scores?.[1];
  if (score === undefined) return null;
  const counts = scoreCounts({ positive: Int32Array.from(model.rows.truth), score });
  const { positives, negatives } = counts;
  return {
    auc: positives > 0 && negatives > 0 ? areaUnder(rocCurve(counts)) : null,
    averagePrecision: positives > 0 ? averagePrecisionOf(precisionRecallCurve(counts), positives) : null,
  };
}

/** Of the rows of all models; infinite ones are left out, and of none all are 0. */
function sizesOf(side: readonly ModelRows[]): ResidualSizes {
  const all = side.flatMap((model) =>
    [...(model.kind === 'numbers' ? model.rows.truth : []).keys()].map((place) => residualAt([model], place)),
  );
  const residuals = all.filter(Number.isFinite);
  const sizes = Float64Array.from(residuals, Math.abs).sort();
  return {
    mean: residuals.reduce((sum, each) => sum + each, 0) / Math.max(1, residuals.length),
    median: sizes.length === 0 ? 0 : quantileOfSorted(sizes, 0.5),
    most: sizes.length === 0 ? 0 : quantileOfSorted(sizes, 0.9),
  };
}
