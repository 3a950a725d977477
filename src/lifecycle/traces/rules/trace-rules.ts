// What a trace may be called and tagged with.
import { SlipwayError } from '../../../base/errors';
import { checkKeyName, checkLength } from '../../../workspace/key-name';
import type { TraceTag } from '../trace';
import { traceKeys } from '../trace';

const longest = { id: 250, key: 250, value: 8000 };
const kept: ReadonlySet<string> = new Set([
  traceKeys.artifactLocation,
  traceKeys.spansLocation,
  'mlflow.trace.archiveLocation',
  'mlflow.trace.archivalFailure',
]);

/** Throws `invalid` for an id that could not be part of a path. */
export function checkTraceId(traceId: string): void {
  if (/^[\w.:-]+$/.test(traceId) && !/^\.+$/.test(traceId) && traceId.length <= longest.id) return;
  throw new SlipwayError(
    'invalid',
    `Invalid trace id ${JSON.stringify(traceId.slice(0, longest.id))}: it may hold letters, digits and _.:- only, at most ${longest.id}.`,
  );
}

/** The tag as it is kept: long values are cut. Throws `invalid` for a bad key. */
export function checkedTraceTag({ key, value }: TraceTag): TraceTag {
  checkKeyName(key, 'key');
  checkLength('key', longest.key, key);
  return { key, value: value.slice(0, longest.value) };
}

/** The tags a client may set, without those the engine keeps itself. Throws as `checkedTraceTag`. */
export function clientTags(tags: readonly TraceTag[]): TraceTag[] {
  return tags.filter(({ key }) => !kept.has(key)).map(checkedTraceTag);
}

/** Throws `invalid` for a tag that the engine keeps itself. */
export function checkChangeable(key: string, change: 'set' | 'deleted'): void {
  if (!kept.has(key)) return;
  throw new SlipwayError('invalid', `Tag '${key}' is immutable and cannot be ${change} on a trace.`);
}
