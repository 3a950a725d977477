// The distribution of Smirnov's one-sided D⁺ of one sample.
import { logGamma } from './log-gamma';

/** P(D⁺ ≥ d) of `n` ≥ 1 numbers: the sum of Birnbaum and Tingey (1951), all terms of which are positive. */
export function smirnovUpper(d: number, n: number): number {
  if (d <= 0) return 1;
  if (d >= 1) return 0;
  const logAll = logGamma(n + 1);
  let sum = 0;
  for (let v = 0; v <= Math.floor(n * (1 - d)); v += 1) {
    const [up, down] = [d + v / n, 1 - d - v / n];
    if (down <= 0) continue;
    const logChoose = logAll - logGamma(v + 1) - logGamma(n - v + 1);
    sum += Math.exp(logChoose + (v - 1) * Math.log(up) + (n - v) * Math.log(down));
  }
  return Math.min(1, d * sum);
}
