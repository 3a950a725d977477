// Where each thing of a lineage stands: a column a kind, from where data come from to what came of them; in a column near
// what it is connected with.
import type { Lineage, LineageEdge, LineageKind, LineageNode } from '../../../src/protocol/datasets/lineage';

/** A thing in its place: the column, and the row in it. */
export interface PlacedNode {
  node: LineageNode;
  key: string;
  column: number;
  row: number;
}

/** The drawing: columns of nodes, and how many rows the longest has. */
export interface LineageLayout {
  columns: PlacedNode[][];
  kinds: LineageKind[];
  rows: number;
  byKey: ReadonlyMap<string, PlacedNode>;
}

const kinds: readonly LineageKind[] = ['source', 'stage', 'version', 'run', 'model'];
/** Rounds of bringing what is connected near to each other; more change nothing that can be seen. */
const rounds = 4;

/** What tells one thing from all others. */
export function keyOf({ kind, id }: Pick<LineageNode, 'kind' | 'id'>): string {
  return `${kind} ${id}`;
}

/** Kinds that are not there take no room. Ends of edges that are no node are left out. */
export function lineageLayout({ nodes, edges }: Lineage): LineageLayout {
  const present = kinds.filter((kind) => nodes.some((node) => node.kind === kind));
  let columns = present.map((kind) => nodes.filter((node) => node.kind === kind).sort(byTime));
  const near = neighbours(edges);
  for (let round = 0; round < rounds; round += 1) columns = sweep(columns, near, round % 2 === 0);
  const placed = columns.map((column, at) =>
    column.map((node, row): PlacedNode => ({ node, key: keyOf(node), column: at, row })),
  );
  return {
    columns: placed,
    kinds: present,
    rows: Math.max(0, ...placed.map(({ length }) => length)),
    byKey: new Map(placed.flat().map((each) => [each.key, each])),
  };
}

function byTime(a: LineageNode, b: LineageNode): number {
  return (b.time ?? 0) - (a.time ?? 0) || a.name.localeCompare(b.name);
}

function neighbours(edges: readonly LineageEdge[]): Map<string, string[]> {
  const near = new Map<string, string[]>();
  const join = (one: string, other: string): void => void near.set(one, [...(near.get(one) ?? []), other]);
  for (const { from, to } of edges) {
    join(keyOf(from), keyOf(to));
    join(keyOf(to), keyOf(from));
  }
  return near;
}

/** Each column in the order of the middle of its neighbours in the others. */
function sweep(columns: LineageNode[][], near: Map<string, string[]>, isForward: boolean): LineageNode[][] {
  const places = new Map<string, number>();
  const note = (column: readonly LineageNode[]): void => {
    for (const [row, node] of column.entries()) places.set(keyOf(node), (row + 0.5) / column.length);
  };
  for (const column of columns) note(column);
  const sorted = [...columns];
  const order = sorted.map((_, at) => (isForward ? at : sorted.length - 1 - at));
  for (const at of order) {
    const column = sorted[at] ?? [];
    const middle = (node: LineageNode): number => {
      const found = (near.get(keyOf(node)) ?? []).flatMap((key) => places.get(key) ?? []);
      return found.length === 0
        ? (places.get(keyOf(node)) ?? 0.5)
        : found.reduce((sum, place) => sum + place, 0) / found.length;
    };
    const middles = new Map(column.map((node) => [node, middle(node)]));
    sorted[at] = [...column].sort((a, b) => (middles.get(a) ?? 0) - (middles.get(b) ?? 0));
    note(sorted[at] ?? []);
  }
  return sorted;
}
