// What MLflow's REST API refuses: status, error code and message.
import { describe, expect, it } from 'vitest';
import { api, engine, get, type Json, post } from '../rest-engine';
import { run, withRun } from './wire-run';

withRun();

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
    [
      '/experiments/create',
      { name: 'elsewhere', artifact_location: 'https://host/models' },
      400,
      'INVALID_PARAMETER_VALUE',
      `'artifact_location' cannot use the 'https' scheme`,
    ],
    [
      '/runs/update',
      { run_id: 'RUN', status: 77 },
      400,
      'INVALID_PARAMETER_VALUE',
      `Invalid value 77 for parameter 'status'`,
    ],
    ['/traces/link-to-run', { run_id: 'RUN' }, 400, 'INVALID_PARAMETER_VALUE', missing('trace_ids')],
    ['/traces/link-prompts', { trace_id: 'tr-1' }, 400, 'INVALID_PARAMETER_VALUE', missing('prompt_versions')],
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
