// A model's bytes with some of its graph taken out, replaced or added; all other bytes stay as they are.
import { SlipwayError } from '../../../base/errors';
import type { Dimension } from '../../../protocol/inference/value-type';
import { bytesInMemory } from '../model-file/wire/byte-source';
import { type WireField, WireReader, type WireSpan } from '../model-file/wire/wire-reader';
import { joined, lengthField, numberField } from './message-bytes';

/** Numbers of fields, by onnx.proto (ModelProto, GraphProto, NodeProto, ValueInfoProto, TypeProto, TensorShapeProto). */
const graphOfModel = 7;
const nodeOfGraph = 1;
const inputOfGraph = 11;
const outputOfGraph = 12;
/** Element types by onnx.proto (TensorProto.DataType). */
export const dataTypes = {
  float32: 1,
  uint8: 2,
  int8: 3,
  uint16: 4,
  int16: 5,
  int32: 6,
  int64: 7,
  string: 8,
  bool: 9,
  float16: 10,
  float64: 11,
  uint32: 12,
  uint64: 13,
  bfloat16: 16,
} as const;

/** A value of the graph as it is to be declared. */
export interface Declared {
  name: string;
  element: number;
  shape: readonly Dimension[] | null;
}

/** What is changed, by the names of the graph's values. */
export interface ModelEdits {
  /** Nodes to take out, by an output of theirs. */
  withoutNodes: ReadonlySet<string>;
  /** Declared anew, by the name they had; null: no longer declared. */
  inputs: ReadonlyMap<string, Declared | null>;
  outputs: ReadonlyMap<string, readonly Declared[]>;
  /** Written by `nodeBytes`. */
  nodesBefore: readonly Uint8Array[];
  nodesAfter: readonly Uint8Array[];
}

/** The names that a node reads and writes. */
export interface NodeNames {
  operator: string;
  inputs: string[];
  outputs: string[];
}

/** The nodes of the graph itself. Throws SlipwayError `invalid` for what is no model. */
export function* graphNodes(model: Uint8Array): Generator<NodeNames> {
  const reader = new WireReader(bytesInMemory(model));
  for (const field of reader.fields(graphOf(reader))) {
    if (field.number === nodeOfGraph) yield nodeNames(reader, field);
  }
}

function graphOf(reader: WireReader): WireField {
  const graphs = [...reader.fields({ body: 0, end: reader.size })].filter(({ number }) => number === graphOfModel);
  const [graph] = graphs;
  if (graph === undefined || graphs.length > 1)
    throw new SlipwayError('invalid', 'The file holds no graph, or several.');
  return graph;
}

function nodeNames(reader: WireReader, node: WireSpan): NodeNames {
  const names: NodeNames = { operator: '', inputs: [], outputs: [] };
  for (const field of reader.fields(node)) {
    if (field.number === 1) names.inputs.push(reader.text(field));
    else if (field.number === 2) names.outputs.push(reader.text(field));
    else if (field.number === 4) names.operator = reader.text(field);
  }
  return names;
}

/** The model with the edits made. Throws SlipwayError `invalid` for what is no model. */
export function editedModel(model: Uint8Array, edits: ModelEdits): Uint8Array {
  const reader = new WireReader(bytesInMemory(model));
  const graph = graphOf(reader);
  const parts: Uint8Array[] = edits.nodesBefore.map((node) => lengthField(nodeOfGraph, [node]));
  const declared = new Set<string>();
  for (const field of reader.fields(graph)) {
    const own = model.subarray(field.at, field.end);
    if (field.number === nodeOfGraph) {
      if (!nodeNames(reader, field).outputs.some((name) => edits.withoutNodes.has(name))) parts.push(own);
    } else if (field.number === inputOfGraph) {
      const anew = edits.inputs.get(valueName(reader, field));
      if (anew === undefined) parts.push(own);
      else if (anew !== null) parts.push(declaration(inputOfGraph, anew));
    } else if (field.number === outputOfGraph) {
      const name = valueName(reader, field);
      const anew = edits.outputs.get(name);
      // A name may be declared once; what is there already stays.
      if (anew === undefined && !declared.has(name)) parts.push(own);
      declared.add(name);
      for (const each of anew ?? []) {
        if (!declared.has(each.name)) parts.push(declaration(outputOfGraph, each));
        declared.add(each.name);
      }
    } else parts.push(own);
  }
  parts.push(...edits.nodesAfter.map((node) => lengthField(nodeOfGraph, [node])));
  return joined([model.subarray(0, graph.at), lengthField(graphOfModel, parts), model.subarray(graph.end)]);
}

function valueName(reader: WireReader, value: WireSpan): string {
  for (const field of reader.fields(value)) if (field.number === 1) return reader.text(field);
  return '';
}

function declaration(field: number, { name, element, shape }: Declared): Uint8Array {
  const sizes = shape?.map((size) =>
    lengthField(1, typeof size === 'number' ? [numberField(1, size)] : size === null ? [] : [lengthField(2, size)]),
  );
  const tensor = [numberField(1, element), ...(sizes === undefined ? [] : [lengthField(2, sizes)])];
  return lengthField(field, [lengthField(1, name), lengthField(2, [lengthField(1, tensor)])]);
}

/** A node: `attributes` as written by `attributeBytes`. */
export function nodeBytes(
  { operator, inputs, outputs }: NodeNames,
  attributes: readonly Uint8Array[] = [],
): Uint8Array {
  return joined([
    ...inputs.map((name) => lengthField(1, name)),
    ...outputs.map((name) => lengthField(2, name)),
    lengthField(4, operator),
    ...attributes.map((each) => lengthField(5, [each])),
  ]);
}

/** An attribute of one whole number (AttributeProto: name 1, i 3, type 20 = INT). */
export function numberAttribute(name: string, value: number): Uint8Array {
  return joined([lengthField(1, name), numberField(3, value), numberField(20, 2)]);
}

/** An attribute `value` of a list, empty unless `bytes` are those of its items (AttributeProto: name 1, t 5, type 20 = TENSOR; TensorProto: dims 1, data_type 2, raw_data 9). */
export function listAttribute(element: number, { length = 0, bytes = new Uint8Array() } = {}): Uint8Array {
  const tensor = [numberField(1, length), numberField(2, element), lengthField(9, [bytes])];
  return joined([
    lengthField(1, 'value'),
    lengthField(5, length === 0 ? tensor.slice(0, 2) : tensor),
    numberField(20, 4),
  ]);
}

/** An attribute `body` (AttributeProto: name 1, g 6, type 20 = GRAPH). */
export function bodyAttribute(
  nodes: readonly Uint8Array[],
  { inputs, outputs }: { inputs: readonly Declared[]; outputs: readonly Declared[] },
): Uint8Array {
  const graph = [
    ...nodes.map((node) => lengthField(nodeOfGraph, [node])),
    lengthField(2, 'body'),
    ...inputs.map((each) => declaration(inputOfGraph, each)),
    ...outputs.map((each) => declaration(outputOfGraph, each)),
  ];
  return joined([lengthField(1, 'body'), lengthField(6, graph), numberField(20, 5)]);
}
