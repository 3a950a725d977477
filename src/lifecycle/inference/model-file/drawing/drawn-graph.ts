// One graph of a model, or what lies around one of its nodes, ready to be drawn.
import type {
  DrawnConstant,
  DrawnEdge,
  DrawnEnd,
  DrawnNode,
  GraphDrawing,
  GraphStep,
  InnerGraph,
} from '../../../../protocol/inference/file/graph-drawing';
import type { ValueType } from '../../../../protocol/inference/value-type';
import type { GraphIndex, PlacedGraph, WeightHead } from '../graph/graph-walk';
import type { WireReader } from '../wire/wire-reader';
import { constantText, weightText } from './constant-text';
import type { GraphLinker, GraphLinks, LinkedNode } from './graph-links';
import { nearest } from './nearest';

/** A file that was walked over. */
export interface DrawnFile {
  reader: WireReader;
  index: GraphIndex;
  linker: GraphLinker;
  types: ReadonlyMap<string, ValueType>;
  weights: ReadonlyMap<string, WeightHead>;
}

const mostBeside = 100;

/** `links` are those of `graph`; at most `most` nodes, around the node `around` where there are more. */
export function drawnGraph(
  file: DrawnFile,
  links: GraphLinks,
  { graph, around, most }: { graph: number; around: number | null; most: number },
): GraphDrawing {
  const chosen = nearest(links, around, most);
  const isDrawn = new Set(chosen);
  const ends = drawnEnds(file, links, isDrawn);
  return {
    graph,
    way: wayTo(file.index, graph),
    total: links.order.length,
    nodes: chosen.map((index) => drawnNode(file, links, { index, isDrawn })),
    inputs: links.inputs.filter(({ name }) => ends.used.has(name) || chosen.length === links.order.length),
    outputs: links.outputs.filter(({ name }) => ends.used.has(name) || chosen.length === links.order.length),
    outer: ends.outer,
    edges: ends.edges,
  };
}

function drawnNode(
  file: DrawnFile,
  links: GraphLinks,
  { index, isDrawn }: { index: number; isDrawn: ReadonlySet<number> },
): DrawnNode {
  const node = links.nodes.get(index) as LinkedNode;
  const { name, operator, domain } = node;
  const away = (beside: readonly number[] | undefined): number[] =>
    (beside ?? []).filter((each) => !isDrawn.has(each)).slice(0, mostBeside);
  return {
    ...{ index, name, operator, domain },
    constants: constantsOf(file, links, node),
    graphs: innerGraphs(file, node),
    before: away(links.before.get(index)),
    after: away(links.after.get(index)),
  };
}

function constantsOf({ reader, weights }: DrawnFile, links: GraphLinks, { inputs }: LinkedNode): DrawnConstant[] {
  return inputs.flatMap((name): DrawnConstant[] => {
    const writer = links.nodes.get(links.writers.get(name) ?? -1);
    if (writer !== undefined) {
      const isApart = writer.operator === 'Constant' && !links.before.has(writer.index);
      return isApart ? [{ name, text: constantText(reader, writer), node: writer.index }] : [];
    }
    const weight = weights.get(name);
    return weight === undefined ? [] : [{ name, text: weightText(reader, weight), node: null }];
  });
}

function innerGraphs({ index: { graphs }, linker }: DrawnFile, { index, domain, operator }: LinkedNode): InnerGraph[] {
  const own = graphs.findIndex((each) => each.holder === null && each.function === `${domain}.${operator}`);
  const inner = linker.held(index).map((graph) => ({ graph, name: (graphs[graph] as PlacedGraph).branch }));
  const all = own < 0 ? inner : [...inner, { graph: own, name: operator }];
  return all.map((each) => ({ ...each, nodes: linker.within(each.graph).length }));
}

interface DrawnEnds {
  edges: DrawnEdge[];
  /** Names of inputs and outputs that edges reach. */
  used: Set<string>;
  outer: string[];
}

/** An edge for two ends, however many values go along it. */
function drawnEnds({ types, weights }: DrawnFile, links: GraphLinks, isDrawn: ReadonlySet<number>): DrawnEnds {
  const inputs = new Set(links.inputs.map(({ name }) => name));
  const outer = new Set<string>();
  const used = new Set<string>();
  const edges = new Map<string, DrawnEdge>();
  const fromOf = (name: string): DrawnEnd | null => {
    const writer = links.writers.get(name);
    if (writer !== undefined) return isDrawn.has(writer) ? { kind: 'node', index: writer } : null;
    if (inputs.has(name)) return { kind: 'input', name };
    return weights.has(name) ? null : { kind: 'outer', name };
  };
  const join = (name: string, to: DrawnEnd): void => {
    const from = fromOf(name);
    if (from === null) return;
    for (const end of [from, to]) if (end.kind !== 'node') (end.kind === 'outer' ? outer : used).add(end.name);
    const key = JSON.stringify([from, to]);
    const edge = edges.get(key) ?? { from, to, values: [] };
    edge.values.push({ name, type: types.get(name) ?? null });
    edges.set(key, edge);
  };
  for (const index of isDrawn) {
    for (const name of links.nodes.get(index)?.reads ?? []) join(name, { kind: 'node', index });
  }
  for (const { name } of links.outputs) {
    const writer = links.writers.get(name);
    if (writer === undefined || isDrawn.has(writer)) join(name, { kind: 'output', name });
  }
  return { edges: [...edges.values()], used, outer: [...outer] };
}

function wayTo(index: GraphIndex, graph: number): GraphStep[] {
  const { holder, branch, function: own } = index.graphs[graph] as PlacedGraph;
  if (holder !== null) return [...wayTo(index, index.nodes[holder]?.graph ?? 0), { graph, name: branch, holder }];
  return [{ graph: 0, name: '', holder: null }, ...(graph === 0 ? [] : [{ graph, name: own, holder: null }])];
}
