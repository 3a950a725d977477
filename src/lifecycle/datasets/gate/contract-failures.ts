// What of a check's report stops data from being used.
import type { CheckReport, CheckResult } from '../../../protocol/datasets/contract/check';

/** A sentence for each: failures of severity error, those of which nothing could be told, and checks that are wrong. */
export function failuresOf({ checks }: Pick<CheckReport, 'checks'>): string[] {
  return checks
    .filter((check) => check.verdict === 'fail' || check.verdict === 'error' || isUntold(check))
    .map(sentenceOf);
}

/** A sentence for each check of severity error of which nothing could be told. */
export function untoldOf({ checks }: Pick<CheckReport, 'checks'>): string[] {
  return checks.filter(isUntold).map(sentenceOf);
}

function isUntold({ verdict, severity }: CheckResult): boolean {
  return verdict === 'not checked' && severity === 'error';
}

function sentenceOf({ title, columns, expected, found, note, verdict }: CheckResult): string {
  const of = columns.length === 0 ? '' : ` of ${columns.join(', ')}`;
  if (verdict === 'not checked') return `${title}${of} could not be checked: ${note ?? found}`;
  return verdict === 'error' ? `${title}${of}: ${note}` : `${title}${of}: expected ${expected}, found ${found}.`;
}
