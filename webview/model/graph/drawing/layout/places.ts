// Where boxes and bends stand from left to right: as near to their neighbours as the order allows, long lines straight.
import type { LayeredGraph } from './layers';

const gap = 20;
const rounds = 24;

/** The middle of each box and bend in pixels; the leftmost box begins at 0. */
export function placedAcross(graph: LayeredGraph, layers: readonly number[][]): number[] {
  const across = Array.from(graph.ranks, () => 0);
  for (const layer of layers)
    for (const [at, place] of offsets(graph, layer).entries()) across[layer[at] as number] = place;
  for (let round = 0; round < rounds; round += 1) {
    const isDown = round % 2 === 0;
    const order = isDown ? layers : layers.toReversed();
    // At last both sides count, so that a box stands between what it reads and what reads it.
    for (const layer of order) pulled(graph, { layer, across, isDown, isBoth: round >= rounds - 4 });
  }
  let left = Number.POSITIVE_INFINITY;
  for (const [at, place] of across.entries()) left = Math.min(left, place - (graph.widths[at] as number) / 2);
  return across.map((place) => place - left);
}

/** The least distance from the first of a layer. */
function offsets({ widths }: LayeredGraph, layer: readonly number[]): number[] {
  let place = 0;
  return layer.map((each, at) => {
    if (at > 0) place += ((widths[layer[at - 1] as number] as number) + (widths[each] as number)) / 2 + gap;
    return place;
  });
}

interface Pull {
  layer: readonly number[];
  across: number[];
  isDown: boolean;
  isBoth: boolean;
}

/** The least squares of the distances to where each wants to be, with the order and the gaps kept: isotonic regression. */
function pulled(graph: LayeredGraph, { layer, across, isDown, isBoth }: Pull): void {
  const least = offsets(graph, layer);
  const blocks: { sum: number; weight: number; size: number }[] = [];
  for (const [at, each] of layer.entries()) {
    const { place, weight } = wish(graph, { each, across, isDown, isBoth });
    blocks.push({ sum: (place - (least[at] as number)) * weight, weight, size: 1 });
    while (blocks.length > 1) {
      const [before, last] = blocks.slice(-2) as [(typeof blocks)[0], (typeof blocks)[0]];
      if (before.sum / before.weight <= last.sum / last.weight) break;
      blocks.pop();
      before.sum += last.sum;
      before.weight += last.weight;
      before.size += last.size;
    }
  }
  let at = 0;
  for (const { sum, weight, size } of blocks) {
    for (const end = at + size; at < end; at += 1) across[layer[at] as number] = sum / weight + (least[at] as number);
  }
}

interface Wish {
  each: number;
  across: readonly number[];
  isDown: boolean;
  isBoth: boolean;
}

function wish(graph: LayeredGraph, { each, across, isDown, isBoth }: Wish): { place: number; weight: number } {
  const [above, below] = [graph.above[each] as number[], graph.below[each] as number[]];
  const joined = isBoth ? [...above, ...below] : isDown ? above : below;
  if (joined.length === 0) return { place: across[each] as number, weight: 0.1 };
  let [sum, weight] = [0, 0];
  for (const other of joined) {
    const own = lineWeight(graph, each, other);
    sum += own * (across[other] as number);
    weight += own;
  }
  return { place: sum / weight, weight };
}

/** A bend in a long line is seen most, then one in a chain. */
function lineWeight({ boxes, above, below }: LayeredGraph, a: number, b: number): number {
  if (a >= boxes && b >= boxes) return 16;
  const isChain = [a, b].every((place) => (above[place]?.length ?? 0) < 2 && (below[place]?.length ?? 0) < 2);
  if (isChain) return 4;
  return a >= boxes || b >= boxes ? 2 : 1;
}
