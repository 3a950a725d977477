// What writes over MLflow's REST API keep, and what they leave alone.
import { describe, expect, it } from 'vitest';
import { get, type Json, post } from '../rest-engine';
import { newRun, runData, withRun } from './wire-run';

withRun();

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

  it('inputs of nothing are taken, as a client that has none sends them', async () => {
    const own = await newRun();
    expect(await post('/runs/log-inputs', { run_id: own })).toEqual({ status: 200, body: {} });
    expect((await get('/runs/get', { run_id: own })).body.run).toMatchObject({ inputs: {} });
  });

  it('a param of a logged model does not change in silence', async () => {
    const { body } = await post('/logged-models', { experiment_id: '0', params: [{ key: 'p', value: '1' }] });
    const id = ((body.model as Json).info as Json).model_id;
    const log = (params: Json[]): ReturnType<typeof post> => post(`/logged-models/${id}/params`, { params });
    const refused = await log([
      { key: 'new', value: '1' },
      { key: 'p', value: '2' },
    ]);
    expect([refused.status, refused.body.message]).toEqual([
      400,
      `Changing param values is not allowed. Param with key='p' was already logged with value='1' for model ID='${id}'. Attempted logging new value '2'.`,
    ]);
    expect((await log([{ key: 'p', value: '1' }])).status).toBe(200);
    const kept = (await get(`/logged-models/${id}`, {})).body.model as Json;
    expect((kept.data as Json).params).toEqual([{ key: 'p', value: '1' }]);
  });

  it('a point of a model that was never made is refused, and the batch with it', async () => {
    const own = await newRun();
    const point = { key: 'm', value: 1, timestamp: 1 };
    const metrics = [point, { ...point, key: 'n', model_id: `m-${'0'.repeat(32)}` }];
    const { status, body } = await post('/runs/log-batch', { run_id: own, metrics });
    expect([status, body.message]).toEqual([400, `Logged model with ID 'm-${'0'.repeat(32)}' not found.`]);
    expect((await runData(own)).metrics).toBeUndefined();
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
