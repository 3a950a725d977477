// What a value of a model is, as the model's file says: the runtime's own description loses unnamed and unknown dimensions.

/** Types of one element, by the names that numpy and onnxruntime use. `unknown`: newer than this list, or not said. */
export type ElementType =
  | 'float32'
  | 'uint8'
  | 'int8'
  | 'uint16'
  | 'int16'
  | 'int32'
  | 'int64'
  | 'string'
  | 'bool'
  | 'float16'
  | 'float64'
  | 'uint32'
  | 'uint64'
  | 'complex64'
  | 'complex128'
  | 'bfloat16'
  | 'float8e4m3fn'
  | 'float8e4m3fnuz'
  | 'float8e5m2'
  | 'float8e5m2fnuz'
  | 'uint4'
  | 'int4'
  | 'float4e2m1'
  | 'float8e8m0'
  | 'uint2'
  | 'int2'
  | 'unknown';

/** A size, the name of a size that the input decides, or null where the file says nothing. */
export type Dimension = number | string | null;

/** `shape` is null where even the number of dimensions is open; a scalar's is empty. */
export type ValueType =
  | { kind: 'tensor' | 'sparse'; element: ElementType; shape: Dimension[] | null }
  | { kind: 'sequence' | 'optional'; of: ValueType }
  | { kind: 'map'; key: ElementType; of: ValueType }
  | { kind: 'opaque'; name: string }
  | { kind: 'unknown' };

/** A type in words: `float32[N, 4]`, `float32, any shape`, `sequence of map(int64 → float32)`. */
export function valueTypeText(type: ValueType): string {
  switch (type.kind) {
    case 'tensor':
      return `${type.element}${shapeText(type.shape)}`;
    case 'sparse':
      return `sparse ${type.element}${shapeText(type.shape)}`;
    case 'map':
      return `map(${type.key} → ${type.of.kind === 'tensor' && !type.of.shape?.length ? type.of.element : valueTypeText(type.of)})`;
    case 'sequence':
    case 'optional':
      return `${type.kind} of ${valueTypeText(type.of)}`;
    case 'opaque':
      return `opaque ${type.name}`;
    default:
      return 'type not said';
  }
}

/** `[N, 4]`; `?` is an unnamed dimension; a scalar and an unknown rank are said in words. */
function shapeText(shape: Dimension[] | null): string {
  if (shape === null) return ', any shape';
  if (shape.length === 0) return ' scalar';
  return `[${shape.map((size) => size ?? '?').join(', ')}]`;
}
