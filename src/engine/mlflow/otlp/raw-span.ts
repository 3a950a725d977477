// A span as a request of the OpenTelemetry protocol brings it, in either form, before anybody has judged it.
import { SlipwayError } from '../../../base/errors';
import { type Attribute, attributeOf } from '../../../lifecycle/traces/any-value';
import type { SpanInput } from '../../../lifecycle/traces/span';
import { withMlflowWords } from './conventions';

/** Ids are hex, times epoch nanoseconds in digits with 0 for none, `kind` and `code` the protocol's numbers. */
export interface RawSpan {
  traceId: string;
  spanId: string;
  parentId: string;
  name: string;
  kind: number;
  start: string;
  end: string;
  attributes: Attribute[];
  events: { time: string; name: string; attributes: Attribute[] }[];
  links: { traceId: string; spanId: string; attributes: Attribute[] }[];
  status: { code: number; message: string };
}

/** The kinds of spans by the protocol's numbers. */
export const spanKinds = ['UNSPECIFIED', 'INTERNAL', 'SERVER', 'CLIENT', 'PRODUCER', 'CONSUMER'] as const;
/** The statuses of spans by the protocol's numbers. */
export const spanStatuses = ['UNSET', 'OK', 'ERROR'] as const;
const largestTime = 2n ** 63n;
const noId = /^0*$/;

/** The span as it is kept. Throws `invalid` for one without ids, or with ids or times that the protocol does not know. */
export function spanInput(raw: RawSpan): SpanInput {
  checkId('trace', raw.traceId, 32);
  checkId('span', raw.spanId, 16);
  const hasParent = !noId.test(raw.parentId);
  if (hasParent) checkId('parent span', raw.parentId, 16);
  for (const time of [raw.start, raw.end, ...raw.events.map((event) => event.time)]) checkTime(raw, time);
  const attributes = withMlflowWords(raw.attributes);
  const type = attributeOf(attributes, 'mlflow.spanType');
  return {
    traceId: `tr-${raw.traceId}`,
    spanId: raw.spanId,
    parentId: hasParent ? raw.parentId : null,
    name: raw.name,
    type: typeof type === 'string' && type !== '' ? type : 'UNKNOWN',
    status: spanStatuses[raw.status.code] ?? 'UNSET',
    startNs: raw.start,
    endNs: raw.end === '0' ? null : raw.end,
    content: {
      kind: `SPAN_KIND_${spanKinds[raw.kind] ?? 'UNSPECIFIED'}`,
      message: raw.status.message,
      attributes,
      events: raw.events.map((event) => ({
        time_unix_nano: event.time,
        name: event.name,
        attributes: event.attributes,
      })),
      links: raw.links.map((link) => ({ trace_id: link.traceId, span_id: link.spanId, attributes: link.attributes })),
    },
  };
}

function checkId(what: string, id: string, digits: number): void {
  if (id.length === digits && /^[0-9a-f]+$/.test(id) && !noId.test(id)) return;
  const found = id === '' ? 'none' : JSON.stringify(id.slice(0, 64));
  throw new SlipwayError('invalid', `A span has no valid ${what} id: ${digits / 2} bytes are needed, found ${found}.`);
}

function checkTime(raw: RawSpan, time: string): void {
  if (/^\d{1,19}$/.test(time) && BigInt(time) < largestTime) return;
  throw new SlipwayError('invalid', `The span ${raw.spanId} has a time that is none: ${time.slice(0, 64)}.`);
}
