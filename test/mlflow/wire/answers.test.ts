// What MLflow's REST API answers and in which forms it may be asked.
import { describe, expect, it } from 'vitest';
import { api, engine, get, type Json, post } from '../rest-engine';
import { experiment, newRun, run, runData, withRun } from './wire-run';

withRun();

describe('answers', () => {
  it('gives a new run with its info under both ids, and no empty lists', async () => {
    const { body } = await post('/runs/create', {
      experiment_id: experiment,
      user_id: 'u',
      start_time: 5,
      run_name: 'r',
    });
    const created = body.run as Json;
    const info = created.info as Json;
    expect(info).toEqual({
      run_id: info.run_id,
      run_uuid: info.run_id,
      experiment_id: experiment,
      run_name: 'r',
      user_id: 'u',
      status: 'RUNNING',
      start_time: 5,
      artifact_uri: `mlflow-artifacts:/${experiment}/${info.run_id}/artifacts`,
      lifecycle_stage: 'active',
    });
    expect(info.run_id).toMatch(/^[0-9a-f]{32}$/);
    expect(created.data).toEqual({ tags: [{ key: 'mlflow.runName', value: 'r' }] });
    expect(created.inputs).toEqual({});
    expect(created).not.toHaveProperty('outputs');
  });

  it('always has the Default experiment', async () => {
    const { body } = await get('/experiments/get', { experiment_id: '0' });
    expect(body.experiment).toMatchObject({ experiment_id: '0', name: 'Default', lifecycle_stage: 'active' });
  });

  it('names the workspace of an experiment, which clients of servers with several ask for', async () => {
    const { body } = await get('/experiments/get-by-name', { experiment_name: 'wire' });
    expect(body.experiment).toMatchObject({ experiment_id: experiment, workspace: 'default' });
  });

  it('says which ways of transfer there are, so that no client asks for parts', async () => {
    const { status, body } = await engine.json('GET', '/api/3.0/mlflow/server-info');
    expect([status, body]).toEqual([
      200,
      expect.objectContaining({
        store_type: 'SqlStore',
        workspaces_enabled: false,
        multipart_uploads_enabled: false,
        multipart_downloads_enabled: false,
        artifact_serving_enabled: true,
        artifacts_presigned_only: false,
      }),
    ]);
  });

  it('is the same under /ajax-api', async () => {
    const { status, body } = await engine.json('GET', `/ajax-api/2.0/mlflow/runs/get?run_id=${run}`);
    expect([status, ((body.run as Json).info as Json).run_id]).toEqual([200, run]);
  });
});

describe('forms that are accepted', () => {
  const accepted: [string, Json][] = [
    ['numbers as texts', { run_id: 'RUN', key: 'a', value: '1.5', timestamp: '10', step: '3' }],
    ['camelCase', { runId: 'RUN', key: 'a', value: 1.5, timestamp: 10, step: 3 }],
    ['run_uuid', { run_uuid: 'RUN', key: 'a', value: 1.5, timestamp: 10, step: 3 }],
    ['unknown fields', { run_id: 'RUN', key: 'a', value: 1.5, timestamp: 10, step: 3, later: { deep: [1] } }],
  ];
  it.each(accepted)('%s', async (_name, body) => {
    const own = await newRun();
    const sent = Object.fromEntries(Object.entries(body).map(([key, value]) => [key, value === 'RUN' ? own : value]));
    expect(await post('/runs/log-metric', sent)).toEqual({ status: 200, body: {} });
    expect((await runData(own)).metrics).toEqual([{ key: 'a', value: 1.5, timestamp: 10, step: 3 }]);
  });

  it('JSON inside a JSON string', async () => {
    const text = JSON.stringify(JSON.stringify({ run_id: run, key: 'double', value: 'encoded' }));
    const response = await engine.fetch(`${api}/runs/set-tag`, {
      method: 'POST',
      body: text,
      headers: { 'content-type': 'application/json; charset=utf-8' },
    });
    expect(response.status).toBe(200);
    expect((await runData()).tags).toContainEqual({ key: 'double', value: 'encoded' });
  });

  it('a path after a tracking URI that ends in a slash', async () => {
    expect((await engine.json('GET', `/${api}/runs/get?run_id=${run}`)).status).toBe(200);
  });

  it('repeated query parameters, and GET for a search', async () => {
    const { body } = await get('/experiments/search', { max_results: '5', order_by: ['name DESC', 'experiment_id'] });
    expect((body.experiments as Json[]).map((each) => each.name)).toEqual(['wire', 'Default']);
  });

  it('an unknown status changes nothing', async () => {
    const own = await newRun();
    const { status, body } = await post('/runs/update', { run_id: own, status: 'DONE' });
    expect([status, (body.run_info as Json).status]).toEqual([200, 'RUNNING']);
  });

  it('NaN and infinities, both ways', async () => {
    const own = await newRun();
    for (const value of ['NaN', 'Infinity', '-Infinity']) {
      await post('/runs/log-metric', { run_id: own, key: value.replace('-', 'm'), value, timestamp: 1 });
    }
    const metrics = (await runData(own)).metrics as Json[];
    expect(metrics.map((metric) => metric.value).sort()).toEqual(['-Infinity', 'Infinity', 'NaN']);
  });
});

describe('answers that are read on another thread', () => {
  it('are the same as short ones, pages and refusals too', async () => {
    const id = (await post('/experiments/create', { name: 'many' })).body.experiment_id;
    for (let i = 0; i < 230; i += 1) await newRun({ experiment_id: id, start_time: i, run_name: `r${i}` });
    const search = { experiment_ids: [id], order_by: ['start_time'], max_results: 215 };
    const first = await post('/runs/search', search);
    const names = (first.body.runs as Json[]).map((each) => (each.info as Json).run_name);
    expect(names).toEqual(Array.from({ length: 215 }, (_, i) => `r${i}`));
    const rest = await post('/runs/search', { ...search, page_token: first.body.next_page_token });
    expect(rest.body.runs).toHaveLength(15);
    expect(rest.body).not.toHaveProperty('next_page_token');
    const short = await post('/runs/search', { ...search, max_results: 3 });
    expect(short.body.runs).toEqual((first.body.runs as Json[]).slice(0, 3));
    const refused = await post('/runs/search', { ...search, filter: 'metrics.a' });
    expect([refused.status, refused.body.message]).toEqual([400, "Invalid clause(s) in filter string: 'metrics.a'"]);
    await newRun({ experiment_id: id, start_time: 1000, run_name: 'just now' });
    const again = await post('/runs/search', { ...search, order_by: ['start_time DESC'] });
    expect((again.body.runs as Json[])[0]).toMatchObject({ info: { run_name: 'just now' } });
  });
});

describe('routes that are not served', () => {
  const later: [string, string][] = [
    ['POST', '/api/3.0/mlflow/traces/calculate-filter-correlation'],
    ['POST', '/api/3.0/mlflow/traces/metrics'],
    ['GET', `${api}/webhooks`],
  ];
  it.each(later)('%s %s is not implemented', async (method, path) => {
    const { status, body } = await engine.json(method, path, method === 'POST' ? {} : undefined);
    expect([status, body.error_code]).toEqual([501, 'NOT_IMPLEMENTED']);
  });

  it.each([
    ['GET', '/api/2.0/mlflow/server-info'],
    ['GET', `${api}/nothing`],
    ['POST', `${api}/runs/nothing`],
    ['GET', '/api/9.9/other'],
  ])('%s %s is not found', async (method, path) => {
    const { status, body } = await engine.json(method, path, method === 'POST' ? {} : undefined);
    expect([status, body.error_code]).toEqual([404, 'ENDPOINT_NOT_FOUND']);
  });
});
