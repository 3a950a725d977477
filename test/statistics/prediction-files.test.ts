// Every form in which pandas and MLflow write predictions is read as the same table.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { comparePredictions } from '../../src/lifecycle/runs/comparison/predictions/compare-predictions';
import { openFileSource } from '../../src/platform/tables/file-source';
import type { PredictionComparison } from '../../src/protocol/comparison/comparison';
import { keepWriting } from '../engine/kept-writing';

let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'slipway-predictions-'));
  const script = join(import.meta.dirname, 'prediction-files.py');
  const python = process.env.SLIPWAY_TEST_PYTHON_STATISTICS ?? 'python3';
  await keepWriting(folder, {
    by: { python, script, words: [] },
    run: (place) => execFileSync(python, [script, place], { encoding: 'utf8' }),
  });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function compare(baseline: string, candidate: string, metrics: string[] = []): Promise<PredictionComparison> {
  const source = (name: string) => openFileSource({ path: join(folder, name), name });
  return comparePredictions({ baseline: source(baseline), candidate: source(candidate) }, { metrics, unit: null });
}

it('CSV, JSON lines and Parquet of any compression say the same, in any order of rows', async () => {
  const names = readdirSync(folder).filter((name) => !name.startsWith('eval') && name !== 'commas.csv');
  expect(names.length).toBe(12);
  for (const name of names) {
    const { metrics, rows, flips } = await compare('commas.csv', name);
    expect([name, rows.judged, rows.onlyBaseline, rows.onlyCandidate]).toEqual([name, 200, 0, 0]);
    expect([name, metrics.map(({ metric }) => metric)]).toEqual([name, ['roc_auc', 'log_loss', 'brier', 'f1']]);
    for (const { effect } of metrics) expect([name, Math.abs(effect ?? 1) < 1e-12]).toEqual([name, true]);
    expect([name, flips?.fixed, flips?.broken]).toEqual([name, 0, 0]);
  }
});

it('further columns are slices, whatever script or markup their values are in', async () => {
  const { slices } = await compare('commas.csv', 'zstd.parquet');
  const weather = slices.filter(({ column }) => column === 'weather').map(({ value }) => value);
  expect(weather.sort()).toEqual(['<b>rain</b>', 'snow\nstorm', '晴れ'].sort());
});

it('an evaluation table of MLflow is paired by order, and says so', async () => {
  const name = 'eval_results_table.json';
  const { metrics, rows, cautions } = await compare(name, name);
  expect(metrics.map(({ metric }) => metric)).toEqual(['accuracy', 'f1']);
  expect(rows.judged).toBe(200);
  expect(cautions.join(' ')).toContain('paired by their order');
});

it('an amount that is written with a comma, or is infinite, is told by its file and column', async () => {
  const rows = (told: string): string =>
    `id;y_true;y_pred\n${Array.from({ length: 30 }, (_, id) => `${id};${id}.5;${id === 7 ? told : id}`).join('\n')}\n`;
  writeFileSync(join(folder, 'cut-amounts.csv'), rows('8'));
  for (const [told, metrics] of [
    ['8,25', []],
    ['inf', []],
    ['1e999', ['rmse']],
  ] as const) {
    writeFileSync(join(folder, 'cut-told.csv'), rows(told));
    await expect(compare('cut-amounts.csv', 'cut-told.csv', [...metrics])).rejects.toThrow(
      `cut-told.csv: y_pred holds ${told}, which is no finite number`,
    );
  }
});

it('a file that was cut short is refused with its name', async () => {
  for (const name of ['zstd.parquet', 'lines.jsonl', 'eval_results_table.json']) {
    const cut = `cut-${name.replace('eval_results_table', 'table')}`;
    const bytes = readFileSync(join(folder, name));
    writeFileSync(join(folder, cut), bytes.subarray(0, Math.floor(bytes.length * 0.6)));
    const error = await compare('commas.csv', cut).then(
      () => undefined,
      (thrown: Error) => thrown,
    );
    expect([name, error?.name]).toEqual([name, 'SlipwayError']);
    expect(error?.message).toContain(cut);
  }
});

it('a damaged Parquet file is told in words, wherever it is damaged', async () => {
  const bytes = readFileSync(join(folder, 'zstd.parquet'));
  for (let at = 4; at < bytes.length; at += Math.max(1, Math.floor(bytes.length / 150))) {
    const damaged = Buffer.from(bytes);
    damaged.fill(0xff ^ (at % 251), at, at + 3);
    writeFileSync(join(folder, 'damaged.parquet'), damaged);
    const error = await compare('commas.csv', 'damaged.parquet').then(
      () => undefined,
      (thrown: Error) => thrown,
    );
    if (error === undefined) continue;
    expect([at, error.name, error.message]).toEqual([at, 'SlipwayError', expect.any(String)]);
    expect(error.message).not.toMatch(/Cannot read|is not a function|Invalid array|call stack|of undefined/);
  }
});

it('a value that is nested too deeply is told by its file and line', async () => {
  const lines = readFileSync(join(folder, 'lines.jsonl'), 'utf8').split('\n');
  const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
  lines[2] = (lines[2] ?? '').replace('{', `{"deep":${deep},`);
  writeFileSync(join(folder, 'deep.jsonl'), lines.join('\n'));
  const sentence = 'deep.jsonl, line 3 holds a value that is nested too deeply to be read.';
  await expect(compare('commas.csv', 'deep.jsonl')).rejects.toThrow(sentence);
});
