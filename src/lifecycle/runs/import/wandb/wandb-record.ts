// What one record of W&B says, as far as it matters here.

import { readJson } from '../json-values';
import { ProtoReader, wire } from '../proto-reader';

/** A key with its value. */
export type WandbItem = readonly [key: string, value: unknown];

/** The fields of a record of the run itself. `started` in epoch milliseconds. */
export interface WandbRunHead {
  id: string;
  entity: string;
  project: string;
  group: string;
  jobType: string;
  name: string;
  notes: string;
  host: string;
  sweep: string;
  tags: string[];
  started: number | undefined;
  remote: string;
  commit: string;
  config: WandbItem[];
}

export type WandbWords =
  | { kind: 'history'; items: WandbItem[]; step: number | bigint | undefined }
  | { kind: 'summary' | 'config'; items: WandbItem[]; removed: string[] }
  | { kind: 'stats'; items: WandbItem[]; time: number }
  | { kind: 'output'; text: string }
  | { kind: 'run'; run: WandbRunHead }
  | { kind: 'exit'; code: number }
  | { kind: 'other'; field: number };

/** Numbers of the fields of a record. */
const fields = { history: 2, summary: 3, output: 4, config: 5, stats: 7, outputRaw: 13, run: 17, exit: 18 } as const;

/** Reads a record. Throws RangeError or SyntaxError for what is none. */
export function readRecord(data: Buffer, isKnown: (key: string) => boolean = () => false): WandbWords {
  const reader = new ProtoReader(data);
  let other = 0;
  while (reader.next()) {
    const { field } = reader;
    const words = reader.type === wire.bytes ? wordsOf(reader, field, isKnown) : undefined;
    if (words !== undefined) return words;
    if (field > 1 && field < 100 && field !== 16 && field !== 19) other = field;
    reader.skip();
  }
  return { kind: 'other', field: other };
}

function wordsOf(reader: ProtoReader, field: number, isKnown: (key: string) => boolean): WandbWords | undefined {
  switch (field) {
    case fields.history:
      return history(reader.message());
    case fields.summary:
      return { kind: 'summary', ...update(reader.message(), isKnown) };
    case fields.config:
      return { kind: 'config', ...update(reader.message()) };
    case fields.stats:
      return stats(reader.message());
    case fields.output:
    case fields.outputRaw:
      return { kind: 'output', text: output(reader.message()) };
    case fields.run:
      return { kind: 'run', run: head(reader.message()) };
    case fields.exit:
      return exit(reader.message());
    default:
      return undefined;
  }
}

function history(reader: ProtoReader): WandbWords {
  const items: WandbItem[] = [];
  let step: number | bigint | undefined;
  while (reader.next()) {
    if (reader.field === 1 && reader.type === wire.bytes) items.push(item(reader.message()));
    else if (reader.field === 2 && reader.type === wire.bytes) {
      const message = reader.message();
      step = 0;
      while (message.next()) {
        if (message.field === 1 && message.type === wire.varint) step = message.int64();
        else message.skip();
      }
    } else reader.skip();
  }
  return { kind: 'history', items, step };
}

/** A key and its value, as JSON or, by newer versions, as itself. The value of a known key is not read. */
function item(reader: ProtoReader, isKnown: (key: string) => boolean = () => false): WandbItem {
  let key = '';
  let nested: string[] | undefined;
  let value: unknown;
  while (reader.next()) {
    const { field, type } = reader;
    if (field === 1 && type === wire.bytes) key = reader.text();
    else if (field === 2 && type === wire.bytes) {
      nested ??= [];
      nested.push(reader.text());
    } else if ((nested?.length ?? 1) === 1 && isKnown(nested?.[0] ?? key)) reader.skip();
    else value = itemValue(reader, value);
  }
  if (nested !== undefined) key = nested.length === 1 ? (nested[0] ?? '') : nested.join('.');
  return [key, value];
}

function itemValue(reader: ProtoReader, value: unknown): unknown {
  const { field, type } = reader;
  if (field === 4 && type === wire.varint) return reader.varint() !== 0;
  if (field === 5 && type === wire.varint) return zigzag(reader.varint());
  if (field === 6 && type === wire.fixed64) return reader.double();
  if (field === 7 && type === wire.bytes) return reader.text();
  if ((field === 8 || field === 16) && type === wire.bytes) return readJson(reader.text());
  reader.skip();
  return value;
}

function zigzag(value: number | bigint): number {
  const exact = BigInt(value);
  return Number((exact >> 1n) ^ -(exact & 1n));
}

function update(reader: ProtoReader, isKnown?: (key: string) => boolean): { items: WandbItem[]; removed: string[] } {
  const items: WandbItem[] = [];
  const removed: string[] = [];
  while (reader.next()) {
    if (reader.field === 1 && reader.type === wire.bytes) items.push(item(reader.message(), isKnown));
    else if (reader.field === 2 && reader.type === wire.bytes) removed.push(item(reader.message())[0]);
    else reader.skip();
  }
  return { items, removed };
}

function stats(reader: ProtoReader): WandbWords {
  const items: WandbItem[] = [];
  let time = 0;
  while (reader.next()) {
    if (reader.field === 2 && reader.type === wire.bytes) time = timestamp(reader.message());
    else if (reader.field === 3 && reader.type === wire.bytes) items.push(item(reader.message()));
    else reader.skip();
  }
  return { kind: 'stats', items, time };
}

function output(reader: ProtoReader): string {
  let text = '';
  while (reader.next()) {
    if (reader.field === 3 && reader.type === wire.bytes) text += reader.text();
    else reader.skip();
  }
  return text;
}

function exit(reader: ProtoReader): WandbWords {
  let code = 0;
  while (reader.next()) {
    if (reader.field === 1 && reader.type === wire.varint) code = Number(reader.int64());
    else reader.skip();
  }
  return { kind: 'exit', code };
}

const texts: Readonly<
  Record<number, 'id' | 'entity' | 'project' | 'group' | 'jobType' | 'name' | 'notes' | 'host' | 'sweep'>
> = {
  1: 'id',
  2: 'entity',
  3: 'project',
  6: 'group',
  7: 'jobType',
  8: 'name',
  9: 'notes',
  12: 'sweep',
  13: 'host',
};

function head(reader: ProtoReader): WandbRunHead {
  const empty = { id: '', entity: '', project: '', group: '', jobType: '', name: '', notes: '', host: '', sweep: '' };
  const run: WandbRunHead = { ...empty, tags: [], started: undefined, remote: '', commit: '', config: [] };
  while (reader.next()) {
    const { field, type } = reader;
    const name = texts[field];
    if (type !== wire.bytes) reader.skip();
    else if (name !== undefined) run[name] = reader.text();
    else if (field === 4) run.config.push(...update(reader.message()).items);
    else if (field === 10) run.tags.push(reader.text());
    else if (field === 17) run.started = timestamp(reader.message());
    else if (field === 21) readGit(reader.message(), run);
    else reader.skip();
  }
  return run;
}

function readGit(reader: ProtoReader, run: WandbRunHead): void {
  while (reader.next()) {
    if (reader.field === 1 && reader.type === wire.bytes) run.remote = reader.text();
    else if (reader.field === 2 && reader.type === wire.bytes) run.commit = reader.text();
    else reader.skip();
  }
}

/** A `google.protobuf.Timestamp` as epoch milliseconds. */
function timestamp(reader: ProtoReader): number {
  let time = 0;
  while (reader.next()) {
    if (reader.field === 1 && reader.type === wire.varint) time += Number(reader.int64()) * 1000;
    else if (reader.field === 2 && reader.type === wire.varint) time += Number(reader.int64()) / 1e6;
    else reader.skip();
  }
  return Math.round(time);
}
