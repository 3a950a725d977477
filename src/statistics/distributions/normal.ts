// The standard normal distribution.

const rootHalf = Math.SQRT1_2;
const rootTwoPi = Math.sqrt(2 * Math.PI);
const rootPi = Math.sqrt(Math.PI);

/** P(Z ≤ z). */
export function normalCdf(z: number): number {
  return 0.5 * complementaryError(-z * rootHalf);
}

/** The z with P(Z ≤ z) = p; infinite at 0 and 1. */
export function normalQuantile(p: number): number {
  if (Number.isNaN(p) || p < 0 || p > 1) return Number.NaN;
  if (p === 0.5) return 0;
  if (p > 0.5) return -normalQuantile(1 - p);
  if (p === 0) return Number.NEGATIVE_INFINITY;
  const t = Math.sqrt(-2 * Math.log(p));
  // A rational first guess, good to three digits; each step of Halley's triples them.
  let z = (2.515517 + t * (0.802853 + t * 0.010328)) / (1 + t * (1.432788 + t * (0.189269 + t * 0.001308))) - t;
  for (let step = 0; step < 4; step += 1) {
    const error = (normalCdf(z) - p) * rootTwoPi * Math.exp((z * z) / 2);
    z -= error / (1 + (z * error) / 2);
  }
  return z;
}

/** erfc(x). */
function complementaryError(x: number): number {
  if (x < 0) return 2 - complementaryError(-x);
  if (x > 27) return 0;
  return x < 2 ? 1 - errorSeries(x) : tailFraction(x);
}

/** erf(x) near zero, by a series whose terms are all positive. */
function errorSeries(x: number): number {
  let term = x;
  let sum = x;
  for (let n = 1; term > sum * 1e-17; n += 1) {
    term *= (2 * x * x) / (2 * n + 1);
    sum += term;
  }
  return (2 / rootPi) * Math.exp(-x * x) * sum;
}

/** erfc(x) away from zero, by its continued fraction from the far end. */
function tailFraction(x: number): number {
  let rest = 0;
  for (let n = 200; n > 0; n -= 1) rest = (n * 0.5) / (x + rest);
  return Math.exp(-x * x) / ((x + rest) * rootPi);
}
