// Tensors as they cross processes.

/** Element types that can be given to a model here, or come out of it. */
export const tensorElements = [
  'float32',
  'float64',
  'float16',
  'bfloat16',
  'int8',
  'uint8',
  'int16',
  'uint16',
  'int32',
  'uint32',
  'int64',
  'uint64',
  'bool',
  'string',
] as const;
export type TensorElement = (typeof tensorElements)[number];

/** Integers beyond 2^53 are texts, as are `NaN`, `Infinity` and `-Infinity`. */
export type TensorItem = number | string | boolean;

/** A tensor: its items row-major, as many as the product of `shape`. */
export interface FlatTensor {
  type: TensorElement;
  shape: number[];
  data: TensorItem[];
}

/** Items in rows, as deep as the tensor has dimensions. */
export type NestedItems = TensorItem | NestedItems[];

/** The items of a tensor in rows, as `tolist()` of numpy gives them; of a list of tensors, those of each. */
export function nestedItems(value: FlatTensor | readonly FlatTensor[]): NestedItems {
  if (isList(value)) return value.map(nestedItems);
  const { shape, data } = value;
  if (shape.length === 0) return data[0] ?? [];
  let level: NestedItems[] = data;
  for (const size of shape.slice(1).reverse()) {
    const count = size === 0 ? shape.slice(0, shape.lastIndexOf(0)).reduce((a, b) => a * b, 1) : level.length / size;
    level = Array.from({ length: count }, (_, at) => level.slice(at * size, (at + 1) * size));
  }
  return level;
}

/** Whether an output is a list of tensors. */
export function isList(value: FlatTensor | readonly FlatTensor[]): value is readonly FlatTensor[] {
  return Array.isArray(value);
}
