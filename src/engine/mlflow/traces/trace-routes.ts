// Routes of traces, as clients of 3.x ask them.
import { setTimeout as pause } from 'node:timers/promises';
import { SlipwayError } from '../../../base/errors';
import type { Route, RouteRequest } from '../routes/route';
import type { Fields } from '../wire/fields';
import { traceInput, traceSearch } from './trace-fields';
import { traceInfoJson, wholeTraceJson } from './trace-json';

const done = {};
/** How long an answer waits for the spans of a trace that its client has told already, in milliseconds. */
const patience = { whole: 3000, look: 200 };

function tell({ traces, fields }: RouteRequest): object {
  const input = traceInput(fields, traces.now());
  traces.traces.tell(input);
  return { trace: { trace_info: traceInfoJson(traces.queries.trace(input.traceId)) } };
}

function info({ traces, parts }: RouteRequest): object {
  return { trace: { trace_info: traceInfoJson(traces.queries.trace(parts.traceId ?? '')) } };
}

async function whole({ traces, readers, fields }: RouteRequest): Promise<string> {
  const traceId = fields.requiredText('trace_id');
  const allowPartial = fields.flag('allow_partial', false);
  const deadline = Date.now() + patience.whole;
  for (;;) {
    traces.queries.trace(traceId);
    if (traces.queries.isLong([traceId])) {
      const text = await readers.run('mlflowTrace', { traceId, allowPartial });
      if (text !== null) return text;
    } else {
      const [found] = traces.queries.whole([traceId]);
      if (found !== undefined && (found.isWhole || allowPartial))
        return JSON.stringify({ trace: wholeTraceJson(found) });
    }
    if (Date.now() >= deadline) break;
    await pause(patience.look);
  }
  throw new SlipwayError('not-found', `Trace with ID ${traceId} is not fully exported yet, please try again later.`);
}

function wantedIds(fields: Fields): string[] {
  const traceIds = fields.texts('trace_ids');
  if (traceIds.length === 0) throw fields.missing('trace_ids');
  return traceIds;
}

function batch({ readers, traces, fields }: RouteRequest): object | Promise<string> {
  const traceIds = wantedIds(fields);
  if (traces.queries.isLong(traceIds)) return readers.run('mlflowTraceBatch', traceIds);
  const found = traces.queries.whole(traceIds).filter(({ isWhole }) => isWhole);
  return found.length === 0 ? {} : { traces: found.map(wholeTraceJson) };
}

function infos({ traces, fields }: RouteRequest): object {
  const found = traces.queries.traces(wantedIds(fields));
  return found.length === 0 ? {} : { trace_infos: found.map(traceInfoJson) };
}

function remove({ traces, fields }: RouteRequest): object {
  const traceIds = fields.texts('request_ids');
  const choice = {
    experimentId: fields.requiredText('experiment_id'),
    before: fields.integer('max_timestamp_millis') ?? null,
    most: fields.integer('max_traces') ?? null,
    traceIds: traceIds.length === 0 ? null : traceIds,
  };
  const isByTime = choice.before !== null;
  if (isByTime === (choice.traceIds !== null)) {
    throw new SlipwayError('invalid', 'Either `max_timestamp_millis` or `trace_ids` must be specified, and not both.');
  }
  if (choice.most !== null && (choice.most <= 0 || !isByTime)) {
    throw new SlipwayError('invalid', "`max_traces` must be a positive integer, and can't be given with `trace_ids`.");
  }
  return { traces_deleted: traces.traces.delete(choice) };
}

function setTag({ traces, fields, parts }: RouteRequest): object {
  traces.traces.setTag(parts.traceId ?? '', { key: fields.requiredText('key'), value: fields.text('value') });
  return done;
}

function deleteTag({ traces, fields, parts }: RouteRequest): object {
  traces.traces.deleteTag(parts.traceId ?? '', fields.requiredText('key'));
  return done;
}

function linkToRun({ traces, fields }: RouteRequest): object {
  if (fields.value('trace_ids') === undefined) throw fields.missing('trace_ids');
  traces.traces.linkToRun(fields.texts('trace_ids'), fields.requiredText('run_id'));
  return done;
}

function linkPrompts({ traces, fields }: RouteRequest): object {
  if (fields.value('prompt_versions') === undefined) throw fields.missing('prompt_versions');
  const prompts = fields.items('prompt_versions');
  const names = prompts.map((each) => `${each.requiredText('name')}/${each.requiredText('version')}`);
  traces.traces.linkPrompts(fields.requiredText('trace_id'), names);
  return done;
}

const tagRoutes = [
  { method: 'PATCH', path: '/traces/:traceId/tags', answer: setTag },
  { method: 'DELETE', path: '/traces/:traceId/tags', answer: deleteTag },
] as const;

/** Routes of traces. */
export const traceRoutes: readonly Route[] = [
  { method: 'POST', path: '/traces', version: 3, answer: tell },
  {
    method: 'POST',
    path: '/traces/search',
    version: 3,
    reads: true,
    answer: ({ readers, fields }) => readers.run('mlflowTraces', { request: traceSearch(fields), isOld: false }),
  },
  { method: 'GET', path: '/traces/get', version: 3, answer: whole },
  { method: 'GET', path: '/traces/batchGet', version: 3, answer: batch },
  { method: 'GET', path: '/traces/batchGetInfos', version: 3, answer: infos },
  { method: 'GET', path: '/traces/:traceId', version: 3, answer: info },
  { method: 'POST', path: '/traces/delete-traces', answer: remove },
  { method: 'POST', path: '/traces/delete-traces', version: 3, answer: remove },
  { method: 'POST', path: '/traces/link-to-run', answer: linkToRun },
  { method: 'POST', path: '/traces/link-prompts', answer: linkPrompts },
  ...tagRoutes,
  ...tagRoutes.map((route) => ({ ...route, version: 3 }) as const),
];
