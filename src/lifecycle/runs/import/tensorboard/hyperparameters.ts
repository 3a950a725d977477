// The hyperparameters that TensorBoard's plugin of that name was told, and how the session ended.
import type { KeyValue } from '../../batch';
import { ProtoReader, wire } from '../proto-reader';

/** What one value of the plugin says; `ended` in epoch milliseconds. */
export interface SessionWords {
  params: KeyValue[];
  status: 'FINISHED' | 'FAILED' | undefined;
  ended: number | undefined;
}

/** Reads the plugin's own content. Throws RangeError for what is none. */
export function readSession(content: Buffer): SessionWords {
  const words: SessionWords = { params: [], status: undefined, ended: undefined };
  const reader = new ProtoReader(content);
  while (reader.next()) {
    if (reader.field === 3 && reader.type === wire.bytes) readStart(reader.message(), words.params);
    else if (reader.field === 4 && reader.type === wire.bytes) readEnd(reader.message(), words);
    else reader.skip();
  }
  return words;
}

function readStart(reader: ProtoReader, params: KeyValue[]): void {
  while (reader.next()) {
    if (reader.field !== 1 || reader.type !== wire.bytes) {
      reader.skip();
      continue;
    }
    const entry = reader.message();
    let key = '';
    let value = '';
    while (entry.next()) {
      if (entry.field === 1 && entry.type === wire.bytes) key = entry.text();
      else if (entry.field === 2 && entry.type === wire.bytes) value = valueText(entry.message());
      else entry.skip();
    }
    params.push({ key, value });
  }
}

/** A `google.protobuf.Value`. */
function valueText(reader: ProtoReader): string {
  let text = '';
  while (reader.next()) {
    if (reader.field === 2 && reader.type === wire.fixed64) text = String(reader.double());
    else if (reader.field === 3 && reader.type === wire.bytes) text = reader.text();
    else if (reader.field === 4 && reader.type === wire.varint) text = reader.varint() === 0 ? 'False' : 'True';
    else reader.skip();
  }
  return text;
}

const statuses: Readonly<Record<number, SessionWords['status']>> = { 1: 'FINISHED', 2: 'FAILED' };

function readEnd(reader: ProtoReader, words: SessionWords): void {
  while (reader.next()) {
    if (reader.field === 1 && reader.type === wire.varint) words.status = statuses[Number(reader.varint())];
    else if (reader.field === 2 && reader.type === wire.fixed64) words.ended = Math.round(reader.double() * 1000);
    else reader.skip();
  }
}
