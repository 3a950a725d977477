// A whole table through a model, by the command line and the model process, against single predictions of the same rows.
import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ownModelProcesses } from '../../src/client/model/model-processes';
import { duck } from './duck-statements';

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
  const words = rows.slice(0, 30).map((row) => [...row.slice(0, 4), row[4] ? 'virginica' : 'setosa'].join(','));
  writeFileSync(join(folder, 'words.csv'), ['a,b,c,d,kind', ...words].join('\n'));
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

interface Kept {
  input: number[][];
  outputs: Record<string, unknown[]>;
}

/** What a model was exported with: rows, and what it answers to them. */
function keptOf(name: string): Kept {
  const read = (file: string): Record<string, Record<string, unknown>> =>
    JSON.parse(readFileSync(join(models, name, file), 'utf8'));
  const [input] = Object.values(read('input.json').inputs as Record<string, number[][]>);
  return { input: input ?? [], outputs: read('expected.json').outputs as Kept['outputs'] };
}

/** A CSV of rows and what is true of each. */
function writeTruth(file: string, input: readonly number[][], truth: readonly (string | number)[]): void {
  const head = [...(input[0] ?? []).map((_, at) => `x${at}`), 'truth'];
  const lines = input.map((row, at) => [...row, truth[at]].join(','));
  writeFileSync(join(folder, file), [head.join(','), ...lines].join('\n'));
}

async function predicted(model: string, input: string, output: string, ...more: string[]): Promise<BatchAnswer> {
  return JSON.parse(await slipway('predict', model, '--input', input, '--output', output, '--json', ...more));
}

interface BatchAnswer {
  columns: string[];
  metrics: Record<string, number>;
}

describe('metrics of a table', () => {
  test('a regressor whose labels are whole numbers is measured as numbers', async () => {
    const { input, outputs } = keptOf('ridge');
    const said = Object.values(outputs)[0]?.flat() as number[];
    const truth = said.map((value, row) => Math.round(value) + (row % 5));
    writeTruth('amounts.csv', input, truth);
    const found = await predicted(
      join(models, 'ridge/model.onnx'),
      'amounts.csv',
      'amounts.parquet',
      '--label',
      'truth',
    );
    expect(Object.keys(found.metrics)).toEqual(['rmse', 'mae', 'r2']);
    const squares = truth.reduce((sum, value, row) => sum + (value - (said[row] as number)) ** 2, 0);
    expect(found.metrics.rmse).toBeCloseTo(Math.sqrt(squares / truth.length), 3);
  });

  test('one probability a row with labels 0 and 1 is a score', async () => {
    // The logarithm of 1.1 … 2.6.
    const input = Array.from({ length: 30 }, (_, row) => [1.1 + row / 20]);
    writeTruth(
      'shares.csv',
      input,
      input.map((_, row) => (row > 12 ? 1 : 0)),
    );
    const found = await predicted(
      join(models, 'no-number/model.onnx'),
      'shares.csv',
      'shares.csv.jsonl',
      '--label',
      'truth',
    );
    expect(found.columns).toEqual(['id', 'y_true', 'score']);
    expect(found.metrics).toMatchObject({ roc_auc: 1, brier: expect.any(Number), log_loss: expect.any(Number) });
    expect(Object.keys(JSON.parse(table('shares.csv.jsonl')[0]?.join(',') ?? ''))).toEqual(['id', 'y_true', 'score']);
  });

  test('of classes that are numbers the larger one is positive, as in slipway compare', async () => {
    // The same model with other names of its classes, as long as they were; by letters their order is the other one.
    const [benign, malignant] = ['200000', '100000000'];
    const renamed = readFileSync(join(models, 'logistic-strings/model.onnx'), 'latin1')
      .replaceAll('benign', benign)
      .replaceAll('malignant', malignant);
    writeFileSync(join(folder, 'numbered.onnx'), renamed, 'latin1');
    const { input, outputs } = keptOf('logistic-strings');
    const said = (outputs.output_label ?? []).map((name) => (name === 'benign' ? benign : malignant));
    writeTruth(
      'numbered.csv',
      input,
      said.map((name, row) => (row % 7 === 0 ? benign : name)),
    );
    const found = await predicted('numbered.onnx', 'numbered.csv', 'numbered-told.csv', '--label', 'truth');
    const [head, ...told] = table('numbered-told.csv');
    expect(head).toEqual(['id', 'y_true', 'y_pred', 'score']);
    for (const [, , label, score] of told) expect(Number(score) > 0.5).toBe(label === malignant);
    const args = ['--files', 'numbered-told.csv', 'numbered-told.csv', '--metric', 'roc_auc', '--json'];
    const compared = await slipway('compare', ...args).catch((error) => error.stdout as string);
    expect(found.metrics.roc_auc).toBeGreaterThan(0.7);
    expect(compared).toContain(`"baseline":${found.metrics.roc_auc}`);
  });

  test('are the same ones where all rows are of one class', async () => {
    const { input } = keptOf('logistic-strings');
    writeTruth(
      'alike.csv',
      input,
      input.map(() => 'benign'),
    );
    const path = join(models, 'logistic-strings/model.onnx');
    const found = await predicted(path, 'alike.csv', 'alike.parquet', '--label', 'truth');
    expect(Object.keys(found.metrics)).toEqual(['accuracy', 'f1', 'roc_auc', 'log_loss', 'brier']);
    expect(found.metrics.roc_auc).toBe('NaN');
  });
  test('a metric has an interval, and errors a matrix whose cells are the rows of the file', async () => {
    const query = {
      path: iris,
      source: { files: [join(folder, 'few.csv')], format: 'csv' as const },
      output: join(folder, 'judged.csv'),
      ...{ id: null, label: 'kind', slices: ['half'] },
    };
    const { metrics, judged } = await pool.ask('batch', query);
    const [low = Number.NaN, high = Number.NaN] = (judged?.intervals.accuracy ?? []) as number[];
    const accuracy = metrics.accuracy as number;
    expect(low).toBeLessThan(accuracy);
    expect(high).toBeGreaterThan(accuracy);
    // 1.96 standard errors of a share of 300 rows, within what resampling leaves open.
    const half = 1.96 * Math.sqrt((accuracy * (1 - accuracy)) / 300);
    expect(Math.abs((high - low) / 2 / half - 1)).toBeLessThan(0.2);
    expect([judged?.kind, judged?.rows, judged?.units]).toEqual(['classes', 300, 300]);
    const [, ...told] = table('judged.csv');
    const cells = Array.from({ length: 9 }, (_, cell) => {
      const [truth, said] = [String(Math.floor(cell / 3)), String(cell % 3)];
      return told.filter((row) => row[1] === truth && row[2] === said).length;
    });
    expect(judged?.matrix).toMatchObject({ classes: ['0', '1', '2'], pooled: 0, cells });
    expect(judged?.matrix?.errors).toBe(told.filter(([, truth, said]) => truth !== said).length);
  });

  test('labels that the model does not know are named, and no accuracy of 0 is told', async () => {
    const found = JSON.parse(
      await slipway('predict', iris, '--input', 'words.csv', '--output', 'strange.csv', '--label', 'kind', '--json'),
    );
    expect(found.metrics).toEqual({});
    const text = await slipway('predict', iris, '--input', 'words.csv', '--output', 'strange.csv', '--label', 'kind');
    expect(text).toContain('What is true (setosa, virginica) is none of the model');
  });
});

describe('what is asked is kept from harm', () => {
  const refused = (...args: string[]): Promise<string> =>
    slipway('predict', ...args).then(
      () => 'nothing was refused',
      (error) => error.stderr as string,
    );

  test('an output that is what is read, by any name of it, is refused, and the file stays', async () => {
    mkdirSync(join(folder, 'own'));
    const csv = readFileSync(join(folder, 'few.csv'), 'utf8');
    writeFileSync(join(folder, 'own/rows.csv'), csv);
    symlinkSync('rows.csv', join(folder, 'own/link.csv'));
    writeFileSync(join(folder, 'own/x.json'), '[[5.1,3.5,1.4,0.2]]');
    const label = ['--label', 'kind', '--slices', 'half'];
    for (const output of ['own/rows.csv', 'own/link.csv'])
      expect(await refused(iris, '--input', 'own/rows.csv', '--output', output, ...label)).toContain('would be lost');
    expect(await refused(iris, '--input', 'own/x.json', '--output', './own/x.json')).toContain('would be lost');
    expect(readFileSync(join(folder, 'own/rows.csv'), 'utf8')).toBe(csv);
    expect(readFileSync(join(folder, 'own/x.json'), 'utf8')).toBe('[[5.1,3.5,1.4,0.2]]');
  });

  test('--timeout ends a table too', async () => {
    writeFileSync(join(folder, 'one.csv'), 'x\n1\n');
    const start = Date.now();
    const endless = join(models, 'hostile/endless.onnx');
    const said = await refused(endless, '--input', 'one.csv', '--output', 'late.parquet', '--timeout', '500ms');
    expect(said).toContain('did not answer within 0.5 s');
    expect(Date.now() - start).toBeLessThan(8000);
  });

  test('whole numbers wider than 64 bits go along with every digit', async () => {
    const ids = ['18446744073709551615', '18446744073709551614', '170141183460469231731687303715884105727'];
    writeFileSync(join(folder, 'wide.csv'), ['number,x', ...ids.map((id, row) => `${id},${row + 1}`)].join('\n'));
    await predicted(join(models, 'no-number/model.onnx'), 'wide.csv', 'wide-told.csv', '--id', 'number');
    expect(table('wide-told.csv').map(([id]) => id)).toEqual(['id', ...ids]);
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
    expect(await refusal(pool.ask('batch', { ...query, slices }))).toBe(
      '"even" in row 1, column half is not a number.',
    );
    expect(await refusal(pool.ask('batch', { ...query, label: 'sort' }))).toContain(
      'The table has no column sort. It has a, b, c, d, kind, half.',
    );
  });

  test('when a slice has a name that means something else, or comes twice', async () => {
    writeFileSync(join(folder, 'named.csv'), 'a,b,c,d,Score_band,half\n1,2,3,4,5,6\n');
    const named = { ...query, source: { ...source, files: [join(folder, 'named.csv')] } };
    expect(await refusal(pool.ask('batch', { ...named, slices: ['Score_band', 'half'] }))).toContain(
      'Score_band cannot be a slice',
    );
    expect(await refusal(pool.ask('batch', { ...query, slices: ['half', 'half'] }))).toContain('two columns half');
    expect(leftovers()).toEqual([]);
  });

  test('of a run that was killed, by the next one', async () => {
    writeFileSync(join(folder, 'never.parquet.999999999.unfinished'), 'half');
    await pool.ask('batch', { ...query, label: 'kind', slices: ['half'] });
    expect(leftovers()).toEqual(['never.parquet']);
    rmSync(join(folder, 'never.parquet'));
  });

  test('when the table is damaged further down, and no table of the rows before it', async () => {
    const path = join(folder, 'damaged.parquet');
    const columns = ['a', 'b', 'c', 'd'].map((name) => `hash(range, '${name}')::DOUBLE AS ${name}`).join(', ');
    await duck(
      `COPY (SELECT ${columns} FROM range(200000)) TO '${path}' (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 10240)`,
    );
    const bytes = readFileSync(path);
    const at = Math.floor(bytes.length * 0.8);
    bytes.fill(0xaa, at, at + 4096);
    writeFileSync(path, bytes);
    const damaged = { files: [path], format: 'parquet' as const };
    expect(await refusal(pool.ask('batch', { ...query, source: damaged }))).toMatch(/damaged\.parquet/);
    expect(leftovers()).toEqual([]);
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
