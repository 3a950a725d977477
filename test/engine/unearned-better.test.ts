// Ways to a "better" that nobody earned: each of them was one.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { Random } from '../../src/statistics/random';
import { type EngineProcess, slipway, startEngine } from './engine-process';

let engine: EngineProcess;
beforeAll(async () => {
  engine = await startEngine();
});
afterAll(async () => {
  await engine[Symbol.asyncDispose]();
});

interface Logged {
  params: Record<string, string>;
  roc_auc: number | string;
  status?: 'FINISHED' | 'FAILED';
}

async function log(name: string, { params, roc_auc, status = 'FINISHED' }: Logged): Promise<string> {
  const post = (route: string, body: unknown) => engine.json('POST', `/api/2.0/mlflow/${route}`, body);
  const { body } = await post('runs/create', { experiment_id: '0', run_name: name, start_time: Date.now() });
  const runId = (body as { run: { info: { run_id: string } } }).run.info.run_id;
  await post('runs/log-batch', {
    run_id: runId,
    params: Object.entries(params).map(([key, value]) => ({ key, value })),
    metrics: [{ key: 'roc_auc', value: roc_auc, timestamp: Date.now(), step: 0 }],
  });
  await post('runs/update', { run_id: runId, status, end_time: Date.now() });
  return runId;
}

async function compare(...words: string[]): Promise<{ code: number | null; text: string }> {
  const { code, stdout } = await slipway(['compare', ...words, '--workspace', engine.workspace]);
  return { code, text: stdout };
}

/** Eight runs with these seeds, around `centre`. */
async function side(name: string, params: Record<string, string>, values: readonly (number | string)[]) {
  const runIds: string[] = [];
  for (const [place, roc_auc] of values.entries())
    runIds.push(await log(`${name}-${place}`, { params: { ...params, seed: params.seed ?? `${place}` }, roc_auc }));
  return runIds;
}

const spread = (centre: number): number[] => [0, 3, -2, 1, -1, 2, -3, 0.5].map((step) => centre + step / 1000);

it('copies of one seed are one repeat', async () => {
  const jitter = (centre: number) => Array.from({ length: 8 }, (_, place) => centre + place * 1e-6);
  const baseline = await side('copy-a', { lr: '1', seed: '1' }, jitter(0.8));
  const candidate = await side('copy-b', { lr: '2', seed: '1' }, jitter(0.81));
  const { code, text } = await compare(...baseline, ...candidate);
  expect([code, text]).toEqual([2, expect.stringContaining('Cannot tell')]);
});

it('a seed of the candidate that diverged or failed counts though it is not named', async () => {
  const baseline = await side('lost-a', { lr: '3' }, spread(0.8));
  // Seven of the eight seeds, each with some luck of its own.
  const seven = spread(0.9)
    .slice(0, 7)
    .map((value, seed) => value + 0.001 * (seed % 3));
  const good = await side('lost-b', { lr: '4' }, seven);
  expect((await compare(...baseline, ...good)).code).toBe(0);
  await log('lost-b-7', { params: { lr: '4', seed: '7' }, roc_auc: 'NaN' });
  const diverged = await compare(...baseline, ...good);
  expect([diverged.code, diverged.text]).toEqual([2, expect.stringMatching(/lost-b-7.* not named.* NaN/)]);

  const other = await side('fell-b', { lr: '5' }, seven);
  await log('fell-b-7', { params: { lr: '5', seed: '7' }, roc_auc: 0.5, status: 'FAILED' });
  const failed = await compare(...baseline, ...other);
  expect([failed.code, failed.text]).toEqual([2, expect.stringMatching(/fell-b-7.* not named, failed/)]);
});

it('a candidate that leaves out the rows it does badly on is not better', async () => {
  const random = new Random(5);
  const rows = Array.from({ length: 400 }, (_, id) => {
    const truth = random.below(2);
    const score = () => 1 / (1 + Math.exp(-(truth - 0.5) - random.normal()));
    return { id, truth, before: score(), after: score() };
  });
  const gain = ({ truth, before, after }: (typeof rows)[number]) => (truth === 1 ? after - before : before - after);
  const file = (name: string, lines: string[]): string => {
    const path = join(engine.workspace, name);
    writeFileSync(path, `id,y_true,score\n${lines.join('\n')}\n`);
    return path;
  };
  const all = file(
    'base.csv',
    rows.map(({ id, truth, before }) => `${id},${truth},${before}`),
  );
  const picked = rows.toSorted((a, b) => gain(b) - gain(a)).slice(0, 220);
  const cherry = file(
    'cherry.csv',
    picked.map(({ id, truth, after }) => `${id},${truth},${after}`),
  );
  const { code, text } = await compare('--files', all, cherry);
  expect([code, text]).toEqual([2, expect.stringContaining('says nothing of 180 rows')]);
});

it('runs whose recorded input changed between the two are not judged as if on the same data', async () => {
  const input = join(engine.workspace, 'test.csv');
  const run = async (content: string, lr: string, seed: number, value: number): Promise<void> => {
    writeFileSync(input, content);
    const words = [
      '--name',
      `in-${lr}-${seed}`,
      '--param',
      `lr=${lr}`,
      '--param',
      `seed=${seed}`,
      '--input',
      'test.csv',
    ];
    const line = `echo '{"step":0,"roc_auc":${value}}'`;
    const { code } = await slipway(['run', ...words, '--', 'sh', '-c', line], { cwd: engine.workspace });
    expect(code).toBe(0);
  };
  for (const [seed, value] of spread(0.8).slice(0, 6).entries()) await run('easy', '6', seed, value);
  for (const [seed, value] of spread(0.9).slice(0, 6).entries()) await run('hard', '7', seed, value);
  const names = ['6', '7'].flatMap((lr) => Array.from({ length: 6 }, (_, seed) => `in-${lr}-${seed}`));
  const { code, text } = await compare(...names);
  expect([code, text]).toEqual([2, expect.stringMatching(/test\.csv had other content in some of the runs/)]);
  expect(text).not.toContain('over seeds, on the same data');
});

it('which class the scores were taken for is said, and asked about where both rank worse than chance', async () => {
  const random = new Random(6);
  const lines = (strength: number): string =>
    Array.from({ length: 300 }, (_, id) => {
      const isClick = id % 3 === 0;
      return `${id},${isClick ? 'click' : 'no'},${1 / (1 + Math.exp(-strength * (isClick ? 1 : -1) - random.normal()))}`;
    }).join('\n');
  const [good, bad] = [2, 1].map((strength, place) => {
    const path = join(engine.workspace, `clicks-${place}.csv`);
    writeFileSync(path, `id,y_true,score\n${lines(strength)}\n`);
    return path;
  });
  const { text } = await compare('--files', good ?? '', bad ?? '', '--metric', 'roc_auc');
  expect(text).toContain('Both rank worse than chance: are the scores of click? They were taken for those of no.');
});
