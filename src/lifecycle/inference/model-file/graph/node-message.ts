// A node of the graph: NodeProto and AttributeProto of onnx.proto. The values of attributes are read when asked for: a
// forest keeps millions of numbers in them.
import type { WireField, WireReader, WireSpan } from '../wire/wire-reader';

/** A node; `attributes` are where they lie. */
export interface NodeHead {
  name: string;
  operator: string;
  /** `ai.onnx` for the standard's own. */
  domain: string;
  doc: string;
  inputs: string[];
  outputs: string[];
  attributes: WireSpan[];
}

/** An attribute. `first` is the first field that holds a value; null when there is none. */
export interface AttributeHead {
  name: string;
  first: WireField | null;
}

const standard = 'ai.onnx';
/** Fields of AttributeProto that are not values: name, doc_string, type, ref_attr_name. */
const besides = new Set([1, 13, 20, 21]);

/** The standard's own domain is written as an empty text, or by its name. */
export function domainOf(text: string): string {
  return text === '' ? standard : text;
}

/** NodeProto. */
export function readNode(reader: WireReader, span: WireSpan): NodeHead {
  const node: NodeHead = { name: '', operator: '', domain: standard, doc: '', inputs: [], outputs: [], attributes: [] };
  for (const field of reader.fields(span)) {
    if (field.number === 1) node.inputs.push(reader.text(field));
    else if (field.number === 2) node.outputs.push(reader.text(field));
    else if (field.number === 3) node.name = reader.text(field);
    else if (field.number === 4) node.operator = reader.text(field);
    else if (field.number === 5) node.attributes.push(reader.message(field));
    else if (field.number === 6) node.doc = reader.text(field);
    else if (field.number === 7) node.domain = domainOf(reader.text(field));
  }
  return node;
}

/** AttributeProto as far as its first value. */
export function readAttributeHead(reader: WireReader, span: WireSpan): AttributeHead {
  const head: AttributeHead = { name: '', first: null };
  for (const field of reader.fields(span)) {
    if (field.number === 1) head.name = reader.text(field);
    else if (!besides.has(field.number)) {
      head.first = field;
      break;
    }
  }
  // A value may stand before the name.
  if (head.name === '') head.name = nameWithin(reader, span);
  return head;
}

function nameWithin(reader: WireReader, span: WireSpan): string {
  for (const field of reader.fields(span)) if (field.number === 1) return reader.text(field);
  return '';
}

/** The graphs that an attribute holds: the body of a loop, the branches of a choice. */
export function* attributeGraphs(reader: WireReader, span: WireSpan): Generator<WireSpan, void, void> {
  const { first } = readAttributeHead(reader, span);
  if (first?.number !== 6 && first?.number !== 11) return;
  for (const field of reader.fields(span)) if (field.number === 6 || field.number === 11) yield reader.message(field);
}
