// From what a user gave to tensors of the model, and what it was taken for.

import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { SlipwayError } from '../../../base/errors';
import { withoutEnd } from '../../../base/text-end';
import { openFileSource } from '../../../platform/tables/file-source';
import type { ModelValue } from '../../../protocol/inference/outline';
import type { GivenInput, InputFormat, TakenInput } from '../../../protocol/inference/prediction';
import { takeCsv } from './csv-rows';
import type { Given } from './given';
import { takeJson } from './json-dialects';
import type { JsonTerms } from './json-text';
import { packInput } from './pack-input';

/** More text than this is a job for a whole dataset. */
const mostBytes = 256 * 1024 * 1024;

interface Understood {
  format: InputFormat;
  given: Given;
  notes: string[];
}

/** `inputs`: those of the model that have to be given. Throws SlipwayError `invalid`, `not-found`, `too-large`. */
export async function takeInput(given: GivenInput, inputs: readonly ModelValue[]): Promise<TakenInput> {
  if (given.kind === 'tensors') return { format: 'tensors', ...ownTensors(given.feeds) };
  const keepsDecimals = inputs.some(({ type }) => type.kind === 'tensor' && type.element === 'string');
  const {
    format,
    given: values,
    notes,
  } = await (given.kind === 'text' ? ofText(given, { keepsDecimals }) : ofFile(given, keepsDecimals));
  const packed = packInput(values, inputs);
  return { format, ...packed, notes: [...notes, ...packed.notes] };
}

function ownTensors(feeds: TakenInput['feeds']): Omit<TakenInput, 'format'> {
  return { rows: Math.max(...Object.values(feeds).map(({ shape }) => shape[0] ?? 1), 0), notes: [], feeds };
}

/** `name` is what the file is called that the text is from. */
function ofText(
  { text, format }: Omit<Extract<GivenInput, { kind: 'text' }>, 'kind'>,
  terms: JsonTerms,
): Promise<Understood> {
  const { name } = terms;
  if (text.trim() === '') {
    const what = name === undefined ? 'Nothing was given' : `${name} is empty`;
    throw new SlipwayError('invalid', `${what}. Give JSON, or rows of CSV.`);
  }
  return (format ?? (isJson(text) ? 'plain' : 'csv')) === 'csv'
    ? csv(name ?? 'The text', new TextEncoder().encode(name === undefined ? withoutEnd(text, /[\r\n]/) : text))
    : json(text, format, terms);
}

/** Lists and objects; a number, text or truth value alone. */
function isJson(text: string): boolean {
  if (/^\uFEFF?\s*[[{]/.test(text)) return true;
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

async function json(text: string, format: InputFormat | null, terms: JsonTerms): Promise<Understood> {
  const taken = takeJson(text, terms);
  if (format !== null && format !== 'plain' && taken.format !== format && !areAlike(taken.format, format)) {
    throw new SlipwayError(
      'invalid',
      `${terms.name ?? 'This'} is ${formatNames[taken.format]}, and not ${formatNames[format]} as was said.`,
    );
  }
  return { ...taken, notes: [] };
}

/** MLflow and TensorFlow Serving share "instances" and "inputs". */
function areAlike(...formats: InputFormat[]): boolean {
  return formats.every((format) => format === 'mlflow' || format === 'tensorflow');
}

const formatNames: Readonly<Record<InputFormat, string>> = {
  oip: 'a request of the Open Inference Protocol',
  mlflow: 'a request of MLflow’s',
  tensorflow: 'a request of TensorFlow Serving’s',
  plain: 'plain JSON',
  csv: 'CSV',
};

async function csv(name: string, bytes: Uint8Array): Promise<Understood> {
  const read = async (start: number, end: number): Promise<Uint8Array> => bytes.subarray(start, end);
  return { format: 'csv', ...(await takeCsv({ name, size: bytes.length, read })) };
}

/** UTF-16 by its byte order mark, as Excel's Unicode text has it; null for all else. */
function wideEncoding([first, second]: Uint8Array): 'utf-16le' | 'utf-16be' | null {
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  return first === 0xfe && second === 0xff ? 'utf-16be' : null;
}

async function ofFile(
  { path, format }: Extract<GivenInput, { kind: 'file' }>,
  keepsDecimals: boolean,
): Promise<Understood> {
  const name = basename(path);
  const source = openFileSource({ path, name });
  if (source.size > mostBytes) {
    throw new SlipwayError('too-large', `${name} has more than 256 MB. Predict it as a whole dataset instead.`);
  }
  const isCsv = format === 'csv' || (format === null && /\.(csv|tsv|txt)$/i.test(path));
  const wide = wideEncoding(await source.read(0, Math.min(2, source.size)));
  if (wide !== null) {
    const text = new TextDecoder(wide).decode(await readFile(path));
    return ofText({ text, format: isCsv ? 'csv' : format }, { name, keepsDecimals });
  }
  if (isCsv) return { format: 'csv', ...(await takeCsv(source)) };
  return ofText({ text: await readFile(path, 'utf8'), format }, { name, keepsDecimals });
}
