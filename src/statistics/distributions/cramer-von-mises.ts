// The distribution of Cramér and von Mises' statistic for large samples.
import { logGamma } from './log-gamma';

/** P(T ≥ x): the series of Csörgő and Faraway (1996), equation 1.2, in Bessel functions of order ¼; 1 below 0.003. */
export function cramerVonMisesUpper(x: number): number {
  if (Number.isNaN(x)) return Number.NaN;
  if (x < 0.003) return 1;
  let below = 0;
  let term = 1;
  for (let k = 0; term >= 1e-7; k += 1) {
    const y = 4 * k + 1;
    const q = y ** 2 / (16 * x);
    const factor = Math.exp(logGamma(k + 0.5) - logGamma(k + 1)) / (Math.PI ** 1.5 * Math.sqrt(x));
    term = factor * Math.sqrt(y) * Math.exp(-2 * q) * scaledBesselQuarter(q);
    below += term;
  }
  return Math.max(0, 1 - below);
}

/** e^q K_¼(q) = ∫ exp(−q (cosh t − 1)) cosh(t / 4) dt from 0 on, by the trapezoidal rule, which is exact here beyond digits. */
function scaledBesselQuarter(q: number): number {
  const step = 0.02;
  let sum = 0.5;
  for (let t = step; ; t += step) {
    const height = Math.exp(-q * (Math.cosh(t) - 1)) * Math.cosh(t / 4);
    sum += height;
    if (height < 1e-18 * sum) return sum * step;
  }
}
