// The folders of the ONNX project with inputs and outputs of a model: test_data_set_N/{input,output}_K.pb.
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { SlipwayError, systemCodeOf } from '../../../../base/errors';
import type { GoldenCase } from '../../../../protocol/inference/golden/golden-case';
import type { ModelValue } from '../../../../protocol/inference/outline';
import type { OpenedModel, OutputValue } from '../../../../protocol/inference/prediction';
import { type FlatTensor, isList } from '../../../../protocol/inference/tensor';
import { withBytesOf } from '../../model-file/wire/byte-source';
import { MalformedBytes, WireReader, type WireSpan } from '../../model-file/wire/wire-reader';
import { mapsBytes, sequenceBytes, tensorBytes } from './value-bytes';
import { readSequence, readTensor } from './value-message';

/** What a test data set holds, by the model's names. */
export interface TestSet {
  feeds: Record<string, FlatTensor>;
  expected: Record<string, OutputValue>;
}

/** Those in a folder, which is usually the model's, in their order, as cases with the tolerance that the ONNX project uses. */
export function testSetsIn(folder: string): GoldenCase[] {
  const numberOf = (name: string): number => Number(/^test_data_set_(\d+)$/.exec(name)?.[1] ?? Number.NaN);
  const names = foldersIn(folder).filter((name) => !Number.isNaN(numberOf(name)));
  const terms = { mode: 'close', rtol: 1e-3, atol: 1e-7, top: 5, cosine: 0.999 } as const;
  return names
    .toSorted((a, b) => numberOf(a) - numberOf(b))
    .map((name) => ({ name, file: join(folder, name), line: 1, column: 1, terms }));
}

function foldersIn(folder: string): string[] {
  try {
    const found = readdirSync(folder, { withFileTypes: true });
    return found.filter((entry) => entry.isDirectory()).map(({ name }) => name);
  } catch {
    return [];
  }
}

/** What one gives to the model. Throws SlipwayError `invalid` naming the file that does not fit it. */
export function readFeeds(folder: string, { inputs }: Pick<OpenedModel, 'inputs'>): TestSet['feeds'] {
  const feeds: TestSet['feeds'] = {};
  for (const { path, index } of numbered(folder, namesIn(folder), 'input')) {
    const { name, tensor } = readValue(path, (reader, span) => readTensor(reader, span));
    feeds[valueFor(inputs, { name, index, path }).name] = tensor;
  }
  return feeds;
}

/** Reads one. Throws SlipwayError `invalid` naming the file that does not fit the model. */
export function readTestSet(folder: string, { inputs, outputs, labels }: OpenedModel): TestSet {
  const files = namesIn(folder);
  const feeds = readFeeds(folder, { inputs });
  const expected: TestSet['expected'] = {};
  for (const { path, index } of numbered(folder, files, 'output')) {
    const output = valueFor(outputs, { name: '', index, path });
    const classes = labels[output.name];
    expected[output.name] = readValue(path, (reader, span) => {
      if (output.type.kind === 'tensor' && classes === undefined) return readTensor(reader, span).tensor;
      const { tensors, maps } = readSequence(reader, span);
      return classes === undefined ? tensors : scoresOf(maps, classes);
    });
  }
  if (Object.keys(expected).length === 0) throw new SlipwayError('invalid', `${folder} holds no output_0.pb.`);
  return { feeds, expected };
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch (error) {
    throw new SlipwayError('not-found', `The folder ${folder} is gone.`, { cause: error });
  }
}

function numbered(folder: string, files: readonly string[], kind: string): { path: string; index: number }[] {
  const pattern = new RegExp(`^${kind}_(\\d+)\\.pb$`);
  const indices = files.flatMap((name) => pattern.exec(name)?.[1] ?? []).map(Number);
  return indices.sort((a, b) => a - b).map((index) => ({ path: join(folder, `${kind}_${index}.pb`), index }));
}

interface NumberedValue {
  name: string;
  index: number;
  path: string;
}

/** By its name where the model has it, else by its place. */
function valueFor(values: readonly ModelValue[], { name, index, path }: NumberedValue): ModelValue {
  const found = values.find((each) => each.name === name) ?? values[index];
  if (found !== undefined) return found;
  throw new SlipwayError('invalid', `${placeOf(path)} is of a value that the model does not have.`);
}

function readValue<T>(path: string, read: (reader: WireReader, span: WireSpan) => T): T {
  try {
    return withBytesOf(path, (source) => read(new WireReader(source), { body: 0, end: source.size }));
  } catch (error) {
    if (error instanceof MalformedBytes) {
      throw new SlipwayError('invalid', `${placeOf(path)} is damaged: ${error.message}.`, { cause: error });
    }
    if (SlipwayError.is(error, 'invalid')) {
      throw new SlipwayError('invalid', `${placeOf(path)}: ${error.message}`, { cause: error });
    }
    throw error;
  }
}

function placeOf(path: string): string {
  return `${basename(dirname(path))}/${basename(path)}`;
}

/** Rows of scores in the order of the classes, as a model's view gives them. */
function scoresOf(
  maps: readonly ReadonlyMap<string, number | string>[],
  classes: readonly (string | number)[],
): FlatTensor {
  const data = maps.flatMap((scores) => classes.map((key) => scores.get(String(key)) ?? 'NaN'));
  return { type: 'float32', shape: [maps.length, classes.length], data };
}

/** Writes one as `folder`, which must not be there yet. Throws SlipwayError `already-exists`. */
export function writeTestSet(folder: string, { feeds, expected }: TestSet, model: OpenedModel): void {
  try {
    mkdirSync(dirname(folder), { recursive: true });
    mkdirSync(folder);
  } catch (error) {
    if (systemCodeOf(error) !== 'EEXIST') throw error;
    throw new SlipwayError('already-exists', `${folder} is there already. Name another folder, or delete it first.`);
  }
  for (const [index, { name, type }] of model.inputs.entries()) {
    const element = type.kind === 'tensor' ? type.element : undefined;
    const tensor = feeds[name];
    if (tensor !== undefined) writeFileSync(join(folder, `input_${index}.pb`), tensorBytes(tensor, { name, element }));
  }
  for (const [index, output] of model.outputs.entries()) {
    const value = expected[output.name];
    if (value !== undefined) writeFileSync(join(folder, `output_${index}.pb`), outputBytes(value, output, model));
  }
}

function outputBytes(value: OutputValue, { name, type }: ModelValue, { labels }: OpenedModel): Uint8Array {
  const classes = labels[name];
  if (isList(value)) return sequenceBytes(value, { name });
  if (classes !== undefined) {
    return mapsBytes(value, classes, classes.every((key) => typeof key === 'number') ? 'int64' : 'string');
  }
  return tensorBytes(value, { name, element: type.kind === 'tensor' ? type.element : undefined });
}
