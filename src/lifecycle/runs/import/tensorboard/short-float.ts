// TensorBoard keeps 32-bit numbers. As a double such a number has digits that nobody logged: 0.1 is 0.10000000149011612.

const leastNormal = 2 ** -126;
const scales = [1, 10, 100, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8];

/** The double with the fewest decimal digits that is the same 32-bit number. */
export function shortFloat(value: number): number {
  if (Number.isInteger(value) || !Number.isFinite(value)) return value;
  const size = Math.abs(value);
  // Most values are short decimals of middling size, for which this is much faster than going through text.
  if (size < 1e3 && size >= 1e-2) {
    for (const scale of scales) {
      const short = Math.round(value * scale) / scale;
      if (short !== 0 && Math.fround(short) === value) return short;
    }
  }
  // Six decimal digits go through such a number and back, but for the smallest ones.
  for (let digits = size < leastNormal ? 1 : 6; digits < 9; digits += 1) {
    const short = Number(value.toPrecision(digits));
    if (Math.fround(short) === value) return short;
  }
  return Number(value.toPrecision(9));
}
