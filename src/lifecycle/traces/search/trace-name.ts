// `attributes.status`, `tag."a b"`, `span.name`: which part of a trace is meant, and its key there.
import { SlipwayError } from '../../../base/errors';
import { traceKeys } from '../trace';
import type { TraceSubject } from './trace-condition';

/** What a name in a filter or an order stands for. */
export interface TraceName {
  subject: TraceSubject;
  key: string;
}

type Entity = 'attribute' | 'tag' | 'metadata' | 'span' | 'feedback' | 'expectation';

const entities: Readonly<Record<string, Entity>> = {
  attribute: 'attribute',
  attributes: 'attribute',
  trace: 'attribute',
  tag: 'tag',
  tags: 'tag',
  request_metadata: 'metadata',
  metadata: 'metadata',
  span: 'span',
  feedback: 'feedback',
  expectation: 'expectation',
};
const attributes: Readonly<Record<string, TraceName>> = {
  request_id: { subject: 'attribute', key: 'trace_id' },
  trace_id: { subject: 'attribute', key: 'trace_id' },
  timestamp: { subject: 'attribute', key: 'request_time' },
  timestamp_ms: { subject: 'attribute', key: 'request_time' },
  execution_time: { subject: 'attribute', key: 'duration' },
  execution_time_ms: { subject: 'attribute', key: 'duration' },
  end_time: { subject: 'attribute', key: 'end_time' },
  end_time_ms: { subject: 'attribute', key: 'end_time' },
  status: { subject: 'attribute', key: 'state' },
  client_request_id: { subject: 'attribute', key: 'client_request_id' },
  experiment_id: { subject: 'attribute', key: 'experiment_id' },
  name: { subject: 'tag', key: traceKeys.name },
  run_id: { subject: 'run', key: '' },
  prompt: { subject: 'prompt', key: '' },
  text: { subject: 'span', key: 'content' },
};
const spanKeys = new Set(['name', 'type', 'status', 'content']);
const spanAttribute = 'attributes.';

/** The attributes that are numbers. */
export const numberKeys: ReadonlySet<string> = new Set(['request_time', 'duration', 'end_time']);

/** What a name as written stands for. Throws `invalid` for one that stands for nothing. */
export function traceName(written: string): TraceName {
  const dot = written.indexOf('.');
  const first = dot < 0 ? 'attribute' : unquoted(written.slice(0, dot));
  const entity = Object.hasOwn(entities, first) ? entities[first] : undefined;
  if (entity === undefined) {
    const valid = quoted([...new Set(Object.keys(entities))]);
    throw new SlipwayError('invalid', `Invalid entity type '${first}'. Valid values are {${valid}}`);
  }
  const key = unquoted(written.slice(dot + 1));
  if (entity === 'attribute') return attributeNamed(key);
  if (entity === 'span') return spanNamed(key);
  if (entity === 'metadata' && key === traceKeys.sourceRun) return { subject: 'run', key: '' };
  return { subject: entity, key };
}

function attributeNamed(key: string): TraceName {
  const found = Object.hasOwn(attributes, key) ? attributes[key] : undefined;
  if (found !== undefined) return found;
  const valid = quoted(Object.keys(attributes));
  throw new SlipwayError('invalid', `Invalid attribute key '${key}' specified. Valid keys are '{${valid}}'`);
}

function spanNamed(key: string): TraceName {
  if (key.startsWith(spanAttribute) && key.length > spanAttribute.length) {
    return { subject: 'span attribute', key: unquoted(key.slice(spanAttribute.length)) };
  }
  if (spanKeys.has(key)) return { subject: 'span', key };
  throw new SlipwayError(
    'invalid',
    `Invalid span attribute '${key}'. Supported attributes: name, status, type, attributes.<attribute_name>.`,
  );
}

function unquoted(text: string): string {
  const [quote = ''] = text;
  return text.length > 1 && '`"\''.includes(quote) && text.endsWith(quote) ? text.slice(1, -1) : text;
}

function quoted(words: readonly string[]): string {
  return words.map((word) => `'${word}'`).join(', ');
}
