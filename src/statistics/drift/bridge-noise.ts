// How far two samples of numbers lie apart by chance, where dealing out their rows anew would take too long: the difference
// of their shares at or below a number moves as a Brownian bridge over the pooled sample.
import { Random } from '../random';

/** Places of the pooled sample that the bridge is followed over. */
const steps = 200;

/**
 * ∫|F − G| dx and √(2 ∫(F − G)² dx) of `draws` bridges, each ascending, for samples of `n` and `m` rows. `pooled` ascends.
 */
export function bridgeDistances(
  pooled: Float64Array,
  { n, m, draws, seed }: { n: number; m: number; draws: number; seed: number },
): { wasserstein: Float64Array; energy: Float64Array } {
  const random = new Random(seed);
  const widths = stepWidths(pooled);
  const scale = Math.sqrt(1 / n + 1 / m);
  const [wasserstein, energy] = [new Float64Array(draws), new Float64Array(draws)];
  const path = new Float64Array(steps + 1);
  for (let draw = 0; draw < draws; draw += 1) {
    for (let step = 1; step <= steps; step += 1)
      path[step] = (path[step - 1] ?? 0) + random.normal() / Math.sqrt(steps);
    const end = path[steps] ?? 0;
    let [sum, squares] = [0, 0];
    for (let step = 1; step < steps; step += 1) {
      const height = ((path[step] ?? 0) - (step / steps) * end) * scale;
      sum += Math.abs(height) * (widths[step] ?? 0);
      squares += height * height * (widths[step] ?? 0);
    }
    wasserstein[draw] = sum;
    energy[draw] = Math.sqrt(2 * squares);
  }
  return { wasserstein: wasserstein.sort(), energy: energy.sort() };
}

/** How much of the axis belongs to each place: half of the way to both neighbours. */
function stepWidths(pooled: Float64Array): Float64Array {
  const last = pooled.length - 1;
  const at = (step: number): number => pooled[Math.round((Math.min(steps, Math.max(0, step)) / steps) * last)] ?? 0;
  return Float64Array.from({ length: steps + 1 }, (_, step) => at(step + 0.5) - at(step - 0.5));
}
