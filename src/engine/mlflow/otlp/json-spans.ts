// An export request of the OpenTelemetry protocol in its JSON form: names in camelCase, ids in hex, 64-bit numbers as texts
// or numbers, enumerations as numbers or names. Fields that are not known are passed over.
import { SlipwayError } from '../../../base/errors';
import type { AnyValue, Attribute } from '../../../lifecycle/traces/any-value';
import { deepestValue, doubleNumber, wholeNumber } from './exact-values';
import { type RawSpan, spanKinds, spanStatuses } from './raw-span';

type Json = Readonly<Record<string, unknown>>;

const kinds = spanKinds.map((kind) => `SPAN_KIND_${kind}`);
const codes = spanStatuses.map((code) => `STATUS_CODE_${code}`);

/** The spans of a request, unjudged. Throws SlipwayError `invalid` for what is no such request. */
export function jsonSpans(text: string): RawSpan[] {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch (error) {
    throw new SlipwayError('invalid', 'Invalid OpenTelemetry format: the body is not JSON.', { cause: error });
  }
  return listOf(objectOf(parsed, 'body'), 'resourceSpans').flatMap((resource) =>
    listOf(resource, 'scopeSpans').flatMap((scope) => listOf(scope, 'spans').map(spanOf)),
  );
}

function spanOf(span: Json): RawSpan {
  const status = span.status === undefined || span.status === null ? {} : objectOf(span.status, 'status');
  return {
    traceId: textOf(span, 'traceId').toLowerCase(),
    spanId: textOf(span, 'spanId').toLowerCase(),
    parentId: textOf(span, 'parentSpanId').toLowerCase(),
    name: textOf(span, 'name'),
    kind: choiceOf(span.kind, kinds),
    start: digitsOf(span, 'startTimeUnixNano'),
    end: digitsOf(span, 'endTimeUnixNano'),
    attributes: attributesOf(span, 0),
    events: listOf(span, 'events').map((event) => ({
      time: digitsOf(event, 'timeUnixNano'),
      name: textOf(event, 'name'),
      attributes: attributesOf(event, 0),
    })),
    links: listOf(span, 'links').map((link) => ({
      traceId: textOf(link, 'traceId').toLowerCase(),
      spanId: textOf(link, 'spanId').toLowerCase(),
      attributes: attributesOf(link, 0),
    })),
    status: { code: choiceOf(status.code, codes), message: textOf(status, 'message') },
  };
}

function attributesOf(of: Json, depth: number, name = 'attributes'): Attribute[] {
  return listOf(of, name).map((each) => ({ key: textOf(each, 'key'), value: anyValueOf(each.value, depth) }));
}

function anyValueOf(value: unknown, depth: number): AnyValue {
  if (value === undefined || value === null) return {};
  if (depth > deepestValue) throw wrong(`values are nested more than ${deepestValue} deep`);
  const given = objectOf(value, 'value');
  if (given.stringValue !== undefined) return { string_value: textOf(given, 'stringValue') };
  if (given.boolValue !== undefined) return { bool_value: given.boolValue === true };
  if (given.intValue !== undefined) return { int_value: wholeNumber(BigInt(digitsOf(given, 'intValue'))) };
  if (given.doubleValue !== undefined) return { double_value: doubleNumber(Number(given.doubleValue)) };
  if (given.bytesValue !== undefined) return { bytes_value: textOf(given, 'bytesValue') };
  if (given.arrayValue !== undefined) {
    const values = listOf(objectOf(given.arrayValue, 'arrayValue'), 'values');
    return { array_value: { values: values.map((each) => anyValueOf(each, depth + 1)) } };
  }
  if (given.kvlistValue === undefined) return {};
  return { kvlist_value: { values: attributesOf(objectOf(given.kvlistValue, 'kvlistValue'), depth + 1, 'values') } };
}

function objectOf(value: unknown, name: string): Json {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Json;
  throw wrong(`${name} is no object`);
}

function listOf(of: Json, name: string): Json[] {
  const value = of[name] ?? [];
  if (!Array.isArray(value)) throw wrong(`${name} is no list`);
  return value.map((each) => objectOf(each, name));
}

function textOf(of: Json, name: string): string {
  const value = of[name] ?? '';
  if (typeof value === 'string') return value;
  throw wrong(`${name} is no text`);
}

function digitsOf(of: Json, name: string): string {
  const value = of[name] ?? 0;
  if (typeof value === 'number' && Number.isInteger(value)) return BigInt(value).toString();
  if (typeof value === 'string' && /^-?\d{1,20}$/.test(value)) return value;
  throw wrong(`${name} is no whole number`);
}

function choiceOf(value: unknown, names: readonly string[]): number {
  if (typeof value === 'number' && Number.isInteger(value)) return value;
  return typeof value === 'string' ? Math.max(0, names.indexOf(value)) : 0;
}

function wrong(why: string): SlipwayError {
  return new SlipwayError('invalid', `Invalid OpenTelemetry format: ${why}.`);
}
