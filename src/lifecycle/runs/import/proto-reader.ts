// Reads protocol buffers without their schemas: the few messages of other tools that matter here are walked field by field.

/** Wire types. */
export const wire = { varint: 0, fixed64: 1, bytes: 2, fixed32: 5 } as const;

/** A place in a message. Every reading method throws RangeError where the message ends too early. */
export class ProtoReader {
  readonly #bytes: Buffer;
  readonly #end: number;
  #at: number;
  /** The number of the field that `next` stands at, and its wire type. */
  field = 0;
  type = 0;

  constructor(bytes: Buffer, from = 0, end = bytes.length) {
    this.#bytes = bytes;
    this.#at = from;
    this.#end = end;
  }

  /** Goes to the next field; false at the end. */
  next(): boolean {
    if (this.#at >= this.#end) return false;
    const tag = Number(this.varint());
    this.field = Math.floor(tag / 8);
    this.type = tag % 8;
    if (this.field === 0) throw new RangeError('a field has no number');
    return true;
  }

  /** An unsigned integer: a number, or a bigint beyond 2^53. */
  varint(): number | bigint {
    let value = 0;
    for (let shift = 0; shift < 49; shift += 7) {
      const byte = this.#byte();
      value += (byte & 127) * 2 ** shift;
      if (byte < 128) return value;
    }
    return this.#long(BigInt(value));
  }

  /** A signed 64-bit integer: a number, or a bigint beyond 2^53. */
  int64(): number | bigint {
    const value = this.varint();
    if (typeof value === 'number') return value;
    const signed = BigInt.asIntN(64, value);
    const number = Number(signed);
    return Number.isSafeInteger(number) ? number : signed;
  }

  float(): number {
    return this.#bytes.readFloatLE(this.#take(4));
  }

  double(): number {
    return this.#bytes.readDoubleLE(this.#take(8));
  }

  /** The bytes of a field; they share the memory of the whole. */
  bytes(): Buffer {
    const length = Number(this.varint());
    const from = this.#take(length);
    return this.#bytes.subarray(from, from + length);
  }

  text(): string {
    const length = Number(this.varint());
    const from = this.#take(length);
    return this.#bytes.toString('utf8', from, from + length);
  }

  /** A message within this one. */
  message(): ProtoReader {
    const length = Number(this.varint());
    const from = this.#take(length);
    return new ProtoReader(this.#bytes, from, from + length);
  }

  /** Passes over the field. */
  skip(): void {
    if (this.type === wire.varint) this.varint();
    else if (this.type === wire.fixed64) this.#take(8);
    else if (this.type === wire.bytes) this.#take(Number(this.varint()));
    else if (this.type === wire.fixed32) this.#take(4);
    else throw new RangeError(`a field is of the unknown type ${this.type}`);
  }

  #long(low: bigint): bigint {
    let value = low;
    for (let shift = 49n; shift < 70n; shift += 7n) {
      const byte = this.#byte();
      value |= BigInt(byte & 127) << shift;
      if (byte < 128) return BigInt.asUintN(64, value);
    }
    throw new RangeError('a number has no end');
  }

  #byte(): number {
    const byte = this.#at < this.#end ? this.#bytes[this.#at] : undefined;
    if (byte === undefined) throw new RangeError('it ends too early');
    this.#at += 1;
    return byte;
  }

  #take(length: number): number {
    const from = this.#at;
    if (!(length <= this.#end - from)) throw new RangeError('it ends too early');
    this.#at = from + length;
    return from;
  }
}
