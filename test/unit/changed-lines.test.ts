// Which lines of two texts are told to differ: as few as can be, and both texts whole.
import { expect, it } from 'vitest';
import { Random } from '../../src/statistics/random';
import { linePairs } from '../../webview/compare/evidence/files/changed-lines';
import { differenceOf } from '../../webview/compare/evidence/files/text-difference';

/** The length of the longest common subsequence, by its definition. */
function commonOf(a: readonly string[], b: readonly string[]): number {
  const rows = Array.from({ length: a.length + 1 }, () => new Array<number>(b.length + 1).fill(0));
  for (let i = a.length - 1; i >= 0; i -= 1) {
    for (let j = b.length - 1; j >= 0; j -= 1) {
      const [below, right] = [rows[i + 1] ?? [], rows[i] ?? []];
      right[j] = a[i] === b[j] ? (below[j + 1] ?? 0) + 1 : Math.max(below[j] ?? 0, right[j + 1] ?? 0);
    }
  }
  return rows[0]?.[0] ?? 0;
}

it('random texts keep all their lines, and as many together as they have in common', () => {
  const random = new Random(5);
  for (let repetition = 0; repetition < 500; repetition += 1) {
    const text = (): string[] => Array.from({ length: random.below(14) }, () => 'abcd'[random.below(4)] ?? '');
    const [before, after] = [text(), text()];
    const pairs = linePairs(before, after);
    expect(pairs.flatMap((pair) => pair.before ?? [])).toEqual(before);
    expect(pairs.flatMap((pair) => pair.after ?? [])).toEqual(after);
    const alike = pairs.filter((pair) => pair.before === pair.after).length;
    expect(alike).toBe(commonOf(before, after));
  }
});

it('every place where texts differ is shown, with the lines around it', () => {
  const lines = Array.from({ length: 40 }, (_, line) => `line ${line + 1}`);
  const other = lines.with(4, 'five').toSpliced(30, 0, 'new');
  const { words, lines: shown } = differenceOf(
    { text: lines.join('\n'), isCut: false },
    { text: other.join('\n'), isCut: false },
  );
  expect(words).toBe('2 lines differ, the first in line 5.');
  const changed = shown.filter((line) => 'skipped' in line || !line.isSame);
  expect(changed.map((line): unknown => ('skipped' in line ? line.skipped : [line.before, line.after]))).toEqual([
    2,
    ['line 5', 'five'],
    21,
    [null, 'new'],
    8,
  ]);
});

it('texts that have nothing in common are told at once', () => {
  const text = (word: string): string => Array.from({ length: 5000 }, (_, line) => `${word} ${line}`).join('\n');
  const began = performance.now();
  const { words } = differenceOf({ text: text('a'), isCut: false }, { text: text('b'), isCut: true });
  expect(words).toContain('5,000 lines differ in the parts that were read, the first in line 1. More');
  expect(performance.now() - began).toBeLessThan(2000);
});
