// Rank correlation, group differences and forest importance against scipy and scikit-learn.
import { expect, it } from 'vitest';
import { kruskalWallis } from '../../src/statistics/association/kruskal-wallis';
import { spearman } from '../../src/statistics/association/spearman';
import { chiSquareUpper } from '../../src/statistics/distributions/chi-square';
import { codedLevels, codedNumbers } from '../../src/statistics/forest/coded-table';
import { forestImportance } from '../../src/statistics/forest/forest-importance';
import { Random } from '../../src/statistics/random';
import { askReference, isClose, type Question } from './reference';

const random = new Random(415);
const times = <T>(count: number, make: (index: number) => T): T[] => Array.from({ length: count }, (_, i) => make(i));

function differences(asked: readonly { question: Question; own: number[] }[]): string[] {
  const answers = askReference(asked.map(({ question }) => question));
  return asked.flatMap(({ question, own }, index) => {
    const theirs = [answers[index]].flat() as number[];
    const isEqual = theirs.length === own.length && own.every((value, at) => isClose(value, theirs[at] ?? 0));
    return isEqual ? [] : [`${JSON.stringify(question).slice(0, 200)}: ${own} and not ${theirs}`];
  });
}

it('rank correlation is that of scipy to 1e-9, with ties, far values and columns that do not vary', () => {
  const asked: { question: Question; own: number[] }[] = [];
  const ask = (first: number[], second: number[]): void => {
    const { rho, p } = spearman(first, second);
    asked.push({ question: ['spearman', [first, second]], own: [rho, p] });
  };
  for (const count of [3, 4, 7, 10, 40, 200, 1000]) {
    const numbers = times(count, () => random.normal());
    ask(
      numbers,
      times(count, () => random.normal()),
    );
    ask(
      times(count, () => random.below(3)),
      times(count, () => random.below(4)),
    );
    ask(
      numbers,
      numbers.map((value) => Math.exp(3 * value) + random.normal()),
    );
    ask(
      numbers,
      numbers.map((value) => -(value ** 3)),
    );
    ask(
      numbers,
      times(count, () => 0.5),
    );
  }
  expect(differences(asked)).toEqual([]);
});

it('differences of groups are those of scipy to 1e-9, and their share that of the variance of ranks', () => {
  const asked: { question: Question; own: number[] }[] = [];
  for (const count of [6, 12, 40, 300]) {
    for (const levels of [2, 3, 5]) {
      const groups = times(count, (index) => (index < levels ? index : random.below(levels)));
      for (const values of [
        groups.map((group) => random.normal() + group * 0.4),
        groups.map((group) => random.below(3) + (group === 0 ? 1 : 0)),
      ]) {
        const { h, p, share } = kruskalWallis(values, groups);
        asked.push({ question: ['kruskal', [values, groups]], own: [h, p, share] });
      }
    }
  }
  for (const degrees of [1, 2, 7, 30, 299])
    for (const x of [0, 1e-9, 0.5, degrees, degrees + 5, 3 * degrees + 40])
      asked.push({ question: ['chi_square', [x, degrees]], own: [chiSquareUpper(x, degrees)] });
  expect(differences(asked)).toEqual([]);
  expect(kruskalWallis([1, 1, 1], [0, 1, 2]).share).toBeNaN();
  expect(kruskalWallis([1, 2, 3], [0, 0, 0]).p).toBeNaN();
});

it('small tails of χ² are right in their own digits', () => {
  const cases = [
    [80, 2],
    [300, 12],
    [900, 40],
  ] as const;
  const answers = askReference(cases.map((given) => ['chi_square', [...given]])) as number[];
  for (const [index, [x, degrees]] of cases.entries())
    expect(chiSquareUpper(x, degrees) / (answers[index] ?? 1)).toBeCloseTo(1, 9);
});

/** Planted: the first column weighs most, the second bends, the third weighs little, the others nothing. */
function planted(rows: number): { columns: number[][]; target: number[] } {
  const columns = times(6, () => times(rows, () => random.uniform() * 2 - 1));
  const [first = [], second = [], third = []] = columns;
  const target = times(
    rows,
    (row) => 3 * (first[row] ?? 0) + 4 * (second[row] ?? 0) ** 2 + 0.8 * (third[row] ?? 0) + 0.4 * random.normal(),
  );
  return { columns, target };
}

it('the forest weighs planted columns as scikit-learn does, within the Monte-Carlo error of both', () => {
  const [grown, held] = [planted(400), planted(2000)];
  const own = forestImportance(grown.columns.map(codedNumbers), Float64Array.from(grown.target), 1);
  const [answer] = askReference([['forest', [grown.columns, grown.target, held.columns, held.target]]]) as number[][];
  const [r2 = 0, ...theirs] = answer ?? [];
  expect(Math.abs(own.r2.mean - r2)).toBeLessThan(0.06);
  const order = (values: readonly number[]): number[] =>
    values.map((_, at) => at).sort((a, b) => (values[b] ?? 0) - (values[a] ?? 0));
  const means = own.columns.map(({ mean }) => mean);
  expect(order(means).slice(0, 3)).toEqual(order(theirs).slice(0, 3));
  for (const [at, { error }] of own.columns.entries()) expect(error, `column ${at}`).toBeLessThan(0.04);
  // Of six columns three are noise: their order is chance, their size is not.
  for (const noise of means.slice(3)) expect(Math.abs(noise)).toBeLessThan(0.02);
  for (const at of [0, 1, 2])
    expect((means[at] ?? 0) / (theirs[at] ?? 1), `column ${at}`).toSatisfy(
      (ratio: number) => ratio > 0.6 && ratio < 1.6,
    );
});

it('the same seed gives the same forest, levels need no order, and noise explains nothing', () => {
  const rows = 200;
  const levels = times(rows, () => random.below(4));
  const height = [0.2, 3, 0.1, 2];
  const target = Float64Array.from(levels, (level) => (height[level] ?? 0) + 0.3 * random.normal());
  const noise = codedNumbers(times(rows, () => random.normal()));
  const columns = [codedLevels(levels), noise];
  const first = forestImportance(columns, target, 7);
  expect(forestImportance(columns, target, 7)).toEqual(first);
  expect(first.columns[0]?.mean).toBeGreaterThan(0.8);
  expect(Math.abs(first.columns[1]?.mean ?? 1)).toBeLessThan(0.05);
  expect(forestImportance([noise], target, 7).r2.mean).toBeLessThan(0.05);
});
