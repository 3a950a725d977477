// How a kept result looks beside a version: shape first, colour last.
import type { ResultVerdict, VersionState } from '../../../src/protocol/datasets/dataset';
import type { IconName } from '../../kit/icon';

const looks: Readonly<Record<ResultVerdict, { icon: IconName; tone: string; word: string }>> = {
  pass: { icon: 'finished', tone: 'better', word: 'Passes' },
  warning: { icon: 'caution', tone: 'caution', word: 'Warning' },
  fail: { icon: 'failed', tone: 'worse', word: 'Fails' },
  error: { icon: 'failed', tone: 'worse', word: 'Cannot be run' },
  drift: { icon: 'failed', tone: 'worse', word: 'Drift' },
  'no drift': { icon: 'finished', tone: 'better', word: 'No drift' },
  'too small to tell': { icon: 'unknown', tone: 'quiet', word: 'Too small to tell' },
};

const notKnown = { icon: 'killed', tone: 'quiet', word: 'Not checked' } as const;

/** The look of a result; a version that has none looks as one that was not checked. */
export function stateLook(state: VersionState | undefined): { icon: IconName; tone: string; word: string } {
  return state?.verdict == null ? notKnown : looks[state.verdict];
}
