// A layered drawing, top down: everything below what it reads, lines as straight and uncrossed as they get.
// After K. Sugiyama, S. Tagawa, M. Toda: Methods for Visual Understanding of Hierarchical System Structures, 1981.
import { type LayeredGraph, layersOf } from './layers';
import { placedAcross } from './places';
import { ranksOf } from './ranks';
import { uncrossed } from './uncrossed';

/** Pixels. `id` is unlike all others. */
export interface LayoutBox {
  id: string;
  width: number;
  height: number;
}

/** From one box to another, by id. */
export interface LayoutEdge {
  from: string;
  to: string;
}

export interface Point {
  x: number;
  y: number;
}

/** Pixels from the upper left; a box by its middle. `edges` are in the order in which they were given. */
export interface Layout {
  width: number;
  height: number;
  boxes: Map<string, Point>;
  edges: Point[][];
  /** Of these, by their place, the ones that would cross more ranks than can be followed: they go straight to their end. */
  far: ReadonlySet<number>;
  /** Ids by rank, each from left to right. */
  ranks: string[][];
}

const rankGap = 40;

/**
 * `boxes` come in an order in which edges go from earlier to later ones; an edge that does not is drawn upward. Takes
 * time in proportion to the edges times the ranks that they cross.
 */
export function layout(boxes: readonly LayoutBox[], edges: readonly LayoutEdge[]): Layout {
  const places = new Map(boxes.map(({ id }, place) => [id, place]));
  const lines = edges.map(({ from, to }): [number, number] => [places.get(from) ?? 0, places.get(to) ?? 0]);
  const downward = lines.map(([from, to]): [number, number] => (from <= to ? [from, to] : [to, from]));
  const ranks = ranksOf(boxes.length, downward);
  const graph = layersOf(boxes, downward, ranks);
  const layers = uncrossed(graph);
  const across = placedAcross(graph, layers);
  const bands = bandsOf(boxes, ranks, layers.length);
  // Upper edges stand in a row, so that what is written above them is not covered.
  const middle = (place: number): Point => {
    const { top } = bands[ranks[place] as number] as Band;
    return { x: across[place] as number, y: top + (boxes[place] as LayoutBox).height / 2 };
  };
  return {
    width: across.reduce((most, place, at) => Math.max(most, place + (graph.widths[at] as number) / 2), 0),
    height: bands.at(-1)?.bottom ?? 0,
    boxes: new Map(boxes.map(({ id }, place) => [id, middle(place)])),
    edges: lines.map(([from, to], at) => {
      const path = downPath(graph.chains[at] as number[], { boxes, across, bands, ranks: graph.ranks, middle });
      return from <= to ? path : path.reverse();
    }),
    far: new Set(downward.flatMap(([from, to], at) => (isFar(graph, from, to, at) ? [at] : []))),
    ranks: layers.map((layer) => layer.flatMap((place) => boxes[place]?.id ?? [])),
  };
}

function isFar({ ranks, chains }: LayeredGraph, from: number, to: number, at: number): boolean {
  return (ranks[to] as number) - (ranks[from] as number) >= (chains[at]?.length ?? 0);
}

interface Band {
  top: number;
  bottom: number;
}

function bandsOf(boxes: readonly LayoutBox[], ranks: readonly number[], count: number): Band[] {
  const heights = Array.from({ length: count }, () => 0);
  for (const [place, { height }] of boxes.entries()) {
    const rank = ranks[place] as number;
    heights[rank] = Math.max(heights[rank] as number, height);
  }
  let top = 0;
  return heights.map((height) => {
    const band = { top, bottom: top + height };
    top += height + rankGap;
    return band;
  });
}

interface Placed {
  boxes: readonly LayoutBox[];
  across: readonly number[];
  bands: readonly Band[];
  ranks: readonly number[];
  middle(place: number): Point;
}

/** From the lower edge of the first box to the upper edge of the last, straight through the ranks between. */
function downPath(chain: readonly number[], { boxes, across, bands, ranks, middle }: Placed): Point[] {
  return chain.flatMap((place, at): Point[] => {
    const box = boxes[place];
    const x = across[place] as number;
    if (box === undefined) {
      const { top, bottom } = bands[ranks[place] as number] as Band;
      return [
        { x, y: top },
        { x, y: bottom },
      ];
    }
    const { y } = middle(place);
    return [{ x, y: at === 0 ? y + box.height / 2 : y - box.height / 2 }];
  });
}
