// Traces as our own clients ask for them: the list of a run, one as a tree, one span in full; spans that a client of 2.x
// has uploaded as a file, too.
import BetterSqlite3 from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { EngineClient } from '../../src/client/engine-client';
import { type EngineProcess, startEngine } from './engine-process';
import { exportRequest, logSpans, traceIdOf } from './logged-spans';

const start = 1_795_000_000_000;
const api2 = '/api/2.0/mlflow';
type Json = Record<string, unknown>;

let engine: EngineProcess;
let api: EngineClient['api'];
let runId: string;

beforeAll(async () => {
  engine = await startEngine();
  ({ api } = engine.client);
  runId = await newRun();
});
afterAll(() => engine[Symbol.asyncDispose]());

async function newRun(): Promise<string> {
  const { body } = await engine.json('POST', `${api2}/runs/create`, { experiment_id: '0', start_time: 1 });
  return (body.run as { info: { run_id: string } }).info.run_id;
}

describe('traces over REST', () => {
  it('are listed by their run, the newest first, page by page, and told in full', async () => {
    for (const trace of [1, 2, 3]) {
      const spans = [
        { trace, id: 1, name: 'root', from: 0, to: 10, attributes: { 'mlflow.spanInputs': { q: trace } } },
        {
          trace,
          id: 2,
          parent: 1,
          name: 'child',
          from: 1.5,
          to: null,
          attributes: { 'mlflow.spanType': 'TOOL', 'mlflow.spanOutputs': '[1, "two"]', top: 2.5 },
          events: [{ name: 'seen', at: 2, attributes: { by: 'ada' } }],
        },
      ];
      const place = { experimentId: '0', runId };
      expect(await logSpans(engine, place, exportRequest(spans, start + trace * 1000))).toBe(200);
    }
    const first = await api.traces.list.query({ runId, limit: 2 });
    expect([first.total, first.items.map(({ traceId }) => traceId)]).toEqual([3, [traceIdOf(3), traceIdOf(2)]]);
    expect(first.items[0]).toMatchObject({
      name: 'root',
      state: 'OK',
      duration: 10,
      spans: 2,
      requestPreview: '{"q":3}',
    });
    const rest = await api.traces.list.query({ runId, limit: 2, page: first.next });
    expect([rest.items.map(({ traceId }) => traceId), rest.next]).toEqual([[traceIdOf(1)], null]);

    const traceId = traceIdOf(2);
    const tree = await api.traces.get.query({ runId, traceId });
    expect(tree.spans).toEqual([
      expect.objectContaining({ name: 'root', parentId: null, start: 0, duration: 10, type: 'UNKNOWN' }),
      expect.objectContaining({ name: 'child', start: 1.5, duration: null, type: 'TOOL' }),
    ]);
    const [, child] = tree.spans;
    expect(await api.traces.span.query({ runId, traceId, spanId: child?.spanId ?? '' })).toMatchObject({
      outputs: [1, 'two'],
      attributes: { top: 2.5 },
      events: [{ name: 'seen', time: 2, attributes: { by: 'ada' } }],
    });
    expect(await api.traces.span.query({ runId, traceId, spanId: 'ffff' })).toBeNull();
  });

  it('are not told of another run, nor once they are deleted', async () => {
    const other = await newRun();
    const traceId = traceIdOf(1);
    await expect(api.traces.get.query({ runId: other, traceId })).rejects.toThrow(`'${traceId}' not found`);
    expect(await api.traces.list.query({ runId: other })).toEqual({ items: [], next: null, total: 0 });
    const chosen = { experiment_id: '0', request_ids: [traceId] };
    expect((await engine.json('POST', `${api2}/traces/delete-traces`, chosen)).body).toEqual({ traces_deleted: 1 });
    await expect(api.traces.get.query({ runId, traceId })).rejects.toThrow('not found');
    expect((await api.traces.list.query({ runId })).total).toBe(2);
  });

  it('keep their run from being called unknown', async () => {
    const own = await newRun();
    const lastActivity = (): number => {
      const database = new BetterSqlite3(`${engine.workspace}/.slipway/slipway.db`, { readonly: true });
      try {
        const row = database.prepare('SELECT last_activity AS time FROM runs WHERE run_id = ?').get(own);
        return (row as { time: number }).time;
      } finally {
        database.close();
      }
    };
    const before = lastActivity();
    await new Promise((resolve) => setTimeout(resolve, 10));
    const spans = [{ trace: 9, id: 1, name: 'root', from: 0, to: 10 }];
    expect(await logSpans(engine, { experimentId: '0', runId: own }, exportRequest(spans, start))).toBe(200);
    expect(lastActivity()).toBeGreaterThan(before);
  });

  it('of a client of 2.x are read from the file it uploads', async () => {
    const own = await newRun();
    const metadata = [{ key: 'mlflow.sourceRun', value: own }];
    const begun = await engine.json('POST', `${api2}/traces`, {
      experiment_id: '0',
      timestamp_ms: start,
      request_metadata: metadata,
      tags: [{ key: 'mlflow.traceName', value: 'old' }],
    });
    const info = begun.body.trace_info as { request_id: string; tags: { key: string; value: string }[] };
    const traceId = info.request_id;
    expect(await api.traces.get.query({ runId: own, traceId })).toMatchObject({ state: 'IN_PROGRESS', spans: [] });
    const common = { status_code: 'OK', status_message: '', events: [] };
    const attributes = { 'mlflow.spanType': '"CHAIN"', 'mlflow.spanInputs': '{"q": 1}' };
    const context = (id: string): Json => ({ span_id: id, trace_id: 'b'.repeat(32) });
    const spans = [
      {
        name: 'old',
        context: context('c'.repeat(16)),
        parent_id: null,
        start_time: `${start}000001`,
        end_time: `${start + 5}000001`,
        attributes,
        ...common,
      },
      {
        name: 'part',
        context: context('d'.repeat(16)),
        parent_id: 'c'.repeat(16),
        start_time: `${start + 1}000001`,
        end_time: `${start + 2}000001`,
        attributes: {},
        ...common,
      },
    ];
    const place = info.tags
      .find(({ key }) => key === 'mlflow.artifactLocation')
      ?.value.replace('mlflow-artifacts:/', '');
    const put = await engine.fetch(`/api/2.0/mlflow-artifacts/artifacts/${place}/traces.json`, {
      method: 'PUT',
      // Exact to the nanosecond, which JSON.stringify is not.
      body: JSON.stringify({ spans }).replace(/"(\d{19})"/g, '$1'),
    });
    expect(put.status).toBe(200);
    await engine.json('PATCH', `${api2}/traces/${traceId}`, { timestamp_ms: start + 5, status: 'OK' });
    const tree = await api.traces.get.query({ runId: own, traceId });
    expect(tree).toMatchObject({ state: 'OK', duration: 5 });
    expect(tree.spans.map(({ name, type, duration }) => [name, type, duration])).toEqual([
      ['old', 'CHAIN', 5],
      ['part', 'UNKNOWN', 1],
    ]);
    const root = await api.traces.span.query({ runId: own, traceId, spanId: 'c'.repeat(16) });
    expect(root?.inputs).toEqual({ q: 1 });
  });
});
