// What the command line tells of runs, to people and to scripts.
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { slipway, temporaryFolder } from './engine-process';

let folder: string;
let runId: string;

async function json(...words: string[]): Promise<Record<string, unknown>> {
  const { stdout } = await slipway([...words, '--json'], { cwd: folder });
  return JSON.parse(stdout) as Record<string, unknown>;
}

beforeAll(async () => {
  folder = temporaryFolder();
  await slipway(['init'], { cwd: folder });
  writeFileSync(join(folder, 'in.csv'), 'a\n');
  writeFileSync(join(folder, 'kept.txt'), 'k');
  const lines = '{"step":1,"loss":0.5}\n{"step":2,"loss":0.25}\n{"step":3,"loss":"NaN"}\n{"step":1,"auc":0.75}\n';
  const asked = ['--name', 'told', '--param', 'lr=0.1', '--input', 'in.csv', '--output', 'kept.txt'];
  const script = `printf '%s' "$LINES_TO_LOG" >> $SLIPWAY_METRICS; sleep 1.2; exit 7`;
  const { stdout } = await slipway(['run', '--json', ...asked, '--', 'sh', '-c', script], {
    cwd: folder,
    env: { LINES_TO_LOG: lines },
  });
  runId = (JSON.parse(stdout) as { run_id: string }).run_id;
});
afterAll(async () => {
  await slipway(['engine', 'stop'], { cwd: folder });
  rmSync(folder, { recursive: true, force: true });
});

describe('slipway runs show --json', () => {
  it('says all that the text says, and the fixed fields as ever', async () => {
    const run = await json('runs', 'show', 'told');
    expect(run).toMatchObject({
      run_id: runId,
      experiment_id: '0',
      name: 'told',
      status: 'FAILED',
      params: { lr: '0.1' },
      experiment_name: 'Default',
      state: 'failed',
      recorded: true,
      metric_count: 4,
      artifacts: { files: 0, bytes: 0 },
      datasets: [],
      models: [],
      command: ['sh', '-c', expect.stringContaining('exit 7')],
      cwd: folder,
      exit_code: 7,
      signal: null,
      lost: null,
      host: { platform: process.platform, cores: expect.any(Number) },
      inputs: [{ path: 'in.csv', sha256: expect.stringMatching(/^[0-9a-f]{64}$/), bytes: 2, problem: null }],
      outputs: [{ path: 'kept.txt', bytes: 1, written: false }],
      problems: [],
    });
    expect(run.git).toMatchObject({ commit: null, diff_truncated: false, problem: expect.any(String) });
    expect(run.environment).toMatchObject({ packages: expect.any(Array) });
    const { cpu_percent: cpu } = run.resources as { cpu_percent: { samples: number; max: number } };
    expect(cpu.samples).toBeGreaterThanOrEqual(1);
    expect(Object.keys(run).filter((name) => /[A-Z]/.test(name))).toEqual([]);
  });

  it('of a run that nobody recorded has null where a recorder would know', async () => {
    const env = await json('env');
    const answer = await fetch(`${env.MLFLOW_TRACKING_URI}/api/2.0/mlflow/runs/create`, {
      method: 'POST',
      headers: { authorization: `Bearer ${env.MLFLOW_TRACKING_TOKEN}`, 'content-type': 'application/json' },
      body: JSON.stringify({ experiment_id: '0', run_name: 'logged', start_time: Date.now() }),
    });
    expect(answer.status).toBe(200);
    const run = await json('runs', 'show', 'logged');
    expect(run).toMatchObject({ recorded: false, command: null, git: null, inputs: null, resources: null });
  });

  it('and is not over yet, keeps its training from failing at the next call', async () => {
    const { code, stderr } = await slipway(['runs', 'delete', 'told', 'logged'], { cwd: folder });
    expect(code).toBe(3);
    expect(stderr).toContain('The run logged is still running; in the trash its training would fail at its next call.');
    expect(await json('runs', 'query', '--deleted')).toMatchObject({ items: [] });
  });
});

describe('a start that no calendar has', () => {
  it('is shown as its number, not as NaN-NaN-NaN', async () => {
    const env = await json('env');
    const answer = await fetch(`${env.MLFLOW_TRACKING_URI}/api/2.0/mlflow/runs/create`, {
      method: 'POST',
      headers: { authorization: `Bearer ${env.MLFLOW_TRACKING_TOKEN}`, 'content-type': 'application/json' },
      body: JSON.stringify({ experiment_id: '0', run_name: 'far', start_time: 8_640_000_000_000_001 }),
    });
    expect(answer.status).toBe(200);
    const { stdout } = await slipway(['runs', 'list'], { cwd: folder });
    expect(stdout).toMatch(/ far .* 8640000000000001 /);
    expect(stdout).not.toContain('NaN');
  });
});

describe('slipway metrics', () => {
  it('--key with a name there is none of lists those there are, exit 3', async () => {
    const { code, stdout, stderr } = await slipway(['metrics', 'told', '--key', 'lost'], { cwd: folder });
    expect([code, stdout]).toEqual([3, '']);
    expect(stderr).toMatch(/^slipway: The run has no metric lost\. It has auc, loss, system\/cpu_percent, /);
  });

  it('shows NOT FINITE only where some metric is not', async () => {
    const all = await slipway(['metrics', 'told'], { cwd: folder });
    expect(all.stdout).toMatch(/NOT FINITE\n/);
    const first = await slipway(['metrics', 'told', '--limit', '1'], { cwd: folder });
    expect(first.stdout).toMatch(/^METRIC +POINTS.*AT STEP\nauc /);
    expect(first.stdout).not.toContain('NOT FINITE');
    const page = /--page (\S+)/.exec(first.stdout)?.[1] ?? '';
    expect(page.length).toBeLessThan(50);
    const second = await slipway(['metrics', 'told', '--limit', '1', '--page', page], { cwd: folder });
    expect(second.stdout).toMatch(/\nloss /);
  });
});

describe('slipway engine status', () => {
  it('says no by its exit code when no engine answers', async () => {
    expect((await slipway(['engine', 'status'], { cwd: folder })).code).toBe(0);
    await slipway(['engine', 'stop'], { cwd: folder });
    const { code, stdout, stderr } = await slipway(['engine', 'status', '--json'], { cwd: folder });
    expect([code, JSON.parse(stdout), stderr]).toEqual([1, { running: false }, '']);
  });
});
