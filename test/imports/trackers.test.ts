// Stores of TensorBoard, W&B, Trackio and DVCLive, each written by the tool itself.
import { cpSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../engine/engine-process';
import { type ImportSaid, type ImportWorkspace, importWorkspace } from './imported';
import { type Point, type Tracker, traceOf, writeTracker, writtenValue } from './written-store';

const size = { runs: 2, metrics: 2, steps: 300 };

/** A store of the tool, imported; `again` writes more into it. */
function store(tool: Tracker): {
  folder: string;
  said: () => ImportSaid;
  workspace: () => ImportWorkspace;
  again: (first: number) => Promise<void>;
} {
  const folder = join(temporaryFolder(`slipway-${tool}-`), 'logs');
  let workspace: ImportWorkspace;
  let said: ImportSaid;
  beforeAll(async () => {
    mkdirSync(folder);
    await writeTracker(tool, folder, size);
    const trace = traceOf(folder);
    workspace = await importWorkspace();
    said = await workspace.import(folder);
    expect(traceOf(folder)).toEqual(trace);
  }, 180_000);
  afterAll(async () => {
    await workspace?.[Symbol.asyncDispose]();
    rmSync(join(folder, '..'), { recursive: true, force: true });
  });
  it('comes in once, also when it was moved', async () => {
    const moved = join(folder, '../moved');
    cpSync(folder, moved, { recursive: true });
    for (const path of [folder, moved]) {
      expect(await workspace.import(path)).toMatchObject({ imported: {}, updated: {}, points: 0, refused: [] });
    }
    rmSync(moved, { recursive: true });
  });
  const again = (first: number): Promise<void> => writeTracker(tool, folder, size, first);
  return { folder, said: () => said, workspace: () => workspace, again };
}

/** Points of a metric that the writers logged at every step. */
function everyStep(metric: number, steps: number, time: (step: number) => number): Point[] {
  return Array.from({ length: steps }, (_, step) => [String(step), time(step), writtenValue(metric, step)]);
}

function withoutTimes(points: readonly Point[]): [string, number][] {
  return points.map(([step, , value]) => [step, value]);
}

describe('TensorBoard, as tensorboardX writes it', () => {
  const { said, workspace, again, folder } = store('tensorboardx');

  it('brings every scalar, with no more digits than a 32-bit number has', async () => {
    expect(said()).toMatchObject({ code: 0, imported: { run: 8, experiment: 1 }, refused: [], problems: [] });
    expect(said().left_out.map(({ name }) => name)).toEqual(['2 × histograms', '2 × texts']);
    const run = await workspace().run('run-1');
    expect(run).toMatchObject({
      experiment: 'logs',
      start: 1_763_000_000_000,
      metrics: ['group/m0', 'group/m1', 'odd'],
    });
    const points = await workspace().points(run.id, 'group/m1');
    const logged = everyStep(1, size.steps, (step) => 1_763_000_000_000 + step * 1000);
    expect(points.map(([step, time]) => [step, time])).toEqual(logged.map(([step, time]) => [step, time]));
    expect(points.map(([, , value]) => Math.fround(value))).toEqual(logged.map(([, , value]) => Math.fround(value)));
    for (const [, , value] of points) expect(value).toBe(Number(value.toPrecision(9)));
    expect(await workspace().points(run.id, 'odd')).toEqual([
      ['0', 1_763_000_000_000, Number.NaN],
      ['1152921504606846977', 1_763_000_001_000, Number.POSITIVE_INFINITY],
    ]);
  });

  it('brings hyperparameters, and a curve of add_scalars as the run it is', async () => {
    const trial = await workspace().run('run-0/trial');
    expect(trial.params).toEqual({ lr: '0.1', opt: 'adam', amp: 'True' });
    expect((await workspace().points(trial.id, 'auc')).map(([, , value]) => value)).toEqual([0.5]);
    expect(withoutTimes(await workspace().points((await workspace().run('run-0/pair/b')).id, 'pair'))).toEqual([
      ['0', 2],
    ]);
  });

  it('keeps both of what a training that went back logged twice, and says so', async () => {
    await again(200);
    const grown = await workspace().import(folder);
    expect(grown).toMatchObject({ code: 0, imported: {}, updated: { run: 2 }, skipped: { run: 6 } });
    const run = await workspace().run('run-0');
    // The same values at the same times are one point; 200 new steps are not in what was there.
    expect(await workspace().points(run.id, 'group/m0')).toHaveLength(500);
    const [restart] = JSON.parse(run.tags['slipway.source.superseded'] ?? '[]') as { from: number }[];
    expect(restart).toMatchObject({ from: expect.any(Number), before: expect.any(Number) });
  });
});

describe('TensorBoard, as its own writer does', () => {
  const { said, workspace } = store('tensorboard');

  it('brings scalars that are kept as tensors', async () => {
    expect(said()).toMatchObject({ code: 0, imported: { run: 2 }, refused: [], problems: [], left_out: [] });
    const run = await workspace().run('run-0');
    const points = await workspace().points(run.id, 'm1');
    expect(points.map(([, , value]) => Math.fround(value))).toEqual(
      everyStep(1, size.steps, () => 0).map(([, , value]) => Math.fround(value)),
    );
  });
});

describe('W&B offline', () => {
  const { said, workspace } = store('wandb');

  it('brings history, config, summary, notes, tags, exit code, output and files', async () => {
    expect(said()).toMatchObject({ code: 0, imported: { run: 2, experiment: 1 }, refused: [], problems: [] });
    const run = await workspace().run('run-1');
    expect(run).toMatchObject({ experiment: 'delay', status: 'FAILED' });
    expect(run.params).toEqual({ lr: '0.1', 'net.depth': '3', 'net.act': 'relu' });
    expect(run.tags).toMatchObject({ 'mlflow.note.content': 'hello', 'wandb.tags': 'a, b', 'wandb.exit_code': '1' });
    expect(withoutTimes(await workspace().points(run.id, 'm0'))).toEqual(
      withoutTimes(everyStep(0, size.steps, () => 0)),
    );
    expect(withoutTimes(await workspace().points(run.id, 'odd'))).toEqual([['0', Number.NaN]]);
    expect(withoutTimes(await workspace().points(run.id, 'nested.x'))).toEqual([['0', 1]]);
    expect((await workspace().points(run.id, 'best')).map(([, , value]) => value)).toEqual([0.9]);
    expect(await workspace().file(run.id, 'output.log')).toContain('said by the script');
    const [, time = 0] = (await workspace().points(run.id, 'm0'))[0] ?? [];
    expect(Math.abs(time - run.start)).toBeLessThan(60_000);
  });
});

describe('Trackio', () => {
  const { said, workspace, again, folder } = store('trackio');

  it('brings metrics and config', async () => {
    expect(said()).toMatchObject({ code: 0, imported: { run: 2, experiment: 1 }, refused: [], problems: [] });
    const run = await workspace().run('run-0');
    expect(run).toMatchObject({ experiment: 'delay', params: { lr: '0.1', 'net.depth': '3' } });
    expect(withoutTimes(await workspace().points(run.id, 'm1'))).toEqual(
      withoutTimes(everyStep(1, size.steps, () => 0)),
    );
    expect(withoutTimes(await workspace().points(run.id, 'odd'))).toEqual([['0', Number.NaN]]);
    expect(withoutTimes(await workspace().points(run.id, 'nested.x'))).toEqual([['0', 1]]);
  });

  it('brings runs that came since', async () => {
    await again(0);
    expect(await workspace().import(folder)).toMatchObject({ imported: { run: 2 }, updated: {}, skipped: { run: 2 } });
  });
});

describe('DVCLive', () => {
  const { said, workspace, again, folder } = store('dvclive');

  it('brings metrics, params, images and plots', async () => {
    expect(said()).toMatchObject({ code: 0, imported: { run: 2, experiment: 1 }, refused: [], problems: [] });
    const run = await workspace().run('dvclive-1');
    expect(run.params).toEqual({ seed: '1', lr: '0.1', 'net.depth': '3' });
    expect(run.metrics).toEqual(['final/auc', 'odd', 'train/m0', 'train/m1']);
    for (const metric of [0, 1]) {
      expect(withoutTimes(await workspace().points(run.id, `train/m${metric}`))).toEqual(
        withoutTimes(everyStep(metric, size.steps, () => 0)),
      );
    }
    expect((await workspace().points(run.id, 'final/auc')).map(([, , value]) => value)).toEqual([0.9]);
    expect(await workspace().file(run.id, 'plots/images/img.png')).toContain('PNG');
  });

  it('brings what a run that went on has logged since, and nothing twice', async () => {
    await again(size.steps);
    const grown = await workspace().import(folder);
    expect(grown).toMatchObject({ code: 0, imported: {}, updated: { run: 2 } });
    const run = await workspace().run('dvclive-0');
    for (const key of ['train/m0', 'train/m1']) {
      expect((await workspace().points(run.id, key)).map(([step]) => Number(step))).toEqual(
        Array.from({ length: 2 * size.steps }, (_, step) => step),
      );
    }
  });
});
