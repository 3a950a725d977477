// Spans as people are shown them: times from the start of their trace, values as plain JSON.
import type { SpanDetail, SpanSummary } from '../../../protocol/runs/trace';
import { type Attribute, plainObject } from '../any-value';
import type { SpanContent, SpanRow } from '../span';

const inputs = 'mlflow.spanInputs';
const outputs = 'mlflow.spanOutputs';
/** What is shown as the span's own fields, or says nothing to a person. */
const shownElsewhere = new Set([inputs, outputs, 'mlflow.spanType', 'mlflow.traceRequestId', 'mlflow.spanLogLevel']);

/** The earliest start, epoch nanoseconds. */
export function startOf(spans: readonly SpanRow[]): bigint {
  return spans.reduce(
    (first, { startNs }) => {
      const start = BigInt(startNs);
      return start < first ? start : first;
    },
    BigInt(spans[0]?.startNs ?? 0),
  );
}

/** A span as a row, its times from `origin` on. */
export function spanSummary(span: SpanRow, origin: bigint): SpanSummary {
  const { spanId, parentId, name, type, status, startNs, endNs } = span;
  return {
    spanId,
    parentId,
    name,
    type,
    status,
    start: millisecondsFrom(origin, startNs),
    duration: endNs === null ? null : Math.max(0, millisecondsFrom(BigInt(startNs), endNs)),
  };
}

/** A span with all that was logged of it, its times from `origin` on. */
export function spanDetail(span: SpanRow, content: SpanContent, origin: bigint): SpanDetail {
  const attributes = readable(content.attributes);
  const rest = Object.entries(attributes).filter(([key]) => !shownElsewhere.has(key));
  return {
    ...spanSummary(span, origin),
    message: content.message,
    ...(inputs in attributes ? { inputs: attributes[inputs] } : {}),
    ...(outputs in attributes ? { outputs: attributes[outputs] } : {}),
    attributes: Object.fromEntries(rest),
    events: content.events.map((event) => ({
      name: event.name,
      time: millisecondsFrom(origin, event.time_unix_nano),
      attributes: plainObject(event.attributes),
    })),
  };
}

function millisecondsFrom(origin: bigint, nanosecondDigits: string): number {
  return Number(BigInt(nanosecondDigits) - origin) / 1e6;
}

/** Other exporters log inputs and outputs as the text of a JSON value; shown, they are that value. */
function readable(attributes: readonly Attribute[]): Record<string, unknown> {
  const plain = plainObject(attributes);
  for (const key of [inputs, outputs]) {
    const text = plain[key];
    if (typeof text === 'string' && /^\s*[[{]/.test(text)) plain[key] = parsedOr(text);
  }
  return plain;
}

function parsedOr(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
