// Which coalitions kernel SHAP looks at, and how much each counts.
import { Random } from '../random';

/** `group`: −1 where the coalition was counted and not drawn; else which of the independent draws it belongs to. */
export interface WeighedCoalition {
  members: Uint8Array;
  weight: number;
  group: number;
}

/** So many independent draws tell the error. */
export const drawnGroups = 10;

/**
 * Coalitions of p players, none and all left out, weighed by Lundberg and Lee's kernel π(S) = (p − 1) / (C(p, s) s (p − s)).
 * Sizes from both ends are counted whole while `budget` is enough, single players always; of the rest are drawn pairs of a
 * coalition and its complement (Covert and Lee 2021), by size as the kernel weighs sizes, which share the rest's weight.
 */
export function coalitionSample(players: number, budget: number, seed: number): WeighedCoalition[] {
  const counted: WeighedCoalition[] = [];
  let size = 1;
  for (; size <= players / 2; size += 1) {
    const count = (2 * size === players ? 1 : 2) * binomial(players, size);
    const left = budget - counted.length;
    const isAffordable = left * (sizeWeight(players, size) / weightFrom(players, size)) >= count - 1e-8;
    if (size > 1 && !isAffordable) break;
    const weight = sizeWeight(players, size) / count;
    for (const members of subsets(players, size)) {
      counted.push({ members, weight, group: -1 });
      if (2 * size !== players) counted.push({ members: complement(members), weight, group: -1 });
    }
  }
  const pairs = Math.floor((budget - counted.length) / 2);
  if (size > players / 2 || pairs < 1) return counted;
  return [...counted, ...drawn(players, { least: size, pairs, seed })];
}

function drawn(players: number, { least, pairs, seed }: { least: number; pairs: number; seed: number }) {
  const random = new Random(seed);
  const total = weightFrom(players, least);
  const weight = total / (2 * pairs);
  return Array.from({ length: pairs }, (_, at): WeighedCoalition[] => {
    let size = least;
    for (let place = random.uniform() * total; size < Math.floor(players / 2); size += 1) {
      place -= sizeWeight(players, size);
      if (place < 0) break;
    }
    const members = randomSubset(players, size, random);
    const group = at % drawnGroups;
    return [
      { members, weight, group },
      { members: complement(members), weight, group },
    ];
  }).flat();
}

/** Of all coalitions of a size and their complements together. */
function sizeWeight(players: number, size: number): number {
  return ((2 * size === players ? 1 : 2) * (players - 1)) / (size * (players - size));
}

function weightFrom(players: number, least: number): number {
  let sum = 0;
  for (let size = least; size <= players / 2; size += 1) sum += sizeWeight(players, size);
  return sum;
}

function binomial(from: number, size: number): number {
  let count = 1;
  for (let at = 1; at <= size; at += 1) count = (count * (from - size + at)) / at;
  return Math.round(count);
}

function* subsets(players: number, size: number): Generator<Uint8Array> {
  const chosen = Array.from({ length: size }, (_, at) => at);
  for (;;) {
    const members = new Uint8Array(players);
    for (const player of chosen) members[player] = 1;
    yield members;
    let at = size - 1;
    while (at >= 0 && chosen[at] === players - size + at) at -= 1;
    if (at < 0) return;
    chosen[at] = (chosen[at] as number) + 1;
    for (let next = at + 1; next < size; next += 1) chosen[next] = (chosen[next - 1] as number) + 1;
  }
}

function complement(members: Uint8Array): Uint8Array {
  return members.map((each) => 1 - each);
}

/** Floyd's way: each subset of the size is as likely as the others. */
function randomSubset(players: number, size: number, random: Random): Uint8Array {
  const members = new Uint8Array(players);
  for (let last = players - size; last < players; last += 1) {
    const player = random.below(last + 1);
    members[members[player] === 1 ? last : player] = 1;
  }
  return members;
}
