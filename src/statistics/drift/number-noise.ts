// How far two samples of numbers lie apart by chance: their rows dealt out anew, or, of many rows, the difference of their
// shares at or below a number as what it tends to, a Brownian bridge over the pooled sample.
import { Random } from '../random';

/** Places of the pooled sample that the bridge is followed over. */
const steps = 1000;
/** Up to so many rows they are dealt out anew, which is right in the tails too. */
const mostDealt = 20_000;

/** Distances of samples without drift, each ascending. */
export interface NoiseDistances {
  wasserstein: Float64Array;
  energy: Float64Array;
}

interface Drawing {
  n: number;
  m: number;
  draws: number;
  seed: number;
}

/** ∫|F − G| dx and √(2 ∫(F − G)² dx) of `draws` pairs of samples of `n` and `m` rows without drift. `pooled` ascends. */
export function noiseDistances(pooled: Float64Array, drawing: Drawing): NoiseDistances {
  const { wasserstein, energy } =
    pooled.length <= mostDealt ? dealtDistances(pooled, drawing) : bridgeDistances(pooled, drawing);
  return { wasserstein: wasserstein.sort(), energy: energy.sort() };
}

/** Of the pooled rows, dealt out anew. */
function dealtDistances(pooled: Float64Array, { n, m, draws, seed }: Drawing): NoiseDistances {
  const random = new Random(seed);
  const [wasserstein, energy] = [new Float64Array(draws), new Float64Array(draws)];
  const isFirst = new Uint8Array(pooled.length).fill(1, 0, n);
  for (let draw = 0; draw < draws; draw += 1) {
    for (let at = isFirst.length - 1; at > 0; at -= 1) {
      const other = random.below(at + 1);
      const held = isFirst[at] as number;
      isFirst[at] = isFirst[other] as number;
      isFirst[other] = held;
    }
    let [difference, sum, squares] = [0, 0, 0];
    for (let at = 0; at < pooled.length - 1; at += 1) {
      difference += isFirst[at] === 1 ? 1 / n : -1 / m;
      const width = (pooled[at + 1] as number) - (pooled[at] as number);
      sum += Math.abs(difference) * width;
      squares += difference * difference * width;
    }
    wasserstein[draw] = sum;
    energy[draw] = Math.sqrt(2 * squares);
  }
  return { wasserstein, energy };
}

/** Of bridges. */
function bridgeDistances(pooled: Float64Array, { n, m, draws, seed }: Drawing): NoiseDistances {
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
  return { wasserstein, energy };
}

/** How much of the axis belongs to each place: half of the way to both neighbours. */
function stepWidths(pooled: Float64Array): Float64Array {
  const last = pooled.length - 1;
  const at = (step: number): number => pooled[Math.round((Math.min(steps, Math.max(0, step)) / steps) * last)] ?? 0;
  return Float64Array.from({ length: steps + 1 }, (_, step) => at(step + 0.5) - at(step - 0.5));
}
