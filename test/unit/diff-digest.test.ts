// Whether two runs had the same code, by what was not committed.
import { expect, it } from 'vitest';
import { diffDigest } from '../../src/platform/git/diff-digest';

const diff = (line: string, index = '3fa2b1c..9d8e7f6'): string =>
  `diff --git a/train.py b/train.py\nindex ${index} 100644\n--- a/train.py\n+++ b/train.py\n@@ -1 +1 @@\n-rate = 1\n+${line}\n`;

it('tells apart changes of as many lines, and a line that looks like a name of an object', () => {
  const digests = ['rate = 2', 'rate = 3', 'index 3fa2b1c0..9d8e7f60'].map((line) => diffDigest(diff(line)));
  expect(new Set(digests).size).toBe(3);
});

it('is the same however many digits git writes of the names of objects', () => {
  expect(diffDigest(diff('rate = 2', '3fa2b1c001..9d8e7f6aa0'))).toBe(diffDigest(diff('rate = 2')));
  expect(diffDigest(diff('rate = 2', '3fa2b1c..0000000'))).not.toBe(diffDigest(diff('rate = 2')));
});

it('of no diff is none', () => {
  expect([diffDigest(null), diffDigest('')]).toEqual([null, null]);
});
