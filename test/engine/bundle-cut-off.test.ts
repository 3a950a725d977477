// An import that does not come to its end: whole runs or none, and the next import brings the rest.
import { spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ExportResult, ImportResult } from '../../src/protocol/jobs/job';
import { createRun, json, post } from './bundle-workspace';
import { cli, node, slipway, startEngine, temporaryFolder } from './engine-process';
import { count, expectNoLeftovers, pointsOf } from './workspace-rows';

describe('an import that is cut off', () => {
  const points = 300_000;
  const files = temporaryFolder();
  const file = join(files, 'large.zip');
  beforeAll(async () => {
    await using big = await startEngine();
    const large = await createRun(big, '0', 'large');
    for (let from = 0; from < points; from += 1000) {
      const metrics = Array.from({ length: 1000 }, (_, i) => ({
        key: 'm',
        value: Math.sin(from + i),
        step: from + i,
        timestamp: 1,
      }));
      await post(big, 'runs/log-batch', { run_id: large, metrics });
    }
    await post(big, 'runs/update', { run_id: large, status: 'FINISHED', end_time: 5 });
    await json<ExportResult>(big, 'export', file);
  }, 60_000);
  afterAll(() => rmSync(files, { recursive: true, force: true }));

  it('with Ctrl-C leaves whole runs or none, and the next one brings the rest', async () => {
    await using other = await startEngine();
    const child = spawn(node, [cli, 'import', file, '--workspace', other.workspace], { stdio: 'ignore' });
    const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
    await until(() => pointsOf(other) > 2000);
    child.kill('SIGINT');
    expect(await ended).toBe(3);
    await until(() => pointsOf(other) === 0 && count(other, 'loose_series') === 0);
    expect(count(other, 'runs')).toBe(0);
    await expectNoLeftovers(other);
    const result = await json<ImportResult>(other, 'import', file);
    expect(result).toMatchObject({ imported: { run: 1 }, refused: [] });
    expect(pointsOf(other)).toBe(points);
  }, 90_000);

  it('by SIGKILL of the engine leaves no half run, a sound database, and points that gc sweeps', async () => {
    const workspace = temporaryFolder();
    const first = await startEngine({ workspace });
    const done = slipway(['import', file, '--workspace', workspace]);
    await until(() => pointsOf(first) > 2000);
    await first.end('SIGKILL');
    expect((await done).code).toBe(3);
    // It came in the middle: some points are there, not all, and no run has them.
    const left = pointsOf(first);
    expect([left > 2000, left < points]).toEqual([true, true]);
    expect([count(first, 'loose_series'), count(first, 'runs')]).toEqual([1, 0]);
    await using second = await startEngine({ workspace });
    expect(await second.client.api.engine.check.query()).toEqual({ problems: [] });
    await json(second, 'gc', '--older-than', '0d');
    expect([count(second, 'loose_series'), pointsOf(second)]).toEqual([0, 0]);
    const result = await json<ImportResult>(second, 'import', file);
    expect(result).toMatchObject({ imported: { run: 1 }, refused: [] });
    expect(pointsOf(second)).toBe(points);
    rmSync(workspace, { recursive: true, force: true });
  }, 90_000);
});

async function until(claim: () => boolean): Promise<void> {
  for (const deadline = Date.now() + 20_000; Date.now() < deadline; ) {
    if (claim()) return;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  throw new Error(`It did not come to hold: ${claim.toString()}`);
}
