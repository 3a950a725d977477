// How CSV files are read, where the first way turned out not to fit them.
import { SlipwayError } from '../../../../base/errors';
import { duckFault } from '../../../../platform/duckdb/duck-error';

/** `asText` names columns that hold values of several types. */
export interface CsvWays {
  asText: readonly string[];
  hasLongLines: boolean;
  /** Line ends are made alike in a copy. */
  hasEvenEnds: boolean;
}

/** A file of values of several types is opened again with that column as text, but not for ever. */
const mostColumnsAsText = 50;

export const firstWays: CsvWays = { asText: [], hasLongLines: false, hasEvenEnds: false };

/** The way to try after an error; undefined where none would help. */
export function waysAfter(error: unknown, ways: CsvWays): CsvWays | undefined {
  const { asText, hasLongLines, hasEvenEnds } = ways;
  const { column, isLongLine, isNoCsv } = duckFault(SlipwayError.is(error) ? error.cause : error);
  if (isLongLine) return hasLongLines ? undefined : { ...ways, hasLongLines: true };
  // It says no more of a file whose lines end in several ways.
  if (isNoCsv) return hasEvenEnds ? undefined : { ...ways, hasEvenEnds: true };
  if (column === undefined || asText.includes(column) || asText.length >= mostColumnsAsText) return undefined;
  return { ...ways, asText: [...asText, column] };
}
