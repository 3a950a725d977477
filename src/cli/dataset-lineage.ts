// A lineage as two trees for a terminal: what it came of, and what came of it.
import type { Lineage, LineageEdge, LineageNode } from '../protocol/datasets/lineage';
import { oneLine } from './text-table';

type Place = LineageEdge['from'];

const keyOf = ({ kind, id }: Place): string => `${kind} ${id}`;

/** Both trees around one thing, and what is not known. */
export function lineageText(lineage: Lineage, root: Place): string {
  const nodes = new Map(lineage.nodes.map((node) => [keyOf(node), node]));
  const before = tree(lineage.edges, root, nodes, 'from');
  const after = tree(lineage.edges, root, nodes, 'to');
  const parts = [
    nodeText(nodes.get(keyOf(root)), root),
    section('Came from', before, 'nothing that is known'),
    section('Used by', after, 'nothing that is known'),
    ...(lineage.isCut ? ['There is more than is shown.'] : []),
    ...(lineage.unknown.length === 0 ? [] : [section('Not known', lineage.unknown, '')]),
  ];
  return parts.join('\n\n');
}

function section(head: string, lines: readonly string[], nothing: string): string {
  return [head, ...(lines.length === 0 ? [nothing] : lines).map((line) => `  ${line}`)].join('\n');
}

function tree(
  edges: readonly LineageEdge[],
  at: Place,
  nodes: ReadonlyMap<string, LineageNode>,
  way: 'from' | 'to',
  above: ReadonlySet<string> = new Set(),
): string[] {
  const seen = new Set([...above, keyOf(at)]);
  const other = way === 'from' ? 'to' : 'from';
  return edges
    .filter((edge) => keyOf(edge[other]) === keyOf(at) && !seen.has(keyOf(edge[way])))
    .flatMap((edge) => {
      const doubt = edge.by === 'name' ? ', by name only' : '';
      const line = `${nodeText(nodes.get(keyOf(edge[way])), edge[way])}  (${edge.how}${doubt})`;
      return [line, ...tree(edges, edge[way], nodes, way, seen).map((each) => `  ${each}`)];
    });
}

function nodeText(node: LineageNode | undefined, { kind, id }: Place): string {
  const name = node?.name ?? id;
  const detail = node === undefined || node.detail === '' ? '' : `: ${oneLine(node.detail, 80)}`;
  return `${kind} ${oneLine(name, 80)}${detail}${node?.isHere === false ? ' (not here any more)' : ''}`;
}
