// Values of outputs as people read them.
import type { OutputValue } from '../../../protocol/inference/prediction';
import {
  type FlatTensor,
  isList,
  type NestedItems,
  nestedItems,
  type TensorItem,
} from '../../../protocol/inference/tensor';

/** Rows are shown up to so many characters. */
const mostCharacters = 4000;

/** JSON, a row a line; cut with an ellipsis where it is long. `rows` are values as a file has them. */
export function shortValue(value: OutputValue | { rows: unknown }): string {
  const rows = 'rows' in value ? value.rows : shortRows(value);
  const text = rowLines(rows);
  return text.length > mostCharacters ? `${text.slice(0, mostCharacters)}…` : text;
}

function rowLines(rows: unknown): string {
  if (!Array.isArray(rows) || !rows.some(Array.isArray)) return itemText(rows);
  return `[\n${rows.map((row) => `  ${itemText(row)}`).join(',\n')}\n]`;
}

function itemText(item: unknown): string {
  if (Array.isArray(item)) return `[${item.map(itemText).join(', ')}]`;
  return typeof item === 'string' ? JSON.stringify(item) : String(item);
}

/** The value in rows, each float32 with as few digits as name it. */
export function shortRows(value: OutputValue): NestedItems {
  return nestedItems(isList(value) ? value.map(shortTensor) : shortTensor(value));
}

function shortTensor(tensor: FlatTensor): FlatTensor {
  return tensor.type === 'float32' ? { ...tensor, data: tensor.data.map(shortItem) } : tensor;
}

/** A float32 with as few digits as name it. */
export function shortItem(item: TensorItem): TensorItem {
  if (typeof item !== 'number') return item;
  for (let digits = 6; digits < 9; digits += 1) {
    const short = Number(item.toPrecision(digits));
    if (Math.fround(short) === item) return short;
  }
  return item;
}
