// What came of golden cases.
import type { GoldenCase, GoldenProblem } from './golden-case';

/** An output that is not as expected. `expected` and `actual` are texts of JSON, cut where they are long. */
export interface GoldenDifference {
  output: string;
  message: string;
  expected: string;
  actual: string;
}

/** `error`: the case could not be run, and `message` says why. */
export interface GoldenResult extends GoldenCase {
  verdict: 'pass' | 'fail' | 'error';
  message: string;
  differences: GoldenDifference[];
  milliseconds: number;
}

/** All that were asked for, in the order of their files. */
export interface GoldenReport {
  results: GoldenResult[];
  problems: GoldenProblem[];
}

/** Failing first, then what could not be run, then the rest; otherwise as they stand. */
export function failingFirst(results: readonly GoldenResult[]): GoldenResult[] {
  const rank = { fail: 0, error: 1, pass: 2 };
  return results.toSorted((a, b) => rank[a.verdict] - rank[b.verdict]);
}
