// Texts of megabytes that a pattern tries anew from each of their characters would stop the engine for hours.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type EngineProcess, startEngine } from './engine-process';

const many = 2_000_000;
const slashes = '/'.repeat(many);
const digits = '0'.repeat(many);

let engine: EngineProcess;
beforeAll(async () => {
  engine = await startEngine({ token: '' });
});
afterAll(() => engine[Symbol.asyncDispose]());

async function statusOf(path: string, body: object): Promise<number> {
  return (await engine.json('POST', `/api/2.0/mlflow/${path}`, body)).status;
}

const version = (source: string) => ({ path: 'model-versions/create', body: { name: 'm', source } });
const place = (artifact_location: string) => ({
  path: 'experiments/create',
  body: { name: artifact_location.slice(0, 20), artifact_location },
});
const texts: Record<string, { path: string; body: object }> = {
  'an experiment id of zeros': { path: 'runs/search', body: { experiment_ids: [`${digits}x`] } },
  // A filter may have a million characters.
  'a number of zeros in a filter': {
    path: 'runs/search',
    body: { experiment_ids: ['0'], filter: `metrics.a > ${digits.slice(0, 900_000)}x` },
  },
  'a location of slashes': place(`s3://a${slashes}#`),
  'a location of slashes among the files': place(`mlflow-artifacts:${slashes}\n`),
  'a source of slashes': version(`s3://a${slashes}x/../b`),
  'a source that was encoded over and over': version(`s3://a/%${'25'.repeat(many / 2)}2e%2e/b`),
};

describe('a text of megabytes', () => {
  it.each(Object.entries(texts))('%s is answered', async (_, { path, body }) => {
    await statusOf('registered-models/create', { name: 'm' });
    expect(await statusOf(path, body)).toBe(400);
  });

  it('a location of slashes is kept as the place it names', async () => {
    const name = 'slashes';
    const { body } = await engine.json('POST', '/api/2.0/mlflow/experiments/create', {
      name,
      artifact_location: `mlflow-artifacts:${slashes}a${slashes}`,
    });
    const created = { experiment_id: (body as { experiment_id: string }).experiment_id, start_time: 1 };
    expect(await statusOf('runs/create', created)).toBe(200);
  });
});
