// The order within each layer, with few crossings: each goes to the mean place of its neighbours, down and up, as long as
// that helps.
import type { LayeredGraph } from './layers';

const rounds = 12;

/** Boxes and bends by layer, from left to right. */
export function uncrossed(graph: LayeredGraph): number[][] {
  let layers = firstOrder(graph);
  let best = layers;
  let fewest = crossings(graph, layers);
  for (let round = 0; round < rounds && fewest > 0; round += 1) {
    layers = swept(graph, layers, round % 2 === 0);
    const found = crossings(graph, layers);
    if (found < fewest) [best, fewest] = [layers, found];
  }
  return best;
}

/** As they are met when lines are followed downward, so that what belongs together begins together. */
function firstOrder({ ranks, below, count }: LayeredGraph): number[][] {
  const layers: number[][] = Array.from({ length: count }, () => []);
  const seen = new Set<number>();
  for (const start of ranks.keys()) {
    const waiting = [start];
    for (let place = waiting.pop(); place !== undefined; place = waiting.pop()) {
      if (seen.has(place)) continue;
      seen.add(place);
      layers[ranks[place] as number]?.push(place);
      waiting.push(...(below[place] as number[]).toReversed());
    }
  }
  return layers;
}

function swept({ above, below, ranks }: LayeredGraph, layers: readonly number[][], isDown: boolean): number[][] {
  const next = layers.map((layer) => [...layer]);
  const places = Array.from(ranks, () => 0);
  for (const layer of next) for (const [at, each] of layer.entries()) places[each] = at;
  const order = isDown ? [...next.keys()] : [...next.keys()].reverse();
  for (const rank of order) {
    const layer = next[rank] as number[];
    const means = new Map(
      layer.map((each, at) => {
        const joined = (isDown ? above : below)[each] as number[];
        return [each, joined.length === 0 ? at : mean(joined.map((other) => places[other] as number))];
      }),
    );
    layer.sort((a, b) => (means.get(a) as number) - (means.get(b) as number));
    for (const [at, each] of layer.entries()) places[each] = at;
  }
  return next;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function crossings({ below }: LayeredGraph, layers: readonly number[][]): number {
  let sum = 0;
  for (const [rank, layer] of layers.entries()) {
    const places = new Map((layers[rank + 1] ?? []).map((each, at) => [each, at]));
    const ends = layer.flatMap((each) =>
      (below[each] as number[]).map((other) => places.get(other) as number).sort((a, b) => a - b),
    );
    sum += inversions(ends, places.size);
  }
  return sum;
}

/** How many pairs stand in the wrong order; `values` are below `most`. A Fenwick tree counts those that came before. */
function inversions(values: readonly number[], most: number): number {
  const tree = new Int32Array(most + 1);
  let sum = 0;
  for (const [seen, value] of values.entries()) {
    let upTo = 0;
    for (let at = value + 1; at > 0; at -= at & -at) upTo += tree[at] as number;
    sum += seen - upTo;
    for (let at = value + 1; at <= most; at += at & -at) tree[at] = (tree[at] as number) + 1;
  }
  return sum;
}
