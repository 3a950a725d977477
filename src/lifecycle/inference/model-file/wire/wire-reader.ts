// Protocol Buffers' wire format, read by seeking: what nobody asks for is stepped over without being read.
// Format: https://protobuf.dev/programming-guides/encoding/
import type { ByteSource } from './byte-source';

/** One field of a message. `at` is where its tag begins, `body` where its value does, `end` the byte after it. */
export interface WireField {
  number: number;
  wire: 0 | 1 | 2 | 5;
  at: number;
  body: number;
  end: number;
}

/** A stretch of bytes that holds a message. */
export interface WireSpan {
  body: number;
  end: number;
}

/** Bytes that are no message: `reason` continues a sentence, `offset` is where in the file. */
export class MalformedBytes extends Error {
  override readonly name = 'MalformedBytes';
  readonly reason: string;
  readonly offset: number;
  /** Whether the file ends before the message does, so that it may only be cut off. */
  readonly isCutOff: boolean;

  constructor(reason: string, offset: number, isCutOff = false) {
    super(`${reason} at byte ${offset}`);
    this.reason = reason;
    this.offset = offset;
    this.isCutOff = isCutOff;
  }
}

/** Between weights, a read that is not in the system's memory costs what it reads: small ones are twice as fast. */
const windowBytes = 16 * 1024;
const longestVarint = 10;

/** Reads fields in any order; keeps one window of the file in memory. */
export class WireReader {
  readonly size: number;
  readonly #source: ByteSource;
  #window: Uint8Array = new Uint8Array();
  #from = 0;
  #next = 0;

  constructor(source: ByteSource) {
    this.#source = source;
    this.size = source.size;
  }

  /** The fields of a message, one after the other. Throws MalformedBytes. */
  *fields({ body, end }: WireSpan): Generator<WireField, void, void> {
    let at = body;
    while (at < end) {
      const field = this.#field(at, end);
      yield field;
      at = field.end;
    }
  }

  /** A varint as the nearest double; beyond 2^63 it is negative, as `int64` is written. */
  number(field: WireField): number {
    this.#expect(field, 0);
    return Number(BigInt.asIntN(64, this.#long(field.body, field.end)));
  }

  /** A varint, exactly. */
  long(field: WireField): bigint {
    this.#expect(field, 0);
    return BigInt.asIntN(64, this.#long(field.body, field.end));
  }

  /** The varints of a field that is packed or single. */
  *longs(field: WireField): Generator<bigint, void, void> {
    if (field.wire === 0) yield this.long(field);
    else {
      this.#expect(field, 2);
      let at = field.body;
      while (at < field.end) {
        const value = BigInt.asIntN(64, this.#long(at, field.end));
        // Another field may be read before the next one is asked for.
        at = this.#next;
        yield value;
      }
    }
  }

  /** The floats (4 bytes each) of a field that is packed or single. */
  *floats(field: WireField): Generator<number, void, void> {
    if (field.wire !== 5) this.#expect(field, 2);
    for (let at = field.body; at + 4 <= field.end; at += 4) yield this.#view(at, 4).getFloat32(0, true);
  }

  /** UTF-8 text; what is longer than `most` bytes is cut, with an ellipsis. */
  text(field: WireField, most = 65_536): string {
    this.#expect(field, 2);
    const length = Math.min(field.end - field.body, most);
    const text = Buffer.from(this.bytes(field.body, length)).toString('utf8');
    return field.end - field.body > most ? `${text}…` : text;
  }

  /** The message that a field holds. */
  message(field: WireField): WireSpan {
    this.#expect(field, 2);
    return field;
  }

  /** Bytes as they are; what is longer than the window is read apart from it. */
  bytes(offset: number, length: number): Uint8Array {
    if (length > windowBytes) return this.#source.read(offset, length);
    if (offset < this.#from || offset + length > this.#from + this.#window.length) {
      this.#from = offset;
      this.#window = this.#source.read(offset, Math.min(windowBytes, this.size - offset));
    }
    return this.#window.subarray(offset - this.#from, offset - this.#from + length);
  }

  #field(at: number, end: number): WireField {
    const tag = this.#small(at, end);
    const number = Math.floor(tag / 8);
    const wire = tag % 8;
    const body = this.#next;
    if (number === 0 || number > 536_870_911) throw new MalformedBytes('a field has an impossible number', at);
    if (wire === 0) {
      this.#small(body, end);
      return { number, wire, at, body, end: this.#next };
    }
    if (wire === 1 || wire === 5)
      return { number, wire, at, body, end: this.#within(body + (wire === 1 ? 8 : 4), at, end) };
    if (wire !== 2) throw new MalformedBytes('a field is of a kind that does not exist', at);
    const length = this.#small(body, end);
    return { number, wire, at, body: this.#next, end: this.#within(this.#next + length, at, end) };
  }

  #within(wanted: number, at: number, end: number): number {
    if (wanted <= end) return wanted;
    if (wanted > this.size)
      throw new MalformedBytes(`${wanted - this.size} bytes are missing of a field that begins`, at, true);
    throw new MalformedBytes('a field is longer than the part that holds it', at);
  }

  #expect(field: WireField, wire: number): void {
    if (field.wire !== wire)
      throw new MalformedBytes(`field ${field.number} is of another kind than in a model`, field.at);
  }

  /** A varint as a double; sets where it ends. */
  #small(at: number, end: number): number {
    let value = 0;
    let scale = 1;
    const most = Math.min(end - at, longestVarint);
    const bytes = this.bytes(at, most);
    for (let index = 0; index < most; index += 1) {
      const byte = bytes[index] as number;
      value += (byte & 127) * scale;
      if (byte < 128) {
        this.#next = at + index + 1;
        return value;
      }
      scale *= 128;
    }
    throw this.#endless(at, end);
  }

  #long(at: number, end: number): bigint {
    let value = 0n;
    const most = Math.min(end - at, longestVarint);
    const bytes = this.bytes(at, most);
    for (let index = 0; index < most; index += 1) {
      const byte = bytes[index] as number;
      value |= BigInt(byte & 127) << BigInt(7 * index);
      if (byte < 128) {
        this.#next = at + index + 1;
        return value;
      }
    }
    throw this.#endless(at, end);
  }

  #endless(at: number, end: number): MalformedBytes {
    return end - at < longestVarint && end === this.size
      ? new MalformedBytes('the file ends within a number', at, true)
      : new MalformedBytes('a number does not end', at);
  }

  #view(offset: number, length: number): DataView {
    const bytes = this.bytes(offset, length);
    return new DataView(bytes.buffer, bytes.byteOffset, length);
  }
}
