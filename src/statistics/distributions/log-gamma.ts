// Logarithms of the gamma and beta functions, by Stirling's series.

const halfLogTwoPi = 0.9189385332046727;
/** Coefficients of Stirling's series in 1/x, 1/x³, 1/x⁵, … */
const stirling = [1 / 12, -1 / 360, 1 / 1260, -1 / 1680, 1 / 1188, -691 / 360360, 1 / 156, -3617 / 122400];
/** From here on the series is exact to the last digit. */
const largeEnough = 12;

/** ln Γ(x) for x > 0. */
export function logGamma(x: number): number {
  if (x >= largeEnough) return (x - 0.5) * Math.log(x) - x + halfLogTwoPi + remainder(x);
  if (x === 1 || x === 2) return 0;
  let product = 1;
  let shifted = x;
  for (; shifted < largeEnough; shifted += 1) product *= shifted;
  return logGamma(shifted) - Math.log(product);
}

/** ln B(a, b) for a, b > 0. Large arguments do not cancel each other out. */
export function logBeta(a: number, b: number): number {
  const [small, large] = a < b ? [a, b] : [b, a];
  if (large < largeEnough) return logGamma(small) + logGamma(large) - logGamma(small + large);
  const rest = remainder(large) - remainder(small + large);
  const ratio = small / large;
  if (small < largeEnough) {
    return logGamma(small) + rest - (large + small - 0.5) * Math.log1p(ratio) - small * (Math.log(large) - 1);
  }
  return (
    halfLogTwoPi -
    0.5 * Math.log(large) +
    remainder(small) +
    rest +
    (small - 0.5) * Math.log(ratio / (1 + ratio)) -
    large * Math.log1p(ratio)
  );
}

/** What Stirling's series adds to its leading terms. */
function remainder(x: number): number {
  const inverse = 1 / x;
  const square = inverse * inverse;
  let sum = 0;
  for (let index = stirling.length - 1; index >= 0; index -= 1) sum = sum * square + (stirling[index] ?? 0);
  return sum * inverse;
}
