// Nodes as they are shown: rows of a list, and one of them with its attributes.
import type { GraphNode, NodeAttribute, NodeRow, NodeValue } from '../../../../protocol/inference/file/graph-outline';
import { type ValueType, valueTypeText } from '../../../../protocol/inference/value-type';
import { countText } from '../../../../protocol/wording';
import { operatorValues, valueRole } from '../said/operator-values';
import type { WireField, WireReader, WireSpan } from '../wire/wire-reader';
import { floatText, tensorItems, told } from './attribute-values';
import type { PlacedNode } from './graph-walk';
import { readNode } from './node-message';
import { readTensorHead } from './tensor-message';

/** Items of a list that are shown. */
const mostItems = 24;
/** Items that are counted: a forest has millions, and others wait for the answer. */
const mostCounted = 50_000;
const longestText = 2000;

/** A node as a row. */
export function nodeRow(reader: WireReader, placed: PlacedNode, index: number): NodeRow {
  const { name, operator, domain, inputs, outputs } = readNode(reader, placed);
  return { index, depth: placed.depth, name, operator, domain, inputs, outputs };
}

/** A node with all that is said of it. `types` and `weights` are those of the whole file. */
export function nodeView(
  reader: WireReader,
  placed: PlacedNode & { index: number },
  { types, weights }: { types: ReadonlyMap<string, ValueType>; weights: ReadonlyMap<string, unknown> },
): GraphNode {
  const { name, operator, domain, doc, inputs, outputs, attributes } = readNode(reader, placed);
  const roles = operatorValues(domain, operator);
  const valued = (each: string, role: string): NodeValue => ({
    name: each,
    role,
    type: types.get(each) ?? null,
    isWeight: weights.has(each),
  });
  return {
    index: placed.index,
    depth: placed.depth,
    branch: placed.branch,
    function: placed.function,
    name,
    operator,
    domain,
    doc,
    inputs: inputs.map((each, at) => valued(each, valueRole(roles?.inputs, at))),
    outputs: outputs.map((each, at) => valued(each, valueRole(roles?.outputs, at))),
    attributes: attributes.map((span) => attributeView(reader, span)),
  };
}

/** Numbers of fields: AttributeProto of onnx.proto. */
const kinds: Readonly<Record<number, string>> = {
  2: 'float',
  3: 'int',
  4: 'string',
  5: 'tensor',
  6: 'graph',
  7: 'floats',
  8: 'ints',
  9: 'strings',
  10: 'tensors',
  11: 'graphs',
  14: 'type',
  15: 'types',
  22: 'sparse tensor',
  23: 'sparse tensors',
};
const isList = (number: number): boolean => number >= 7 && number <= 9;

/** An attribute with its value as text: what is long is cut. */
export function attributeView(reader: WireReader, span: WireSpan): NodeAttribute {
  let [name, kind, reference, count] = ['', '', '', 0];
  const shown: string[] = [];
  for (const field of reader.fields(span)) {
    if (field.number === 1) name = reader.text(field);
    else if (field.number === 21) reference = reader.text(field);
    else if (kinds[field.number] !== undefined) {
      kind = kinds[field.number] as string;
      count += fieldCount(reader, field, count < mostItems ? shown : null);
      if (count >= mostCounted) break;
    }
  }
  if (reference !== '') return { name, kind: 'reference', text: `as ${reference} of the function` };
  const rest =
    count > shown.length
      ? `, … ${count >= mostCounted ? `over ${mostCounted.toLocaleString('en-US')}` : count.toLocaleString('en-US')} in all`
      : '';
  const text = shown.join(', ') + rest;
  return { name, kind, text: isListKind(kind) ? `[${text}]` : text };
}

function isListKind(kind: string): boolean {
  return kind === 'floats' || kind === 'ints' || kind === 'strings';
}

/** How many values a field holds; they are told to `shown` as long as there is one. */
function fieldCount(reader: WireReader, field: WireField, shown: string[] | null): number {
  if (field.number === 7 && field.wire === 2 && shown === null) return (field.end - field.body) / 4;
  if (!isList(field.number)) {
    shown?.push(singleText(reader, field));
    return 1;
  }
  let count = 0;
  for (const text of listTexts(reader, field)) {
    if (count < mostItems) shown?.push(text);
    count += 1;
    if (count >= mostCounted) break;
  }
  return count;
}

function* listTexts(reader: WireReader, field: WireField): Generator<string, void, void> {
  if (field.number === 9) yield JSON.stringify(reader.text(field, longestText));
  else if (field.number === 8) for (const value of reader.longs(field)) yield String(told(value));
  else for (const value of reader.floats(field)) yield floatText(value);
}

function singleText(reader: WireReader, field: WireField): string {
  if (field.number === 2) return [...reader.floats(field)].map(floatText).join('');
  if (field.number === 3) return String(told(reader.long(field)));
  if (field.number === 4) return JSON.stringify(reader.text(field, longestText));
  if (field.number === 6 || field.number === 11) return graphText(reader, field);
  if (field.number !== 5) return `${(field.end - field.body).toLocaleString('en-US')} bytes`;
  const head = readTensorHead(reader, reader.message(field));
  const items = tensorItems(reader, head, mostItems).map((item) =>
    typeof item === 'number' ? floatText(item) : String(item),
  );
  const type = valueTypeText({ kind: 'tensor', element: head.element, shape: head.shape });
  return items.length === 0 ? type : `${type}: ${items.join(', ')}${items.length < mostItems ? '' : ', …'}`;
}

function graphText(reader: WireReader, field: WireField): string {
  let nodes = 0;
  for (const part of reader.fields(reader.message(field))) if (part.number === 1) nodes += 1;
  return countText(nodes, 'node');
}
