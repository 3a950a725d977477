// Where each thing of a lineage stands: right of all it came of, and as near as can be to what came of it; in a column near
// what it is connected with.
import type { Lineage, LineageEdge, LineageKind, LineageNode } from '../../../src/protocol/datasets/lineage';

/** A column, and a row in it. */
export interface Spot {
  column: number;
  row: number;
}

/** A thing in its place. */
export interface PlacedNode extends Spot {
  node: LineageNode;
  key: string;
}

/** The drawing: columns of nodes, what kinds each holds, how many rows each has, and the longest. */
export interface LineageLayout {
  columns: PlacedNode[][];
  kinds: LineageKind[][];
  sizes: number[];
  rows: number;
  byKey: ReadonlyMap<string, PlacedNode>;
  /** Where an arrow passes the columns between its ends, from left to right: nothing else stands there. */
  bends: (edge: LineageEdge) => Spot[];
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
  const between = new Map(edges.flatMap((edge) => bendsOf(edge, at).map((bend) => [bend.key, bend.column])));
  let columns = Array.from({ length: count }, (_, column) => [
    ...nodes
      .filter((node) => at.get(keyOf(node)) === column)
      .sort(byTime)
      .map(keyOf),
    ...[...between.keys()].filter((key) => between.get(key) === column),
  ]);
  const near = neighbours(
    edges.map((edge) => [keyOf(edge.from), ...bendsOf(edge, at).map(({ key }) => key), keyOf(edge.to)]),
  );
  for (let round = 0; round < rounds; round += 1) columns = sweep(columns, near, round % 2 === 0);
  const spots = new Map(
    columns.flatMap((keys, column) => keys.map((key, row): [string, Spot] => [key, { column, row }])),
  );
  const byKey = new Map(
    nodes.flatMap((node): [string, PlacedNode][] => {
      const [key, spot] = [keyOf(node), spots.get(keyOf(node))];
      return spot === undefined ? [] : [[key, { node, key, ...spot }]];
    }),
  );
  const placed = columns.map((keys) => keys.flatMap((key) => byKey.get(key) ?? []));
  return {
    columns: placed,
    kinds: placed.map((column) => kinds.filter((kind) => column.some(({ node }) => node.kind === kind))),
    sizes: columns.map(({ length }) => length),
    rows: Math.max(0, ...columns.map(({ length }) => length)),
    byKey,
    bends: (edge) => bendsOf(edge, at).flatMap(({ key }) => spots.get(key) ?? []),
  };
}

/** One for each column that an arrow passes; arrows with the same ends pass together. */
function bendsOf({ from, to }: LineageEdge, at: ReadonlyMap<string, number>): { key: string; column: number }[] {
  const [first, last] = [at.get(keyOf(from)), at.get(keyOf(to))];
  if (first === undefined || last === undefined) return [];
  return Array.from({ length: Math.max(0, last - first - 1) }, (_, step) => {
    const column = first + step + 1;
    return { key: JSON.stringify([keyOf(from), keyOf(to), column]), column };
  });
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

function neighbours(chains: readonly string[][]): Map<string, string[]> {
  const near = new Map<string, string[]>();
  const join = (one: string, other: string): void => void near.set(one, [...(near.get(one) ?? []), other]);
  for (const chain of chains) {
    for (const [place, key] of chain.slice(1).entries()) {
      join(chain[place] ?? '', key);
      join(key, chain[place] ?? '');
    }
  }
  return near;
}

/** Each column in the order of the middle of its neighbours in the others. */
function sweep(columns: string[][], near: Map<string, string[]>, isForward: boolean): string[][] {
  const places = new Map<string, number>();
  const note = (column: readonly string[]): void => {
    for (const [row, key] of column.entries()) places.set(key, (row + 0.5) / column.length);
  };
  for (const column of columns) note(column);
  const sorted = [...columns];
  const order = sorted.map((_, at) => (isForward ? at : sorted.length - 1 - at));
  for (const at of order) {
    const column = sorted[at] ?? [];
    const middle = (key: string): number => {
      const found = (near.get(key) ?? []).flatMap((other) => places.get(other) ?? []);
      return found.length === 0
        ? (places.get(key) ?? 0.5)
        : found.reduce((sum, place) => sum + place, 0) / found.length;
    };
    const middles = new Map(column.map((key) => [key, middle(key)]));
    sorted[at] = [...column].sort((a, b) => (middles.get(a) ?? 0) - (middles.get(b) ?? 0));
    note(sorted[at] ?? []);
  }
  return sorted;
}
