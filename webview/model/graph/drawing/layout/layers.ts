// Boxes and the bends of long lines, layer by layer.
import type { LayoutBox } from './layout';

/** Numbers below the count of boxes are boxes, those above are bends: the places where a long line crosses a rank. */
export interface LayeredGraph {
  ranks: number[];
  /** Pixels. */
  widths: number[];
  /** Those joined by a line in the rank above, and below. */
  above: number[][];
  below: number[][];
  /** Boxes and bends along each edge. */
  chains: number[][];
  boxes: number;
  count: number;
}

/** A longer line is not drawn around what lies between. */
const mostBends = 40;
const bendWidth = 8;

/** `edges` go down, by their `ranks`. */
export function layersOf(
  boxes: readonly LayoutBox[],
  edges: readonly (readonly [number, number])[],
  ranks: readonly number[],
): LayeredGraph {
  const graph: LayeredGraph = {
    ranks: [...ranks],
    widths: boxes.map(({ width }) => width),
    above: boxes.map(() => []),
    below: boxes.map(() => []),
    chains: [],
    boxes: boxes.length,
    count: ranks.reduce((most, rank) => Math.max(most, rank + 1), 0),
  };
  for (const [from, to] of edges) graph.chains.push(bent(graph, from, to));
  return graph;
}

/** A line's bends, put into the graph. */
function bent(graph: LayeredGraph, from: number, to: number): number[] {
  const { ranks, widths, above, below } = graph;
  const [first, last] = [ranks[from] as number, ranks[to] as number];
  if (last - first > mostBends || from === to) return [from, to];
  const found = [from];
  for (let rank = first + 1; rank < last; rank += 1) {
    ranks.push(rank);
    widths.push(bendWidth);
    above.push([]);
    below.push([]);
    found.push(ranks.length - 1);
  }
  found.push(to);
  for (let at = 1; at < found.length; at += 1) {
    const [upper, lower] = [found[at - 1] as number, found[at] as number];
    below[upper]?.push(lower);
    above[lower]?.push(upper);
  }
  return found;
}
