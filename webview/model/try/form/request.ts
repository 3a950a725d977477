// The form as a request of the Open Inference Protocol: what is sent is what can be copied.
import type { ValuesInput } from '../../../../src/protocol/inference/form/model-form';
import type { TensorElement } from '../../../../src/protocol/inference/tensor';
import { firstText, missingText } from './field-facts';
import type { KnownFields, KnownForm, KnownInput } from './known-form';
import { readValue } from './read-value';

/** The request, or null where something is wrong; then `problems` says what, by the key of a field or the name of an input. */
export interface FormRequest {
  text: string | null;
  problems: Record<string, string>;
  notes: Record<string, string>;
  inputs: RequestInput[];
}

/** One input as it is sent; `data` is JSON, a flat list of its items. */
export interface RequestInput {
  name: string;
  element: TensorElement;
  shape: number[];
  data: string;
}

const protocolTypes: Readonly<Record<TensorElement, string>> = {
  bool: 'BOOL',
  uint8: 'UINT8',
  uint16: 'UINT16',
  uint32: 'UINT32',
  uint64: 'UINT64',
  int8: 'INT8',
  int16: 'INT16',
  int32: 'INT32',
  int64: 'INT64',
  float16: 'FP16',
  bfloat16: 'BF16',
  float32: 'FP32',
  float64: 'FP64',
  string: 'BYTES',
};

/** `values` are the texts of the form, `pictures` the inputs that were made from pictures. */
export function formRequest(
  form: Pick<KnownForm, 'inputs'>,
  values: Readonly<Record<string, string>>,
  pictures: Readonly<Record<string, RequestInput>>,
): FormRequest {
  const request: FormRequest = { text: null, problems: {}, notes: {}, inputs: [] };
  for (const input of form.inputs) {
    const made = requestInput(input, { values, pictures, request });
    if (made !== null) request.inputs.push(made);
  }
  const isWhole = Object.keys(request.problems).length === 0;
  return { ...request, text: isWhole ? requestText(request.inputs) : null };
}

interface Sources {
  values: Readonly<Record<string, string>>;
  pictures: Readonly<Record<string, RequestInput>>;
  request: FormRequest;
}

function requestInput(input: KnownInput, sources: Sources): RequestInput | null {
  const { values, pictures, request } = sources;
  if (input.kind === 'fields') return ofFields(input, sources);
  if (input.kind === 'closed') {
    request.problems[input.name] = input.reason;
    return null;
  }
  if (input.kind === 'values') return ofJson(input, values[input.name] ?? input.example, request);
  const written = values[input.name] ?? '';
  if (written !== '') return ofJson({ ...input, kind: 'values', shape: null, example: '' }, written, request);
  const picture = pictures[input.name];
  if (picture === undefined) request.problems[input.name] = 'Choose a picture.';
  return picture ?? null;
}

function ofFields({ name, element, shape, fields }: KnownFields, { values, request }: Sources): RequestInput {
  const items = fields.map((field) => {
    const read = readValue(values[field.key] ?? firstText(field, element), element);
    if ('problem' in read) {
      request.problems[field.key] = read.problem;
      return '';
    }
    if (read.isMissing) request.notes[field.key] = missingText(field.facts);
    return read.json;
  });
  return { name, element, shape, data: `[${items.join(',')}]` };
}

function ofJson({ name, element }: ValuesInput, text: string, request: FormRequest): RequestInput | null {
  if (text.trim() === '') {
    request.problems[name] = 'Give its values as JSON: lists in lists, as deep as it has dimensions.';
    return null;
  }
  try {
    const shape: number[] = [];
    for (let level: unknown = JSON.parse(text); Array.isArray(level); level = level[0]) shape.push(level.length);
    return { name, element, shape, data: text };
  } catch (error) {
    request.problems[name] = `This is no JSON: ${(error as Error).message}.`;
    return null;
  }
}

function requestText(inputs: readonly RequestInput[]): string {
  const all = inputs.map(
    ({ name, element, shape, data }) =>
      `{"name":${JSON.stringify(name)},"shape":${JSON.stringify(shape)},"datatype":"${protocolTypes[element]}","data":${data}}`,
  );
  return `{"inputs":[${all.join(',')}]}`;
}
