// How CSV files are read, where the first way turned out not to fit them.
import { SlipwayError } from '../../../../base/errors';
import { duckFault } from '../../../../platform/duckdb/duck-error';

/** `asText` names columns that hold values of several types. */
export interface CsvWays {
  asText: readonly string[];
  hasLongLines: boolean;
}

/** A file of values of several types is opened again with that column as text, but not for ever. */
const mostColumnsAsText = 50;

export const firstWays: CsvWays = { asText: [], hasLongLines: false };

/** The way to try after an error; undefined where none would help. */
export function waysAfter(error: unknown, { asText, hasLongLines }: CsvWays): CsvWays | undefined {
  const { column, isLongLine } = duckFault(SlipwayError.is(error) ? error.cause : error);
  if (isLongLine) return hasLongLines ? undefined : { asText, hasLongLines: true };
  if (column === undefined || asText.includes(column) || asText.length >= mostColumnsAsText) return undefined;
  return { asText: [...asText, column], hasLongLines };
}
