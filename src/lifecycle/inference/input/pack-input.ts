// Tensors for a model out of what a user gave.
import { SlipwayError } from '../../../base/errors';
import type { ModelValue } from '../../../protocol/inference/outline';
import type { FlatTensor, TensorElement } from '../../../protocol/inference/tensor';
import type { Dimension } from '../../../protocol/inference/value-type';
import { isTensorElement } from '../tensor/tensor-form';
import { type Given, type NamedValues, nestedShape, type Scalar } from './given';
import { toItem } from './item';
import { fittingShape, flattened } from './shape';

/** Tensors by input, and what a reader should know of how they came about. */
export interface PackedInput {
  feeds: Record<string, FlatTensor>;
  rows: number;
  notes: string[];
}

interface TensorInput {
  name: string;
  element: TensorElement;
  shape: Dimension[] | null;
}

/** `inputs`: those that have to be given. Throws SlipwayError `invalid` with the input, the row and what is wrong. */
export function packInput(given: Given, inputs: readonly ModelValue[]): PackedInput {
  const wanted = inputs.map(tensorInput);
  if (given.kind === 'columns') return packColumns(given, wanted);
  if (given.kind === 'named') return packNamed(given.inputs, wanted);
  const [only] = wanted;
  if (only === undefined || wanted.length > 1) throw severalInputs(wanted);
  return packNamed(new Map([[only.name, { values: given.values, shape: null, type: null }]]), wanted);
}

/** What of an input can be given here. Throws SlipwayError `invalid` for what is no tensor of numbers, texts or truth values. */
function tensorInput({ name, type }: ModelValue): TensorInput {
  if (type.kind !== 'tensor' || !isTensorElement(type.element)) {
    const what =
      type.kind === 'tensor'
        ? `values of type ${type.element}`
        : `${type.kind === 'optional' ? 'an' : 'a'} ${type.kind}`;
    throw new SlipwayError('invalid', `The input ${name} takes ${what}, which cannot be given here.`);
  }
  return { name, element: type.element, shape: type.shape };
}

function severalInputs(wanted: readonly TensorInput[]): SlipwayError {
  const names = wanted.map(({ name }) => name).join(', ');
  return new SlipwayError(
    'invalid',
    wanted.length === 0
      ? 'The model takes no input.'
      : `The model takes ${wanted.length} inputs (${names}): give an object with a value for each, or rows with these columns.`,
  );
}

function packNamed(given: ReadonlyMap<string, NamedValues>, wanted: readonly TensorInput[]): PackedInput {
  const known = new Set(wanted.map(({ name }) => name));
  const strange = [...given.keys()].filter((name) => !known.has(name));
  const missing = wanted.filter(({ name }) => !given.has(name)).map(({ name }) => name);
  if (strange.length > 0 || missing.length > 0) throw otherNames(strange, missing, [...known]);
  const feeds: Record<string, FlatTensor> = {};
  for (const input of wanted) feeds[input.name] = packValues(given.get(input.name) as NamedValues, input);
  return { feeds, rows: rowsOf(feeds), notes: castNotes(given, wanted) };
}

function otherNames(strange: readonly string[], missing: readonly string[], known: readonly string[]): SlipwayError {
  const parts = [
    strange.length > 0
      ? `${strange.join(', ')} ${strange.length > 1 ? 'are no inputs' : 'is no input'} of the model`
      : '',
    missing.length > 0 ? `${missing.join(', ')} ${missing.length > 1 ? 'are' : 'is'} missing` : '',
  ].filter((part) => part !== '');
  return new SlipwayError('invalid', `${parts.join('; ')}. It takes ${known.join(', ')}.`);
}

function packValues({ values, shape }: NamedValues, { name, element, shape: takes }: TensorInput): FlatTensor {
  const own = nestedShape(values);
  const flat = flattened(values, own, name);
  const said = shape ?? own;
  if (said.reduce((product, size) => product * size, 1) !== flat.length) {
    throw new SlipwayError(
      'invalid',
      `The input ${name} has ${flat.length} values for a shape of ${said.join(' × ')}.`,
    );
  }
  const data = flat.map((value, at) => toItem(value, element, flat.length === 1 ? name : `${name}, value ${at + 1}`));
  return { type: element, shape: fittingShape({ name, shape: takes }, said), data };
}

/** Names of element types in the Open Inference Protocol. */
const protocolTypes: Readonly<Record<string, TensorElement>> = {
  BOOL: 'bool',
  UINT8: 'uint8',
  UINT16: 'uint16',
  UINT32: 'uint32',
  UINT64: 'uint64',
  INT8: 'int8',
  INT16: 'int16',
  INT32: 'int32',
  INT64: 'int64',
  FP16: 'float16',
  BF16: 'bfloat16',
  FP32: 'float32',
  FP64: 'float64',
  BYTES: 'string',
};

function castNotes(given: ReadonlyMap<string, NamedValues>, wanted: readonly TensorInput[]): string[] {
  return wanted.flatMap(({ name, element }) => {
    const said = given.get(name)?.type ?? null;
    if (said === null) return [];
    const type = protocolTypes[said.toUpperCase()];
    if (type === undefined)
      throw new SlipwayError(
        'invalid',
        `The input ${name} is said to be of type ${said}, which is no type of the protocol.`,
      );
    return type === element
      ? []
      : [`${name} was said to be ${said} and was taken as ${element}, which the model takes.`];
  });
}

function rowsOf(feeds: Readonly<Record<string, FlatTensor>>): number {
  return Math.max(...Object.values(feeds).map(({ shape }) => shape[0] ?? 1), 0);
}

function packColumns(
  { names, rows }: Extract<Given, { kind: 'columns' }>,
  wanted: readonly TensorInput[],
): PackedInput {
  const isByName = wanted.every(({ name }) => names.includes(name));
  if (!isByName && wanted.length === 1 && !names.includes(wanted[0]?.name ?? '')) {
    return packMatrix({ names, rows }, wanted[0] as TensorInput);
  }
  if (!isByName) {
    const missing = wanted.filter(({ name }) => !names.includes(name)).map(({ name }) => name);
    throw new SlipwayError(
      'invalid',
      `The columns have no ${missing.join(', ')}. The model takes ${wanted.map(({ name }) => name).join(', ')}; given are ${names.join(', ')}.`,
    );
  }
  const feeds: Record<string, FlatTensor> = {};
  for (const input of wanted) feeds[input.name] = packColumn(input, rows, names.indexOf(input.name));
  const unused = names.filter((name) => !wanted.some((input) => input.name === name));
  const notes = unused.length > 0 ? [`Not an input of the model, and left out: ${unused.join(', ')}.`] : [];
  return { feeds, rows: rows.length, notes };
}

function packColumn({ name, element, shape }: TensorInput, rows: readonly Scalar[][], column: number): FlatTensor {
  const data = rows.map((row, at) => toItem(row[column] ?? null, element, `row ${at + 1}, column ${name}`));
  return {
    type: element,
    shape: fittingShape({ name, shape }, columnShape(shape, rows.length)),
    data,
  };
}

/** A column has a row a value, whatever else an input leaves open. */
function columnShape(shape: TensorInput['shape'], rows: number): number[] {
  return shape !== null && shape.length < 2 ? [rows] : [rows, ...Array<number>((shape?.length ?? 2) - 1).fill(1)];
}

function packMatrix(
  { names, rows }: { names: readonly string[]; rows: readonly Scalar[][] },
  input: TensorInput,
): PackedInput {
  const { name, element, shape } = input;
  const data = rows.flatMap((row, at) =>
    names.map((column, each) => toItem(row[each] ?? null, element, `row ${at + 1}, column ${column}`)),
  );
  const own = names.length === 1 ? columnShape(shape, rows.length) : [rows.length, names.length];
  const feeds = { [name]: { type: element, shape: fittingShape({ name, shape }, own), data } };
  const notes = names.length > 1 ? [`The columns went into ${name} in their order: ${names.join(', ')}.`] : [];
  return { feeds, rows: rows.length, notes };
}
