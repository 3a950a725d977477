// Explanations of real models by the built model process and the command line, against shap and scikit-learn.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ownModelProcesses } from '../../src/client/model/model-processes';
import type {
  ExplainedRows,
  RowExplanation,
  RowQuery,
  WhatIfCurve,
} from '../../src/protocol/inference/explain/explanation';
import type { FlatTensor } from '../../src/protocol/inference/tensor';
import { CoalitionGame } from '../../src/statistics/explain/coalition-game';
import { kernelShapley } from '../../src/statistics/explain/kernel-shapley';
import { permutationImportance } from '../../src/statistics/explain/permutation-importance';
import type { RowPredictor } from '../../src/statistics/explain/row-predictor';
import { slipway, slipwayJson } from '../datasets/slipway-cli';

const models = process.env.SLIPWAY_TEST_MODELS ?? '';
const folder = mkdtempSync(join(tmpdir(), 'slipway-explain-'));
const pool = ownModelProcesses(() => ({ bundle: join(import.meta.dirname, '../../dist') }));
const modelOf = (name: string): string => join(models, name, 'model.onnx');
afterAll(() => {
  pool.dispose();
  rmSync(folder, { recursive: true });
});

const file = (path: string): ExplainedRows => ({
  kind: 'given',
  name: 'rows',
  given: { kind: 'file', path, format: null },
});
const inputFile = (name: string): string => join(models, name, 'input.json');
const json = (rows: unknown): ExplainedRows => ({
  kind: 'given',
  name: 'rows',
  given: { kind: 'text', text: JSON.stringify(rows), format: null },
});

function queryOf(name: string, changes: Partial<RowQuery> = {}): RowQuery {
  const rows = file(inputFile(name));
  const target = { output: null, class: null };
  return { path: modelOf(name), input: rows, row: 2, background: rows, most: 100, seed: 1, target, ...changes };
}

const matrixOf = (name: string): number[][] => {
  const { inputs } = JSON.parse(readFileSync(inputFile(name), 'utf8')) as {
    inputs: Record<string, (number | string)[][]>;
  };
  return (Object.values(inputs)[0] ?? []).map((row) => row.map(Number));
};

/** Up to ten features, so that shap can look at all coalitions. */
const explained = [
  'logistic-iris',
  'forest-regressor',
  'hist-boosting-regressor',
  'mlp-regressor',
  'xgboost-classes',
  'svc',
];
/** Truth for importance: the model's own answers, the last third of them wrong. */
const measured = ['tree-classifier', 'forest-regressor'];

interface Reference {
  exact: number[];
  kernel: number[];
  base: number;
  mean: number[];
  deviation: number[];
  curves: number[][];
  shuffles: number[][][];
}

interface ImportanceCase {
  name: string;
  output: string;
  truth: number[];
}

const rowsFound = new Map<string, RowExplanation>();
const curvesFound = new Map<string, WhatIfCurve>();
const importances: ImportanceCase[] = [];
const references = new Map<string, Reference>();

/** One number a row: what the model answers in `output`, from column `column` on. */
function predictorOf(name: string, output: string, column = 0): RowPredictor {
  return async (rows, count) => {
    const { inputs } = await pool.ask('open', { path: modelOf(name) });
    const data = Array.from(rows, (value) => (Number.isFinite(value) ? value : String(value)));
    const feeds = {
      [inputs[0]?.name ?? '']: { type: 'float32', shape: [count, rows.length / count], data } as FlatTensor,
    };
    const query = { path: modelOf(name), given: { kind: 'tensors', feeds } as const, outputs: [output] };
    const found = (await pool.ask('predict', query)).outputs[output] as FlatTensor;
    const width = found.data.length / count;
    return Float64Array.from({ length: count }, (_, row) => Number(found.data[row * width + column]));
  };
}

beforeAll(async () => {
  const cases: object[] = [];
  const names: string[] = [];
  const add = (name: string, asked: object): void => {
    names.push(name);
    cases.push(asked);
  };
  for (const name of explained) {
    const found = await pool.ask('explainRow', queryOf(name));
    const curve = await pool.ask('whatIf', { ...queryOf(name), feature: found.effects[2]?.feature ?? '' });
    rowsFound.set(name, found);
    curvesFound.set(name, curve);
    const rows = matrixOf(name);
    const asked = { model: name, output: found.output, column: Number(found.class ?? 0) };
    add(`${name}: effects`, { what: 'shapley', ...asked, row: rows[1], background: rows });
    add(`${name}: curve`, { what: 'dependence', ...asked, rows, feature: 2, grid: curve.grid });
  }
  for (const name of measured) {
    const rows = matrixOf(name);
    const { outputs } = await pool.ask('open', { path: modelOf(name) });
    const output = outputs[0]?.name ?? '';
    const told = await predictorOf(name, output)(Float64Array.from(rows.flat()), rows.length);
    const truth = Array.from(told, (value, row) => (row % 3 === 2 ? Number(told[row - 1]) : value));
    importances.push({ name, output, truth });
    const metric = name === 'tree-classifier' ? 'accuracy' : 'r2';
    add(`${name}: importance`, { what: 'importance', model: name, output, rows, truth, repeats: 4, seed: 5, metric });
  }
  writeFileSync(join(folder, 'cases.json'), JSON.stringify(cases));
  const script = join(import.meta.dirname, 'explain-reference.py');
  const python = process.env.SLIPWAY_TEST_PYTHON_INFERENCE ?? '';
  const out = execFileSync(python, [script, models, join(folder, 'cases.json')], {
    encoding: 'utf8',
    maxBuffer: 2 ** 26,
  });
  for (const [at, told] of (JSON.parse(out) as Reference[]).entries()) references.set(names[at] as string, told);
}, 120_000);

function expectNear(found: ArrayLike<number>, expected: ArrayLike<number>): void {
  expect(found.length).toBe(expected.length);
  const furthest = Math.max(
    ...Array.from(
      found,
      (value, at) => Math.abs(value - Number(expected[at])) / Math.max(1, Math.abs(Number(expected[at]))),
    ),
  );
  expect(furthest).toBeLessThan(1e-9);
}

const referenceOf = (name: string): Reference => references.get(name) as Reference;

describe('the effects of features', () => {
  test.each(explained)('%s: as shap tells them, exact and by its kernel', (name) => {
    const { effects, base, prediction, method, additivity } = rowsFound.get(name) as RowExplanation;
    const expected = referenceOf(`${name}: effects`);
    const own = effects.map(({ effect }) => effect);
    expect(method).toBe('exact');
    expectNear(own, expected.exact);
    expectNear(own, expected.kernel);
    expectNear([base], [expected.base]);
    expect(Math.abs(own.reduce((sum, effect) => sum + effect, base) - prediction)).toBeLessThan(
      1e-9 * Math.max(1, Math.abs(base)),
    );
    expect(Math.abs(additivity)).toBeLessThan(1e-9 * Math.max(1, Math.abs(base)));
  });

  test('weighted least squares over all coalitions give the exact values', async () => {
    const name = 'forest-regressor';
    const { effects, output } = rowsFound.get(name) as RowExplanation;
    const rows = matrixOf(name);
    const row = Float64Array.from(rows[1] ?? []);
    const game = new CoalitionGame(predictorOf(name, output), { row, background: Float64Array.from(rows.flat()) });
    const found = await kernelShapley(game, { coalitions: 2 ** 10, seed: 1 });
    expect([found.method, found.coalitions]).toEqual(['kernel', 1024]);
    expectNear(
      found.effects,
      effects.map(({ effect }) => effect),
    );
    expect([...found.errors]).toEqual(Array(10).fill(0));
  });

  test('of 14 features in pairs and threes, the drawn effects are within their stated error and add up', async () => {
    const row = Float64Array.from({ length: 14 }, (_, at) => 1 + Math.sin(at));
    const background = Float64Array.from({ length: 14 * 5 }, (_, at) => Math.cos(at * 1.7));
    const game = new CoalitionGame(
      async (rows, count) =>
        Float64Array.from({ length: count }, (_, at) => interacting(rows.subarray(at * 14, at * 14 + 14))),
      { row, background },
    );
    const exact = await kernelShapley(game, { coalitions: 2 ** 14, seed: 1 });
    expect(exact.errors.every((error) => error === 0)).toBe(true);
    let within = 0;
    for (let seed = 1; seed <= 20; seed += 1) {
      const drawn = await kernelShapley(game, { coalitions: 600, seed });
      const sum = drawn.effects.reduce((all, effect) => all + effect, drawn.base);
      expect(Math.abs(sum - drawn.prediction)).toBeLessThan(1e-9);
      expect(drawn.errors.every((error) => error > 0)).toBe(true);
      within += drawn.effects.filter(
        (effect, at) => Math.abs(effect - Number(exact.effects[at])) < 2.26 * Number(drawn.errors[at]),
      ).length;
    }
    // Student's t with nine degrees of freedom: 95 of 100.
    expect(within / (20 * 14)).toBeGreaterThan(0.88);
    expect(within / (20 * 14)).toBeLessThan(0.995);
  });

  test('thirty features: the same seed tells the same, with errors that say how sure it is', async () => {
    const query = queryOf('hist-boosting');
    const [first, again] = [await pool.ask('explainRow', query), await pool.ask('explainRow', query)];
    expect(first.method).toBe('kernel');
    expect(first.coalitions).toBeGreaterThan(2000);
    expect(first.effects).toEqual(again.effects);
    expect(Math.abs(first.additivity)).toBeLessThan(1e-9);
    expect(first.effects.some(({ error }) => error > 0)).toBe(true);
  });
});

/** Triples that matter together: pairs alone a coalition and its complement would tell exactly. */
function interacting(row: Float64Array): number {
  const at = (place: number): number => row[place % row.length] as number;
  return row.reduce((sum, value, place) => sum + value + Math.sin(value * at(place + 1) + 2 * at(place + 4)), 0);
}

describe('one feature set to other values', () => {
  test.each(explained)('%s: the mean and the curves are those of scikit-learn', (name) => {
    const { mean, curves, own, grid, value } = curvesFound.get(name) as WhatIfCurve;
    const expected = referenceOf(`${name}: curve`);
    expectNear(mean, expected.mean);
    expectNear(curves.flat(), expected.curves.flat());
    expectNear(own, expected.curves[1] ?? []);
    expect(grid).toContain(value);
    expect(own[grid.indexOf(value as number)]).toBe(curvesFound.get(name)?.prediction);
  });
});

describe('features that are shuffled', () => {
  test.each(measured)('%s: the falls are those of scikit-learn where its shuffles are used', async (name) => {
    const { output, truth } = importances.find((each) => each.name === name) as ImportanceCase;
    const expected = referenceOf(`${name}: importance`);
    const rows = matrixOf(name);
    const mean = truth.reduce((sum, value) => sum + value, 0) / truth.length;
    const squares = (values: ArrayLike<number>): number =>
      truth.reduce((sum, value, row) => sum + (value - Number(values[row])) ** 2, 0);
    const score = (told: Float64Array): number =>
      name === 'tree-classifier'
        ? told.filter((value, row) => value === truth[row]).length / truth.length
        : 1 - squares(told) / squares(truth.map(() => mean));
    const { features } = await permutationImportance(
      predictorOf(name, output),
      { rows: Float64Array.from(rows.flat()), width: rows[0]?.length ?? 0, score },
      { repeats: 4, shuffle: (feature, repeat) => Uint32Array.from(expected.shuffles[feature]?.[repeat] ?? []) },
    );
    expectNear(
      features.map((each) => each.mean),
      expected.mean,
    );
    expectNear(
      features.map((each) => each.deviation),
      expected.deviation,
    );
  });
});

const refusal = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'nothing was refused',
    (error: Error) => error.message,
  );

describe('what is given', () => {
  test('a feature that is the same everywhere has no effect, and one background row is enough', async () => {
    const changes = { input: json([[5, 3, 4, 1]]), row: 1, background: json([[6, 3, 5, 1]]) };
    const { effects, coalitions, background } = await pool.ask('explainRow', queryOf('logistic-iris', changes));
    expect(coalitions).toBe(4);
    expect(effects.map(({ effect }) => effect === 0)).toEqual([false, true, false, true]);
    expect(background).toEqual({ name: 'rows', rows: 1, of: 1 });
  });

  test('the class that is asked for is explained; the effects of all classes cancel out', async () => {
    const found = await Promise.all(
      ['0', '1', '2'].map((named) =>
        pool.ask('explainRow', queryOf('logistic-iris', { target: { output: null, class: named } })),
      ),
    );
    for (let at = 0; at < 4; at += 1) {
      expect(Math.abs(found.reduce((sum, { effects }) => sum + Number(effects[at]?.effect), 0))).toBeLessThan(1e-6);
    }
    const none = queryOf('logistic-iris', { target: { output: null, class: 'rose' } });
    expect(await refusal(pool.ask('explainRow', none))).toBe('output_probability has no class rose. It has 0, 1, 2.');
  });

  test('missing values are values: a model that takes them is explained', async () => {
    const name = 'missing-hist-boosting';
    const found = await pool.ask('explainRow', queryOf(name, { row: 1 }));
    expect(found.effects).toHaveLength(4);
    expect(found.effects.every(({ effect }) => Number.isFinite(effect))).toBe(true);
    const curve = await pool.ask('whatIf', { ...queryOf(name), feature: found.effects[0]?.feature ?? '' });
    expect(curve.grid.every((value) => Number.isFinite(value))).toBe(true);
  });

  test('categories: each input is a feature, and other categories can be tried', async () => {
    const found = await pool.ask('explainRow', queryOf('mixed-columns'));
    expect(found.effects.map(({ feature }) => feature)).toEqual(['carrier', 'origin', 'dep_delay', 'distance']);
    expect(found.effects[0]?.value).toBe('AA');
    const curve = await pool.ask('whatIf', { ...queryOf('mixed-columns'), feature: 'carrier' });
    expect(curve.kind).toBe('category');
    expect(curve.grid[0]).toBe('B6');
    expect([...curve.grid].sort()).toEqual(['AA', 'B6', 'DL', 'UA']);
    expect(curve.own[curve.grid.indexOf('AA')]).toBe(curve.prediction);
  });

  test('an answer that is no finite number is refused with a sentence', async () => {
    const given = { input: json([[null, 3, 4, 1]]), row: 1, background: json([[6, 3, 5, 1]]) };
    const said = await refusal(pool.ask('explainRow', queryOf('logistic-iris', given)));
    expect(said).toContain('The model answers NaN to some of the rows');
  });

  test('it says how far it is, stops when it is taken back, and answers the next question', async () => {
    const stop = new AbortController();
    const told: number[] = [];
    const onProgress = ({ done, total }: { done: number; total: number }): void => {
      told.push(done / total);
      stop.abort();
    };
    const asked = pool.ask('explainRow', queryOf('hist-boosting'), { signal: stop.signal, onProgress });
    expect(await refusal(asked)).not.toBe('nothing was refused');
    expect(told[0]).toBeGreaterThan(0);
    expect(told[0]).toBeLessThan(0.5);
    expect((await pool.ask('explainRow', queryOf('hist-boosting', { row: 3 }))).method).toBe('kernel');
  });

  test('what is no table is refused: pictures, a row that is not there, a feature that is not there', async () => {
    expect(await refusal(pool.ask('explainRow', queryOf('image-net')))).toContain('4 dimensions');
    expect(await refusal(pool.ask('explainRow', queryOf('logistic-iris', { row: 99 })))).toBe(
      'There is no row 99: 22 were given.',
    );
    const said = await refusal(pool.ask('whatIf', { ...queryOf('logistic-iris'), feature: 'smell' }));
    expect(said).toContain('The model has no feature smell. It has X[0], X[1]');
  });
});

describe('slipway explain', () => {
  const rows = Array.from({ length: 300 }, (_, at) => [
    4.3 + (at % 31) / 10,
    2 + (at % 23) / 10,
    1 + (at % 59) / 10,
    0.1 + (at % 24) / 10,
  ]);
  const iris = modelOf('logistic-iris');
  const tables = ['--background', 'rows.csv', '--label', 'kind'];
  beforeAll(async () => {
    const given = { kind: 'text', text: JSON.stringify(rows), format: null } as const;
    const label = (await pool.ask('predict', { path: iris, given, outputs: null })).outputs.output_label as FlatTensor;
    const lines = rows.map((row, at) => [...row, label.data[at]].join(','));
    writeFileSync(join(folder, 'rows.csv'), ['sl,sw,pl,pw,kind', ...lines].join('\n'));
  });

  test('tells the effects by the names of the columns, against the rows that were said', () => {
    const { out, code } = slipway(['explain', iris, '--input', 'rows.csv', '--row', '7', ...tables], folder);
    expect(code).toBe(0);
    expect(out).toMatch(/^Row 7: output_probability of \d is .* the mean over 100 of 300 rows of rows\.csv\./);
    expect(out).toMatch(/\npl +1\.6 +[+-]0\.\d+\n/);
    expect(out).toContain('The effects describe the model, not what causes what.');
    const all = slipwayJson<RowExplanation>(
      ['explain', iris, '--input', 'rows.csv', ...tables, '--rows', '300'],
      folder,
    );
    expect(all.background).toEqual({ name: 'rows.csv', rows: 300, of: 300 });
  });

  test('a model whose truth is its own answer has accuracy 1, which falls where a feature is needed', () => {
    const found = slipwayJson<{ score: number; features: { feature: string; mean: number }[] }>(
      ['explain', iris, ...tables, '--importance'],
      folder,
    );
    expect(found.score).toBe(1);
    const fall = (name: string): number => found.features.find(({ feature }) => feature === name)?.mean ?? Number.NaN;
    expect(fall('pl')).toBeGreaterThan(0.2);
    expect(fall('sw')).toBeLessThan(fall('pl'));
    for (const metric of ['balanced_accuracy', 'f1_macro']) {
      const other = slipwayJson<{ metric: string; score: number }>(
        ['explain', iris, ...tables, '--importance', '--metric', metric],
        folder,
      );
      expect(other).toMatchObject({ metric, score: 1 });
    }
    const refused = (metric: string): string =>
      slipway(['explain', iris, ...tables, '--importance', '--metric', metric], folder).error;
    expect(refused('roc_auc')).toContain('of the scores of two classes here, and there are 3 classes');
    expect(refused('rmse')).toContain('The model tells classes, and rmse is of numbers');
  });

  test('says what is missing, and that the label is no input', () => {
    expect(slipway(['explain', iris, ...tables], folder).error).toBe(
      'slipway: Name the file with the row: --input FILE.\n',
    );
    const labelled = slipway(['explain', iris, '--input', 'rows.csv', '--background', 'rows.csv'], folder);
    expect(labelled.code).toBe(3);
    expect(labelled.error).toContain('The model takes 4 values a row, and the table has 5 columns for it');
    const order = 'pw,pl,sw,sl\n1,2,3,4\n';
    writeFileSync(join(folder, 'order.csv'), order);
    const said = slipway(
      ['explain', iris, '--input', 'order.csv', '--background', 'rows.csv', '--leave-out', 'kind'],
      folder,
    );
    expect(said.error).toContain(
      'The columns of the row and of the background differ: pw, pl, sw, sl; sl, sw, pl, pw.',
    );
    const unknown = slipway(
      ['explain', iris, '--input', 'order.csv', '--background', 'rows.csv', '--leave-out', 'kin'],
      folder,
    );
    expect(unknown.error).toContain('The table has no column kin.');
  });

  test('a row without what is true is explained against rows that have it', () => {
    writeFileSync(join(folder, 'row.csv'), 'sl,sw,pl,pw\n5.1,3.5,1.4,0.2\n');
    writeFileSync(join(folder, 'labelled.csv'), 'sl,sw,pl,pw,kind\n5.1,3.5,1.4,0.2,9\n');
    const told = (input: string): RowExplanation['effects'] =>
      slipwayJson<RowExplanation>(['explain', iris, '--input', input, ...tables], folder).effects;
    expect(told('row.csv')).toEqual(told('labelled.csv'));
  });
});
