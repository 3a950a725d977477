// Shapley values by weighted least squares over some coalitions.
import type { CoalitionGame } from './coalition-game';
import { coalitionSample, drawnGroups, type WeighedCoalition } from './coalition-sample';
import type { ShapleyTerms, ShapleyValues } from './shapley-values';
import { solvePositive } from './solve-positive';

/**
 * Kernel SHAP (Lundberg and Lee 2017): the φ that minimise Σ π(S) (v(S) − v(∅) − Σ over S of φᵢ)² while Σ φᵢ = v(all) − v(∅),
 * which is exact when all coalitions are counted. Errors: jackknife over ten independent draws, each left out once.
 */
export async function kernelShapley(game: CoalitionGame, { coalitions, seed }: ShapleyTerms): Promise<ShapleyValues> {
  const count = game.players.length;
  const sample = coalitionSample(count, Math.max(coalitions, 2 * count), seed);
  const ends = [new Uint8Array(count), new Uint8Array(count).fill(1)];
  const [base, prediction, ...values] = await game.values([...ends, ...sample.map(({ members }) => members)]);
  const gains = values.map((value) => value - (base as number));
  const parts = normalParts(sample, gains, count);
  const total = (prediction as number) - (base as number);
  const effects = constrained(parts, total, { count, without: -1 });
  return {
    method: 'kernel',
    base: base as number,
    prediction: prediction as number,
    effects,
    errors: parts.length === 1 ? new Float64Array(count) : jackknife(parts, total, count),
    coalitions: sample.length + 2,
  };
}

/** Σ π z zᵀ and Σ π z (v − v(∅)); the first part is of the counted coalitions, the others of one draw each. */
interface NormalPart {
  matrix: Float64Array;
  right: Float64Array;
}

function normalParts(sample: readonly WeighedCoalition[], gains: readonly number[], count: number): NormalPart[] {
  const isDrawn = sample.some(({ group }) => group >= 0);
  const parts = Array.from({ length: isDrawn ? drawnGroups + 1 : 1 }, () => ({
    matrix: new Float64Array(count * count),
    right: new Float64Array(count),
  }));
  for (const [at, { members, weight, group }] of sample.entries()) {
    const { matrix, right } = parts[group + 1] as NormalPart;
    const inside = Array.from(members.keys()).filter((player) => members[player] === 1);
    for (const player of inside) {
      right[player] = (right[player] as number) + weight * (gains[at] as number);
      for (const other of inside) matrix[player * count + other] = (matrix[player * count + other] as number) + weight;
    }
  }
  return parts;
}

/** `without`: the draw that is left out, whose weight the others take; −1 for none. */
function constrained(
  parts: readonly NormalPart[],
  total: number,
  { count, without }: { count: number; without: number },
): Float64Array {
  const matrix = new Float64Array(count * count);
  const right = new Float64Array(count);
  for (const [at, part] of parts.entries()) {
    if (at === without + 1 && without >= 0) continue;
    const scale = at > 0 && without >= 0 ? drawnGroups / (drawnGroups - 1) : 1;
    for (let place = 0; place < matrix.length; place += 1) {
      matrix[place] = (matrix[place] as number) + scale * (part.matrix[place] as number);
    }
    for (let place = 0; place < count; place += 1) {
      right[place] = (right[place] as number) + scale * (part.right[place] as number);
    }
  }
  const [free, ones] = solvePositive(matrix, [right, new Float64Array(count).fill(1)]) as [Float64Array, Float64Array];
  const excess = (sum(free) - total) / sum(ones);
  return free.map((value, at) => value - excess * (ones[at] as number));
}

function jackknife(parts: readonly NormalPart[], total: number, count: number): Float64Array {
  const left = Array.from({ length: drawnGroups }, (_, without) => constrained(parts, total, { count, without }));
  return Float64Array.from({ length: count }, (_, player) => {
    const values = left.map((effects) => effects[player] as number);
    const mean = values.reduce((all, value) => all + value, 0) / drawnGroups;
    const squares = values.reduce((all, value) => all + (value - mean) ** 2, 0);
    return Math.sqrt(((drawnGroups - 1) / drawnGroups) * squares);
  });
}

function sum(values: Float64Array): number {
  return values.reduce((all, value) => all + value, 0);
}
