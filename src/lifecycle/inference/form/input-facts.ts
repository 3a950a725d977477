// What the nodes next to an input say of it: the categories that an encoder knows, how many columns a model was fitted on.
import { attributeInts, attributeTexts } from '../model-file/graph/attribute-values';
import type { GraphIndex } from '../model-file/graph/graph-walk';
import { type NodeHead, readAttributeHead, readNode } from '../model-file/graph/node-message';
import type { WireReader, WireSpan } from '../model-file/wire/wire-reader';

/** `choices` is empty, and `columns` undefined, where no node says. */
export interface InputFacts {
  choices: (string | number)[];
  columns: number | undefined;
}

/** Models that have more nodes take no tables. */
const mostNodes = 2000;
const mostChoices = 1000;
const mostFeatures = 1_000_000;
/** Operators that leave the values and their columns as they are. */
const passing = new Set(['Identity', 'Cast', 'Imputer', 'Scaler', 'Normalizer', 'Binarizer']);
/** A reshaped column is still one column. */
const reshaping = new Set(['Reshape', 'Flatten', 'Squeeze', 'Unsqueeze']);
const lists: Readonly<Record<string, readonly string[]>> = {
  OneHotEncoder: ['cats_strings', 'cats_int64s'],
  LabelEncoder: ['keys_strings', 'keys_int64s'],
  CategoryMapper: ['cats_strings'],
};
/** Attributes with one number for each column. */
const perColumn: Readonly<Record<string, string>> = {
  Scaler: 'offset',
  Imputer: 'imputed_value_floats',
};

/** Of every input of the graph that a node of it reads. */
export function inputFacts(reader: WireReader, index: GraphIndex): Map<string, InputFacts> {
  const own = index.nodes.filter(({ depth, function: within }) => depth === 0 && within === '');
  if (own.length > mostNodes) return new Map();
  const nodes = own.map((placed) => readNode(reader, placed));
  return new Map(index.inputs.map(({ name }) => [name, factsOf(reader, nodes, name)]));
}

function factsOf(reader: WireReader, nodes: readonly NodeHead[], input: string): InputFacts {
  const facts: InputFacts = { choices: [], columns: undefined };
  const same = new Set([input]);
  const reshaped = new Set([input]);
  for (const node of nodes) {
    const first = node.inputs[0] ?? '';
    if (same.has(first)) facts.columns ??= columnsOf(reader, node);
    if (reshaped.has(first) && facts.choices.length === 0) facts.choices = choicesOf(reader, node);
    if (!passing.has(node.operator) && !reshaping.has(node.operator)) continue;
    if (same.has(first) && passing.has(node.operator)) same.add(node.outputs[0] ?? '');
    if (reshaped.has(first) && node.operator !== 'Scaler') reshaped.add(node.outputs[0] ?? '');
  }
  return facts;
}

function choicesOf(reader: WireReader, node: NodeHead): (string | number)[] {
  for (const name of lists[node.operator] ?? []) {
    const span = attribute(reader, node, name);
    if (span === undefined) continue;
    const texts = attributeTexts(reader, span, mostChoices);
    const found = texts.length > 0 ? texts : attributeInts(reader, span, mostChoices);
    if (found.length > 0) return found;
  }
  return [];
}

/** How many columns the node takes. Of a forest at least as many as it looks at. */
function columnsOf(reader: WireReader, node: NodeHead): number | undefined {
  const list = perColumn[node.operator];
  if (list !== undefined) {
    const count = floatsOf(reader, attribute(reader, node, list));
    return count > 1 ? count : undefined;
  }
  if (node.operator.startsWith('Linear')) return linearColumns(reader, node);
  if (!node.operator.startsWith('TreeEnsemble')) return undefined;
  const span = attribute(reader, node, 'nodes_featureids');
  if (span === undefined) return undefined;
  const places = attributeInts(reader, span, mostFeatures).map(Number);
  return places.reduce((most, place) => Math.max(most, place), 0) + 1;
}

/** Coefficients stand in rows, one for each intercept. */
function linearColumns(reader: WireReader, node: NodeHead): number | undefined {
  const coefficients = floatsOf(reader, attribute(reader, node, 'coefficients'));
  const rows = Math.max(1, floatsOf(reader, attribute(reader, node, 'intercepts')));
  const columns = coefficients / rows;
  return Number.isInteger(columns) && columns > 0 ? columns : undefined;
}

function attribute(reader: WireReader, node: NodeHead, name: string): WireSpan | undefined {
  return node.attributes.find((span) => readAttributeHead(reader, span).name === name);
}

/** How many floats an attribute lists, packed or one by one. */
function floatsOf(reader: WireReader, span: WireSpan | undefined): number {
  let count = 0;
  for (const field of span === undefined ? [] : reader.fields(span)) {
    if (field.number !== 7) continue;
    count += field.wire === 2 ? (field.end - field.body) / 4 : 1;
  }
  return count;
}
