// Two classifiers on the same rows: what they tell apart, and how their scores put the rows.
import type {
  ClassEvidence,
  LabelMatrices,
  ScoreEvidence,
  ThresholdCounts,
} from '../../../../protocol/comparison/evidence/prediction-evidence';
import type { CalibrationBins } from '../../../../statistics/curves/calibration-curve';
import { errorsOf, pooledMatrices } from '../../../../statistics/curves/confusion-matrix';
import { countsAt, type ScoreCounts, scoreCounts } from '../../../../statistics/curves/score-counts';
import { singleRows } from '../../../../statistics/metrics/weighted-metric';
import { mean } from '../../../../statistics/sample/moments';
import { type ModelRows, rowsOfSides } from '../predictions/model-rows';
import type { PairedModels } from '../predictions/paired-models';
import type { OfSides } from '../predictions/row-pairs';
import { meanMatrix } from './mean-matrix';
import { scoreEvidence } from './score-evidence';

/** Classes of a matrix that can still be read; rarer ones are put together. */
const mostClasses = 10;
const thresholdSteps = 1000;
/** Curves of more repeats could not be told apart. */
const mostScored = 20;

type ClassModel = Extract<ModelRows, { kind: 'classes' }>;

/** `positive`: the class that scores are judged for where there are more than two. */
export function classEvidence(
  { sides, judged, truth, task }: PairedModels,
  { positive, bins }: { positive: string | null; bins: CalibrationBins },
): ClassEvidence {
  const classes = task.kind === 'classes' ? task.classes : [];
  const units = singleRows(judged.length);
  const models = rowsOfSides(sides, { judged, truth, units }) as OfSides<ClassModel>;
  const label = classes.length === 2 ? 1 : Math.max(0, classes.indexOf(positive ?? ''));
  const isPositive = (models.baseline[0]?.rows.truth ?? new Int32Array(0)).map((each) => (each === label ? 1 : 0));
  const scores = (side: readonly ClassModel[]): ScoreEvidence[] =>
    side.slice(0, mostScored).flatMap(({ rows, isProbability }) => {
      const score = rows.scores?.[label];
      return score === undefined ? [] : [scoreEvidence({ positive: isPositive, score }, { isProbability, bins })];
    });
  return {
    kind: 'classes',
    rows: judged.length,
    models: { baseline: models.baseline.length, candidate: models.candidate.length },
    classes,
    positive: classes[label] ?? '',
    positives: isPositive.reduce((sum, each) => sum + each, 0),
    matrices: judged.length === 0 ? null : labelMatrices(models, classes),
    thresholds: judged.length === 0 || classes.length !== 2 ? null : thresholdCounts(models, isPositive),
    scores: { baseline: scores(models.baseline), candidate: scores(models.candidate) },
  };
}

/** Of repeats the means of what each told. */
function labelMatrices(models: OfSides<ClassModel>, classes: readonly string[]): LabelMatrices | null {
  const all = classes.length;
  const [before, after] = [meanMatrix(models.baseline, all), meanMatrix(models.candidate, all)];
  if (before === null || after === null) return null;
  const matrices = [before, after];
  const { shown, pooled, cells } = pooledMatrices(matrices, all, mostClasses);
  const errors = matrices.map((matrix) => errorsOf(matrix, all));
  const source = (side: readonly ClassModel[]) => (side[0]?.fromScores === true ? 'score' : 'y_pred');
  return {
    classes: shown.map((label) => classes[label] ?? ''),
    pooled,
    errors: { baseline: errors[0] ?? 0, candidate: errors[1] ?? 0 },
    baseline: cells[0] ?? [],
    candidate: cells[1] ?? [],
    from: { baseline: source(models.baseline), candidate: source(models.candidate) },
  };
}

/** At thousandths of chances, else at even steps from the least score to the greatest; of repeats the means of their counts. */
function thresholdCounts(models: OfSides<ClassModel>, positive: Int32Array): ThresholdCounts | null {
  const all = [...models.baseline, ...models.candidate];
  const isChance = all.every(({ isProbability }) => isProbability);
  const scores = all.map(({ rows }) => rows.scores?.[1]).filter((each) => each !== undefined);
  if (scores.length < all.length) return null;
  const [low, high] = isChance ? [0, 1] : spanOf(...scores);
  const thresholds = Array.from({ length: thresholdSteps + 1 }, (_, step) =>
    isChance ? step / thresholdSteps : low + ((high - low) * step) / thresholdSteps,
  );
  const counts = scores.map((score) => scoreCounts({ positive, score }));
  const meanAt = (of: readonly ScoreCounts[]): { hits: number[]; alarms: number[] } => {
    const each = of.map((one) => countsAt(one, thresholds));
    const meanOf = (what: 'hits' | 'alarms'): number[] =>
      thresholds.map((_, place) => mean(each.map((one) => one[what][place] ?? 0)));
    return { hits: meanOf('hits'), alarms: meanOf('alarms') };
  };
  const split = models.baseline.length;
  return {
    thresholds,
    positives: counts[0]?.positives ?? 0,
    negatives: counts[0]?.negatives ?? 0,
    baseline: meanAt(counts.slice(0, split)),
    candidate: meanAt(counts.slice(split)),
  };
}

function spanOf(...all: Float64Array[]): [number, number] {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const scores of all) {
    for (const score of scores) {
      if (score < low) low = score;
      if (score > high) high = score;
    }
  }
  return [low, high];
}
