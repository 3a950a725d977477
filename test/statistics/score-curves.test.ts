// ROC, precision-recall and calibration curves, and confusion matrices, point for point scikit-learn's.
import { expect, it } from 'vitest';
import { type CalibrationBin, calibrationCurve, calibrationError } from '../../src/statistics/curves/calibration-curve';
import { confusionMatrix } from '../../src/statistics/curves/confusion-matrix';
import { countsAt, scoreCounts } from '../../src/statistics/curves/score-counts';
import {
  areaUnder,
  averagePrecisionOf,
  precisionRecallCurve,
  rocCurve,
} from '../../src/statistics/curves/score-curves';
import { simplifiedLine } from '../../src/statistics/curves/simplified-line';
import { Random } from '../../src/statistics/random';
import { askReference, isClose, type Question } from './reference';

const random = new Random(11);
const times = <T>(count: number, make: (index: number) => T): T[] => Array.from({ length: count }, (_, i) => make(i));

interface Case {
  positive: number[];
  score: number[];
}

/** Few rows and many, ties, scores at the bins' edges, one class only, perfect and reversed scores. */
const cases: Case[] = [1, 2, 3, 10, 60, 1000].flatMap((rows) =>
  ['smooth', 'ties', 'edges', 'one class', 'perfect', 'reversed'].map((kind) => {
    const positive = times(rows, () => (kind === 'one class' ? 1 : random.below(2)));
    const score = positive.map((label) => {
      if (kind === 'ties') return (random.below(4) + label) / 5;
      if (kind === 'edges') return random.below(11) / 10;
      if (kind === 'perfect') return label === 1 ? 0.5 + random.uniform() / 2 : random.uniform() / 2;
      if (kind === 'reversed') return label === 0 ? 0.9 : 0.1;
      return 1 / (1 + Math.exp(-random.normal() - label));
    });
    return { positive, score };
  }),
);

/** Every number of `own` beside that of the reference, by a path to it; empty when all are equal. */
function differences(own: unknown, reference: unknown, path: string): string[] {
  if (Array.isArray(own) && Array.isArray(reference)) {
    if (own.length !== reference.length) return [`${path}: ${own.length} values and not ${reference.length}`];
    return own.flatMap((each, place) => differences(each, reference[place], `${path}.${place}`));
  }
  return isClose(Number(own), Number(reference)) ? [] : [`${path}: ${String(own)} and not ${String(reference)}`];
}

it('ROC and precision-recall curves are scikit-learn’s, and so are the areas under them', () => {
  const answers = askReference(
    cases.map(({ positive, score }): Question => ['score_curves', [positive, score]]),
  ) as Record<string, unknown>[];
  const wrong = cases.flatMap((each, index) => {
    const counts = scoreCounts(each);
    const [roc, pr] = [rocCurve(counts), precisionRecallCurve(counts)];
    const own = {
      roc: [roc.x, roc.y, roc.thresholds],
      pr: [pr.x, pr.y, pr.thresholds],
      area: areaUnder(roc),
      precision: averagePrecisionOf(pr, counts.positives),
    };
    return Object.entries(own).flatMap(([name, value]) =>
      differences(value, answers[index]?.[name], `${index}.${name}`),
    );
  });
  expect(wrong).toEqual([]);
});

it('calibration curves are scikit-learn’s, with Wilson’s intervals of statsmodels', () => {
  const asked = cases.flatMap((each) =>
    (['uniform', 'quantile'] as const).flatMap((strategy) => [5, 10, 15].map((bins) => ({ ...each, strategy, bins }))),
  );
  const answers = askReference(
    asked.map(({ positive, score, strategy, bins }): Question => ['calibration', [positive, score, bins, strategy]]),
  ) as number[][][];
  const columns = (bins: CalibrationBin[]): number[][] => [
    bins.map(({ share }) => share),
    bins.map(({ score }) => score),
    bins.map(({ rows }) => rows),
    bins.map(({ interval: [low] }) => low),
    bins.map(({ interval: [, high] }) => high),
  ];
  const wrong = asked.flatMap((each, index) => {
    const curve = calibrationCurve(each, each);
    const [shares = [], scores = [], rows = []] = answers[index] ?? [];
    const error = shares.reduce((sum, share, bin) => sum + Math.abs(share - (scores[bin] ?? 0)) * (rows[bin] ?? 0), 0);
    return [
      ...differences(columns(curve), answers[index], `${each.strategy} ${each.bins} of case ${Math.floor(index / 6)}`),
      ...differences(calibrationError(curve), error / each.score.length, `error ${index}`),
    ];
  });
  expect(wrong).toEqual([]);
});

it('confusion matrices are scikit-learn’s, also those at a threshold', () => {
  const asked = times(40, (index) => {
    const classes = 2 + (index % 4);
    const rows = 1 + random.below(200);
    return {
      classes,
      truth: times(rows, () => random.below(classes)),
      predicted: times(rows, () => random.below(classes)),
      score: times(rows, () => random.below(21) / 20),
    };
  });
  const answers = askReference([
    ...asked.map(({ truth, predicted, classes }): Question => ['confusion', [truth, predicted, classes]]),
    ...asked.flatMap(({ truth, score }) =>
      times(21, (step): Question => {
        const positive = truth.map((label) => (label === 1 ? 1 : 0));
        return ['confusion', [positive, score.map((each) => (each >= step / 20 ? 1 : 0)), 2]];
      }),
    ),
  ]) as number[][][];
  for (const [index, { truth, predicted, classes }] of asked.entries()) {
    expect(confusionMatrix(truth, predicted, classes)).toEqual(answers[index]?.flat());
  }
  for (const [index, { truth, score }] of asked.entries()) {
    const counts = scoreCounts({ positive: truth.map((label) => (label === 1 ? 1 : 0)), score });
    const { hits, alarms } = countsAt(
      counts,
      times(21, (step) => step / 20),
    );
    for (let step = 0; step <= 20; step += 1) {
      const [[, alarm], [, hit]] = answers[40 + index * 21 + step] as [[number, number], [number, number]];
      expect([alarms[step], hits[step]]).toEqual([alarm, hit]);
    }
  }
});

it('a line of few points stays whole, and one of many keeps its own points, none farther off than is told', () => {
  const few = { x: times(50, (i) => i), y: times(50, () => random.uniform()) };
  expect(simplifiedLine(few, { most: 50, tolerance: 1 })).toHaveLength(50);
  const rows = times(100_000, () => random.below(2));
  const counts = scoreCounts({ positive: rows, score: rows.map((label) => random.normal() + label) });
  const { x, y } = rocCurve(counts);
  const places = simplifiedLine({ x, y }, { most: 300, tolerance: 0.002 });
  expect(x.length).toBeGreaterThan(20_000);
  expect(places.length).toBeLessThanOrEqual(300);
  expect([places[0], places.at(-1)]).toEqual([0, x.length - 1]);
  let farthest = 0;
  let part = 0;
  for (const [place, value] of x.entries()) {
    while ((places[part + 1] ?? 0) < place) part += 1;
    const [a, b] = [places[part] ?? 0, places[part + 1] ?? 0];
    const share = value === x[a] ? 0 : (value - (x[a] ?? 0)) / ((x[b] ?? 0) - (x[a] ?? 0));
    const drawn = x[a] === x[b] ? (y[place] ?? 0) : (y[a] ?? 0) + share * ((y[b] ?? 0) - (y[a] ?? 0));
    farthest = Math.max(farthest, Math.min(Math.abs(drawn - (y[place] ?? 0)), 1));
  }
  expect(farthest).toBeLessThan(0.02);
  const area = areaUnder({ x: places.map((place) => x[place] ?? 0), y: places.map((place) => y[place] ?? 0) });
  expect(Math.abs(area - areaUnder({ x, y }))).toBeLessThan(0.001);
});
