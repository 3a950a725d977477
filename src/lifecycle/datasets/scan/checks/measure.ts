// What was measured for a check, before it is judged.
import type { DuckJson } from '../../../../platform/duckdb/duck-database';
import type { Observed } from '../../../../protocol/datasets/contract/check';

export type Measure = RowMeasure | NumberMeasure | WholeMeasure | NoMeasure;

/** `bad` of `counted` rows break it; `counted` null where no value had to be looked at. */
export interface RowMeasure {
  kind: 'rows';
  bad: number;
  counted: number | null;
  examples: string[];
  observed: Observed | null;
  note: string | null;
  /** What its bad rows hold: `no dates`. Only of checks that have a word for it. */
  badWords?: string;
}

/** One number; null where there is nothing to compute it from. */
export interface NumberMeasure {
  kind: 'number';
  value: number | null;
  canShowRows: boolean;
  note: string | null;
}

/** Yes or no, with what there is in a few words. */
export interface WholeMeasure {
  kind: 'whole';
  isMet: boolean;
  found: string;
  bad: number | null;
  examples: string[];
  observed: Observed | null;
  note: string | null;
}

/** Nothing: the check is wrong (`error`), the table lacks its column (`fail`), or there is nothing to look at. */
export interface NoMeasure {
  kind: 'none';
  verdict: 'not checked' | 'error';
  found: string;
  note: string;
}

/** A value of DuckDB's as text, for examples. */
export function textOf(value: DuckJson): string {
  return typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value);
}

/** An end of a column's values: a number where it is one, and of one too long for a double the next beyond it. */
export function endOf(value: DuckJson | undefined, side: -1 | 1): number | string | null {
  if (value === null || value === undefined) return null;
  if (typeof value !== 'string' || !/^-?\d+(\.\d+)?$/.test(value))
    return typeof value === 'number' ? value : textOf(value);
  const number = Number(value);
  if (value.includes('.') || Number.isSafeInteger(number)) return number;
  const isShort = side === 1 ? BigInt(number) < BigInt(value) : BigInt(number) > BigInt(value);
  return isShort ? number + side * Math.abs(number) * Number.EPSILON : number;
}
