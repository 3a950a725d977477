// One column of two tables, as drift is judged by: without nulls, which are counted.
import { valueCounts } from '../../../statistics/drift/sorted-distances';

/** A number of the reference, and the same of the current table. */
export interface Sides<Of> {
  reference: Of;
  current: Of;
}

/** `nulls` counts what has no value on either side: nulls, NaN and infinities. `rows` counts them too. */
interface Rows {
  column: string;
  rows: Sides<number>;
  nulls: Sides<number>;
}

/** Finite numbers, ascending. `isWhole` of columns of an integer type on that side. */
export interface NumberSample extends Rows, Sides<Float64Array> {
  is: 'numbers';
  isWhole: Sides<boolean>;
}

/**
 * Rows of each value on either side; `names` are the values in the order of their Unicode code units. `isMixed`: numbers on
 * one side, texts on the other.
 */
export interface CategorySample extends Rows, Sides<Float64Array> {
  is: 'categories';
  names: string[];
  isMixed?: boolean;
}

/** Texts, so many of which differ that each is a text and not a category; of very many rows a sample. */
export interface TextSample extends Rows, Sides<string[]> {
  is: 'texts';
}

export type ColumnSample = NumberSample | CategorySample | TextSample;

/** Each number as a category of its own, ascending. */
export function asCategories(sample: NumberSample): CategorySample {
  const { values, reference, current } = valueCounts(sample.reference, sample.current);
  const { column, rows, nulls } = sample;
  return { is: 'categories', column, rows, nulls, names: Array.from(values, String), reference, current };
}
