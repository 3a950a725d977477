// Spans that a client of 2.x, or of 3.x beside a server without spans, has uploaded as the artifact `traces.json` of their
// trace: ids as hex or base64, attributes as the text of their JSON.
import { type Attribute, typedValue } from '../any-value';
import type { SpanInput } from '../span';

type Json = Readonly<Record<string, unknown>>;

/** The artifact's name below the trace's artifact address. */
export const uploadedName = 'traces.json';

/** The spans of an uploaded file; none of a file that has another form. */
export function uploadedSpans(traceId: string, text: string): SpanInput[] {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text, exactly);
  } catch {
    return [];
  }
  const spans = objectsOf((parsed as Json | null)?.spans).map((span) => spanOf(traceId, span));
  return spans.sort((a, b) => Number(a.parentId !== null) - Number(b.parentId !== null) || compared(a, b));
}

function compared(a: SpanInput, b: SpanInput): number {
  const difference = BigInt(a.startNs) - BigInt(b.startNs);
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

function spanOf(traceId: string, span: Json): SpanInput {
  const context = objectOf(span.context);
  const status = objectOf(span.status);
  const attributes = attributesOf(span.attributes);
  const type = attributes.find(({ key }) => key === 'mlflow.spanType')?.value.string_value;
  const word = textOf(span.status_code ?? status.code).replace('STATUS_CODE_', '');
  const parent = textOf(span.parent_id) || hexOf(textOf(span.parent_span_id));
  const end = span.end_time ?? span.end_time_unix_nano;
  return {
    traceId,
    spanId: textOf(context.span_id) || hexOf(textOf(span.span_id)),
    parentId: parent === '' ? null : parent,
    name: textOf(span.name),
    type: type ?? 'UNKNOWN',
    status: word === 'OK' || word === 'ERROR' ? word : 'UNSET',
    startNs: digitsOf(span.start_time ?? span.start_time_unix_nano),
    endNs: end === undefined || end === null ? null : digitsOf(end),
    content: {
      kind: 'SPAN_KIND_INTERNAL',
      message: textOf(span.status_message ?? status.message),
      attributes,
      events: objectsOf(span.events).map((event) => ({
        time_unix_nano: digitsOf(event.timestamp ?? event.time_unix_nano),
        name: textOf(event.name),
        attributes: Object.entries(objectOf(event.attributes)).map(([key, value]) => ({
          key,
          value: typedValue(value),
        })),
      })),
      links: [],
    },
  };
}

function attributesOf(value: unknown): Attribute[] {
  return Object.entries(objectOf(value)).map(([key, text]) => ({ key, value: typedValue(parsedOr(text)) }));
}

function parsedOr(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}

function objectOf(value: unknown): Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : {};
}

function objectsOf(value: unknown): Json[] {
  return Array.isArray(value) ? value.map(objectOf) : [];
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** Nanoseconds are beyond what JSON's numbers hold exactly: whole numbers out of reach stay as they are written. */
function exactly(this: unknown, _key: string, value: unknown, written?: { source?: string }): unknown {
  const isRounded = typeof value === 'number' && Number.isInteger(value) && !Number.isSafeInteger(value);
  return isRounded && written?.source !== undefined ? written.source : value;
}

function digitsOf(value: unknown): string {
  const text = String(value ?? '');
  return /^\d{1,19}$/.test(text) ? text : '0';
}

function hexOf(base64: string): string {
  return Buffer.from(base64, 'base64').toString('hex');
}
