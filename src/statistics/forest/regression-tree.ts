// One regression tree over coded columns: splits that lessen the squared error most, sought among some columns each.
import type { Random } from '../random';
import { type CodedColumn, mostCodes } from './coded-table';

/** What a tree is grown with: `tried` columns a split, at least `leaf` rows at either side. */
export interface TreeOptions {
  tried: number;
  leaf: number;
  random: Random;
}

/** Of a node that splits: the column, which of its codes go left, and where the children are; of a leaf its mean. */
interface TreeNode {
  column: number;
  goesLeft: Uint8Array;
  left: number;
  right: number;
  mean: number;
}

/** A tree as a list of nodes, the root first; `used` are the columns that it asks. */
export interface RegressionTree {
  nodes: readonly TreeNode[];
  used: ReadonlySet<number>;
}

/** Grows a tree on `rows` (a row may stand there more than once); `rows` is reordered. */
export function growTree(
  columns: readonly CodedColumn[],
  target: Float64Array,
  { rows, ...options }: TreeOptions & { rows: Uint32Array },
): RegressionTree {
  const nodes: TreeNode[] = [];
  const used = new Set<number>();
  const grow = (part: Uint32Array): number => {
    const mean = part.reduce((sum, row) => sum + (target[row] ?? 0), 0) / part.length;
    const at = nodes.push({ column: -1, goesLeft: new Uint8Array(0), left: -1, right: -1, mean }) - 1;
    const split = part.length < 2 * options.leaf ? undefined : bestSplit(columns, target, { part, mean, ...options });
    if (split === undefined) return at;
    used.add(split.column);
    const border = divide(part, columns[split.column]?.codes, split.goesLeft);
    const left = grow(part.subarray(0, border));
    const right = grow(part.subarray(border));
    nodes[at] = { ...split, left, right, mean };
    return at;
  };
  grow(rows);
  return { nodes, used };
}

/** What the tree says of a row; `swapped` is a column whose value is that of another row. */
export function treeValue(
  { nodes }: RegressionTree,
  columns: readonly CodedColumn[],
  { row, swapped = -1, other = row }: { row: number; swapped?: number; other?: number },
): number {
  let node = nodes[0];
  while (node !== undefined && node.column >= 0) {
    const code = columns[node.column]?.codes[node.column === swapped ? other : row] ?? 0;
    node = nodes[node.goesLeft[code] === 1 ? node.left : node.right];
  }
  return node?.mean ?? Number.NaN;
}

interface Split {
  column: number;
  goesLeft: Uint8Array;
}

/** The split that lessens the squared error most; undefined where none does. Sums are around the mean, so that nothing cancels. */
function bestSplit(
  columns: readonly CodedColumn[],
  target: Float64Array,
  { part, mean, tried, leaf, random }: TreeOptions & { part: Uint32Array; mean: number },
): Split | undefined {
  let best: Split | undefined;
  let most = 1e-12;
  for (const at of drawn(columns.length, tried, random)) {
    const column = columns[at];
    if (column === undefined) continue;
    const sums = allSums.subarray(0, column.count).fill(0);
    const counts = allCounts.subarray(0, column.count).fill(0);
    for (const row of part) {
      const code = column.codes[row] ?? 0;
      sums[code] = (sums[code] ?? 0) + (target[row] ?? 0) - mean;
      counts[code] = (counts[code] ?? 0) + 1;
    }
    const order = column.isOrdered ? inOrder : byMean(sums, counts);
    const { gain, length } = bestBorder(order, { sums, counts, leaf, rows: part.length });
    if (gain <= most) continue;
    most = gain;
    const goesLeft = new Uint8Array(column.count);
    for (let place = 0; place < length; place += 1) goesLeft[order[place] ?? 0] = 1;
    best = { column: at, goesLeft };
  }
  return best;
}

/** Used anew for every split that is tried: there are hundreds of thousands in a forest. */
const allSums = new Float64Array(mostCodes);
const allCounts = new Uint32Array(mostCodes);
const inOrder = Uint8Array.from({ length: mostCodes }, (_, code) => code);

/** The levels by their mean, which finds the best of all divisions in two; those that do not occur stand last. */
function byMean(sums: Float64Array, counts: Uint32Array): Uint8Array {
  const meanOf = (code: number): number => {
    const count = counts[code] ?? 0;
    return count === 0 ? Number.MAX_VALUE : (sums[code] ?? 0) / count;
  };
  return inOrder.slice(0, sums.length).sort((a, b) => meanOf(a) - meanOf(b));
}

/** How much the squared error lessens at the best border, and how many codes lie before it. */
function bestBorder(
  order: Uint8Array,
  given: { sums: Float64Array; counts: Uint32Array; leaf: number; rows: number },
): { gain: number; length: number } {
  const { sums, counts, leaf, rows } = given;
  let [sum, count] = [0, 0];
  let best = { gain: 0, length: 0 };
  for (let place = 0; place < sums.length; place += 1) {
    const code = order[place] ?? 0;
    if (counts[code] === 0) continue;
    sum += sums[code] ?? 0;
    count += counts[code] ?? 0;
    const rest = rows - count;
    if (rest < leaf) break;
    if (count < leaf) continue;
    // All sums together are nothing, so that of the right is that of the left with the other sign.
    const gain = sum * sum * (1 / count + 1 / rest);
    if (gain > best.gain) best = { gain, length: place + 1 };
  }
  return best;
}

/** Some different numbers below `count`. */
function drawn(count: number, some: number, random: Random): number[] {
  const all = Array.from({ length: count }, (_, index) => index);
  for (let place = 0; place < Math.min(some, count); place += 1) {
    const other = place + random.below(count - place);
    [all[place], all[other]] = [all[other] ?? 0, all[place] ?? 0];
  }
  return all.slice(0, some);
}

/** Brings the rows that go left to the front; how many they are. */
function divide(rows: Uint32Array, codes: Uint8Array | undefined, goesLeft: Uint8Array): number {
  let border = 0;
  for (let place = 0; place < rows.length; place += 1) {
    const row = rows[place] ?? 0;
    if (goesLeft[codes?.[row] ?? 0] !== 1) continue;
    rows[place] = rows[border] ?? 0;
    rows[border] = row;
    border += 1;
  }
  return border;
}
