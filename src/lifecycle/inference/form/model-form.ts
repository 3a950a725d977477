// A form out of a model's file: which values it takes, what they are called, which ones it knows.
import type {
  FieldsInput,
  FormInput,
  ImageInput,
  ModelForm,
  ValuesInput,
} from '../../../protocol/inference/form/model-form';
import type { ModelOutline, ModelValue } from '../../../protocol/inference/outline';
import type { TensorElement } from '../../../protocol/inference/tensor';
import type { Dimension } from '../../../protocol/inference/value-type';
import { readModel } from '../model-file/model-file';
import { modelOutline } from '../model-file/model-outline';
import { namesOfLiteral } from '../model-file/said/literal';
import { isTensorElement } from '../tensor/tensor-form';
import { type InputFacts, inputFacts } from './input-facts';
import { signatureBeside } from './logged-signature';

/** More columns than this are easier to paste than to fill in. */
const mostFields = 256;
/** Values of an example; a model that takes more is given none. */
const mostExample = 4096;
/** The smallest picture: below it four dimensions are taken for numbers. */
const leastSide = 8;

/** Of the model at `path`. Throws as `readOutline`. */
export function readForm(path: string): ModelForm {
  return readModel(path, (reader, index) => {
    const outline = modelOutline(path, reader, index);
    const facts = inputFacts(reader, index);
    const inputs = outline.inputs.map((value) => formInput(value, outline, facts.get(value.name)));
    return { inputs, signature: signatureBeside(path) };
  });
}

interface TensorValue {
  name: string;
  element: TensorElement;
  shape: Dimension[] | null;
}

function formInput({ name, type }: ModelValue, outline: ModelOutline, facts: InputFacts | undefined): FormInput {
  if (type.kind !== 'tensor' || !isTensorElement(type.element)) {
    const what =
      type.kind === 'tensor'
        ? `values of type ${type.element}`
        : `${type.kind === 'optional' ? 'an' : 'a'} ${type.kind}`;
    return { kind: 'closed', name, reason: `It takes ${what}, which cannot be given here.` };
  }
  const value: TensorValue = { name, element: type.element, shape: type.shape };
  return imageInput(value) ?? fieldsInput(value, outline, facts) ?? valuesInput(value, facts);
}

/** Four dimensions with 1, 3 or 4 channels in the second place, or in the last. */
function imageInput({ name, element, shape }: TensorValue): ImageInput | null {
  if (shape?.length !== 4 || element === 'string' || element === 'bool') return null;
  const [, a, b, c] = shape as [Dimension, Dimension, Dimension, Dimension];
  if (isChannels(a) && isSide(b) && isSide(c))
    return { kind: 'image', name, element, layout: 'NCHW', channels: a, height: fixed(b), width: fixed(c) };
  if (isChannels(c) && isSide(a) && isSide(b))
    return { kind: 'image', name, element, layout: 'NHWC', channels: c, height: fixed(a), width: fixed(b) };
  return null;
}

function isChannels(size: Dimension): size is 1 | 3 | 4 {
  return size === 1 || size === 3 || size === 4;
}

function isSide(size: Dimension): boolean {
  return typeof size !== 'number' || size >= leastSide;
}

function fixed(size: Dimension): number | null {
  return typeof size === 'number' ? size : null;
}

/** One row of values: nothing but the number of rows may be open. */
function fieldsInput(
  { name, element, shape }: TensorValue,
  outline: ModelOutline,
  facts: InputFacts | undefined,
): FieldsInput | null {
  const row = shape === null ? null : rowShape(shape, facts?.columns);
  const count = row?.reduce((product, size) => product * size, 1) ?? 0;
  if (row === null || count < 1 || count > mostFields) return null;
  const choices = facts?.choices ?? [];
  if (count === 1) return { kind: 'fields', name, element, shape: row, fields: [{ key: name, label: name, choices }] };
  const names = columnNames(outline, count) ?? Array.from({ length: count }, (_, at) => `${name}[${at}]`);
  const fields = names.map((label, at) => ({ key: `${name}[${at}]`, label, choices: [] }));
  return { kind: 'fields', name, element, shape: row, fields };
}

/** The shape of one row, or null where it is more than a row of values. */
function rowShape(shape: readonly Dimension[], columns: number | undefined): number[] | null {
  if (shape.length === 0) return [];
  if (shape.length > 2) return null;
  const [rows, width] = shape;
  if (typeof rows === 'number' && rows !== 1 && shape.length === 2) return null;
  if (shape.length === 1) return [typeof rows === 'number' ? rows : 1];
  const known = typeof width === 'number' ? width : columns;
  return known === undefined ? null : [1, known];
}

/** Names of columns from the metadata, where as many are written there. */
export function columnNames({ metadata }: ModelOutline, count: number): string[] | null {
  for (const { key, value } of metadata) {
    if (!/feature|column|input/i.test(key)) continue;
    const names = namesOfLiteral(value) ?? value.split(/[\n,]/).map((name) => name.trim());
    if (names.length === count && names.every((name) => name !== '') && new Set(names).size === count) return names;
  }
  return null;
}

function valuesInput({ name, element, shape }: TensorValue, facts: InputFacts | undefined): ValuesInput {
  const last = shape === null ? 0 : shape.length - 1;
  const sizes = (shape ?? [null]).map((size, at) =>
    typeof size === 'number' ? size : at === last && at > 0 ? (facts?.columns ?? 1) : 1,
  );
  const count = sizes.reduce((product, size) => product * size, 1);
  return {
    kind: 'values',
    name,
    element,
    shape,
    example: count > mostExample ? '' : JSON.stringify(filled(sizes, element)),
  };
}

type Nested = number | string | boolean | Nested[];

function filled(sizes: readonly number[], element: TensorElement): Nested {
  const [size, ...rest] = sizes;
  if (size === undefined) return element === 'string' ? '' : element === 'bool' ? false : 0;
  return Array.from({ length: size }, () => filled(rest, element));
}
