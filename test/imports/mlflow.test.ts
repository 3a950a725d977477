// Stores that MLflow itself wrote, compared with what MLflow itself reads of them.
import { cpSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../engine/engine-process';
import { type ImportWorkspace, importWorkspace, type RunSeen, sortedPoints } from './imported';
import { type MlflowTells, type Point, traceOf, writeMlflow } from './written-store';

const size = { runs: 2, metrics: 2, steps: 2500 };

describe.each([
  { line: 2, kind: 'database' },
  { line: 3, kind: 'database' },
  { line: 2, kind: 'folder' },
  { line: 3, kind: 'folder' },
] as const)('a $kind of MLflow $line', ({ line, kind }) => {
  const cwd = temporaryFolder('slipway-mlflow-');
  const path = join(cwd, kind === 'database' ? 'mlflow.db' : 'mlruns');
  const uri = kind === 'database' ? `sqlite:///${path}` : `file://${path}`;
  let tells: MlflowTells;
  let workspace: ImportWorkspace;
  let trace: string[];

  beforeAll(async () => {
    tells = await writeMlflow(line, { uri, cwd, size });
    trace = traceOf(cwd);
    workspace = await importWorkspace();
  }, 180_000);
  afterAll(async () => {
    await workspace?.[Symbol.asyncDispose]();
    rmSync(cwd, { recursive: true, force: true });
  });

  it('comes in as MLflow reads it, and stays as it was', async () => {
    const said = await workspace.import(path);
    expect(said).toMatchObject({ code: 0, refused: [], problems: [], skipped: {}, updated: {} });
    expect(said.imported).toMatchObject({ run: 3, experiment: 1 });
    expect(said.left_out.map(({ name }) => name)).toContain('deleted runs');
    expect(traceOf(cwd)).toEqual(trace);
    const runs = await workspace.runs();
    expect([...runs.values()].map(({ id }) => id).sort()).toEqual(Object.keys(tells.runs).sort());
    for (const run of runs.values()) await compare(workspace, run, tells.runs[run.id]);
    expect(await workspace.file((await workspace.run('run-1')).id, 'plots/deep/note.txt')).toBe('note of 1');
  });

  it('brings its logged models', async () => {
    const ids = [...(await workspace.runs()).values()].map(({ experiment }) => experiment);
    expect(new Set(ids)).toEqual(new Set(['delay <b>&</b>']));
    for (const id of tells.models) {
      const { body } = await workspace.engine.json('GET', `/api/2.0/mlflow/logged-models/${id}`);
      const { info, data } = body.model as { info: Record<string, unknown>; data: Record<string, unknown> };
      expect(info).toMatchObject({ name: 'classifier', status: 'LOGGED_MODEL_READY' });
      expect(data).toMatchObject({
        params: [{ key: 'depth', value: '3' }],
        metrics: [{ key: 'auc', value: 0.75, step: 3 }],
      });
    }
    expect(tells.models).toHaveLength(line === 3 ? 1 : 0);
  });

  it('comes in once, wherever it lies', async () => {
    expect(await workspace.import(path)).toMatchObject({ code: 0, imported: {}, updated: {}, points: 0 });
    const moved = join(cwd, 'elsewhere', kind === 'database' ? 'other.db' : 'other');
    mkdirSync(join(cwd, 'elsewhere'));
    cpSync(path, moved, { recursive: true });
    const said = await workspace.import(moved);
    expect(said).toMatchObject({ code: 0, imported: {}, updated: {}, points: 0 });
    expect(said.skipped).toMatchObject({ run: 3 });
  });

  it('brings what is new in it since', async () => {
    const grown = await writeMlflow(line, { uri, cwd, size: { ...size, runs: 1 }, flags: ['--plain', '--grow'] });
    const said = await workspace.import(path);
    expect(said).toMatchObject({ code: 0, imported: { run: 1 }, updated: { run: 1 }, skipped: { run: 2 } });
    expect(said.points).toBe(10 + 2 * size.steps + 8);
    const runs = await workspace.runs();
    expect(runs.size).toBe(Object.keys(grown.runs).length);
    for (const run of runs.values()) await compare(workspace, run, grown.runs[run.id]);
  });
});

/** Every field that MLflow tells of a run, and every point. */
async function compare(
  workspace: ImportWorkspace,
  run: RunSeen,
  told: MlflowTells['runs'][string] | undefined,
): Promise<void> {
  if (told === undefined) throw new Error(`MLflow knows no run ${run.id}.`);
  expect([run.name, run.status, run.start, run.end]).toEqual(told.info);
  expect(run.params).toEqual(told.params);
  expect(run.tags).toMatchObject(told.tags);
  expect(run.metrics).toEqual(Object.keys(told.metrics).sort());
  for (const [key, points] of Object.entries(told.metrics)) {
    expect(await workspace.points(run.id, key)).toEqual(sortedPoints(points.map(readPoint)));
  }
}

/** Python's words for numbers; the database of MLflow holds infinities as the largest doubles. */
function readPoint([step, time, text]: [string, number, string]): Point {
  const words: Record<string, number> = { nan: Number.NaN, inf: Infinity, '-inf': -Infinity };
  const value = words[text] ?? Number(text);
  return [step, time, Math.abs(value) === Number.MAX_VALUE ? value * 2 : value];
}
