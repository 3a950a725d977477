// One file of a recorded diff, before and after: the diff alone shows neither in an editor's own comparison.
import { SlipwayError } from '../../../../base/errors';
import { unquotedName } from './quoted-name';

/** The part of a diff that is about one file. Paths begin at the top of the repository; null for no such file. */
export interface FilePatch {
  before: string | null;
  after: string | null;
  hunks: string[];
}

/** Finds a file's part of a unified diff by git; undefined when the diff does not speak of it. */
export function filePatch(diff: string, path: string): FilePatch | undefined {
  const parts = diff.split(/^diff --git /m).slice(1);
  for (const part of parts) {
    const lines = part.split('\n');
    if (lines.at(-1) === '') lines.pop();
    const start = lines.findIndex((line) => line.startsWith('@@ '));
    const head = start === -1 ? lines : lines.slice(0, start);
    const before = nameIn(head, '--- ');
    const after = nameIn(head, '+++ ');
    if (start !== -1 && (after ?? before) === path) return { before, after, hunks: lines.slice(start) };
  }
  return undefined;
}

/** `--- a/src/train.py` and `+++ b/…`, with a tab behind a name that holds a space; `/dev/null` is null. */
function nameIn(head: readonly string[], mark: string): string | null {
  const line = head.find((each) => each.startsWith(mark))?.slice(mark.length);
  return line === undefined || line === '/dev/null' ? null : unquotedName(line.replace(/\t$/, '')).slice(2);
}

/** The text after the hunks. Throws SlipwayError `conflict` when the text is not the one they were made for. */
export function patched(before: string, hunks: readonly string[]): string {
  const old = before.split('\n');
  const lines: string[] = [];
  const openEnds = new Set<string>();
  let at = 0;
  let last = '';
  for (const line of hunks) {
    const kind = line[0] ?? ' ';
    if (kind === '@') {
      const [, start = '0', count = '1'] = /^@@ -(\d+)(?:,(\d+))? /.exec(line) ?? [];
      const begin = count === '0' ? Number(start) : Number(start) - 1;
      lines.push(...old.slice(at, begin));
      at = begin;
    } else if (kind === '\\') openEnds.add(last);
    else if (kind === '+') lines.push(line.slice(1));
    else {
      if (old[at] !== line.slice(1)) {
        throw new SlipwayError('conflict', 'The commit of this run does not hold the file its changes were made to.');
      }
      if (kind === ' ') lines.push(line.slice(1));
      at += 1;
    }
    last = kind;
  }
  const rest = old.slice(at);
  // A file's last line may have no end, before or after.
  if (openEnds.has('+')) return [...lines, ...rest.filter((line) => line !== '')].join('\n');
  return [...lines, ...(openEnds.has('-') ? [''] : rest)].join('\n');
}
