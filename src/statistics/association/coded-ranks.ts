// Ranks of values that are known by their place in the order of all that occur: no sort for each subset of rows.

/** Ranks from 1 on, equal codes share the mean of their places. `codes` are whole numbers from 0 to `levels` − 1. */
export function codedRanks(codes: ArrayLike<number>, levels: number): Float64Array {
  const ranks = new Float64Array(levels);
  for (let index = 0; index < codes.length; index += 1) ranks[codes[index] ?? 0] = (ranks[codes[index] ?? 0] ?? 0) + 1;
  let before = 0;
  for (let code = 0; code < levels; code += 1) {
    const rows = ranks[code] ?? 0;
    ranks[code] = before + (rows + 1) / 2;
    before += rows;
  }
  return Float64Array.from(codes, (code) => ranks[code] ?? 0);
}
