// A whole table through a model, by the command line and the model process, against single predictions of the same rows.
import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ownModelProcesses } from '../../src/client/model/model-processes';

const bundle = join(import.meta.dirname, '../../dist');
const models = process.env.SLIPWAY_TEST_MODELS ?? '';
const iris = join(models, 'logistic-iris/model.onnx');
const folder = mkdtempSync(join(tmpdir(), 'slipway-batch-'));
const pool = ownModelProcesses(() => ({ bundle }));
afterAll(() => {
  pool.dispose();
  rmSync(folder, { recursive: true });
});

const slipway = async (...args: string[]): Promise<string> =>
  (await promisify(execFile)(process.execPath, [join(bundle, 'cli.js'), ...args], { cwd: folder })).stdout;

/** Rows of four measures, which kind they are, and half of which they are; more than one batch. */
const rows = Array.from({ length: 25_000 }, (_, row) => {
  const at = (row * 7919) % 97;
  return [
    4.3 + at / 30,
    2 + (at % 23) / 10,
    1 + (row % 59) / 10,
    0.1 + (row % 24) / 10,
    row % 3,
    row % 2 ? 'odd' : 'even',
  ];
});

beforeAll(() => {
  const text = ['a,b,c,d,kind,half', ...rows.map((row) => row.join(','))].join('\n');
  writeFileSync(join(folder, 'rows.csv'), text);
  writeFileSync(join(folder, 'few.csv'), text.split('\n').slice(0, 301).join('\n'));
});

const table = (name: string): string[][] =>
  readFileSync(join(folder, name), 'utf8')
    .trim()
    .split('\n')
    .map((line) => line.split(','));

describe('slipway predict --output', () => {
  test('writes what the model says of each row, in their order, in the columns that comparisons read', async () => {
    const args = ['--input', 'rows.csv', '--output', 'told.csv', '--label', 'kind', '--slices', 'half', '--json'];
    const found = JSON.parse(await slipway('predict', iris, ...args));
    const [head, ...told] = table('told.csv');
    expect(head).toEqual(['id', 'y_true', 'y_pred', 'score_0', 'score_1', 'score_2', 'half']);
    expect([told.length, found.rows]).toEqual([25_000, 25_000]);
    const some = [0, 1, 2047, 2048, 10_239, 10_240, 24_999];
    const text = JSON.stringify(some.map((row) => rows[row]?.slice(0, 4)));
    const single = await pool.ask('predict', {
      path: iris,
      given: { kind: 'text', text, format: null },
      outputs: null,
    });
    const { output_label: label, output_probability: scores } = single.outputs as Record<string, { data: number[] }>;
    for (const [at, row] of some.entries()) {
      const [id, truth, said, ...rest] = told[row] as string[];
      expect([id, truth, said]).toEqual([row, row % 3, label?.data[at]].map(String));
      // onnxruntime multiplies matrices of another height in another order, which may move the last digit.
      for (let each = 0; each < 3; each += 1)
        expect(Number(rest[each])).toBeCloseTo(scores?.data[3 * at + each] as number, 6);
    }
    const right = told.filter(([, truth, said]) => truth === said).length / told.length;
    expect(found.metrics.accuracy).toBeCloseTo(right, 12);
  });

  test('Parquet of two models is compared by slipway compare --files', async () => {
    for (const [name, model] of [
      ['one', 'logistic-iris'],
      ['two', 'logistic-opset-9'],
    ]) {
      const args = ['--input', 'few.csv', '--output', `${name}.parquet`, '--label', 'kind', '--slices', 'half'];
      await slipway('predict', join(models, model as string, 'model.onnx'), ...args);
    }
    // Its exit code is its verdict.
    const compared = await slipway('compare', '--files', 'one.parquet', 'two.parquet').catch((error) => error.stdout);
    expect(compared).toContain('300');
    expect(compared).toContain('half');
  });

  test('--json has the answer’s rows too while they are few', async () => {
    const args = ['--input', 'few.csv', '--output', 'few.parquet', '--label', 'kind', '--slices', 'half', '--json'];
    const found = JSON.parse(await slipway('predict', iris, ...args));
    expect(found).toMatchObject({
      rows: 300,
      labels: { output_probability: [0, 1, 2] },
      latency_ms: expect.any(Number),
    });
    expect([found.outputs.output_label.length, found.outputs.output_probability[299].length]).toEqual([300, 3]);
  });
});

describe('nothing is left behind', () => {
  const source = { files: [join(folder, 'rows.csv')], format: 'csv' as const };
  const query = { path: iris, source, output: join(folder, 'never.parquet'), id: null, label: null, slices: [] };
  const refusal = (work: Promise<unknown>): Promise<string> =>
    work.then(
      () => 'nothing was refused',
      (error: Error) => error.message,
    );
  const leftovers = (): string[] => readdirSync(folder).filter((name) => name.startsWith('never'));

  test('when the table has columns that are no inputs: they are named, and what to do', async () => {
    expect(await refusal(pool.ask('batch', query))).toContain(
      'takes 4 values a row, and the table has 6 columns for it: a, b, c, d, kind, half',
    );
  });

  test('when a column holds words', async () => {
    const slices = ['a', 'kind'];
    expect(await refusal(pool.ask('batch', { ...query, slices }))).toContain('The column half holds no numbers');
    expect(await refusal(pool.ask('batch', { ...query, label: 'sort' }))).toContain(
      'The table has no column sort. It has a, b, c, d, kind, half.',
    );
  });

  test('when it is cancelled', async () => {
    const wish = new AbortController();
    const asked = pool.ask(
      'batch',
      { ...query, label: 'kind', slices: ['half'] },
      { signal: wish.signal, onProgress: () => wish.abort() },
    );
    expect(await refusal(asked)).toContain('cancelled');
    expect(leftovers()).toEqual([]);
  });

  test('when a whole number is missing that the model needs: its row is told', async () => {
    writeFileSync(join(folder, 'gap.csv'), 'x\n1\n2\n""\n4\n');
    const path = join(models, 'int64/model.onnx');
    const gap = { files: [join(folder, 'gap.csv')], format: 'csv' as const };
    const { inputs } = await pool.ask('open', { path });
    const name = inputs[0]?.name ?? '';
    writeFileSync(join(folder, 'gap.csv'), `${name}\n1\n2\n""\n4\n`);
    expect(await refusal(pool.ask('batch', { ...query, path, source: gap }))).toContain('Row 3 has no');
    expect(leftovers()).toEqual([]);
  });
});
