// A batch against the batches before it: rows, and nulls, different values and mean of each column.
import type { BatchAnomaly, BatchMeasure, BatchMeasures } from '../../../protocol/datasets/contract/check';
import { plainNumber } from '../../../protocol/datasets/contract/threshold';
import { toWire } from '../../../protocol/number';
import { type BatchNumber, outlyingNumber } from './outlying-number';

/** One batch; `expected` are the numbers that somebody found right, by `expectedKey`. */
export interface MeasuredBatch {
  time: number;
  measures: BatchMeasures;
  expected: ReadonlySet<string>;
}

/** Names one number of a batch. */
export function expectedKey(measure: BatchMeasure, column: string | null): string {
  return JSON.stringify([measure, column]);
}

/** The spread that is no news, by the middle: a thousandth more rows is none, nor is half a percent more nulls. */
const leastSpread: Readonly<Record<BatchMeasure, (middle: number) => number>> = {
  rows: (middle) => Math.max(1, 0.01 * middle),
  nulls: (middle) => Math.max(0.002, 0.02 * middle),
  // Of three values one may be a rare one that is missing once; without two of them it is another column.
  distinct: (middle) => Math.max(0.5, Math.min(1, middle / 8), 0.02 * middle),
  mean: (middle) => Math.max(1e-9, 0.01 * Math.abs(middle)),
};

/** The numbers of a batch that lie far from those of the earlier ones, the farthest first. */
export function batchAnomalies(batch: MeasuredBatch, earlier: readonly MeasuredBatch[]): BatchAnomaly[] {
  const found = numbersOf(batch.measures).flatMap(({ measure, column, value }) => {
    const key = expectedKey(measure, column);
    const history = earlier.flatMap(({ time, measures, expected }): BatchNumber[] => {
      const before = valueOfNumber(measures, measure, column);
      return before === null || expected.has(key) ? [] : [{ time, value: before }];
    });
    const judged = outlyingNumber({ time: batch.time, value }, history, leastSpread[measure]);
    if (judged === undefined || judged.verdict === 'pass') return [];
    const { median, distance, verdict, batches, sameWeekday } = judged;
    const isExpected = batch.expected.has(key);
    const sentence = sentenceOf({ measure, column, value, median, batches, sameWeekday });
    return [
      {
        measure,
        column,
        verdict,
        value,
        median,
        distance: toWire(distance),
        batches,
        sameWeekday,
        sentence,
        isExpected,
      },
    ];
  });
  return found.sort((a, b) => Math.abs(Number(b.distance)) - Math.abs(Number(a.distance)));
}

interface OneNumber {
  measure: BatchMeasure;
  column: string | null;
  value: number;
}

function numbersOf(measures: BatchMeasures): OneNumber[] {
  const perColumn: BatchMeasure[] = ['nulls', 'distinct', 'mean'];
  const wanted: [BatchMeasure, string | null][] = [
    ['rows', null],
    ...measures.columns.flatMap(({ name }) => perColumn.map((measure): [BatchMeasure, string] => [measure, name])),
  ];
  return wanted.flatMap(([measure, column]) => {
    const value = valueOfNumber(measures, measure, column);
    return value === null ? [] : [{ measure, column, value }];
  });
}

/** Nulls are a share of the rows; a column of all different values has as many as rows, which is said by the rows. */
function valueOfNumber({ rows, columns }: BatchMeasures, measure: BatchMeasure, column: string | null): number | null {
  if (measure === 'rows') return rows;
  const found = columns.find(({ name }) => name === column);
  if (found === undefined || rows === 0) return null;
  if (measure === 'nulls') return found.nulls / rows;
  if (measure === 'mean') return found.mean;
  return found.distinct > 0.5 * (rows - found.nulls) ? null : found.distinct;
}

function sentenceOf(given: OneNumber & { median: number; batches: number; sameWeekday: boolean }): string {
  const { measure, column, value, median, batches, sameWeekday } = given;
  const words: Readonly<Record<BatchMeasure, string>> = {
    rows: 'Rows',
    nulls: `Nulls of ${column}`,
    distinct: `Different values of ${column}`,
    mean: `Mean of ${column}`,
  };
  const shown = (each: number): string =>
    measure === 'nulls' ? `${Number((each * 100).toPrecision(3))} %` : plainNumber(Number(each.toPrecision(6)));
  const whose = sameWeekday ? `the same weekday in ${batches} earlier versions` : `${batches} earlier versions`;
  return `${words[measure]}: ${shown(value)}, and ${shown(median)} in the middle of ${whose}.`;
}
