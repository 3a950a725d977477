// Rows that lie on disk as test data sets, read a set at a time: pictures are large.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SlipwayError } from '../../../base/errors';
import type { OnnxTensor } from '../../../platform/onnx/onnx-session';
import { type SetRows, setTruth } from '../../../protocol/inference/quantization/picture-set';
import { readFeeds, testSetsIn } from '../golden/test-set/test-set';
import type { RunningModel } from '../running-model';
import { toOnnx } from '../tensor/tensor-form';

/** Rows that go in together. */
export interface SetFeeds {
  feeds: Record<string, OnnxTensor>;
  rows: number;
}

/** In their order. Throws SlipwayError `invalid` where one does not fit the model. */
export function* setFeeds(model: RunningModel, { folder, name }: SetRows): Generator<SetFeeds> {
  for (const { file } of testSetsIn(folder)) {
    const feeds = Object.entries(readFeeds(file, model.opened)).map(
      ([input, tensor]) => [input, toOnnx(tensor)] as const,
    );
    const rows = feeds[0]?.[1].shape[0];
    if (rows === undefined) throw new SlipwayError('invalid', `${name} has no row for the model.`);
    yield { feeds: Object.fromEntries(feeds), rows };
  }
}

/** The first `most` rows of them or fewer, put together. */
export function firstRows(model: RunningModel, set: SetRows, most: number): SetFeeds {
  const parts: SetFeeds[] = [];
  let rows = 0;
  for (const part of setFeeds(model, set)) {
    if (parts.length > 0 && rows + part.rows > most) break;
    parts.push(part);
    rows += part.rows;
  }
  const names = Object.keys(parts[0]?.feeds ?? {});
  const joined = names.map((name) => [name, joinedRows(parts.flatMap(({ feeds }) => feeds[name] ?? []))] as const);
  return { feeds: Object.fromEntries(joined), rows };
}

/** What is true of each row; throws SlipwayError `invalid` where nothing is known to be. */
export function truthOf({ folder, name }: SetRows): { truth: string[]; places: number[] } {
  const { truth, places } = setTruth.parse(JSON.parse(readFileSync(join(folder, 'truth.json'), 'utf8')));
  if (truth === null) throw new SlipwayError('invalid', `${name} does not say what is true of its rows.`);
  return { truth, places };
}

function joinedRows(parts: readonly OnnxTensor[]): OnnxTensor {
  const [first] = parts as [OnnxTensor];
  if (parts.length === 1) return first;
  const shape = [parts.reduce((sum, part) => sum + (part.shape[0] as number), 0), ...first.shape.slice(1)];
  if (Array.isArray(first.data)) return { ...first, shape, data: parts.flatMap(({ data }) => data as string[]) };
  const length = parts.reduce((sum, { data }) => sum + data.length, 0);
  const data = new (first.data.constructor as new (length: number) => Float32Array)(length);
  let at = 0;
  for (const part of parts) {
    data.set(part.data as Float32Array, at);
    at += part.data.length;
  }
  return { ...first, shape, data };
}
