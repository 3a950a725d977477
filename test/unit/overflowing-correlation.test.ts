// Correlations of numbers that no double holds the squares of.
import { expect, it } from 'vitest';
import { pearson } from '../../src/statistics/association/pearson';

it('the correlation of numbers as large as 1e300 was told as 0', () => {
  expect(pearson([1e300, -1e300, 3], [1, 2, 4])).toBeNaN();
  expect(pearson([1e100, 2e100, 3e100], [1, 2, 3])).toBeCloseTo(1, 12);
});
