// The evidence behind a comparison in a few numbers, for whoever has no panel at hand.
import type {
  ErrorCell,
  ErrorSummary,
  ResidualSizes,
  ScoreAreas,
  SideCurves,
} from '../../../../protocol/comparison/evidence/error-summary';
import type { ScoreEvidence } from '../../../../protocol/comparison/evidence/prediction-evidence';
import { mean } from '../../../../statistics/sample/moments';
import { quantileOfSorted } from '../../../../statistics/sample/quantile';
import { flippedPlaces, residualAt } from '../predictions/flipped-rows';
import type { ModelRows } from '../predictions/model-rows';
import type { PairedModels } from '../predictions/paired-models';
import type { OfSides } from '../predictions/row-pairs';
import { exampleAt } from './example-page';
import { meanMatrix } from './mean-matrix';
import { scoreFacts } from './score-evidence';

/** Kinds of errors, and rows of each way, that are named. */
const mostCells = 6;
const mostExamples = 10;
/** Curves of a side that a report draws. */
const mostCurves = 10;
/** A report is read, not zoomed: as few points as make the same line at its size. */
const drawn = { most: 100, tolerance: 0.004 };

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
    ...areasAndCurves(models),
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

type ScoreFacts = Pick<ScoreEvidence, 'auc' | 'averagePrecision' | 'roc' | 'precisionRecall'>;

/** Of two classes, the second being the positive one; of several models the means of their areas. */
function areasAndCurves({ baseline, candidate }: OfSides<ModelRows>): Pick<ErrorSummary, 'areas' | 'curves'> {
  const [before, after] = [scoredBy(baseline), scoredBy(candidate)];
  if (before === null || after === null) {
    return { areas: { baseline: areasOf(before), candidate: areasOf(after) }, curves: null };
  }
  return {
    areas: { baseline: areasOf(before), candidate: areasOf(after) },
    curves: { baseline: curvesOf(before), candidate: curvesOf(after) },
  };
}

/** Null where a model has no scores of two classes. */
function scoredBy(side: readonly ModelRows[]): ScoreFacts[] | null {
  const found = side.flatMap((model): ScoreFacts[] => {
    if (model.kind !== 'classes' || model.rows.classes !== 2) return [];
    const score = model.rows.scores?.[1];
    if (score === undefined) return [];
    return [scoreFacts({ positive: Int32Array.from(model.rows.truth), score }, drawn)];
  });
  return found.length > 0 && found.length === side.length ? found : null;
}

function areasOf(side: readonly ScoreFacts[] | null): ScoreAreas | null {
  if (side === null) return null;
  const meanOf = (values: readonly (number | null)[]): number | null => {
    const known = values.filter((value) => value !== null);
    return known.length === values.length ? mean(known) : null;
  };
  return {
    auc: meanOf(side.map(({ auc }) => auc)),
    averagePrecision: meanOf(side.map(({ averagePrecision }) => averagePrecision)),
  };
}

function curvesOf(side: readonly ScoreFacts[]): SideCurves {
  const shown = side.slice(0, mostCurves);
  return {
    roc: shown.flatMap(({ roc }) => roc ?? []),
    precisionRecall: shown.flatMap(({ precisionRecall }) => precisionRecall ?? []),
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
