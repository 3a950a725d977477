// The words of a profile: a column's type, its places, its commonest values.
import type { Profile, ProfileColumn } from '../../../src/protocol/datasets/table/profile';
import { bytesText, countText } from '../../../src/protocol/wording';
import { placeText, shareText } from '../drift/drift-words';

/** Where the numbers of a column lie; `more` where the width allows. */
export interface Place {
  head: string;
  text: string;
  isMore: boolean;
}

/** The heads of what `placesOf` tells, in its order. */
export const placeHeads: readonly Omit<Place, 'text'>[] = [
  { head: 'Min', isMore: false },
  { head: '5 %', isMore: true },
  { head: 'Median', isMore: false },
  { head: 'Mean', isMore: true },
  { head: '95 %', isMore: true },
  { head: 'Max', isMore: false },
];

/** The ends, the mean, and the numbers at 5, 50 and 95 % of the rows; undefined of what is no number. */
export function placesOf({ numbers }: ProfileColumn): Place[] | undefined {
  if (numbers?.quantiles == null) return undefined;
  const { min, max, mean, quantiles } = numbers;
  const values = [min, quantiles.p05, quantiles.p50, mean ?? Number.NaN, quantiles.p95, max];
  return placeHeads.map((each, at) => ({ ...each, text: shortText(Number(values[at])) }));
}

/** `−999 … 83, median 13, mean 14.2`, for a table that has no room for columns of them. */
export function placesLine(column: ProfileColumn): string | undefined {
  const [min, , median, mean, , max] = placesOf(column) ?? [];
  if (min === undefined) return undefined;
  return `${min.text} … ${max?.text}, median ${median?.text}, mean ${mean?.text}`;
}

/** What stands where numbers have their places: from when to when, or the commonest values. */
export function restText(column: ProfileColumn, rows: number): string {
  const { times } = column;
  return times === null ? commonestText(column, rows) : `${shortTime(times.min)} … ${shortTime(times.max)}`;
}

/** `UA 17 %, EV 16 %, B6 16 %`. */
function commonestText({ top, nulls }: ProfileColumn, rows: number): string {
  const known = Math.max(1, rows - nulls);
  return top
    .slice(0, 3)
    .map(({ value, rows: count }) => `${value === '' ? '(empty)' : value} ${topShare(count / known)}`)
    .join(', ');
}

/** Of values each of which few rows hold, digits say nothing. */
function topShare(share: number): string {
  return share < 0.01 ? '< 1 %' : shareText(share);
}

/** The share of rows without a value: `0`, `6.8 %`, `< 0.1 %`. */
export function nullText({ nulls }: ProfileColumn, rows: number): string {
  if (nulls === 0) return '0';
  const share = nulls / Math.max(1, rows);
  return share < 0.0005 ? '< 0.1 %' : `${(share * 100).toFixed(1)} %`;
}

/** `184`, `≈ 12,400` where they were not all counted. */
export function distinctText({ distinct, isDistinctExact }: ProfileColumn): string {
  return isDistinctExact ? distinct.toLocaleString('en-US') : `≈ ${distinct.toLocaleString('en-US')}`;
}

/** What is to be looked at beside the alerts: the null share that moved. */
export function movedNulls(
  column: ProfileColumn,
  rows: number,
  reference: { column: ProfileColumn; rows: number } | undefined,
): string | undefined {
  if (reference === undefined) return undefined;
  const [now, before] = [column.nulls / Math.max(1, rows), reference.column.nulls / Math.max(1, reference.rows)];
  return Math.abs(now - before) < 0.05 ? undefined : `${shareText(now)} null, was ${shareText(before)}`;
}

/** Rows, columns, size and rows that occur twice, in one line. A query has no size of its own. */
export function profileSummary({ rows, bytes, columns, duplicateRows }: Profile, isQuery: boolean): string {
  const twice = duplicateRows === null || duplicateRows === 0 ? [] : [`${countText(duplicateRows, 'duplicate row')}`];
  const size = isQuery ? [] : [bytesText(bytes)];
  return [countText(rows, 'row'), countText(columns.length, 'column'), ...size, ...twice].join(', ');
}

/** Three or four digits are enough in a row. */
function shortText(value: number): string {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? '–' : value > 0 ? '∞' : '−∞';
  return placeText(Math.abs(value) >= 1000 ? Math.round(value) : Number(value.toPrecision(4)));
}

/** A time without what it does not say: no seconds, no time of day, no zone. */
function shortTime(text: string): string {
  return text
    .replace(/[+-]00(:00)?$/, '')
    .replace(/\.0+$/, '')
    .replace(/(\d\d:\d\d):00$/, '$1')
    .replace(/ 00:00$/, '');
}
