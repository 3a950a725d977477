// A folder of very many files goes to the trash and comes back, while others are served and whatever ends it in between.
import { rmSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openForReading } from '../../src/platform/sqlite/database';
import { createRun, post } from './bundle-workspace';
import { type EngineProcess, slipway, startEngine } from './engine-process';
import { seedWorkspace } from './seeded-workspace';

const many = 12_000;
const runId = 'a'.repeat(32);
let workspace: string;
let engine: EngineProcess;

beforeAll(async () => {
  workspace = seedWorkspace(({ runs }) => {
    runs.createRun({ runId, experimentId: '0', userId: '', name: 'many files', startTime: 1 });
    const insert = runs.context.database.prepare(
      'INSERT INTO artifacts (path, sha256, size, time) VALUES (?, ?, 1, 1)',
    );
    const place = `0/${runId}/artifacts/many`;
    for (let i = 0; i < many; i++) insert.run(`${place}/${i % 100}/${i}`, i.toString(16).padStart(64, '0'));
  });
  engine = await startEngine({ workspace });
});
afterAll(async () => {
  await engine.end();
  rmSync(workspace, { recursive: true, force: true });
});

function count(table: 'artifacts' | 'artifacts_trash'): number {
  const database = openForReading(`${workspace}/.slipway/slipway.db`);
  try {
    return Number(database.prepare(`SELECT count(*) FROM ${table}`).pluck().get());
  } finally {
    database.close();
  }
}

async function json<T>(...words: string[]): Promise<T> {
  const { stdout, stderr } = await slipway([...words, '--json', '--workspace', workspace]);
  if (stdout === '') throw new Error(stderr);
  return JSON.parse(stdout) as T;
}

describe('a folder of 12,000 files', () => {
  it('is deleted between the writes of others, is listed whole in the trash, and comes back', async () => {
    const other = await createRun(engine, '0', 'other');
    const deleting = engine.client.api.artifacts.delete.mutate({ runId, path: 'many' });
    await expect.poll(() => count('artifacts_trash'), { interval: 5 }).toBeGreaterThan(0);
    await post(engine, 'runs/log-metric', { run_id: other, key: 'm', value: 1, timestamp: 1, step: 1 });
    expect(count('artifacts')).toBeGreaterThan(0);
    expect(await deleting).toEqual({ files: many });
    const { items } = await json<{ items: { path: string }[] }>('artifacts', 'list', runId, '--deleted');
    expect(new Set(items.map(({ path }) => path)).size).toBe(many);
    expect(await json('artifacts', 'restore', runId)).toEqual({ restored: many });
    expect([count('artifacts'), count('artifacts_trash')]).toEqual([many, 0]);
  });

  it('comes back whole by one undo after SIGKILL in the middle of its deletion', async () => {
    const deleting = engine.client.api.artifacts.delete.mutate({ runId, path: 'many' }).catch(() => undefined);
    await expect.poll(() => count('artifacts_trash'), { interval: 5 }).toBeGreaterThan(0);
    await engine.end('SIGKILL');
    await deleting;
    expect(count('artifacts')).toBeGreaterThan(0);
    expect(count('artifacts') + count('artifacts_trash')).toBe(many);
    engine = await startEngine({ workspace });
    await json('artifacts', 'restore', runId, 'many');
    expect([count('artifacts'), count('artifacts_trash')]).toEqual([many, 0]);
  });

  it('stays in the trash, all of it, when one of its names is taken again', async () => {
    await engine.client.api.artifacts.delete.mutate({ runId, path: 'many' });
    const taken = `/api/2.0/mlflow-artifacts/artifacts/0/${runId}/artifacts/many/99/99`;
    expect((await engine.fetch(taken, { method: 'PUT', body: 'another' })).status).toBe(200);
    const { code, stderr } = await slipway(['artifacts', 'restore', runId, '--workspace', workspace]);
    expect([code, stderr]).toEqual([3, expect.stringContaining('many/99/99 exists again, so nothing was taken back')]);
    expect([count('artifacts'), count('artifacts_trash')]).toEqual([1, many]);
  });
});
