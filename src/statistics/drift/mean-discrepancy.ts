// The maximum mean discrepancy of two samples: how well a smooth function could tell them apart.
import { Random } from '../random';

/** Beyond so many rows of a side a sample of them is compared: the work grows with their square. */
const mostRows = 500;
const draws = 200;
const seed = 1;

/**
 * The share of deals of the pooled rows whose discrepancy is at least that of the two samples: the unbiased MMD² (Gretton
 * et al. 2012) with a Gaussian kernel as wide as the median distance within the reference. At most 500 rows a side, drawn
 * with a fixed seed. NaN of fewer than two rows.
 */
export function meanDiscrepancyP(reference: Float64Array, current: Float64Array): number {
  const random = new Random(seed);
  const [first, second] = [sampled(reference, random), sampled(current, random)];
  const [n, all] = [first.length, first.length + second.length];
  if (n < 2 || all - n < 2) return Number.NaN;
  const kernel = kernelOf(Float64Array.from([...first, ...second]), medianSquare(first));
  const order = Uint32Array.from({ length: all }, (_, at) => at);
  const pairs = sumOfPairs(kernel, order, 0, all);
  const seen = discrepancy(kernel, order, n, pairs);
  let atLeast = 0;
  for (let draw = 0; draw < draws; draw += 1) {
    for (let at = all - 1; at > 0; at -= 1) {
      const other = random.below(at + 1);
      const row = order[other] as number;
      order[other] = order[at] as number;
      order[at] = row;
    }
    if (discrepancy(kernel, order, n, pairs) >= seen) atLeast += 1;
  }
  return (atLeast + 1) / (draws + 1);
}

function sampled(values: Float64Array, random: Random): Float64Array {
  if (values.length <= mostRows) return values;
  // Without putting back: a row drawn twice would be its own twin, within a side and never across.
  const rest = values.slice();
  for (let at = 0; at < mostRows; at += 1) {
    const other = at + random.below(rest.length - at);
    [rest[at], rest[other]] = [rest[other] ?? 0, rest[at] ?? 0];
  }
  return rest.slice(0, mostRows);
}

function medianSquare(values: Float64Array): number {
  const squares = new Float64Array(values.length ** 2);
  let at = 0;
  for (const a of values)
    for (const b of values) {
      squares[at] = (a - b) ** 2;
      at += 1;
    }
  const middle = squares.sort()[squares.length >> 1] ?? 0;
  return middle > 0 ? middle : 1;
}

/** exp(−d² / median d²) of every pair, nothing of a row with itself. */
function kernelOf(values: Float64Array, square: number): Float64Array {
  const size = values.length;
  const kernel = new Float64Array(size * size);
  for (let a = 0; a < size; a += 1)
    for (let b = 0; b < size; b += 1)
      if (a !== b) kernel[a * size + b] = Math.exp(-(((values[a] ?? 0) - (values[b] ?? 0)) ** 2) / square);
  return kernel;
}

/** `pairs`: the sum of all pairs' kernels, so that those across the sides need not be looked up. */
function discrepancy(kernel: Float64Array, order: Uint32Array, n: number, pairs: number): number {
  const m = order.length - n;
  const within = sumOfPairs(kernel, order, 0, n);
  const beyond = sumOfPairs(kernel, order, n, order.length);
  const across = pairs - within - beyond;
  return (2 * within) / (n * (n - 1)) + (2 * beyond) / (m * (m - 1)) - (2 * across) / (n * m);
}

function sumOfPairs(kernel: Float64Array, order: Uint32Array, from: number, to: number): number {
  let sum = 0;
  for (let a = from; a < to; a += 1) {
    const row = (order[a] as number) * order.length;
    for (let b = from; b < a; b += 1) sum += kernel[row + (order[b] as number)] as number;
  }
  return sum;
}
