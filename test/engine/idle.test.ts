// A day in which nothing happens: windows that look, go to sleep and come back. What the engine holds does not grow.
import { readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { listenForEvents } from '../../src/client/event-stream';
import { type EngineProcess, slipway, startEngine, temporaryFolder } from './engine-process';

/** What a day of one window comes to, had it lost its engine every minute or two and looked at its runs each time. */
const comings = 1000;

interface Held {
  /** Resident memory, in megabytes. */
  memory: number;
  files: number;
  threads: number;
  /** Bytes below .slipway. */
  disk: number;
}

function statusEntry(pid: number, name: string): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(status)?.[1]);
}

function residentMegabytes(pid: number): number {
  return statusEntry(pid, 'VmRSS') / 1024;
}

function held({ pid, workspace }: EngineProcess): Held {
  const home = join(workspace, '.slipway');
  const sizes = readdirSync(home, { recursive: true, encoding: 'utf8' }).map((name) => statSync(join(home, name)).size);
  return {
    memory: residentMegabytes(pid),
    files: readdirSync(`/proc/${pid}/fd`).length,
    threads: statusEntry(pid, 'Threads'),
    disk: sizes.reduce((sum, size) => sum + size, 0),
  };
}

async function look(engine: EngineProcess, times: number): Promise<void> {
  for (let time = 0; time < times; time++) {
    await new Promise<void>((resolve) => {
      const listening = listenForEvents(engine.client, {
        event: () => {
          listening.dispose();
          resolve();
        },
        lost: () => undefined,
      });
    });
    await engine.client.api.runs.list.query({});
    await engine.client.api.engine.status.query();
    await engine.fetch('/health');
  }
}

describe.skipIf(process.platform !== 'linux')('an engine that is only looked at', () => {
  it('holds no more after a day of windows that come and go', { timeout: 180_000 }, async () => {
    await using engine = await startEngine();
    const { body } = await engine.json('POST', '/api/2.0/mlflow/runs/create', { experiment_id: '0', start_time: 1 });
    expect(body).toHaveProperty('run');
    await look(engine, comings / 2);
    const before = held(engine);
    await look(engine, comings);
    await expect.poll(() => held(engine).files).toBeLessThanOrEqual(before.files + 2);
    const after = held(engine);
    expect(after.threads).toBeLessThanOrEqual(before.threads);
    expect(after.disk).toBe(before.disk);
    await expect.poll(() => held(engine).memory, { timeout: 60_000, interval: 1000 }).toBeLessThan(130);
    expect((await engine.client.api.engine.status.query()).windows).toBe(0);
  });

  it('gives back most of what a busy hour took, twenty seconds after it', { timeout: 90_000 }, async () => {
    const workspace = temporaryFolder();
    const { stdout } = await slipway(['engine', 'start', '--json', '--workspace', workspace]);
    const { url, token, pid } = JSON.parse(stdout) as EngineProcess['line'];
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
    const before = residentMegabytes(pid);
    // Large, read whole, and refused: nothing of it is kept.
    const tags = Array.from({ length: 200_000 }, (_, index) => ({ key: `k${index}`, value: `v${index}` }));
    for (let time = 0; time < 6; time++) {
      const body = JSON.stringify({ name: '', tags });
      const { status } = await fetch(`${url}/api/2.0/mlflow/experiments/create`, { method: 'POST', headers, body });
      expect(status).toBe(400);
    }
    const busy = residentMegabytes(pid);
    expect(busy).toBeGreaterThan(before + 50);
    // By itself V8 gives it back after half a minute at the earliest.
    await expect
      .poll(() => residentMegabytes(pid), { timeout: 27_000, interval: 500 })
      .toBeLessThan((before + busy) / 2);
    await slipway(['engine', 'stop', '--workspace', workspace]);
    rmSync(workspace, { recursive: true });
  });
});
