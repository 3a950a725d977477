// What one record of a file of events says, as far as it matters here.
import { ProtoReader, wire } from '../proto-reader';
import type { EventRecord } from './event-records';
import { shortFloat } from './short-float';

/** One summary value; `plugin` is only said with the first value of a tag. */
export interface EventValue {
  tag: string;
  scalar: number | undefined;
  /** What it is when it is no scalar. */
  kind: 'image' | 'histogram' | 'audio' | 'tensor' | 'nothing';
  plugin: { name: string; content: Buffer } | undefined;
}

/** `time` in epoch milliseconds. */
export interface TensorboardEvent {
  time: number;
  step: number | bigint;
  values: EventValue[];
  hasGraph: boolean;
}

/** Reads a record. Throws RangeError for what is no event. */
export function readEvent({ bytes, from, end }: Pick<EventRecord, 'bytes' | 'from' | 'end'>): TensorboardEvent {
  const event: TensorboardEvent = { time: 0, step: 0, values: [], hasGraph: false };
  const reader = new ProtoReader(bytes, from, end);
  while (reader.next()) {
    if (reader.field === 1 && reader.type === wire.fixed64)
      event.time = Math.max(0, Math.round(reader.double() * 1000));
    else if (reader.field === 2 && reader.type === wire.varint) event.step = reader.int64();
    else if (reader.field === 5 && reader.type === wire.bytes) readSummary(reader.message(), event.values);
    else {
      if (reader.field === 4) event.hasGraph = true;
      reader.skip();
    }
  }
  if (!Number.isFinite(event.time)) event.time = 0;
  return event;
}

function readSummary(reader: ProtoReader, values: EventValue[]): void {
  while (reader.next()) {
    if (reader.field === 1 && reader.type === wire.bytes) values.push(readValue(reader.message()));
    else reader.skip();
  }
}

const kinds: Readonly<Record<number, EventValue['kind']>> = { 4: 'image', 5: 'histogram', 6: 'audio' };

function readValue(reader: ProtoReader): EventValue {
  const value: EventValue = { tag: '', scalar: undefined, kind: 'nothing', plugin: undefined };
  while (reader.next()) {
    const { field, type } = reader;
    if (field === 1 && type === wire.bytes) value.tag = reader.text();
    else if (field === 2 && type === wire.fixed32) value.scalar = shortFloat(reader.float());
    else if (field === 8 && type === wire.bytes) {
      value.scalar = scalarTensor(reader.message());
      value.kind = 'tensor';
    } else if (field === 9 && type === wire.bytes) value.plugin = readPlugin(reader.message());
    else {
      value.kind = kinds[field] ?? value.kind;
      reader.skip();
    }
  }
  return value;
}

function readPlugin(reader: ProtoReader): EventValue['plugin'] {
  let plugin: EventValue['plugin'];
  while (reader.next()) {
    if (reader.field !== 1 || reader.type !== wire.bytes) {
      reader.skip();
      continue;
    }
    plugin = { name: '', content: Buffer.alloc(0) };
    const data = reader.message();
    while (data.next()) {
      if (data.field === 1 && data.type === wire.bytes) plugin.name = data.text();
      else if (data.field === 2 && data.type === wire.bytes) plugin.content = data.bytes();
      else data.skip();
    }
  }
  return plugin;
}

/** Types of tensors that may hold one number. */
const types = { float: 1, double: 2, int32: 3, int64: 9, bool: 10, bfloat16: 14, half: 19 } as const;

/** The number of a tensor without dimensions; undefined for any other. */
function scalarTensor(reader: ProtoReader): number | undefined {
  let type = 0;
  let content: Buffer | undefined;
  let listed: number | undefined;
  while (reader.next()) {
    const { field } = reader;
    if (field === 1 && reader.type === wire.varint) type = Number(reader.varint());
    else if (field === 2 && reader.type === wire.bytes) {
      if (hasDimension(reader.message())) return undefined;
    } else if (field === 4 && reader.type === wire.bytes) content = reader.bytes();
    else if (field >= 5 && field <= 13) listed = listedNumber(reader, field);
    else reader.skip();
  }
  const value = content === undefined || content.length === 0 ? listed : contentNumber(content, type);
  if (value === undefined) return undefined;
  if (type === types.half && listed !== undefined && content === undefined) return halfNumber(listed);
  return type === types.float ? shortFloat(value) : value;
}

function hasDimension(shape: ProtoReader): boolean {
  while (shape.next()) {
    if (shape.field === 2) return true;
    shape.skip();
  }
  return false;
}

/** The first of a list of numbers, packed or not: float, double, int, int64, bool, half. */
function listedNumber(reader: ProtoReader, field: number): number | undefined {
  const list = reader.type === wire.bytes ? reader.bytes() : undefined;
  const from = list === undefined ? reader : new ProtoReader(list);
  if (list !== undefined && list.length === 0) return undefined;
  if (field === 5) return from.float();
  if (field === 6) return from.double();
  if (field === 7 || field === 10 || field === 11 || field === 13) return Number(from.int64());
  if (list === undefined) reader.skip();
  return undefined;
}

function contentNumber(content: Buffer, type: number): number | undefined {
  if (type === types.float && content.length === 4) return content.readFloatLE(0);
  if (type === types.double && content.length === 8) return content.readDoubleLE(0);
  if (type === types.int32 && content.length === 4) return content.readInt32LE(0);
  if (type === types.int64 && content.length === 8) return Number(content.readBigInt64LE(0));
  if (type === types.half && content.length === 2) return halfNumber(content.readUInt16LE(0));
  return undefined;
}

/** A 16-bit number by its bits. */
function halfNumber(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 31;
  const fraction = bits & 1023;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 31) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
  return sign * (1024 + fraction) * 2 ** (exponent - 25);
}
