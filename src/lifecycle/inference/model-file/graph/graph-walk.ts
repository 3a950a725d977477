// One walk over a model's file: where its nodes lie, what its weights are, what it says of itself. Values of weights and of
// attributes are stepped over. Numbers of fields: onnx.proto (ModelProto, GraphProto, FunctionProto).
import { SlipwayError } from '../../../../base/errors';
import type { ModelValue } from '../../../../protocol/inference/outline';
import type { ValueType } from '../../../../protocol/inference/value-type';
import { MalformedBytes, type WireField, type WireReader, type WireSpan } from '../wire/wire-reader';
import { attributeGraphs, domainOf, type NodeHead, readNode } from './node-message';
import { readEntry, readSparseHead, readTensorHead, type TensorHead } from './tensor-message';
import { readValue } from './value-message';

/** A node by its place. `branch` is the attribute above that holds its graph, `function` the model's own that it is in. */
export interface PlacedNode extends WireSpan {
  depth: number;
  branch: string;
  function: string;
  /** Its graph, by the place among all. */
  graph: number;
}

/** A graph by its place: the model's, then each that an attribute of the node `holder` holds, and each function's. */
export interface PlacedGraph extends WireSpan {
  holder: number | null;
  branch: string;
  function: string;
}

/** What is known of a file after one walk. */
export interface GraphIndex {
  irVersion: number;
  producer: { name: string; version: string };
  domain: string;
  modelVersion: bigint;
  doc: string;
  operatorSets: { domain: string; version: number }[];
  metadata: { key: string; value: string }[];
  hasGraph: boolean;
  graph: { name: string; doc: string };
  inputs: ModelValue[];
  outputs: ModelValue[];
  /** In the file's order; those of a subgraph follow the node that holds it, functions come last. */
  nodes: PlacedNode[];
  graphs: PlacedGraph[];
  operators: Map<string, { domain: string; name: string; count: number }>;
  functions: { domain: string; name: string; nodes: number }[];
  /** Initializers of all graphs, without their values. */
  weights: WeightHead[];
  /** Where the graphs say the types of values between nodes. */
  valueInfos: WireSpan[];
}

/** `body` and `end` are where its message lies. */
export type WeightHead = Omit<TensorHead, 'data'> & WireSpan & { depth: number; isSparse: boolean };

/** protobuf refuses messages a hundred deep; a graph within a graph is three. */
const deepestGraph = 32;
const mostParts = 500_000;

/** Walks over the whole file. Throws MalformedBytes, and SlipwayError `too-large` for more parts than can be shown. */
export function indexGraph(reader: WireReader): GraphIndex {
  return new GraphWalk(reader).index();
}

class GraphWalk {
  readonly #reader: WireReader;
  readonly #found: GraphIndex = {
    irVersion: 0,
    producer: { name: '', version: '' },
    domain: '',
    modelVersion: 0n,
    doc: '',
    operatorSets: [],
    metadata: [],
    hasGraph: false,
    graph: { name: '', doc: '' },
    inputs: [],
    outputs: [],
    nodes: [],
    graphs: [],
    operators: new Map(),
    functions: [],
    weights: [],
    valueInfos: [],
  };
  #parts = 0;

  constructor(reader: WireReader) {
    this.#reader = reader;
  }

  index(): GraphIndex {
    const functions: WireSpan[] = [];
    for (const field of this.#reader.fields({ body: 0, end: this.#reader.size })) {
      if (field.number === 7) this.#mainGraph(this.#reader.message(field));
      else if (field.number === 25) functions.push(this.#reader.message(field));
      else this.#head(field);
    }
    for (const span of functions) this.#function(span);
    return this.#found;
  }

  #head(field: WireField): void {
    const found = this.#found;
    const reader = this.#reader;
    if (field.number === 1) found.irVersion = reader.number(field);
    else if (field.number === 2) found.producer.name = reader.text(field);
    else if (field.number === 3) found.producer.version = reader.text(field);
    else if (field.number === 4) found.domain = reader.text(field);
    else if (field.number === 5) found.modelVersion = reader.long(field);
    else if (field.number === 6) found.doc = reader.text(field);
    else if (field.number === 8) found.operatorSets.push(this.#operatorSet(reader.message(field)));
    else if (field.number === 14) {
      this.#count();
      found.metadata.push(readEntry(reader, reader.message(field)));
    }
  }

  #operatorSet(span: WireSpan): { domain: string; version: number } {
    const set = { domain: domainOf(''), version: 0 };
    for (const field of this.#reader.fields(span)) {
      if (field.number === 1) set.domain = domainOf(this.#reader.text(field));
      else if (field.number === 2) set.version = this.#reader.number(field);
    }
    return set;
  }

  #mainGraph(span: WireSpan): void {
    const found = this.#found;
    if (found.hasGraph) throw new MalformedBytes('there is a second graph', span.body);
    found.hasGraph = true;
    const place = { depth: 0, branch: '', function: '', graph: this.#graph(span, { branch: '', function: '' }) };
    for (const field of this.#reader.fields(span)) {
      if (field.number === 2) found.graph.name = this.#reader.text(field);
      else if (field.number === 10) found.graph.doc = this.#reader.text(field);
      else if (field.number === 11) found.inputs.push(this.#value(field));
      else if (field.number === 12) found.outputs.push(this.#value(field));
      else this.#graphPart(field, place);
    }
  }

  /** Its place among all graphs. */
  #graph({ body, end }: WireSpan, { branch, function: own }: { branch: string; function: string }, holder?: number) {
    return this.#found.graphs.push({ body, end, holder: holder ?? null, branch, function: own }) - 1;
  }

  #value(field: WireField): ModelValue {
    this.#count();
    return readValue(this.#reader, this.#reader.message(field));
  }

  #graphPart(field: WireField, place: Omit<PlacedNode, keyof WireSpan>): void {
    const reader = this.#reader;
    if (field.number === 1) this.#node(reader.message(field), place);
    else if (field.number === 5) this.#weight(reader.message(field), place.depth);
    else if (field.number === 15) {
      for (const head of readSparseHead(reader, reader.message(field)))
        this.#keepWeight(head, reader.message(field), { depth: place.depth, isSparse: true });
    } else if (field.number === 13) {
      this.#count();
      this.#found.valueInfos.push(reader.message(field));
    }
  }

  #node(span: WireSpan, place: Omit<PlacedNode, keyof WireSpan>): void {
    this.#count();
    const node = readNode(this.#reader, span);
    const index = this.#found.nodes.push({ body: span.body, end: span.end, ...place }) - 1;
    this.#tally(node);
    for (const attribute of node.attributes) this.#subgraphs(attribute, place, index);
  }

  #tally({ domain, operator }: NodeHead): void {
    const key = `${domain}\n${operator}`;
    const known = this.#found.operators.get(key);
    if (known === undefined) this.#found.operators.set(key, { domain, name: operator, count: 1 });
    else known.count += 1;
  }

  #subgraphs(attribute: WireSpan, place: Omit<PlacedNode, keyof WireSpan>, holder: number): void {
    for (const span of attributeGraphs(this.#reader, attribute)) {
      const depth = place.depth + 1;
      if (depth > deepestGraph) throw new MalformedBytes('graphs lie more than 32 deep within each other', span.body);
      const branch = this.#attributeName(attribute);
      const graph = this.#graph(span, { ...place, branch }, holder);
      for (const field of this.#reader.fields(span)) this.#graphPart(field, { ...place, depth, branch, graph });
    }
  }

  #attributeName(attribute: WireSpan): string {
    for (const field of this.#reader.fields(attribute)) if (field.number === 1) return this.#reader.text(field);
    return '';
  }

  #weight(span: WireSpan, depth: number): void {
    this.#keepWeight(readTensorHead(this.#reader, span), span, { depth, isSparse: false });
  }

  #keepWeight(
    { data: _, ...head }: TensorHead,
    { body, end }: WireSpan,
    place: { depth: number; isSparse: boolean },
  ): void {
    this.#count();
    this.#found.weights.push({ ...head, body, end, ...place });
  }

  #function(span: WireSpan): void {
    const found = this.#found;
    const own = { domain: domainOf(''), name: '', nodes: 0 };
    const fields = [...this.#reader.fields(span)];
    for (const field of fields) {
      if (field.number === 1) own.name = this.#reader.text(field);
      else if (field.number === 10) own.domain = domainOf(this.#reader.text(field));
    }
    const before = found.nodes.length;
    const said = { branch: '', function: `${own.domain}.${own.name}` };
    const place = { depth: 0, ...said, graph: this.#graph(span, said) };
    for (const field of fields) {
      if (field.number === 7) this.#node(this.#reader.message(field), place);
      else if (field.number === 12) found.valueInfos.push(this.#reader.message(field));
    }
    own.nodes = found.nodes.length - before;
    found.functions.push(own);
  }

  #count(): void {
    this.#parts += 1;
    if (this.#parts <= mostParts) return;
    throw new SlipwayError(
      'too-large',
      'The file has more than half a million nodes and weights, more than can be shown.',
    );
  }
}

/** Types of values by name, as far as the file says: weights, inputs, outputs, what lies between. */
export function valueTypes(reader: WireReader, index: GraphIndex): Map<string, ValueType> {
  const types = new Map<string, ValueType>();
  for (const span of index.valueInfos) {
    const { name, type } = readValue(reader, span);
    types.set(name, type);
  }
  for (const { name, element, shape } of index.weights) types.set(name, { kind: 'tensor', element, shape });
  for (const { name, type } of [...index.inputs, ...index.outputs]) types.set(name, type);
  return types;
}
