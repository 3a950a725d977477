// A constant as it is written into the nodes that read it: its value where that is short, else its size.
import { attributeTensor, floatText, tensorItems } from '../graph/attribute-values';
import type { WeightHead } from '../graph/graph-walk';
import type { NodeHead } from '../graph/node-message';
import { attributeView } from '../graph/node-view';
import { readTensorHead, type TensorHead } from '../graph/tensor-message';
import type { WireReader } from '../wire/wire-reader';

const mostItems = 4;
const longestText = 24;

/** `0.5`, `[1, -1]`, `64 × 3 × 7 × 7`. */
export function weightText(reader: WireReader, weight: WeightHead): string {
  const isShort = itemCount(weight.shape) <= mostItems && !weight.isSparse && weight.external === null;
  return isShort ? tensorText(reader, readTensorHead(reader, weight)) : sizeText(weight.shape);
}

/** What a `Constant` node makes. */
export function constantText(reader: WireReader, { attributes }: NodeHead): string {
  const [first] = attributes;
  if (first === undefined) return '';
  const tensor = attributeTensor(reader, first);
  return cut(tensor === null ? attributeView(reader, first).text : tensorText(reader, tensor));
}

function tensorText(reader: WireReader, head: TensorHead): string {
  if (itemCount(head.shape) > mostItems) return sizeText(head.shape);
  const items = tensorItems(reader, head, mostItems).map((item) =>
    typeof item === 'number' ? floatText(item) : typeof item === 'string' ? JSON.stringify(item) : String(item),
  );
  if (items.length === 0) return sizeText(head.shape);
  return cut(head.shape.length === 0 ? items.join('') : `[${items.join(', ')}]`);
}

function itemCount(shape: readonly number[]): number {
  return shape.reduce((product, size) => product * size, 1);
}

function sizeText(shape: readonly number[]): string {
  return shape.length === 0 ? 'scalar' : shape.join(' × ');
}

function cut(text: string): string {
  return text.length > longestText ? `${text.slice(0, longestText - 1)}…` : text;
}
