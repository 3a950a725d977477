// How much each feature of a row adds to what a model says of it, counted from what it says of the background on average.
import type { CoalitionGame } from './coalition-game';
import { kernelShapley } from './kernel-shapley';

/** Up to so many features every coalition is looked at. */
const mostExact = 11;

/** Shapley values of `width` features; `errors` are their standard errors by Monte Carlo, 0 where all is counted. */
export interface ShapleyValues {
  method: 'exact' | 'kernel';
  /** v of no feature and of all. */
  base: number;
  prediction: number;
  effects: Float64Array;
  errors: Float64Array;
  coalitions: number;
}

/** How many coalitions are looked at where there are more than can be counted; the same `seed` takes the same ones. */
export interface ShapleyTerms {
  coalitions: number;
  seed: number;
}

/** As many coalitions as `shapleyValues` asks for when `players` features play. */
export function coalitionCount(players: number, { coalitions }: ShapleyTerms): number {
  return players <= mostExact ? 2 ** players : Math.min(2 ** players, Math.max(coalitions, 2 * players) + 2);
}

/** Exact for up to 11 features that play, else by kernel SHAP. Features that do not play have no effect. */
export async function shapleyValues(game: CoalitionGame, width: number, terms: ShapleyTerms): Promise<ShapleyValues> {
  const { players } = game;
  const found = players.length <= mostExact ? await exactShapley(game) : await kernelShapley(game, terms);
  const effects = new Float64Array(width);
  const errors = new Float64Array(width);
  for (const [player, feature] of players.entries()) {
    effects[feature] = found.effects[player] as number;
    errors[feature] = found.errors[player] as number;
  }
  return { ...found, effects, errors };
}

/** Shapley (1953): φᵢ = Σ over S without i of |S|! (p − |S| − 1)! / p! · (v(S ∪ i) − v(S)). */
async function exactShapley(game: CoalitionGame): Promise<ShapleyValues> {
  const count = game.players.length;
  const all = 2 ** count;
  const coalitions = Array.from({ length: all }, (_, bits) =>
    Uint8Array.from({ length: count }, (_each, player) => (bits >> player) & 1),
  );
  const values = await game.values(coalitions);
  const weights = sizeWeights(count);
  const effects = new Float64Array(count);
  for (let bits = 0; bits < all; bits += 1) {
    const size = (coalitions[bits] as Uint8Array).reduce((sum, each) => sum + each, 0);
    for (let player = 0; player < count; player += 1) {
      if ((bits >> player) & 1) continue;
      const gain = (values[bits | (1 << player)] as number) - (values[bits] as number);
      effects[player] = (effects[player] as number) + (weights[size] as number) * gain;
    }
  }
  const errors = new Float64Array(count);
  const [base, prediction] = [values[0] as number, values[all - 1] as number];
  return { method: 'exact', base, prediction, effects, errors, coalitions: all };
}

/** s! (p − s − 1)! / p! for s from 0: 1/p, and then each the one before times s / (p − s). */
function sizeWeights(players: number): number[] {
  const weights = [1 / players];
  for (let size = 1; size < players; size += 1) {
    weights.push(((weights[size - 1] as number) * size) / (players - size));
  }
  return weights;
}
