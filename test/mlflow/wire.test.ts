// The wire rules of MLflow's REST API, request by request: forms accepted, answers, error codes and messages.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type EngineProcess, startEngine } from '../engine/engine-process';

const api = '/api/2.0/mlflow';
type Json = Record<string, unknown>;
let engine: EngineProcess;
let experiment: string;
let run: string;

function post(path: string, body: unknown): Promise<{ status: number; body: Json }> {
  return engine.json('POST', api + path, body);
}

function get(path: string, query: Record<string, string | string[]>): Promise<{ status: number; body: Json }> {
  const search = new URLSearchParams();
  for (const [key, value] of Object.entries(query)) for (const each of [value].flat()) search.append(key, each);
  return engine.json('GET', `${api}${path}?${search}`);
}

async function newRun(fields: Json = {}): Promise<string> {
  const { body } = await post('/runs/create', { experiment_id: experiment, start_time: 1000, ...fields });
  return ((body.run as Json).info as Json).run_id as string;
}

async function runData(runId = run): Promise<Json> {
  return ((await get('/runs/get', { run_id: runId })).body.run as Json).data as Json;
}

beforeAll(async () => {
  engine = await startEngine({ token: '' });
  experiment = (await post('/experiments/create', { name: 'wire' })).body.experiment_id as string;
  run = await newRun({ user_id: 'me', run_name: 'named', tags: [{ key: 't', value: 'v' }] });
});
afterAll(() => engine[Symbol.asyncDispose]());

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

describe('integers a double would round', () => {
  const exact = '9007199254740993';
  const most = '9223372036854775807';
  const send = (path: string, json: string): Promise<Response> =>
    engine.fetch(api + path, { method: 'POST', body: json, headers: { 'content-type': 'application/json' } });
  const text = async (path: string): Promise<string> => (await engine.fetch(api + path)).text();

  it('are kept exactly as steps, by every way in and every way out', async () => {
    const own = await newRun();
    const point = (step: string, value: number): string => `{"key":"m","value":${value},"timestamp":1,"step":${step}}`;
    const points = [point(exact, 1), point('"9007199254740992"', 2), point(most, 3), point(`-${most}`, 4)];
    expect((await send('/runs/log-batch', `{"run_id":"${own}","metrics":[${points.join()}]}`)).status).toBe(200);
    // Sent again by a client that heard no answer: the same points, so nothing new.
    expect((await send('/runs/log-metric', `{"run_id":"${own}",${point(exact, 1).slice(1)}`)).status).toBe(200);
    const steps = [...(await text(`/metrics/get-history?run_id=${own}&metric_key=m`)).matchAll(/"step":(-?\d+)/g)];
    expect(steps.map(([, step]) => step)).toEqual([`-${most}`, '9007199254740992', exact, most]);
    expect(await text(`/runs/get?run_id=${own}`)).toContain(`"value":3,"timestamp":1,"step":${most}`);
    const query = { runId: own, key: 'm', limit: 2 };
    const first = await engine.client.api.metrics.history.query(query);
    const second = await engine.client.api.metrics.history.query({ ...query, page: first.next });
    expect([...first.items, ...second.items].map(({ step }) => String(step))).toEqual(steps.map(([, step]) => step));
  });

  it('the latest point stays the latest when the engine reads its summary again', async () => {
    const own = await newRun();
    const log = (step: string): Promise<Response> =>
      send('/runs/log-metric', `{"run_id":"${own}","key":"m","value":1,"timestamp":1,"step":${step}}`);
    await log(exact);
    // A refused write makes the engine forget what it remembers of the run.
    await send('/runs/log-parameter', `{"run_id":"${own}","key":"p","value":"1"}`);
    await send('/runs/log-parameter', `{"run_id":"${own}","key":"p","value":"2"}`);
    await log('9007199254740992');
    expect(await text(`/runs/get?run_id=${own}`)).toContain(`"step":${exact}`);
  });

  it.each([
    ['/runs/log-metric', `"key":"m","value":1,"timestamp":${exact}`, 'timestamp'],
    ['/runs/update', `"end_time":"${exact}"`, 'end_time'],
  ])('are refused where they are times, and never rounded: %s', async (path, fields, name) => {
    const answer = await send(path, `{"run_id":"${run}",${fields}}`);
    const body = (await answer.json()) as Json;
    expect([answer.status, body.error_code]).toEqual([400, 'INVALID_PARAMETER_VALUE']);
    expect(body.message).toContain(`for parameter '${name}' supplied: Slipway keeps whole numbers here up to 90071992`);
    expect(body.message).toContain(exact);
  });

  it.each([['9223372036854775808'], ['1.5'], ['"x"']])('a step of %s is refused', async (step) => {
    const answer = await send(
      '/runs/log-metric',
      `{"run_id":"${run}","key":"m","value":1,"timestamp":1,"step":${step}}`,
    );
    expect([answer.status, ((await answer.json()) as Json).error_code]).toEqual([400, 'INVALID_PARAMETER_VALUE']);
  });
});

describe('refusals', () => {
  const missing = (name: string) => `Missing value for required parameter '${name}'.`;
  const metric = { key: 'm', value: 1, timestamp: 1 };
  const refused: [string, Json, number, string, string][] = [
    ['/experiments/create', {}, 400, 'INVALID_PARAMETER_VALUE', missing('name')],
    ['/experiments/create', { name: 123 }, 400, 'INVALID_PARAMETER_VALUE', `Invalid value 123 for parameter 'name'`],
    ['/experiments/create', { name: 'wire' }, 400, 'RESOURCE_ALREADY_EXISTS', 'Experiment(name=wire) already exists.'],
    ['/experiments/create', { name: ' ' }, 400, 'INVALID_PARAMETER_VALUE', `Invalid experiment name: ' '`],
    [
      '/experiments/create',
      { name: 'x'.repeat(501) },
      400,
      'INVALID_PARAMETER_VALUE',
      `'name' exceeds the maximum length of 500`,
    ],
    [
      '/experiments/create',
      { name: 'q', tags: '5' },
      400,
      'INVALID_PARAMETER_VALUE',
      `Invalid value "5" for parameter 'tags'`,
    ],
    ['/runs/create', { experiment_id: 'abc' }, 400, 'INVALID_PARAMETER_VALUE', `Invalid experiment ID 'abc'.`],
    ['/runs/create', { experiment_id: '999' }, 404, 'RESOURCE_DOES_NOT_EXIST', 'No Experiment with id=999 exists'],
    [
      '/runs/create',
      { experiment_id: '0', run_name: 'a', tags: [{ key: 'mlflow.runName', value: 'b' }] },
      400,
      'INVALID_PARAMETER_VALUE',
      `run_name='a', mlflow.runName='b'`,
    ],
    [
      '/runs/log-metric',
      { run_id: 31, ...metric },
      400,
      'INVALID_PARAMETER_VALUE',
      `Invalid value 31 for parameter 'run_id' supplied`,
    ],
    ['/runs/log-metric', { run_id: null, ...metric }, 400, 'INVALID_PARAMETER_VALUE', missing('run_id')],
    ['/runs/log-metric', { run_id: 'RUN', ...metric, key: undefined }, 400, 'INVALID_PARAMETER_VALUE', missing('key')],
    [
      '/runs/log-metric',
      { run_id: 'RUN', ...metric, step: 'foo' },
      400,
      'INVALID_PARAMETER_VALUE',
      `Invalid value "foo" for parameter 'step' supplied`,
    ],
    [
      '/runs/log-metric',
      { run_id: 'RUN', ...metric, value: true },
      400,
      'INVALID_PARAMETER_VALUE',
      `Invalid value true for parameter 'value' supplied`,
    ],
    [
      '/runs/log-metric',
      { run_id: 'RUN', ...metric, timestamp: -1 },
      400,
      'INVALID_PARAMETER_VALUE',
      `Invalid value -1 for parameter 'timestamp' supplied`,
    ],
    [
      '/runs/log-metric',
      { run_id: 'RUN', ...metric, key: '../m' },
      400,
      'INVALID_PARAMETER_VALUE',
      `This name would resolve to '../m'`,
    ],
    [
      '/runs/log-metric',
      { run_id: 'RUN', ...metric, key: 'm'.repeat(251) },
      400,
      'INVALID_PARAMETER_VALUE',
      `'Metric name' exceeds the maximum length of 250`,
    ],
    ['/runs/log-metric', { run_id: 'nope', ...metric }, 404, 'RESOURCE_DOES_NOT_EXIST', 'Run with id=nope not found'],
    [
      '/runs/set-tag',
      { run_id: 'RUN', key: 'k', value: 41 },
      400,
      'INVALID_PARAMETER_VALUE',
      `Invalid value 41 for parameter 'value' supplied`,
    ],
    [
      '/runs/delete-tag',
      { run_id: 'RUN', key: 'absent' },
      404,
      'RESOURCE_DOES_NOT_EXIST',
      'No tag with name: absent in run with id',
    ],
    [
      '/runs/log-batch',
      { run_id: 'RUN', metrics: [{ key: 'm', value: 1 }] },
      400,
      'INVALID_PARAMETER_VALUE',
      missing('metrics[0].timestamp'),
    ],
    [
      '/runs/log-batch',
      { run_id: 'RUN', metrics: 'foo' },
      400,
      'INVALID_PARAMETER_VALUE',
      `Invalid value "foo" for parameter 'metrics' supplied`,
    ],
    [
      '/runs/log-batch',
      { run_id: 'RUN', metrics: Array(1001).fill(metric) },
      400,
      'INVALID_PARAMETER_VALUE',
      'at most 1000 metrics. Got 1001 metrics.',
    ],
    [
      '/runs/log-batch',
      { run_id: 'RUN', params: Array(101).fill({ key: 'p', value: '1' }) },
      400,
      'INVALID_PARAMETER_VALUE',
      'at most 100 params. Got 101',
    ],
    [
      '/runs/log-batch',
      {
        run_id: 'RUN',
        params: [
          { key: 'p', value: '1' },
          { key: 'p', value: '1' },
        ],
      },
      400,
      'INVALID_PARAMETER_VALUE',
      `Duplicate parameter keys have been submitted: ['p']`,
    ],
    ['/runs/log-inputs', {}, 400, 'INVALID_PARAMETER_VALUE', missing('run_id')],
    [
      '/runs/search',
      { experiment_ids: ['0'], max_results: 123456789 },
      400,
      'INVALID_PARAMETER_VALUE',
      `Invalid value 123456789 for parameter 'max_results' supplied`,
    ],
    [
      '/runs/search',
      { experiment_ids: ['0'], filter: 'metrics.a' },
      400,
      'INVALID_PARAMETER_VALUE',
      `Invalid clause(s) in filter string: 'metrics.a'`,
    ],
    [
      '/runs/search',
      { experiment_ids: ['0'], order_by: ['metrics.a', 'metrics.a'] },
      400,
      'INVALID_PARAMETER_VALUE',
      'contains duplicate fields',
    ],
    [
      '/logged-models',
      { experiment_id: '0', name: 'a/b' },
      400,
      'INVALID_PARAMETER_VALUE',
      `Invalid model name ('a/b') provided`,
    ],
    ['/logged-models/search', {}, 400, 'INVALID_PARAMETER_VALUE', missing('experiment_ids')],
    [
      '/experiments/search-datasets',
      {},
      400,
      'INVALID_PARAMETER_VALUE',
      'SearchDatasets request must specify at least one experiment_id.',
    ],
    [
      '/experiments/search-datasets',
      { experiment_ids: Array(21).fill('0') },
      400,
      'INVALID_PARAMETER_VALUE',
      'SearchDatasets request cannot specify more than 20 experiment_ids. Received 21 experiment_ids.',
    ],
  ];
  it.each(refused)('%s %o', async (path, body, status, code, message) => {
    const sent = Object.fromEntries(Object.entries(body).map(([key, value]) => [key, value === 'RUN' ? run : value]));
    const answer = await post(path, sent);
    expect(answer.status).toBe(status);
    expect(answer.body.error_code).toBe(code);
    expect(answer.body.message).toContain(message);
  });

  it('shows a refused number as it was written', async () => {
    const response = await engine.fetch(`${api}/experiments/create`, {
      method: 'POST',
      body: '{"name": "x", "artifact_location": 9.0}',
      headers: { 'content-type': 'application/json' },
    });
    expect(((await response.json()) as Json).message).toContain(`Invalid value 9.0 for parameter 'artifact_location'`);
  });

  it.each(['{bad', '[1]', '"{bad"', '5'])('a body that is no JSON object: %s', async (body) => {
    const response = await engine.fetch(`${api}/runs/log-metric`, {
      method: 'POST',
      body,
      headers: { 'content-type': 'application/json' },
    });
    expect(response.status).toBe(400);
    expect(((await response.json()) as Json).error_code).toBe('BAD_REQUEST');
  });

  it('a body nested without end, in its fields or in the model it describes', async () => {
    const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
    const model = `{"artifact_path":"m","utc_time_created":"","run_id":"${run}","flavors":${deep}}`;
    const bodies = [`{"run_id":${deep}}`, JSON.stringify({ run_id: run, model_json: model })];
    for (const body of bodies) {
      const headers = { 'content-type': 'application/json' };
      const response = await engine.fetch(`${api}/runs/log-model`, { method: 'POST', body, headers });
      expect([response.status, ((await response.json()) as Json).message]).toEqual([
        400,
        'The request is nested too deeply to be read.',
      ]);
    }
  });

  it('a path that cannot be decoded, in the form of every refusal', async () => {
    const { status, body } = await engine.json('GET', `${api}/logged-models/%ff`);
    expect([status, body.error_code]).toEqual([400, 'BAD_REQUEST']);
  });

  it('a body of another type', async () => {
    const response = await engine.fetch(`${api}/runs/search`, {
      method: 'POST',
      body: 'a=1',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    });
    expect([response.status, ((await response.json()) as Json).message]).toEqual([
      400,
      "Bad Request. Content-Type must be one of ['application/json'].",
    ]);
  });

  it('an experiment that is not there, as set_experiment expects it', async () => {
    const { status, body } = await get('/experiments/get-by-name', { experiment_name: 'nobody' });
    expect(status).toBe(404);
    expect(body).toEqual({
      error_code: 'RESOURCE_DOES_NOT_EXIST',
      message: `Could not find experiment with name 'nobody'`,
      sqlstate: 'KAM00',
      error_class: 'RESOURCE_NOT_FOUND',
    });
  });
});

describe('writes', () => {
  it('a batch is all or nothing', async () => {
    const own = await newRun();
    await post('/runs/log-parameter', { run_id: own, key: 'p', value: '1' });
    const { status } = await post('/runs/log-batch', {
      run_id: own,
      metrics: [{ key: 'm', value: 1, timestamp: 1 }],
      params: [
        { key: 'new', value: '1' },
        { key: 'p', value: '2' },
      ],
      tags: [{ key: 'new', value: '1' }],
    });
    expect(status).toBe(400);
    const data = await runData(own);
    expect(data.params).toEqual([{ key: 'p', value: '1' }]);
    expect(data.metrics).toBeUndefined();
    await post('/runs/log-batch', { run_id: own, metrics: [{ key: 'm', value: 2, timestamp: 1 }] });
    const history = await get('/metrics/get-history', { run_id: own, metric_key: 'm' });
    expect(history.body.metrics).toEqual([{ key: 'm', value: 2, timestamp: 1, step: 0 }]);
  });

  it('a param is written once, the same again is no error', async () => {
    const own = await newRun();
    const param = (value: string) => post('/runs/log-parameter', { run_id: own, key: 'p', value });
    expect((await param('1')).status).toBe(200);
    expect((await param('1')).status).toBe(200);
    expect((await param('2')).body.message).toBe(
      `Changing param values is not allowed. Param with key='p' was already logged with value='1' for run ID='${own}'. Attempted logging new value '2'.`,
    );
  });

  it('a deleted run refuses every write', async () => {
    const own = await newRun();
    await post('/runs/log-metric', { run_id: own, key: 'm', value: 1, timestamp: 1 });
    await post('/runs/delete', { run_id: own });
    const message = `The run ${own} must be in the 'active' state. Current state is deleted.`;
    const writes: [string, Json][] = [
      ['log-metric', { key: 'm', value: 1, timestamp: 1 }],
      ['log-parameter', { key: 'p', value: '1' }],
      ['set-tag', { key: 't', value: '1' }],
      ['delete-tag', { key: 't' }],
      ['log-batch', {}],
      ['update', { status: 'FINISHED' }],
      ['log-inputs', { datasets: [] }],
      ['outputs', { models: [] }],
    ];
    for (const [path, body] of writes) {
      const answer = await post(`/runs/${path}`, { run_id: own, ...body });
      expect([path, answer.status, answer.body.message]).toEqual([path, 400, message]);
    }
    await post('/runs/restore', { run_id: own });
    expect((await post('/runs/set-tag', { run_id: own, key: 't', value: '1' })).status).toBe(200);
  });

  it('the runs of a deleted experiment go and come back with it', async () => {
    const id = (await post('/experiments/create', { name: 'gone' })).body.experiment_id;
    const own = await newRun({ experiment_id: id });
    await post('/runs/log-metric', { run_id: own, key: 'm', value: 1, timestamp: 1 });
    await post('/experiments/delete', { experiment_id: id });
    expect((await post('/runs/log-metric', { run_id: own, key: 'm', value: 2, timestamp: 1 })).status).toBe(400);
    await post('/experiments/restore', { experiment_id: id });
    expect((await post('/runs/log-metric', { run_id: own, key: 'm', value: 2, timestamp: 1 })).status).toBe(200);
  });

  it('pages a history by max_results and token', async () => {
    const own = await newRun();
    const metrics = Array.from({ length: 5 }, (_, i) => ({ key: 'm', value: i, timestamp: 10 - i, step: i }));
    await post('/runs/log-batch', { run_id: own, metrics });
    const seen: unknown[] = [];
    let token: string | undefined;
    do {
      const query = { run_id: own, metric_key: 'm', max_results: '2', ...(token ? { page_token: token } : {}) };
      const { body } = await get('/metrics/get-history', query);
      seen.push(...(body.metrics as Json[]).map((point) => point.step));
      token = body.next_page_token as string | undefined;
    } while (token !== undefined);
    expect(seen).toEqual([4, 3, 2, 1, 0]);
  });

  it('the datasets of an experiment are found once per use, those of deleted runs too', async () => {
    const id = (await post('/experiments/create', { name: 'with data' })).body.experiment_id;
    const dataset = { name: 'd', digest: 'x', source_type: 'local', source: '{}' };
    const tags = [{ key: 'mlflow.data.context', value: 'training' }];
    const runs = [await newRun({ experiment_id: id }), await newRun({ experiment_id: id })];
    for (const each of runs) await post('/runs/log-inputs', { run_id: each, datasets: [{ tags, dataset }] });
    await post('/runs/log-inputs', { run_id: runs[0], datasets: [{ dataset: { ...dataset, name: 'e' } }] });
    await post('/runs/delete', { run_id: runs[0] });
    expect(await post('/experiments/search-datasets', { experiment_ids: [id, '999'] })).toEqual({
      status: 200,
      body: {
        dataset_summaries: [
          { experiment_id: id, name: 'd', digest: 'x', context: 'training' },
          { experiment_id: id, name: 'e', digest: 'x' },
        ],
      },
    });
    expect((await post('/experiments/search-datasets', { experiment_ids: ['999'] })).body).toEqual({});
  });

  it('an unknown run has an empty history', async () => {
    expect(await get('/metrics/get-history', { run_id: 'nope', metric_key: 'm' })).toEqual({ status: 200, body: {} });
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
