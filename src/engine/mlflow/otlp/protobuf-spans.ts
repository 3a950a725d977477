// An export request of the OpenTelemetry protocol in its protobuf form.
import type { Attribute } from '../../../lifecycle/traces/any-value';
import { bytesField, fixed64Field, type MessageTable, numberField, readMessage, textField } from './protobuf-fields';
import { attributeOfBytes } from './protobuf-values';
import type { RawSpan } from './raw-span';

interface RawEvent {
  time: string;
  name: string;
  attributes: Attribute[];
}

interface RawLink {
  traceId: string;
  spanId: string;
  attributes: Attribute[];
}

const hexOf = (bytes: Uint8Array): string => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('hex');

const eventTable: MessageTable<RawEvent> = {
  1: fixed64Field((into, time) => {
    into.time = time;
  }),
  2: textField((into, name) => {
    into.name = name;
  }),
  3: bytesField((into, each) => into.attributes.push(attributeOfBytes(each))),
};

const linkTable: MessageTable<RawLink> = {
  1: bytesField((into, id) => {
    into.traceId = hexOf(id);
  }),
  2: bytesField((into, id) => {
    into.spanId = hexOf(id);
  }),
  4: bytesField((into, each) => into.attributes.push(attributeOfBytes(each))),
};

const statusTable: MessageTable<RawSpan['status']> = {
  2: textField((into, message) => {
    into.message = message;
  }),
  3: numberField((into, code) => {
    into.code = code;
  }),
};

const spanTable: MessageTable<RawSpan> = {
  1: bytesField((into, id) => {
    into.traceId = hexOf(id);
  }),
  2: bytesField((into, id) => {
    into.spanId = hexOf(id);
  }),
  4: bytesField((into, id) => {
    into.parentId = hexOf(id);
  }),
  5: textField((into, name) => {
    into.name = name;
  }),
  6: numberField((into, kind) => {
    into.kind = kind;
  }),
  7: fixed64Field((into, time) => {
    into.start = time;
  }),
  8: fixed64Field((into, time) => {
    into.end = time;
  }),
  9: bytesField((into, each) => into.attributes.push(attributeOfBytes(each))),
  11: bytesField((into, each) =>
    into.events.push(readMessage(each, eventTable, { time: '0', name: '', attributes: [] })),
  ),
  13: bytesField((into, each) =>
    into.links.push(readMessage(each, linkTable, { traceId: '', spanId: '', attributes: [] })),
  ),
  15: bytesField((into, each) => readMessage(each, statusTable, into.status)),
};

type Take = (span: RawSpan) => void;

const scopeTable: MessageTable<Take> = {
  2: bytesField((take, each) => take(readMessage(each, spanTable, emptySpan()))),
};
const resourceTable: MessageTable<Take> = { 2: bytesField((take, each) => readMessage(each, scopeTable, take)) };
const requestTable: MessageTable<Take> = { 1: bytesField((take, each) => readMessage(each, resourceTable, take)) };

/**
 * Hands the spans of a request to `take`, unjudged and one after the other: what is wrong with the first is known before
 * the last is read. Throws RangeError or Error for bytes that are no such request, and what `take` throws.
 */
export function readProtobufSpans(bytes: Uint8Array, take: Take): void {
  readMessage(bytes, requestTable, take);
}

function emptySpan(): RawSpan {
  return {
    traceId: '',
    spanId: '',
    parentId: '',
    name: '',
    kind: 0,
    start: '0',
    end: '0',
    attributes: [],
    events: [],
    links: [],
    status: { code: 0, message: '' },
  };
}
