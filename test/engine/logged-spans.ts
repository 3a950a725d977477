// Spans as an OpenTelemetry exporter sends them in JSON.
/** One span; times are milliseconds from the start of its trace. Attributes are given as plain JSON. */
export interface LoggedSpan {
  trace: number;
  id: number;
  parent?: number;
  name: string;
  from: number;
  to: number | null;
  error?: string;
  attributes?: Record<string, unknown>;
  events?: { name: string; at: number; attributes: Record<string, unknown> }[];
}

type Json = Record<string, unknown>;

const hex = (number: number, digits: number): string => number.toString(16).padStart(digits, '0');

/** The id under which the engine knows a trace. */
export function traceIdOf(trace: number): string {
  return `tr-${hex(trace, 32)}`;
}

/** The body of an export request. `start` is when every trace began, epoch milliseconds. */
export function exportRequest(spans: readonly LoggedSpan[], start: number): Json {
  return { resourceSpans: [{ scopeSpans: [{ spans: spans.map((span) => spanJson(span, start)) }] }] };
}

function spanJson(span: LoggedSpan, start: number): Json {
  const at = (milliseconds: number): string => String(BigInt(Math.round((start + milliseconds) * 1000)) * 1000n);
  return {
    traceId: hex(span.trace, 32),
    spanId: hex(span.id, 16),
    ...(span.parent === undefined ? {} : { parentSpanId: hex(span.parent, 16) }),
    name: span.name,
    kind: 1,
    startTimeUnixNano: at(span.from),
    ...(span.to === null ? {} : { endTimeUnixNano: at(span.to) }),
    attributes: attributesJson(span.attributes ?? {}),
    events: (span.events ?? []).map((event) => ({
      name: event.name,
      timeUnixNano: at(event.at),
      attributes: attributesJson(event.attributes),
    })),
    status: span.error === undefined ? { code: 1 } : { code: 2, message: span.error },
  };
}

function attributesJson(attributes: Record<string, unknown>): Json[] {
  return Object.entries(attributes).map(([key, value]) => ({ key, value: valueJson(value) }));
}

function valueJson(value: unknown): Json {
  if (typeof value === 'string') return { stringValue: value };
  if (typeof value === 'boolean') return { boolValue: value };
  if (typeof value === 'number') return Number.isInteger(value) ? { intValue: String(value) } : { doubleValue: value };
  if (Array.isArray(value)) return { arrayValue: { values: value.map(valueJson) } };
  return { kvlistValue: { values: attributesJson(value as Record<string, unknown>) } };
}

/** Where spans go: the experiment, and a run they belong to. */
export interface SpanPlace {
  experimentId: string;
  runId?: string;
}

/** Sends spans to an engine as an exporter does, and returns the status of its answer. */
export async function logSpans(engine: { url: string; token: string }, place: SpanPlace, body: Json): Promise<number> {
  const answer = await fetch(`${engine.url}/v1/traces`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${engine.token}`,
      'content-type': 'application/json',
      'x-mlflow-experiment-id': place.experimentId,
      ...(place.runId === undefined ? {} : { 'x-mlflow-run-id': place.runId }),
    },
    body: JSON.stringify(body),
  });
  return answer.status;
}
