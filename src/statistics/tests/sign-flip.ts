// The sign-flip test: were there no difference, each paired difference could as well have had the other sign.
import { Random } from '../random';

/** `p` two-sided; `exact` when every choice of signs was counted; `least` is the smallest p that so many pairs allow. */
export interface SignFlip {
  p: number;
  exact: boolean;
  least: number;
}

/** Up to so many pairs all choices are counted: a million. */
const mostExact = 20;

/** Tests that paired differences are centred on zero. `draws` and `seed` matter only beyond 20 pairs. */
export function signFlip(differences: ArrayLike<number>, { draws = 100_000, seed = 1 } = {}): SignFlip {
  const sizes = Float64Array.from(differences, Math.abs);
  const count = sizes.length;
  let total = 0;
  let observed = 0;
  for (let index = 0; index < count; index += 1) {
    total += sizes[index] ?? 0;
    observed += differences[index] ?? 0;
  }
  // Equal sums differ in their last digits, by the order in which they were added.
  const limit = Math.abs(observed) - total * 1e-12;
  if (count > mostExact) return drawn(sizes, limit, { draws, seed });
  const choices = 2 ** count;
  let sum = total;
  let atLeast = Math.abs(sum) >= limit ? 1 : 0;
  // In Gray's order one sign changes at a time.
  const signs = new Int8Array(count).fill(1);
  for (let choice = 1; choice < choices; choice += 1) {
    const index = 31 - Math.clz32(choice & -choice);
    const sign = signs[index] ?? 1;
    sum -= 2 * sign * (sizes[index] ?? 0);
    signs[index] = -sign;
    if (Math.abs(sum) >= limit) atLeast += 1;
  }
  return { p: atLeast / choices, exact: true, least: Math.min(1, 2 / choices) };
}

function drawn(sizes: Float64Array, limit: number, { draws, seed }: { draws: number; seed: number }): SignFlip {
  const random = new Random(seed);
  let atLeast = 0;
  for (let draw = 0; draw < draws; draw += 1) {
    let sum = 0;
    let bits = 0;
    for (let index = 0; index < sizes.length; index += 1) {
      // One number draws the signs of 32 pairs; without a branch, which would be guessed wrong every second time.
      bits = (index & 31) === 0 ? random.bits() : bits >>> 1;
      sum += (1 - 2 * (bits & 1)) * (sizes[index] as number);
    }
    if (Math.abs(sum) >= limit) atLeast += 1;
  }
  return { p: (atLeast + 1) / (draws + 1), exact: false, least: 1 / (draws + 1) };
}
