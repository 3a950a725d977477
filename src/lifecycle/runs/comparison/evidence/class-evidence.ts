// Two classifiers on the same rows: what they tell apart, and how their scores put the rows.
import type {
  ClassEvidence,
  LabelMatrices,
  OfBoth,
  ThresholdCounts,
} from '../../../../protocol/comparison/evidence/prediction-evidence';
import type { CalibrationBins } from '../../../../statistics/curves/calibration-curve';
import { confusionMatrix, errorsOf, pooledMatrices } from '../../../../statistics/curves/confusion-matrix';
import { countsAt, scoreCounts } from '../../../../statistics/curves/score-counts';
import { singleRows } from '../../../../statistics/metrics/weighted-metric';
import type { ModelRows } from '../predictions/model-rows';
import type { PairedModels } from '../predictions/paired-models';
import { scoreEvidence } from './score-evidence';

/** Classes of a matrix that can still be read; rarer ones are put together. */
const mostClasses = 10;
const thresholdSteps = 1000;

type ClassModel = Extract<ModelRows, { kind: 'classes' }>;

/** `positive`: the class that scores are judged for where there are more than two. */
export function classEvidence(
  { sides, judged, truth, task }: PairedModels,
  { positive, bins }: { positive: string | null; bins: CalibrationBins },
): ClassEvidence {
  const classes = task.kind === 'classes' ? task.classes : [];
  const units = singleRows(judged.length);
  const models = {
    baseline: sides.baseline.rows(judged, truth, units) as ClassModel,
    candidate: sides.candidate.rows(judged, truth, units) as ClassModel,
  };
  const label = classes.length === 2 ? 1 : Math.max(0, classes.indexOf(positive ?? ''));
  const isPositive = models.baseline.rows.truth.map((each) => (each === label ? 1 : 0));
  const scores = ({ rows, isProbability }: ClassModel) => {
    const score = rows.scores?.[label];
    return score === undefined ? null : scoreEvidence({ positive: isPositive, score }, { isProbability, bins });
  };
  return {
    kind: 'classes',
    rows: judged.length,
    classes,
    positive: classes[label] ?? '',
    positives: isPositive.reduce((sum, each) => sum + each, 0),
    matrices: judged.length === 0 ? null : labelMatrices(models, classes),
    thresholds: judged.length === 0 || classes.length !== 2 ? null : thresholdCounts(models, isPositive),
    scores: { baseline: scores(models.baseline), candidate: scores(models.candidate) },
  };
}

function labelMatrices(models: OfBoth<ClassModel>, classes: readonly string[]): LabelMatrices | null {
  const { baseline, candidate } = models;
  if (baseline.rows.predicted === undefined || candidate.rows.predicted === undefined) return null;
  const all = classes.length;
  const matrices = [baseline, candidate].map(({ rows }) => confusionMatrix(rows.truth, rows.predicted ?? [], all));
  const { shown, pooled, cells } = pooledMatrices(matrices, all, mostClasses);
  const errors = matrices.map((matrix) => errorsOf(matrix, all));
  const source = ({ fromScores }: ClassModel) => (fromScores ? 'score' : 'y_pred');
  return {
    classes: shown.map((label) => classes[label] ?? ''),
    pooled,
    errors: { baseline: errors[0] ?? 0, candidate: errors[1] ?? 0 },
    baseline: cells[0] ?? [],
    candidate: cells[1] ?? [],
    from: { baseline: source(baseline), candidate: source(candidate) },
  };
}

/** At thousandths of chances, else at even steps from the least score to the greatest. */
function thresholdCounts(models: OfBoth<ClassModel>, positive: Int32Array): ThresholdCounts | null {
  const [before, after] = [models.baseline.rows.scores?.[1], models.candidate.rows.scores?.[1]];
  if (before === undefined || after === undefined) return null;
  const isChance = models.baseline.isProbability && models.candidate.isProbability;
  const [low, high] = isChance ? [0, 1] : spanOf(before, after);
  const thresholds = Array.from({ length: thresholdSteps + 1 }, (_, step) =>
    isChance ? step / thresholdSteps : low + ((high - low) * step) / thresholdSteps,
  );
  const first = scoreCounts({ positive, score: before });
  return {
    thresholds,
    positives: first.positives,
    negatives: first.negatives,
    baseline: countsAt(first, thresholds),
    candidate: countsAt(scoreCounts({ positive, score: after }), thresholds),
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
