// How a version stands, in the two or three words that a narrow row has room for.
import type { VersionState } from './dataset';

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
      const count = first.split(' ', 1)[0] ?? '';
      return `${count} ${count === '1' ? 'column' : 'columns'} drifted`;
    }
    case 'too small to tell':
      return 'drift too small to tell';
    default:
      return undefined;
  }
}

/** `1 of 27 checks fails`, without what it is of. */
function countedWords(text: string): string {
  const [, count = '', words = ''] = /^([\d,]+) of [\d,]+ checks? (.+)$/.exec(text) ?? [];
  if (count === '') return text;
  return `${count} ${count === '1' ? 'check' : 'checks'} ${words}`;
}
