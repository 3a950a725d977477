// Attributes in the protobuf form of the OpenTelemetry protocol.
import { WireType } from '@bufbuild/protobuf/wire';
import type { AnyValue, Attribute } from '../../../lifecycle/traces/any-value';
import { deepestValue, doubleNumber, wholeNumber } from './exact-values';
import { bytesField, type MessageTable, readMessage, textField } from './protobuf-fields';

const tables = new Map<number, MessageTable<AnyValue>>();

/** One attribute. Throws RangeError for bytes that are none, or that hold values in values too deep. */
export function attributeOfBytes(bytes: Uint8Array, depth = 0): Attribute {
  return readMessage(bytes, attributeTable(depth), { key: '', value: {} });
}

function attributeTable(depth: number): MessageTable<Attribute> {
  return {
    1: textField((into, key) => {
      into.key = key;
    }),
    2: bytesField((into, value) => {
      into.value = valueOfBytes(value, depth);
    }),
  };
}

function valueOfBytes(bytes: Uint8Array, depth: number): AnyValue {
  if (depth > deepestValue) throw new RangeError(`values are nested more than ${deepestValue} deep`);
  let table = tables.get(depth);
  if (table === undefined) {
    table = valueTable(depth);
    tables.set(depth, table);
  }
  return readMessage(bytes, table, {});
}

function valueTable(depth: number): MessageTable<AnyValue> {
  return {
    ...scalarTable,
    5: bytesField((into, value) => {
      const item = bytesField((list: AnyValue[], each) => list.push(valueOfBytes(each, depth + 1)));
      into.array_value = { values: readMessage(value, { 1: item }, []) };
    }),
    6: bytesField((into, value) => {
      const entry = bytesField((list: Attribute[], each) => list.push(attributeOfBytes(each, depth + 1)));
      into.kvlist_value = { values: readMessage(value, { 1: entry }, []) };
    }),
  };
}

const scalarTable: MessageTable<AnyValue> = {
  1: textField((into, value) => {
    into.string_value = value;
  }),
  2: {
    wire: WireType.Varint,
    read: (reader, into) => {
      into.bool_value = reader.bool();
    },
  },
  3: {
    wire: WireType.Varint,
    read: (reader, into) => {
      into.int_value = wholeNumber(reader.int64());
    },
  },
  4: {
    wire: WireType.Bit64,
    read: (reader, into) => {
      into.double_value = doubleNumber(reader.double());
    },
  },
  7: bytesField((into, value) => {
    into.bytes_value = Buffer.from(value).toString('base64');
  }),
};
