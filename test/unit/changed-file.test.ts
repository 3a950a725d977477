// A recorded diff, applied again to the committed file by git's own rules.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { filePatch, patched } from '../../src/lifecycle/runs/recordings/files/changed-file';

const folder = mkdtempSync(join(tmpdir(), 'slipway-diff-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What git says between two texts. */
function diffOf(before: string, after: string): string {
  writeFileSync(join(folder, 'before'), before);
  writeFileSync(join(folder, 'after'), after);
  try {
    return execFileSync('git', ['diff', '--no-index', '--no-color', 'before', 'after'], {
      cwd: folder,
      encoding: 'utf8',
    });
  } catch (error) {
    return (error as { stdout: string }).stdout;
  }
}

const long = Array.from({ length: 60 }, (_, index) => `line ${index}`);
const cases: [string, string, string][] = [
  ['one line changed', 'a\nb\nc\n', 'a\nB\nc\n'],
  ['a line added at the top and one at the end', 'a\nb\n', 'top\na\nb\nend\n'],
  ['everything removed but one line', 'a\nb\nc\n', 'b\n'],
  ['a last line that loses its end', 'a\nb\n', 'a\nb'],
  ['a last line that gains its end', 'a\nb', 'a\nb\n'],
  ['a last line without end that changes', 'a\nb', 'a\nc'],
  ['a change before a last line without end', 'a\nb\nc', 'A\nb\nc'],
  [
    'two hunks',
    `${long.join('\n')}\n`,
    `${long.map((line, at) => (at === 3 || at === 50 ? `${line}!` : line)).join('\n')}\n`,
  ],
  ['an empty file filled', '', 'a\nb\n'],
  ['a file emptied', 'a\n', ''],
  ['lines that look like a diff', '--- x\n+++ y\n', '--- x\n+++ z\n'],
  ['carriage returns', 'a\r\nb\r\n', 'a\r\nB\r\n'],
  ['blank lines', 'a\n\n\nb\n', 'a\n\n\n\nb\n'],
];

describe('a file after a recorded diff', () => {
  it.each(cases)('%s', (_name, before, after) => {
    const diff = diffOf(before, after);
    const patch = filePatch(diff, 'after');
    expect(patched(before, patch?.hunks ?? [])).toBe(after);
  });

  it('is refused when the committed file is another', () => {
    const patch = filePatch(diffOf('a\nb\n', 'a\nB\n'), 'after');
    expect(() => patched('a\nx\n', patch?.hunks ?? [])).toThrow('does not hold the file');
  });

  it('a new file has no before, a removed one no after, and each file its own part', () => {
    const diff = [
      'diff --git a/new.py b/new.py\nnew file mode 100644\n--- /dev/null\n+++ b/new.py\n@@ -0,0 +1 @@\n+x\n',
      'diff --git a/old name.py b/old name.py\ndeleted file mode 100644\n--- a/old name.py\t\n+++ /dev/null\n@@ -1 +0,0 @@\n-y\n',
    ].join('');
    expect(filePatch(diff, 'new.py')).toEqual({ before: null, after: 'new.py', hunks: ['@@ -0,0 +1 @@', '+x'] });
    expect(filePatch(diff, 'old name.py')).toEqual({
      before: 'old name.py',
      after: null,
      hunks: ['@@ -1 +0,0 @@', '-y'],
    });
    expect(filePatch(diff, 'other.py')).toBeUndefined();
  });
});
