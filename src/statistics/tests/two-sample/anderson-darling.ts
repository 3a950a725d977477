// Whether two samples are of one distribution, with an eye on the tails: Anderson and Darling's test.
import { walkPooled } from './pooled-walk';

/** `statistic` is standardised; `p` is interpolated between 0.001 and 0.25, and cut off there. */
export interface AndersonDarling {
  statistic: number;
  p: number;
}

/** Critical values of two samples at these levels (Scholz and Stephens 1987, table 2): b₀ + b₁ + b₂. */
const levels = [0.25, 0.1, 0.05, 0.025, 0.01, 0.005, 0.001];
const critical = [0.675 - 0.245 - 0.105, 1.281 + 0.25 - 0.305, 1.645 + 0.678 - 0.362, 1.96 + 1.149 - 0.391].concat([
  2.326 + 1.822 - 0.396,
  2.573 + 2.364 - 0.345,
  3.085 + 3.615 - 0.154,
]);

/** The k-sample test of two sorted samples with midranks, as scipy.stats.anderson_ksamp; NaN of one number only. */
export function andersonDarling(first: Float64Array, second: Float64Array): AndersonDarling {
  const [n, m] = [first.length, second.length];
  const all = n + m;
  let [a, values] = [0, 0];
  walkPooled(first, second, (at) => {
    values += 1;
    const equal = at.first + at.second;
    const below = at.firstBelow + at.secondBelow + equal / 2;
    const weight = equal / all / (below * (all - below) - (all * equal) / 4);
    const left = all * (at.firstBelow + at.first / 2) - below * n;
    const right = all * (at.secondBelow + at.second / 2) - below * m;
    a += weight * (left ** 2 / n + right ** 2 / m);
  });
  if (values < 2 || all < 4) return { statistic: Number.NaN, p: Number.NaN };
  const statistic = ((a * (all - 1)) / all - 1) / Math.sqrt(varianceOf(n, m));
  return { statistic, p: interpolated(statistic) };
}

/** σ² of the statistic of two samples: Scholz and Stephens, equation 4. */
function varianceOf(n: number, m: number): number {
  const all = n + m;
  const inverse = 1 / n + 1 / m;
  let [h, g, sum] = [1, 0, 0];
  for (let i = 1; i <= all - 2; i += 1) {
    sum += 1 / (all - i);
    g += sum / (i + 1);
  }
  h += sum;
  const a = 4 * g - 6 + (10 - 6 * g) * inverse;
  const b = (2 * g - 4) * 4 + 16 * h + (2 * g - 14 * h - 4) * inverse - 8 * h + 4 * g - 6;
  const c = (6 * h + 2 * g - 2) * 4 + (4 * h - 4 * g + 6) * 2 + (2 * h - 6) * inverse + 4 * h;
  const d = (2 * h + 6) * 4 - 8 * h;
  return (a * all ** 3 + b * all ** 2 + c * all + d) / ((all - 1) * (all - 2) * (all - 3));
}

/** By a parabola through ln of the levels, as scipy does. */
function interpolated(statistic: number): number {
  if (statistic < (critical[0] ?? 0)) return 0.25;
  if (statistic > (critical.at(-1) ?? 0)) return 0.001;
  const [constant, linear, square] = parabola();
  return Math.exp(constant + linear * statistic + square * statistic ** 2);
}

/** The least-squares parabola of ln level over critical value, by polynomials that are orthogonal there. */
function parabola(): [number, number, number] {
  const count = critical.length;
  const y = levels.map(Math.log);
  const centre = critical.reduce((sum, x) => sum + x, 0) / count;
  const first = critical.map((x) => x - centre);
  const dot = (u: readonly number[], v: readonly number[]): number =>
    u.reduce((sum, x, at) => sum + x * (v[at] ?? 0), 0);
  const shift =
    dot(
      first.map((x) => x * x),
      first,
    ) / dot(first, first);
  const level = dot(first, first) / count;
  const second = first.map((x) => x * x - shift * x - level);
  const [c0, c1, c2] = [
    y.reduce((sum, x) => sum + x, 0) / count,
    dot(first, y) / dot(first, first),
    dot(second, y) / dot(second, second),
  ];
  // c₀ + c₁ (x − centre) + c₂ ((x − centre)² − shift (x − centre) − level), by powers of x.
  const linear = c1 - c2 * shift;
  return [c0 - linear * centre + c2 * (centre ** 2 - level), linear - 2 * c2 * centre, c2];
}
