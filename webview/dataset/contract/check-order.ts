// In which order checks are read: what stops first.
import type { CheckResult, CheckVerdict } from '../../../src/protocol/datasets/contract/check';
import type { IconName } from '../../kit/icon';

const ranks: Readonly<Record<CheckVerdict, number>> = { error: 0, fail: 1, warning: 2, 'not checked': 3, pass: 4 };

/** How a check looks: shape first, colour last. */
export const checkLook: Readonly<Record<CheckVerdict, { icon: IconName; tone: string; word: string }>> = {
  error: { icon: 'failed', tone: 'worse', word: 'Cannot be run' },
  fail: { icon: 'failed', tone: 'worse', word: 'Fails' },
  warning: { icon: 'caution', tone: 'caution', word: 'Warning' },
  'not checked': { icon: 'killed', tone: 'quiet', word: 'Not checked' },
  pass: { icon: 'finished', tone: 'better', word: 'Passes' },
};

/** The checks in that order, each group in that of the contract. */
export function checksInOrder(checks: readonly CheckResult[]): CheckResult[] {
  return [...checks].sort((a, b) => ranks[a.verdict] - ranks[b.verdict]);
}
