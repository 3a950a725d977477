// Readings of datasets wait for each other, and one that is cancelled meanwhile is no obstacle.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { cli, node, slipway, startEngine } from '../engine/engine-process';

it('a reading that was cancelled while it waited does not keep the one behind it waiting for ever', async () => {
  await using engine = await startEngine();
  const cwd = engine.workspace;
  const ask = (...args: string[]) => slipway(['dataset', ...args], { cwd });
  writeFileSync(join(cwd, 'a.csv'), 'a\n1\n');
  expect((await ask('add', 'a', 'a.csv')).code).toBe(0);
  const slow = ask('add', 'slow', '--command', 'touch began; sleep 4; printf "a\\n1\\n"', '--format', 'csv');
  await expect.poll(() => existsSync(join(cwd, 'began')), { timeout: 10_000 }).toBe(true);
  const cancelled = spawn(node, [cli, 'dataset', 'refresh', 'a'], { cwd, stdio: 'ignore' });
  await new Promise((resolve) => setTimeout(resolve, 1200));
  const behind = [ask('refresh', 'a'), ask('refresh', 'a')];
  await new Promise((resolve) => setTimeout(resolve, 1200));
  cancelled.kill('SIGINT');
  await once(cancelled, 'exit');
  expect((await slow).code).toBe(0);
  expect(await Promise.all(behind)).toMatchObject([{ code: 0 }, { code: 0 }]);
}, 30_000);
