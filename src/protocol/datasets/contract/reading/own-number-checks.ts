// Our own checks that look at a column or table as a whole.
import type { Made, Makers } from './made-check';
import { intervalOf, numberTest, otherOf, percentOf, tableName, wholeTest } from './made-check';
import type { rowMakers } from './own-row-checks';

/** Each makes one of them. */
export const numberMakers: Omit<Makers, keyof typeof rowMakers> = {
  distinctCount: (ends) => numberTest('Distinct values', { kind: 'distinct count' }, ends),
  distinctShare: (ends) => numberTest('Distinct share', { kind: 'distinct share' }, ends),
  distinctValues: ({ equal, contain, within }) =>
    wholeTest(equal ? 'Distinct values' : contain ? 'Distinct values contain' : 'Distinct values within', {
      kind: 'distinct set',
      values: equal ?? contain ?? within ?? [],
      relation: equal ? 'equal' : contain ? 'contain' : 'within',
    }),
  mean: (ends) => numberTest('Mean', { kind: 'mean' }, ends),
  median: (ends) => numberTest('Median', { kind: 'median' }, ends),
  stddev: (ends) => numberTest('Standard deviation', { kind: 'standard deviation' }, ends),
  sum: (ends) => numberTest('Sum', { kind: 'sum' }, ends),
  minimum: (ends) => wholeTest('Minimum', { kind: 'extreme', of: 'minimum', range: intervalOf(ends) }),
  maximum: (ends) => wholeTest('Maximum', { kind: 'extreme', of: 'maximum', range: intervalOf(ends) }),
  quantile: ({ q, ...ends }) => numberTest(`Quantile ${percentOf(q)} %`, { kind: 'quantile', share: q }, ends),
  mostCommon: ({ in: values }) => wholeTest('Most common', { kind: 'most common', values }),
  share: ({ value, ...ends }) => numberTest(`Share of ${String(value)}`, { kind: 'share of value', value }, ends),
  freshness: ({ within }) => freshnessCheck(hoursOf(within)),
  drift: ({ method = 'psi', max, ...other }) =>
    numberTest(`Drift, ${method}`, { kind: 'drift', method, reference: otherOf(other) }, { max }),
  change: ({ of: what, max, ...other }) => {
    const of = what === 'stddev' ? 'standard deviation' : what;
    return numberTest(`Change of ${of}`, { kind: 'change', of, reference: otherOf(other) }, { max });
  },
  columns: ({ names, inOrder = false, others = false }) =>
    wholeTest('Columns', { kind: 'column set', names, inOrder, others }),
  rowsAgainst: ({ min, max, ...other }) => {
    const table = otherOf(other);
    const made = numberTest(`Rows against ${tableName(table)}`, { kind: 'rows against', table }, { min, max });
    const isExact = min === undefined && max === undefined;
    return isExact ? { ...made, threshold: { operator: 'mustBe', values: [1], unit: 'number' } } : made;
  },
  failedRows: ({ query }) => ({
    title: 'Failed rows',
    test: { kind: 'failed rows', sql: query },
    threshold: { operator: 'mustBe', values: [0], unit: 'number' },
  }),
};

/** No value may be older than so many hours. */
export function freshnessCheck(hours: number): Made {
  return {
    title: 'Freshness',
    test: { kind: 'age' },
    threshold: { operator: 'mustBeLessOrEqualTo', values: [hours], unit: 'hours' },
  };
}

const hoursPerUnit: Readonly<Record<string, number>> = { m: 1 / 60, h: 1, d: 24, w: 24 * 7, y: 24 * 365.25 };

/** `30 min`, `24 h`, `7 days` in hours; NaN for what is none of it. */
export function hoursOf(text: string): number {
  const [, count, unit] = /^([\d.]+)\s*([a-z])/i.exec(text) ?? [];
  return Number(count) * (hoursPerUnit[(unit ?? '').toLowerCase()] ?? Number.NaN);
}
