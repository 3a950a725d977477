// How much worse a random forest guesses when one column is shuffled: Breiman's permutation importance, out of bag.
import { Random } from '../random';
import { sampleVariance } from '../sample/moments';
import type { CodedColumn } from './coded-table';
import { growTree, type RegressionTree, treeValue } from './regression-tree';

/** Forests that are grown independently of one another, so that the Monte-Carlo error can be told. */
const forests = 8;
const treesEach = 40;
/** Least rows a leaf: more where there are many, which only a finer curve would use. */
const leafOf = (rows: number): number => Math.max(3, Math.ceil(rows / 150));

/** A mean over independent forests, and its standard error. */
export interface ForestEstimate {
  mean: number;
  error: number;
}

/**
 * `r2`: the share of the target's variance that the forests explain of rows they were not grown on; below 0 they guess
 * worse than the mean. `columns`: how much that falls when the column is shuffled, in the order given.
 */
export interface ForestImportance {
  trees: number;
  r2: ForestEstimate;
  columns: ForestEstimate[];
}

/**
 * Regression forests (Breiman 2001) on bootstrap samples of the rows, a third of the columns tried a split, at least
 * three rows a leaf, more from 450 rows on; importance is the fall of R² out of bag, as sklearn.inspection.permutation_importance scores it.
 * The same `seed` gives the same numbers. The target must be finite and vary.
 */
export function forestImportance(
  columns: readonly CodedColumn[],
  target: Float64Array,
  seed: number,
): ForestImportance {
  const random = new Random(seed);
  const tried = Math.max(Math.min(3, columns.length), Math.ceil(columns.length / 3));
  const runs = Array.from({ length: forests }, () =>
    oneForest(columns, target, { random, tried, leaf: leafOf(target.length) }),
  );
  return {
    trees: forests * treesEach,
    r2: estimate(runs.map(({ r2 }) => r2)),
    columns: columns.map((_, at) => estimate(runs.map(({ r2, shuffled }) => r2 - (shuffled[at] ?? r2)))),
  };
}

interface Grown {
  tree: RegressionTree;
  /** The rows that it was not grown on. */
  others: Uint32Array;
}

function oneForest(
  columns: readonly CodedColumn[],
  target: Float64Array,
  options: { random: Random; tried: number; leaf: number },
): { r2: number; shuffled: number[] } {
  const { random } = options;
  const trees = Array.from({ length: treesEach }, (): Grown => {
    const rows = Uint32Array.from(target, () => random.below(target.length));
    const inBag = new Uint8Array(target.length);
    for (const row of rows) inBag[row] = 1;
    const others = Uint32Array.from({ length: target.length }, (_, row) => row).filter((row) => inBag[row] === 0);
    return { tree: growTree(columns, target, { ...options, rows }), others };
  });
  const guess = trees.map(({ tree, others }) => Float64Array.from(others, (row) => treeValue(tree, columns, { row })));
  const shuffled = columns.map((_, swapped) => {
    const other = shuffledRows(target.length, random);
    const own = trees.map(({ tree, others }, at) =>
      tree.used.has(swapped)
        ? Float64Array.from(others, (row) => treeValue(tree, columns, { row, swapped, other: other[row] ?? row }))
        : (guess[at] ?? new Float64Array(0)),
    );
    return explained(trees, own, target);
  });
  return { r2: explained(trees, guess, target), shuffled };
}

/** R² of the mean guess of each row by the trees that have not seen it; rows that all have seen are left out. */
function explained(trees: readonly Grown[], guesses: readonly Float64Array[], target: Float64Array): number {
  const sums = new Float64Array(target.length);
  const counts = new Uint32Array(target.length);
  for (const [at, { others }] of trees.entries()) {
    for (const [place, row] of others.entries()) {
      sums[row] = (sums[row] ?? 0) + (guesses[at]?.[place] ?? 0);
      counts[row] = (counts[row] ?? 0) + 1;
    }
  }
  const seen = target.filter((_, row) => (counts[row] ?? 0) > 0);
  let errors = 0;
  for (let row = 0; row < target.length; row += 1) {
    const count = counts[row] ?? 0;
    if (count > 0) errors += ((target[row] ?? 0) - (sums[row] ?? 0) / count) ** 2;
  }
  return 1 - errors / (sampleVariance(seen) * (seen.length - 1));
}

function shuffledRows(count: number, random: Random): Uint32Array {
  return random.shuffle(Uint32Array.from({ length: count }, (_, row) => row));
}

function estimate(values: readonly number[]): ForestEstimate {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return { mean, error: Math.sqrt(sampleVariance(values) / values.length) };
}
