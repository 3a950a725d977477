// How a version stands, in the two or three words that a narrow row has room for.
import type { VersionState } from './dataset';
import type { Drift } from './drift';

/** What is wrong of several states; where it is more than one thing, each in fewer words: `1 check fails`, `3 drifted`. */
export function allWrongWords(states: readonly VersionState[]): string[] {
  const wrong = states.filter((state) => wrongWords(state) !== undefined);
  if (wrong.length < 2) return wrong.flatMap((state) => wrongWords(state) ?? []);
  return wrong.flatMap((state) =>
    state.verdict === 'drift' ? `${driftedCount(state)} drifted` : (wrongWords(state) ?? []),
  );
}

/** `1 check fails`, `2 warnings`, `3 columns drifted`; undefined of what is fine, or says no yes or no. */
export function wrongWords({ kind, verdict, summary }: VersionState): string | undefined {
  const [first = '', ...rest] = summary.split('; ');
  switch (verdict) {
    case 'fail':
      return kind === 'check' ? countedWords(first) : first;
    case 'error':
      return `contract: ${rest.find((each) => each.endsWith('cannot be run')) ?? first}`;
    case 'warning':
      return rest[0] ?? first;
    case 'drift': {
      const count = driftedCount({ summary });
      return `${count} ${count === '1' ? 'column' : 'columns'} drifted`;
    }
    case 'too small to tell':
      return 'drift too small to tell';
    default:
      return undefined;
  }
}

/** Of `3 of 8 drifted`. */
function driftedCount({ summary }: Pick<VersionState, 'summary'>): string {
  return summary.split(' ', 1)[0] ?? '';
}

/** `1 of 27 checks fails`, without what it is of. */
function countedWords(text: string): string {
  const [, count = '', words = ''] = /^([\d,]+) of [\d,]+ checks? (.+)$/.exec(text) ?? [];
  if (count === '') return text;
  return `${count} ${count === '1' ? 'check' : 'checks'} ${words}`;
}

/** Whether it cannot be told of every column that it did not drift: some are too small to tell, or gone, or of another kind. */
export function isUntold({ columns, skipped }: Pick<Drift, 'columns' | 'skipped'>): boolean {
  return skipped.some(({ isLost }) => isLost) || columns.some(({ verdict }) => verdict === 'too small to tell');
}
