// A batch against earlier ones, by the robust z of Iglewicz and Hoaglin.
import { describe, expect, it } from 'vitest';
import { batchAnomalies, expectedKey, type MeasuredBatch } from '../../src/lifecycle/datasets/history/batch-anomalies';
import { type BatchNumber, outlyingNumber } from '../../src/lifecycle/datasets/history/outlying-number';
import { Random } from '../../src/statistics/random';

const day = 86_400_000;
const none = () => 0;
const daily = (values: number[]): BatchNumber[] => values.map((value, at) => ({ time: at * day, value }));

describe('a number against earlier ones', () => {
  it('is told from five on', () => {
    expect(outlyingNumber({ time: 4 * day, value: 9 }, daily([1, 2, 3, 4]), none)).toBeUndefined();
    expect(outlyingNumber({ time: 5 * day, value: 9 }, daily([1, 2, 3, 4, 5]), none)).toBeDefined();
  });

  it('has the distance of the formula: 0.6745 (x − median) / MAD', () => {
    // Median 10, deviations 2 1 0 1 2: their median is 1.
    const history = daily([8, 9, 10, 11, 12]);
    const at = (value: number) => outlyingNumber({ time: 5 * day, value }, history, none);
    expect(at(16)).toMatchObject({ median: 10, distance: 0.6745 * 6, verdict: 'warning', batches: 5 });
    expect(at(15)?.verdict).toBe('pass');
    expect(at(18)).toMatchObject({ distance: 0.6745 * 8, verdict: 'fail' });
    expect(at(2)).toMatchObject({ distance: -0.6745 * 8, verdict: 'fail' });
  });

  it('looks at the last thirty, and at none that are later', () => {
    const old = daily(Array.from({ length: 40 }, (_, at) => (at < 10 ? 1000 : 10 + (at % 3))));
    const judged = outlyingNumber({ time: 40 * day + 1, value: 1000 }, old, none);
    expect(judged).toMatchObject({ batches: 30, verdict: 'fail' });
    expect(outlyingNumber({ time: 3 * day, value: 5 }, old, none)).toBeUndefined();
  });

  it('compares with the same weekday from four weeks on', () => {
    // Sundays (every 7th day from the third on) have a tenth of the rows.
    const values = Array.from({ length: 35 }, (_, at) => (at % 7 === 3 ? 100 : 1000) + (at % 5));
    const sunday = { time: 38 * day, value: 101 };
    expect(outlyingNumber(sunday, daily(values), none)).toMatchObject({ sameWeekday: true, verdict: 'pass' });
    expect(outlyingNumber({ time: 38 * day, value: 1000 }, daily(values), none)?.verdict).toBe('fail');
    expect(outlyingNumber({ time: 17 * day, value: 101 }, daily(values.slice(0, 17)), none)).toMatchObject({
      sameWeekday: false,
      verdict: 'fail',
    });
  });

  it('a history without spread does not alarm for next to nothing', () => {
    const history = daily([1000, 1000, 1000, 1000, 1000]);
    const at = (value: number) =>
      outlyingNumber({ time: 5 * day, value }, history, (middle) => Math.max(1, 0.01 * middle))?.verdict;
    expect([at(1000), at(1030), at(1040), at(1100)]).toEqual(['pass', 'pass', 'warning', 'fail']);
  });
});

describe('a batch', () => {
  const batch = (at: number, nulls: number, expected: string[] = []): MeasuredBatch => ({
    time: at * day,
    measures: { rows: 1000 + at, columns: [{ name: 'a', nulls, distinct: 10, mean: 5 }] },
    expected: new Set(expected),
  });
  const key = expectedKey('nulls', 'a');

  it('is told by its column and its share, and an expected number stands aside', () => {
    const earlier = [10, 11, 12, 9, 10].map((nulls, at) => batch(at, nulls));
    const [found, ...others] = batchAnomalies(batch(5, 200), earlier);
    expect(others).toEqual([]);
    expect(found).toMatchObject({ measure: 'nulls', column: 'a', verdict: 'fail', batches: 5, isExpected: false });
    expect(found?.sentence).toBe('Nulls of a: 19.9 %, and 1 % in the middle of 5 earlier versions.');
    expect(batchAnomalies(batch(5, 200, [key]), earlier)[0]?.isExpected).toBe(true);
  });

  it('an expected number counts for no later one', () => {
    const earlier = [10, 11, 12, 9, 10].map((nulls, at) => batch(at, nulls, at < 1 ? [key] : []));
    expect(batchAnomalies(batch(5, 200), earlier)).toEqual([]);
  });

  const kinds = (at: number, distinct: number): MeasuredBatch => ({
    time: at * day,
    measures: { rows: 1000, columns: [{ name: 'c', nulls: 0, distinct, mean: null }] },
    expected: new Set(),
  });
  const verdictsOf = (before: number[], now: number) =>
    batchAnomalies(
      kinds(before.length, now),
      before.map((distinct, at) => kinds(at, distinct)),
    ).map(({ measure, verdict }) => `${measure} ${verdict}`);

  it('a category that collapses is told, and a rare value that is missing once is not', () => {
    const three = [3, 3, 3, 3, 3, 3, 3];
    expect([1, 2, 3, 4, 6].map((now) => verdictsOf(three, now))).toEqual([
      ['distinct warning'],
      [],
      [],
      [],
      ['distinct fail'],
    ]);
    expect(verdictsOf([12, 12, 12, 12, 12], 9)).toEqual([]);
    expect(verdictsOf([12, 12, 12, 12, 12], 1)).toEqual(['distinct fail']);
  });

  it('rare values that come and go make few alarms', () => {
    const random = new Random(7);
    const share = (usual: number, rare: number) => {
      const drawn = () =>
        usual + Array.from({ length: rare }, () => Number(random.below(10) > 0)).reduce((a, b) => a + b, 0);
      const tries = Array.from({ length: 2000 }, () => verdictsOf(Array.from({ length: 12 }, drawn), drawn()).length);
      return tries.reduce((a, b) => a + b, 0) / tries.length;
    };
    const found = [share(2, 1), share(2, 2), share(3, 3), share(10, 6), share(40, 10)];
    expect(Math.max(...found), String(found)).toBeLessThan(0.02);
  });
});
