// One side of a comparison: its columns, read one at a time or a few in one pass.

import { identifier } from '../../../../platform/duckdb/duck-text';
import { Random } from '../../../../statistics/random';
import { kindOfType } from '../column-kind';

/** A column as it is read. */
export interface ReadColumn {
  name: string;
  type: string;
  asNumbers: boolean;
  /** Where the other side holds categories: the number 1 is not the text 1. */
  asNamedNumbers: boolean;
}

/** The table `reference` or `current`. A column is asked for after the pass that holds it, if there are passes. */
export interface TableSide {
  rows: number;
  /** Takes these columns up, where columns cannot be read one by one. What was taken up before is let go. */
  take(columns: readonly ReadColumn[]): Promise<void>;
  /** The finite numbers of a column, ascending; in memory that the next call uses again. */
  numbers(column: ReadColumn): Promise<Float64Array>;
  /** How many rows hold each value; undefined where there are more than `mostDistinct` values. */
  counts(column: ReadColumn): Promise<Map<string, number> | undefined>;
  /** A sample of the values, each with the same chance, always the same of the same rows; and how many there are. */
  texts(column: ReadColumn): Promise<{ texts: string[]; seen: number }>;
  /** Once, whatever happened. */
  close(): void;
}

/** Values of a column beyond so many are not kept one by one. */
export const mostDistinct = 200_000;
/** What a text says beyond so many characters is left out. */
const mostCharacters = 10_000;
/** So many texts of a side are learnt from. */
const mostTexts = 4000;

/** The expression of a column that is streamed: a DOUBLE, or a text. Times are seconds. */
export function streamed({ name, type, asNumbers, asNamedNumbers }: ReadColumn): string {
  const column = identifier(name);
  if (asNamedNumbers) {
    // Without the sign of a zero, which is no other value.
    const number = `(CAST(${column} AS DOUBLE) + 0)`;
    return `CASE WHEN isfinite(${number}) THEN ${number} || ' (number)' END`;
  }
  if (!asNumbers) return `CAST(${column} AS VARCHAR)`;
  const kind = kindOfType(type);
  if (kind === 'date' || kind === 'timestamp') return `epoch(CAST(${column} AS TIMESTAMP))::DOUBLE`;
  return kind === 'time' ? `epoch(${column})::DOUBLE` : `CAST(${column} AS DOUBLE)`;
}

/** Draws texts as they pass by. */
export class TextDraw {
  readonly texts: string[] = [];
  seen = 0;
  readonly #random = new Random(1);

  take(text: string): void {
    this.seen += 1;
    const place = this.texts.length < mostTexts ? this.texts.length : this.#random.below(this.seen);
    if (place < mostTexts) this.texts[place] = text.slice(0, mostCharacters);
  }
}
