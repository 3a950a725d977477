// Who reads what of whom within one graph of a model.
import type { ModelValue } from '../../../../protocol/inference/outline';
import type { GraphIndex, PlacedGraph, PlacedNode, WeightHead } from '../graph/graph-walk';
import { type NodeHead, readNode } from '../graph/node-message';
import { readValue } from '../graph/value-message';
import type { WireReader } from '../wire/wire-reader';

/** A node of the graph. `reads`: its inputs, and what graphs within it take from around them. */
export interface LinkedNode extends NodeHead {
  index: number;
  reads: string[];
}

/** One graph. `order` are the indices that are drawn, ascending; constants are not, but for those that nobody reads. */
export interface GraphLinks {
  nodes: Map<number, LinkedNode>;
  order: number[];
  inputs: ModelValue[];
  outputs: ModelValue[];
  /** The node that writes a value. */
  writers: Map<string, number>;
  before: Map<number, number[]>;
  after: Map<number, number[]>;
}

/** Links graphs of one file; what was found of inner ones is kept. */
export class GraphLinker {
  readonly #reader: WireReader;
  readonly #index: GraphIndex;
  readonly #free = new Map<number, Set<string>>();
  readonly #within: Map<number, number[]>;
  readonly #held: Map<number, number[]>;

  constructor(reader: WireReader, index: GraphIndex) {
    this.#reader = reader;
    this.#index = index;
    this.#within = grouped(index.nodes.map(({ graph }) => graph));
    this.#held = grouped(index.graphs.map(({ holder }) => holder ?? -1));
  }

  /** Graphs within a node. */
  held(node: number): readonly number[] {
    return this.#held.get(node) ?? [];
  }

  /** Nodes of a graph, ascending, without those of graphs within them. */
  within(graph: number): readonly number[] {
    return this.#within.get(graph) ?? [];
  }

  /** `graph` by its place. */
  links(graph: number): GraphLinks {
    const ends = this.#ends(graph);
    const all = this.within(graph).map((index) => this.#linked(index));
    const nodes = new Map(all.map((node) => [node.index, node]));
    const writers = new Map(all.flatMap(({ outputs, index }) => outputs.map((name) => [name, index] as const)));
    writers.delete('');
    const outputs = new Set(ends.outputs.map(({ name }) => name));
    const read = new Set(all.flatMap(({ reads }) => reads));
    const isApart = (node: LinkedNode): boolean =>
      isConstant(node) &&
      !node.outputs.some((name) => outputs.has(name)) &&
      node.outputs.some((name) => read.has(name));
    const drawn = all.filter((node) => !isApart(node));
    return { nodes, order: drawn.map(({ index }) => index), ...ends, writers, ...neighbours(drawn, nodes, writers) };
  }

  #linked(index: number): LinkedNode {
    const head = readNode(this.#reader, this.#index.nodes[index] as PlacedNode);
    const inner = this.held(index).flatMap((graph) => [...this.#taken(graph)]);
    return { ...head, index, reads: [...new Set([...head.inputs, ...inner])].filter((name) => name !== '') };
  }

  /** What a graph takes from around it: what is read within it, and made nowhere in it. */
  #taken(graph: number): Set<string> {
    const known = this.#free.get(graph);
    if (known !== undefined) return known;
    const nodes = this.within(graph).map((index) => this.#linked(index));
    const { inputs, outputs } = this.#ends(graph);
    const span = this.#index.graphs[graph] as PlacedGraph;
    const made = new Set([
      ...inputs.map(({ name }) => name),
      ...nodes.flatMap((node) => node.outputs),
      ...this.#index.weights.filter((weight) => isWithin(weight, span)).map(({ name }) => name),
    ]);
    const read = [...nodes.flatMap(({ reads }) => reads), ...outputs.map(({ name }) => name)];
    const taken = new Set(read.filter((name) => name !== '' && !made.has(name)));
    this.#free.set(graph, taken);
    return taken;
  }

  #ends(graph: number): { inputs: ModelValue[]; outputs: ModelValue[] } {
    if (graph === 0) {
      const given = new Set(this.#index.weights.map(({ name }) => name));
      return { inputs: this.#index.inputs.filter(({ name }) => !given.has(name)), outputs: this.#index.outputs };
    }
    const reader = this.#reader;
    const span = this.#index.graphs[graph] as PlacedGraph;
    const isFunction = span.holder === null;
    const [input, output] = isFunction ? [4, 5] : [11, 12];
    const ends: { inputs: ModelValue[]; outputs: ModelValue[] } = { inputs: [], outputs: [] };
    for (const field of reader.fields(span)) {
      if (field.number !== input && field.number !== output) continue;
      const value = isFunction
        ? { name: reader.text(field), type: { kind: 'unknown' } as const, doc: '' }
        : readValue(reader, reader.message(field));
      ends[field.number === input ? 'inputs' : 'outputs'].push(value);
    }
    return ends;
  }
}

function isConstant({ operator, domain, inputs }: NodeHead): boolean {
  return operator === 'Constant' && domain === 'ai.onnx' && inputs.length === 0;
}

function isWithin(weight: WeightHead, { body, end }: PlacedGraph): boolean {
  return weight.body >= body && weight.end <= end;
}

function neighbours(
  drawn: readonly LinkedNode[],
  nodes: ReadonlyMap<number, LinkedNode>,
  writers: ReadonlyMap<string, number>,
): Pick<GraphLinks, 'before' | 'after'> {
  const isDrawn = new Set(drawn.map(({ index }) => index));
  const before = new Map<number, number[]>();
  const after = new Map<number, number[]>();
  for (const { index, reads } of drawn) {
    const from = new Set(reads.map((name) => writers.get(name)).filter((each) => each !== undefined));
    before.set(index, []);
    for (const each of from) {
      // A node that reads itself is a mistake of the file's, and shown by its list.
      if (!isDrawn.has(each) || each === index || !nodes.has(each)) continue;
      before.get(index)?.push(each);
      const readers = after.get(each) ?? [];
      readers.push(index);
      after.set(each, readers);
    }
  }
  return { before, after };
}

/** The places of each number. */
function grouped(numbers: readonly number[]): Map<number, number[]> {
  const groups = new Map<number, number[]>();
  for (const [place, number] of numbers.entries()) {
    const group = groups.get(number);
    if (group === undefined) groups.set(number, [place]);
    else group.push(place);
  }
  return groups;
}
