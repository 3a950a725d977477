// What of a check's report stops data from being used.
import type { CheckReport, CheckResult } from '../../../protocol/datasets/contract/check';

/** A sentence for each: failures of severity error, those of which nothing could be told, and checks that are wrong. */
export function failuresOf({ checks }: CheckReport): string[] {
  return checks
    .filter(
      ({ verdict, severity }) =>
        verdict === 'fail' || verdict === 'error' || (verdict === 'not checked' && severity === 'error'),
    )
    .map(sentenceOf);
}

function sentenceOf({ title, columns, expected, found, note, verdict }: CheckResult): string {
  const of = columns.length === 0 ? '' : ` of ${columns.join(', ')}`;
  if (verdict === 'not checked') return `${title}${of} could not be checked: ${note ?? found}`;
  return verdict === 'error' ? `${title}${of}: ${note}` : `${title}${of}: expected ${expected}, found ${found}.`;
}
