// Whole numbers beyond what a double holds, over MLflow's REST API.
import { describe, expect, it } from 'vitest';
import { api, engine, type Json } from '../rest-engine';
import { newRun, run, withRun } from './wire-run';

withRun();

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
    expect(await text(`/runs/get?run_id=${own}`)).toContain(`"value":3.0,"timestamp":1,"step":${most}`);
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
