// Fields of Protocol Buffers' wire format, written.
// Format: https://protobuf.dev/programming-guides/encoding/

/** A field that holds a message, bytes or a text. */
export function lengthField(number: number, parts: readonly Uint8Array[] | string): Uint8Array {
  const value = typeof parts === 'string' ? [new TextEncoder().encode(parts)] : parts;
  const length = value.reduce((sum, part) => sum + part.length, 0);
  return joined([varint(number * 8 + 2), varint(length), ...value]);
}

/** A field that holds a whole number from 0 on. */
export function numberField(number: number, value: number): Uint8Array {
  return joined([varint(number * 8), varint(value)]);
}

function varint(value: number): Uint8Array {
  const bytes: number[] = [];
  let rest = value;
  for (; rest >= 0x80; rest = Math.floor(rest / 128)) bytes.push((rest % 128) | 0x80);
  return Uint8Array.from([...bytes, rest]);
}

/** One array of bytes out of several. */
export function joined(parts: readonly Uint8Array[]): Uint8Array {
  return new Uint8Array(Buffer.concat(parts));
}
