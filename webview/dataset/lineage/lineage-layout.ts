// Where each thing of a lineage stands: right of all it came of, and as near as can be to what came of it; in a column near
// what it is connected with.
import type { Lineage, LineageEdge, LineageKind, LineageNode } from '../../../src/protocol/datasets/lineage';

/** A thing in its place: the column, and the row in it. */
export interface PlacedNode {
  node: LineageNode;
  key: string;
  column: number;
  row: number;
}

/** The drawing: columns of nodes, what kinds each holds, and how many rows the longest has. */
export interface LineageLayout {
  columns: PlacedNode[][];
  kinds: LineageKind[][];
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

/** Ends of edges that are no node are left out; of arrows that lead round, one is drawn backwards. */
export function lineageLayout({ nodes, edges }: Lineage): LineageLayout {
  const at = columnsOf(nodes, edges);
  const count = Math.max(0, ...[...at.values()].map((column) => column + 1));
  let columns = Array.from({ length: count }, (_, column) =>
    nodes.filter((node) => at.get(keyOf(node)) === column).sort(byTime),
  );
  const near = neighbours(edges);
  for (let round = 0; round < rounds; round += 1) columns = sweep(columns, near, round % 2 === 0);
  const placed = columns.map((column, at) =>
    column.map((node, row): PlacedNode => ({ node, key: keyOf(node), column: at, row })),
  );
  return {
    columns: placed,
    kinds: columns.map((column) => kinds.filter((kind) => column.some((node) => node.kind === kind))),
    rows: Math.max(0, ...placed.map(({ length }) => length)),
    byKey: new Map(placed.flat().map((each) => [each.key, each])),
  };
}

/** The column of each node: the longest way from a beginning, then moved towards what came of it. */
function columnsOf(nodes: readonly LineageNode[], edges: readonly LineageEdge[]): Map<string, number> {
  const known = new Set(nodes.map(keyOf));
  const after = new Map([...known].map((key): [string, string[]] => [key, []]));
  for (const { from, to } of edges) if (known.has(keyOf(to))) after.get(keyOf(from))?.push(keyOf(to));
  const order = inFlow([...known].sort(), after);
  const place = new Map(order.map((key, index) => [key, index]));
  const on = (key: string): string[] =>
    (after.get(key) ?? []).filter((next) => (place.get(next) ?? 0) > (place.get(key) ?? 0));
  const columns = new Map(order.map((key) => [key, 0]));
  const columnOf = (key: string): number => columns.get(key) ?? 0;
  for (const key of order) for (const next of on(key)) columns.set(next, Math.max(columnOf(next), columnOf(key) + 1));
  for (const key of [...order].reverse()) {
    const next = on(key).map(columnOf);
    if (next.length > 0) columns.set(key, Math.min(...next) - 1);
  }
  return columns;
}

/** The keys, each before what came of it; where arrows lead round, one of them is let go. */
function inFlow(keys: readonly string[], after: ReadonlyMap<string, readonly string[]>): string[] {
  const done: string[] = [];
  const seen = new Set<string>();
  const visit = (key: string): void => {
    if (seen.has(key)) return;
    seen.add(key);
    for (const next of after.get(key) ?? []) visit(next);
    done.push(key);
  };
  for (const key of keys) visit(key);
  return done.reverse();
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
