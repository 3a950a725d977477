// Reads one protobuf message by a table of its fields. The messages of the OpenTelemetry protocol are few and never change
// their numbers, so they are read without descriptors.
import { BinaryReader, WireType } from '@bufbuild/protobuf/wire';

/** How one field is read into the message that is being built. */
export interface FieldReading<T> {
  wire: WireType;
  read: (reader: BinaryReader, into: T) => void;
}

/** The fields of one message by their number. */
export type MessageTable<T> = Readonly<Record<number, FieldReading<T>>>;

/**
 * Reads a whole message into `into` and returns it; fields that are not in the table are passed over. Throws RangeError
 * or Error for bytes that are no message.
 */
export function readMessage<T>(bytes: Uint8Array, table: MessageTable<T>, into: T): T {
  const reader = new BinaryReader(bytes);
  while (reader.pos < reader.len) {
    const [number, wire] = reader.tag();
    const field = table[number];
    if (field === undefined || field.wire !== wire) reader.skip(wire, number);
    else field.read(reader, into);
  }
  if (reader.pos > reader.len) throw new RangeError('premature EOF');
  return into;
}

/** A field of text. */
export function textField<T>(set: (into: T, value: string) => void): FieldReading<T> {
  return { wire: WireType.LengthDelimited, read: (reader, into) => set(into, reader.string()) };
}

/** A field of bytes, or of a message. */
export function bytesField<T>(set: (into: T, value: Uint8Array) => void): FieldReading<T> {
  return { wire: WireType.LengthDelimited, read: (reader, into) => set(into, reader.bytes()) };
}

/** A field of an enumeration or a small whole number. */
export function numberField<T>(set: (into: T, value: number) => void): FieldReading<T> {
  return { wire: WireType.Varint, read: (reader, into) => set(into, reader.int32()) };
}

/** A field of a fixed 64-bit whole number without sign, as digits. */
export function fixed64Field<T>(set: (into: T, value: string) => void): FieldReading<T> {
  return { wire: WireType.Bit64, read: (reader, into) => set(into, String(reader.fixed64())) };
}
