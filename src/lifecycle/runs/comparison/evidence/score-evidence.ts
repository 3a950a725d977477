// What the scores of one model show for one class against the rest.
import type { DrawnCurve, ScoreEvidence } from '../../../../protocol/comparison/evidence/prediction-evidence';
import {
  type CalibrationBins,
  calibrationCurve,
  calibrationError,
} from '../../../../statistics/curves/calibration-curve';
import { type ScoreCounts, type ScoredLabels, scoreCounts } from '../../../../statistics/curves/score-counts';
import {
  areaUnder,
  averagePrecisionOf,
  precisionRecallCurve,
  rocCurve,
  type ScoreCurve,
} from '../../../../statistics/curves/score-curves';
import { simplifiedLine } from '../../../../statistics/curves/simplified-line';

/** A curve of more points is drawn with so many, none of the others farther off than a third of a pixel. */
const drawn = { most: 300, tolerance: 0.001 };
const reliabilityBins = 10;

/** `isProbability`: whether the scores are chances, so that calibration has a meaning. */
export function scoreEvidence(
  rows: ScoredLabels,
  { isProbability, bins }: { isProbability: boolean; bins: CalibrationBins },
): ScoreEvidence {
  const counts = scoreCounts(rows);
  return {
    ...factsOf(counts, drawn),
    reliability: isProbability && rows.score.length > 0 ? reliability(rows, counts, bins) : null,
  };
}

/** How finely a curve is drawn: in so many points, none of the others farther off than `tolerance` of an axis. */
interface Fineness {
  most: number;
  tolerance: number;
}

/** The two curves and the areas below them. */
export function scoreFacts(rows: ScoredLabels, fineness: Fineness): Omit<ScoreEvidence, 'reliability'> {
  return factsOf(scoreCounts(rows), fineness);
}

function factsOf(counts: ScoreCounts, fineness: Fineness): Omit<ScoreEvidence, 'reliability'> {
  const roc = rocCurve(counts);
  const precisionRecall = precisionRecallCurve(counts);
  const isBoth = counts.positives > 0 && counts.negatives > 0;
  return {
    roc: isBoth ? drawnCurve(roc, fineness) : null,
    precisionRecall: counts.positives > 0 ? drawnCurve(stepsOf(precisionRecall), fineness) : null,
    auc: isBoth ? areaUnder(roc) : null,
    averagePrecision: counts.positives > 0 ? averagePrecisionOf(precisionRecall, counts.positives) : null,
  };
}

function drawnCurve({ x, y }: Pick<ScoreCurve, 'x' | 'y'>, fineness: Fineness): DrawnCurve {
  const places = simplifiedLine({ x, y }, fineness);
  return { x: places.map((place) => x[place] ?? 0), y: places.map((place) => y[place] ?? 0), points: x.length };
}

/** Average precision is the area under these steps: up to a recall, the precision at which it is reached. */
function stepsOf({ x, y }: ScoreCurve): Pick<ScoreCurve, 'x' | 'y'> {
  const steps: { x: number[]; y: number[] } = { x: [], y: [] };
  for (let place = x.length - 2; place >= 0; place -= 1) {
    const [before, here] = [x[place + 1] ?? 0, x[place] ?? 0];
    if (here === before) continue;
    steps.x.push(before, here);
    steps.y.push(y[place] ?? 0, y[place] ?? 0);
  }
  // Where every row is told positive the precision ends at their share.
  steps.x.push(x[0] ?? 0);
  steps.y.push(y[0] ?? 0);
  return steps;
}

function reliability(
  rows: ScoredLabels,
  { positives, negatives }: ScoreCounts,
  strategy: CalibrationBins,
): NonNullable<ScoreEvidence['reliability']> {
  const curve = calibrationCurve(rows, { bins: reliabilityBins, strategy });
  let squares = 0;
  for (let row = 0; row < rows.score.length; row += 1) {
    squares += ((rows.score[row] ?? 0) - (rows.positive[row] ?? 0)) ** 2;
  }
  return {
    bins: curve.map(({ interval: [low, high], ...bin }) => ({ ...bin, low, high })),
    error: calibrationError(curve),
    brier: squares / (positives + negatives),
  };
}
