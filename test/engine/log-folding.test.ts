// SQLite's log is folded into the database by a thread: a slow disk must hold up nobody who asks the engine.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openLockFile } from '../../src/platform/sqlite/database';
import { createRun, post } from './bundle-workspace';
import { startEngine } from './engine-process';

const threads = (pid: number): number => readdirSync(`/proc/${pid}/task`).length;

describe.skipIf(process.platform !== 'linux')('what is written', () => {
  it('much of it, is folded into the database by a thread that goes again, and not by the engine itself', async () => {
    await using engine = await startEngine();
    const runId = await createRun(engine, '0', 'much');
    const before = threads(engine.pid);
    let most = before;
    for (let batch = 0; batch < 40; batch++) {
      const tags = Array.from({ length: 100 }, (_, index) => ({ key: `${batch}-${index}`, value: 'x'.repeat(4000) }));
      await post(engine, 'runs/log-batch', { run_id: runId, tags });
      most = Math.max(most, threads(engine.pid));
    }
    expect(most).toBeGreaterThan(before);
    const watching = openLockFile(join(engine.workspace, '.slipway/slipway.db'));
    // Pages in the log, and those of them that are in the database too.
    const left = (): number => {
      const [found] = watching.pragma('wal_checkpoint(NOOP)') as { log: number; checkpointed: number }[];
      return (found?.log ?? 0) - (found?.checkpointed ?? 0);
    };
    await expect.poll(left).toBeLessThan(2000);
    watching.close();
    await expect.poll(() => threads(engine.pid), { timeout: 15_000, interval: 500 }).toBeLessThanOrEqual(before);
  });
});
