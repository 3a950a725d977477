// What is drawn anew in a resample: every row by itself, or the rows of one day, user or group together.
import { SlipwayError } from '../../../../base/errors';
import type { UnitChoice } from '../../../../protocol/comparison/comparison';
import { type RowUnits, singleRows } from '../../../../statistics/metrics/weighted-metric';
import type { RowPairs } from './row-pairs';
import type { CodedColumn } from './table/coded-column';
import type { PredictionTable } from './table/prediction-table';

/** A further column, with the row of its file for each pair. */
export interface PairColumn {
  name: string;
  column: CodedColumn;
  rows: Int32Array;
}

/** The further columns of both files; of a name that both have the baseline's. */
export function pairColumns(
  { baseline, candidate }: { baseline: PredictionTable; candidate: PredictionTable },
  pairs: RowPairs,
): PairColumn[] {
  const own = [...baseline.slices].map(([name, column]) => ({ name, column, rows: pairs.baseline }));
  const others = [...candidate.slices].filter(([name]) => !baseline.slices.has(name));
  return [...own, ...others.map(([name, column]) => ({ name, column, rows: pairs.candidate }))];
}

/** Units, and how many of them are rows by themselves for want of a value. */
export interface CountedUnits extends RowUnits {
  without: number;
}

/** The units of the chosen pairs; a row without a value is one by itself. Throws SlipwayError `invalid` for a column there is not. */
export function unitsOf(pairs: Int32Array, columns: readonly PairColumn[], unit: string | null): CountedUnits {
  if (unit === null) return { ...singleRows(pairs.length), without: 0 };
  const chosen = columns.find(({ name }) => name === unit);
  if (chosen === undefined) {
    const names = columns.map(({ name }) => name).slice(0, 20);
    const there = names.length === 0 ? 'There is no further column' : `There are ${names.join(', ')}`;
    throw new SlipwayError('invalid', `The predictions have no column ${unit.slice(0, 100)} to resample by. ${there}.`);
  }
  const codes = pairs.map((pair) => codeOf(chosen, pair));
  const without = codes.filter((code) => code < 0).length;
  return { ...numbered(codes.map((code, place) => (code < 0 ? -1 - place : code))), without };
}

/** Numbers what is there from 0 on. */
export function numbered(codes: Int32Array): RowUnits {
  const places = new Map<number, number>();
  const of = codes.map((code) => {
    const place = places.get(code) ?? places.size;
    places.set(code, place);
    return place;
  });
  return { of, count: places.size };
}

/** The place of a pair's value among the column's; −1 for none. */
export function codeOf({ column, rows }: PairColumn, pair: number): number {
  return column.codes[rows[pair] ?? -1] ?? -1;
}

/** Columns whose values could be units: several rows of each, and more than a handful of them. */
export function unitChoices(pairs: Int32Array, columns: readonly PairColumn[]): UnitChoice[] {
  return columns
    .map((column) => ({ column: column.name, values: valueCount(pairs, column) }))
    .filter(({ values }) => values >= 5 && values <= pairs.length / 2)
    .sort((a, b) => b.values - a.values);
}

function valueCount(pairs: Int32Array, column: PairColumn): number {
  const codes = new Set(pairs.map((pair) => codeOf(column, pair)));
  return codes.size - (codes.has(-1) ? 1 : 0);
}
