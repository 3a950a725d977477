// Metrics of predictions against scikit-learn, with and without weights.
import { expect, it } from 'vitest';
import { metricNamed } from '../../src/base/metric-names';
import { calibrationCurve, calibrationError } from '../../src/statistics/curves/calibration-curve';
import { CalibrationError } from '../../src/statistics/metrics/calibration-error';
import { ClusteredRocAuc } from '../../src/statistics/metrics/clustered-roc-auc';
import { type ClassRows, labelMetric, predictionMetrics } from '../../src/statistics/metrics/prediction-metric';
import { RocAuc } from '../../src/statistics/metrics/ranked-metric';
import type { NumberRows } from '../../src/statistics/metrics/summed-metric';
import { type RowUnits, singleRows } from '../../src/statistics/metrics/weighted-metric';
import { Random } from '../../src/statistics/random';
import { calibrationInterval } from '../../src/statistics/resampling/calibration-interval';
import { askReference, isClose, type Question } from './reference';

const random = new Random(4);
const times = <T>(count: number, make: (index: number) => T): T[] => Array.from({ length: count }, (_, i) => make(i));

interface Case {
  question: Question;
  own: Record<string, number>;
}

/** Every metric that a case of `rows` rows has, with a weight per unit. */
function classificationCase(rows: number, classes: number, kind: number): Case {
  const truth = times(rows, (row) => (kind === 3 ? 0 : row < classes && rows > 8 ? row : random.below(classes)));
  const predicted = times(rows, (row) => (random.below(3) === 0 ? random.below(classes) : (truth[row] ?? 0)));
  const raw = times(rows, () => times(classes, () => (kind === 1 ? 1 + random.below(2) : random.uniform() + 1e-3)));
  const table = raw.map((row, at) => {
    const sum = row.reduce((total, each) => total + each, 0);
    return row.map((value, label) => (kind === 2 ? Number(label === predicted[at]) : value / sum));
  });
  const scores = times(classes, (label) => table.map((row) => row[label] ?? 0));
  const units = unitsOf(rows, kind);
  const weights = times(units.count, () => (kind === 0 ? 1 : random.below(3)));
  weights[0] = 1;
  const given: ClassRows & { predicted: Int32Array } = {
    truth: Int32Array.from(truth),
    classes,
    units,
    predicted: Int32Array.from(predicted),
    scores: scores.map((score) => Float64Array.from(score)),
  };
  const own: Record<string, number> = {};
  for (const [name, metric] of Object.entries(predictionMetrics)) {
    if (metric.needs === 'numbers' || (metric.binary && classes > 2)) continue;
    const made = metric.needs === 'labels' ? labelMetric(given, metric.formula) : metric.make(given);
    own[name] = made.value(weights);
  }
  const byRow = Array.from(units.of, (unit) => weights[unit] ?? 0);
  return { question: ['classification', [truth, predicted, scores, byRow]], own };
}

function unitsOf(rows: number, kind: number): RowUnits {
  if (kind !== 4) return singleRows(rows);
  const count = Math.max(1, Math.floor(rows / 4));
  return { of: Int32Array.from({ length: rows }, () => random.below(count)), count };
}

function regressionCase(rows: number, kind: number): Case {
  const truth = times(rows, () => (kind === 3 ? 7 : kind === 1 ? random.below(4) : 1e3 + random.normal()));
  const predicted = truth.map((value) => (kind === 2 ? value : value + random.normal()));
  const units = unitsOf(rows, kind);
  const weights = times(units.count, () => (kind === 0 ? 1 : 1 + random.below(3)));
  const given: NumberRows = { truth: Float64Array.from(truth), predicted: Float64Array.from(predicted), units };
  const own: Record<string, number> = {};
  for (const [name, metric] of Object.entries(predictionMetrics)) {
    if (metric.needs === 'numbers') own[name] = metric.make(given).value(weights);
  }
  const byRow = Array.from(units.of, (unit) => weights[unit] ?? 0);
  return { question: ['regression', [truth, predicted, byRow]], own };
}

it('every metric is scikit-learn’s to 1e-9: ties, one class, perfect scores, few rows, weights, clusters', () => {
  const cases: Case[] = [];
  for (const rows of [2, 3, 9, 40, 500]) {
    for (const kind of [0, 1, 2, 3, 4]) {
      for (const classes of [2, 3, 5]) cases.push(classificationCase(rows, classes, kind));
      cases.push(regressionCase(rows, kind));
    }
  }
  const answers = askReference(cases.map(({ question }) => question)) as Record<string, number>[];
  let compared = 0;
  const wrong = cases.flatMap(({ question, own }, index) =>
    Object.entries(answers[index] ?? {}).flatMap(([name, value]) => {
      compared += 1;
      return isClose(own[name] ?? -99, value)
        ? []
        : [`${name} of ${question[0]} ${index}: ${own[name]} and not ${value}`];
    }),
  );
  expect(wrong).toEqual([]);
  expect(compared).toBeGreaterThan(500);
});

it('the area under the ROC curve is the same, whether rows or pairs of units are counted', () => {
  for (const [rows, count] of [
    [200, 3],
    [400, 20],
    [50, 1],
  ] as const) {
    const units = { of: Int32Array.from({ length: rows }, () => random.below(count)), count };
    const positive = Int32Array.from({ length: rows }, () => random.below(2));
    const score = Float64Array.from({ length: rows }, () => random.below(rows / 4));
    const [byRow, byUnit] = [new RocAuc({ positive, score, units }), new ClusteredRocAuc({ positive, score, units })];
    for (let draw = 0; draw < 20; draw += 1) {
      const weights = Int32Array.from({ length: count }, () => random.below(3));
      expect(isClose(byUnit.value(weights), byRow.value(weights), 1e-12)).toBe(true);
    }
  }
});

it('calibration error is that of the curve in the same bins, of rows and of units that count as often', () => {
  for (const strategy of ['uniform', 'quantile'] as const) {
    const rows = 300;
    const units = { of: Int32Array.from({ length: rows }, () => random.below(40)), count: 40 };
    const positive = Int32Array.from({ length: rows }, () => random.below(2));
    const score = Float64Array.from({ length: rows }, () => random.below(50) / 49);
    const metric = new CalibrationError({ positive, score, units }, { bins: 7, strategy });
    const curve = calibrationCurve({ positive, score }, { bins: 7, strategy });
    expect(metric.value(new Float64Array(40).fill(3))).toBeCloseTo(calibrationError(curve), 12);
    expect(metric.value(new Float64Array(40))).toBeNaN();
    const single = new CalibrationError({ positive, score, units: singleRows(rows) }, { bins: 7, strategy });
    const weights = times(40, () => random.below(4));
    const byRow = Array.from(units.of, (unit) => weights[unit] ?? 0);
    expect(metric.value(weights)).toBeCloseTo(single.value(byRow), 12);
  }
});

it('a calibration error has an interval of ten units or more, and of scores that are numbers', () => {
  const rows = 200;
  const score = Float64Array.from({ length: rows }, () => random.uniform());
  const positive = Int32Array.from(score, (chance) => (random.uniform() < chance ? 1 : 0));
  const of = (count: number): RowUnits => ({ of: Int32Array.from(score, (_, row) => row % count), count });
  const given = { draws: 200, seed: 1, bins: 5, strategy: 'quantile' } as const;
  const finding = calibrationInterval({ positive, score, units: of(10) }, given);
  const [low = -1, high = -1] = finding.interval ?? [];
  expect(finding.error).toBeCloseTo(calibrationError(calibrationCurve({ positive, score }, given)), 12);
  expect([low >= 0, low <= finding.error, high >= finding.error, finding.noise > 0]).toEqual([true, true, true, true]);
  expect(calibrationInterval({ positive, score, units: of(10) }, given)).toEqual(finding);
  expect(calibrationInterval({ positive, score, units: of(9) }, given)).toMatchObject({ interval: null });
  score[7] = Number.NaN;
  const none = { error: Number.NaN, noise: Number.NaN, interval: null, p: Number.NaN };
  expect(calibrationInterval({ positive, score, units: of(50) }, given)).toEqual(none);
});

it('a metric is found by the names people write', () => {
  const names = {
    AUC: 'roc_auc',
    'ROC-AUC': 'roc_auc',
    test_roc_auc: 'roc_auc',
    'val/F1_score': 'f1',
    acc: 'accuracy',
    RMSE: 'rmse',
    'R^2': 'r2',
    logloss: 'log_loss',
    macroF1: 'f1_macro',
    brier_score_loss: 'brier',
    test_ECE: 'ece',
    expected_calibration_error: 'ece',
    'heldout/AUC': 'roc_auc',
    'tests.rmse': 'rmse',
  };
  for (const [text, name] of Object.entries(names)) expect([text, metricNamed(text)]).toEqual([text, name]);
  for (const text of ['loss', '', 'точность', 'constructor']) expect(metricNamed(text)).toBeUndefined();
});
