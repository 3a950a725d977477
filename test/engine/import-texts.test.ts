// What is too long of an imported text is cut, and said.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { slipway, temporaryFolder } from './engine-process';

it('the end of a long param that finds no room is reported, with how many there were', async () => {
  const root = temporaryFolder();
  try {
    const store = join(root, 'dvclive');
    mkdirSync(join(store, 'plots/metrics'), { recursive: true });
    writeFileSync(join(store, 'params.yaml'), `prompt: ${'x'.repeat(9000)}\nlr: 0.1\n`);
    writeFileSync(join(store, 'metrics.json'), '{"step": 1, "loss": 0.5}');
    writeFileSync(join(store, 'plots/metrics/loss.tsv'), 'step\tloss\n0\t0.7\n1\t0.5\n');
    await slipway(['init'], { cwd: root });
    const { code, stdout, stderr } = await slipway(['import', store], { cwd: root });
    expect([code, stderr]).toEqual([0, expect.anything()]);
    expect(stdout + stderr).toMatch(/end of a param beyond 6,000 characters.*prompt/);
  } finally {
    await slipway(['engine', 'stop'], { cwd: root });
    rmSync(root, { recursive: true });
  }
});
