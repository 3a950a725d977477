// What a file says of itself, read by the built model process, against what the onnx package and pickletools say.
import { execFileSync } from 'node:child_process';
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { ownModelProcesses } from '../../src/client/model/model-processes';
import type { DrawnEnd, GraphDrawing } from '../../src/protocol/inference/file/graph-drawing';
import type { ModelOutline, ModelValue } from '../../src/protocol/inference/outline';
import { slipway } from '../datasets/slipway-cli';

const python = process.env.SLIPWAY_TEST_PYTHON_INFERENCE ?? '';
const models = process.env.SLIPWAY_TEST_MODELS ?? '';
const pool = ownModelProcesses(() => ({ bundle: join(import.meta.dirname, '../../dist') }));
const folder = mkdtempSync(join(tmpdir(), 'slipway-outline-'));
afterAll(() => {
  pool.dispose();
  rmSync(folder, { recursive: true });
});

function reference<T>(what: 'models' | 'pickles', where: string): T {
  const script = join(import.meta.dirname, 'outline-reference.py');
  return JSON.parse(execFileSync(python, [script, what, where], { encoding: 'utf8', maxBuffer: 2 ** 26 })) as T;
}

const outlineOf = (path: string): Promise<ModelOutline> => pool.ask('outline', { path });
const modelOf = (name: string): string => join(models, name, 'model.onnx');

/** A file of these bytes. */
function file(name: string, bytes: string | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  return path;
}

/** A field of a message: a varint where `value` is a number, else length-delimited. */
function field(number: number, value: number | string | Uint8Array | readonly Uint8Array[]): Uint8Array {
  if (typeof value === 'number') return Buffer.concat([varint(number * 8), varint(value)]);
  const bytes =
    typeof value === 'string'
      ? Buffer.from(value)
      : Buffer.concat(Array.isArray(value) ? value : [value as Uint8Array]);
  return Buffer.concat([varint(number * 8 + 2), varint(bytes.length), bytes]);
}

function varint(value: number): Uint8Array {
  const bytes: number[] = [];
  for (let rest = value; ; rest = Math.floor(rest / 128)) {
    if (rest < 128) return Buffer.from([...bytes, rest]);
    bytes.push((rest % 128) + 128);
  }
}

/** A model around these fields of a graph: IR 8, opset 17. */
const modelWith = (...graph: Uint8Array[]): Uint8Array =>
  Buffer.concat([field(1, 8), field(7, graph), field(8, [field(2, 17)])]);
const value = (name: string, type: Uint8Array): Uint8Array => Buffer.concat([field(1, name), field(2, type)]);
const tensor = (element: number, shape: Uint8Array[] | null): Uint8Array =>
  field(1, [field(1, element), ...(shape === null ? [] : [field(2, shape)])]);
const relu = field(1, [field(1, 'x'), field(2, 'y'), field(4, 'Relu')]);

describe('a model', () => {
  test('says what the onnx package says of it, for every exported model', async () => {
    const said = reference<Record<string, Record<string, unknown>>>('models', models);
    expect(Object.keys(said).length).toBeGreaterThan(50);
    for (const [name, expected] of Object.entries(said)) {
      const found = await outlineOf(modelOf(name));
      const named = (values: ModelValue[]): unknown[] => values.map((each) => [each.name, each.type]);
      expect({
        ir: found.irVersion,
        sets: found.operatorSets.map(({ domain, version }) => [domain, version]).sort(),
        producer: [found.producer.name, found.producer.version],
        inputs: named(found.inputs),
        outputs: named(found.outputs),
        operators: found.operators.map((each) => [each.domain, each.name, each.count]).sort(),
        weights: [found.weights.count, found.weights.bytes - textBytes(found)],
        metadata: found.metadata.map(({ key, value: text }) => [key, text]).sort(),
        nodes: [found.nodes.graph, found.nodes.all],
      }).toEqual({ ...expected, operators: (expected.operators as unknown[]).sort() });
    }
  });

  test('that onnxruntime runs has nothing that keeps it from running', async () => {
    const listed = JSON.parse(readFileSync(join(models, 'models.json'), 'utf8')) as { name: string }[];
    for (const { name } of listed) expect([name, (await outlineOf(modelOf(name))).blocks]).toEqual([name, []]);
  });

  test('names its classes, whatever wrote them', async () => {
    const labels = async (name: string): Promise<unknown> =>
      (await outlineOf(modelOf(name))).labels.map(({ output, from, classes }) => [output, from, classes]);
    const flowers = ['setosa', 'versicolor', 'virginica'];
    expect(await labels('knn')).toEqual([['output_probability', 'ZipMap', flowers]]);
    expect(await labels('logistic-no-zipmap')).toEqual([['probabilities', 'LinearClassifier', flowers]]);
    expect(await labels('xgboost-binary')).toEqual([['probabilities', 'TreeEnsembleClassifier', [0, 1]]]);
    expect(await labels('image-net')).toEqual([['scores', 'names', ['cat', 'dog', 'fox', "owl's", 'hen']]]);
    expect(await labels('ridge')).toEqual([]);
  });

  test('tells a scalar from a shape that nobody said, and an open size from a named one', async () => {
    const open = [field(1, []), field(1, [field(2, '')]), field(1, [field(2, 'rows')]), field(1, [field(1, 3)])];
    const path = file(
      'shapes.onnx',
      modelWith(
        relu,
        field(11, value('x', tensor(1, open))),
        field(11, value('n', tensor(7, []))),
        field(12, value('y', tensor(1, null))),
      ),
    );
    const { inputs, outputs } = await outlineOf(path);
    expect([...inputs, ...outputs].map(({ type }) => type)).toEqual([
      { kind: 'tensor', element: 'float32', shape: [null, null, 'rows', 3] },
      { kind: 'tensor', element: 'int64', shape: [] },
      { kind: 'tensor', element: 'float32', shape: null },
    ]);
  });

  test('shows its nodes page by page, those of subgraphs below their own, and a node with its attributes', async () => {
    const path = modelOf('branches');
    const { rows, total } = await pool.ask('nodePage', { path, offset: 0, count: 10, find: '' });
    expect([total, rows.map(({ depth, operator }) => `${'>'.repeat(depth)}${operator}`)]).toEqual([
      6,
      ['If', '>Neg', '>Add', 'Loop', '>Identity', '>Mul'],
    ]);
    expect(
      (await pool.ask('nodePage', { path, offset: 0, count: 10, find: 'HALVE' })).rows.map(({ index }) => index),
    ).toEqual([5]);
    const conv = await pool.ask('node', { path: modelOf('image-net'), index: 0 });
    expect(conv.attributes).toContainEqual({ name: 'pads', kind: 'ints', text: '[1, 1, 1, 1]' });
    expect(conv.inputs.map(({ name, role, isWeight }) => [name, role, isWeight])).toEqual([
      ['image', 'X', false],
      ['w1', 'W', true],
      ['b1', 'B', true],
    ]);
  });

  test('draws a graph: constants within those that read them, inner graphs to open, what comes from around', async () => {
    const path = modelOf('branches');
    const draw = (graph: number, around: number | null = null) =>
      pool.ask('drawing', { path, graph, around, most: 100 });
    const main = await draw(0);
    expect(main.nodes.map(({ operator }) => operator)).toEqual(['If', 'Loop']);
    expect(main.nodes.map(({ graphs }) => graphs.map(({ name, nodes }) => [name, nodes]))).toEqual([
      [
        ['else_branch', 1],
        ['then_branch', 1],
      ],
      [['body', 2]],
    ]);
    // x goes into the choice, because the graphs within it read it.
    expect(endsOf(main)).toEqual(['choose > 0', 'x > 0', '0 > 3', 'times > 3', '3 > y'].toSorted());
    expect(main.edges.find(({ from }) => from.kind === 'input')?.values[0]?.type).toMatchObject({ element: 'bool' });
    const body = await draw(0, 5);
    expect([body.graph, body.nodes.map(({ operator }) => operator)]).toEqual([
      main.nodes[1]?.graphs[0]?.graph,
      ['Identity', 'Mul'],
    ]);
    expect(body.way.map(({ name, holder }) => [name, holder])).toEqual([
      ['', null],
      ['body', 3],
    ]);
    expect(body.nodes[1]?.constants).toEqual([{ name: 'half', text: '0.5', node: null }]);
    expect(body.inputs.map(({ name }) => name)).toEqual(['i', 'go', 'before']);
    const branch = await draw(main.nodes[0]?.graphs[0]?.graph ?? -1);
    expect([branch.outer, endsOf(branch)]).toEqual([['x'], ['1 > out', 'x > 1']]);
    await expect(draw(99)).rejects.toThrow(/has no such graph any more/);
  });

  test('draws what a function is made of, and of a large graph what lies around a node', async () => {
    const own = modelOf('own-function');
    const main = await pool.ask('drawing', { path: own, graph: 0, around: null, most: 100 });
    const [inner] = main.nodes[0]?.graphs ?? [];
    expect(inner).toMatchObject({ name: 'Scaled', nodes: 2 });
    const made = await pool.ask('drawing', { path: own, graph: inner?.graph ?? -1, around: null, most: 100 });
    expect(made.nodes.map(({ operator, constants }) => [operator, constants.map(({ text }) => text)])).toEqual([
      ['Mul', ['2']],
    ]);
    const count = 50_000;
    const names = (at: number): string => (at === 0 ? 'x' : at === count ? 'y' : `v${at}`);
    const nodes = Array.from({ length: count }, (_, at) =>
      field(1, [field(1, names(at)), field(1, 'x'), field(2, names(at + 1)), field(4, 'Add')]),
    );
    const ends = [field(11, value('x', tensor(1, null))), field(12, value('y', tensor(1, null)))];
    const path = file('long.onnx', modelWith(...nodes, ...ends));
    await outlineOf(path);
    const start = performance.now();
    const around = await pool.ask('drawing', { path, graph: 0, around: 25_000, most: 101 });
    expect(performance.now() - start).toBeLessThan(5000);
    expect([around.total, around.nodes.length]).toEqual([count, 101]);
    expect([around.nodes[0], around.nodes.at(-1)]).toMatchObject([
      { index: 24_950, before: [24_949], after: [] },
      { index: 25_050, before: [], after: [25_051] },
    ]);
  });
});

/** Edges in words: nodes by their index, ends of the graph by name. */
function endsOf({ edges }: GraphDrawing): string[] {
  const textOf = (end: DrawnEnd): string => (end.kind === 'node' ? String(end.index) : end.name);
  return edges.map(({ from, to }) => `${textOf(from)} > ${textOf(to)}`).toSorted();
}

test('a forest whose attributes hold millions of numbers keeps nobody waiting', async () => {
  const many = Buffer.concat(Array.from({ length: 2_000_000 }, () => Buffer.from([0x40, 0x07])));
  const forest = field(1, [
    field(2, 'y'),
    field(4, 'TreeEnsembleRegressor'),
    field(5, [field(1, 'nodes_treeids'), many]),
  ]);
  const path = file('forest.onnx', modelWith(forest));
  const start = performance.now();
  const { attributes } = await pool.ask('node', { path, index: 0 });
  expect(attributes[0]?.text).toMatch(/^\[7, 7, .*, … over 50,000 in all\]$/);
  expect(performance.now() - start).toBeLessThan(1000);
});

/** The reference does not count bytes of texts. */
function textBytes({ weights }: ModelOutline): number {
  return weights.byType.find(({ element }) => element === 'string')?.bytes ?? 0;
}

describe('what will not run here', () => {
  const blocksOf = async (path: string): Promise<string> =>
    (await outlineOf(path)).blocks.map(({ text }) => text).join('\n');
  const io = [field(11, value('x', tensor(1, null))), field(12, value('y', tensor(1, null)))];

  test('is a newer opset, a newer format, an operator that nobody knows, an element type', async () => {
    const node = (operator: string, domain: string): Uint8Array =>
      field(1, [field(1, 'x'), field(2, 'y'), field(4, operator), field(7, domain)]);
    const newer = Buffer.concat([field(1, 99), field(7, [relu, ...io]), field(8, [field(2, 99)])]);
    expect(await blocksOf(file('newer.onnx', newer))).toMatch(/IR version 99[\s\S]*Opset 99 of ai.onnx/);
    const custom = file('custom.onnx', modelWith(node('Beam', 'my.own'), ...io));
    expect(await blocksOf(custom)).toContain('Beam of my.own is no operator that onnxruntime knows');
    expect(await blocksOf(file('gelu.onnx', modelWith(node('Gelu', ''), ...io)))).toContain('Gelu came with opset 20');
    const complex = modelWith(relu, field(11, value('x', tensor(14, null))), field(12, value('y', tensor(1, null))));
    expect(await blocksOf(file('complex.onnx', complex))).toContain('Input x is complex64');
    const named = modelWith(relu, io[0] as Uint8Array, field(12, value('__proto__', tensor(1, null))));
    expect(await blocksOf(file('named.onnx', named))).toContain('called __proto__');
  });

  test('is a file of weights that is missing, too short, or outside of the folder', async () => {
    const here = join(folder, 'beside');
    mkdirSync(here);
    copyFileSync(modelOf('external-data'), join(here, 'model.onnx'));
    const path = join(here, 'model.onnx');
    expect(await blocksOf(path)).toContain('model.onnx.data is not beside the model');
    copyFileSync(`${modelOf('external-data')}.data`, join(here, 'model.onnx.data'));
    expect(await blocksOf(path)).toBe('');
    truncateSync(join(here, 'model.onnx.data'), 100);
    expect(await blocksOf(path)).toContain('has 100 of the 8,192 bytes');
    rmSync(join(here, 'model.onnx.data'));
    symlinkSync('/etc/hostname', join(here, 'model.onnx.data'));
    expect(await blocksOf(path)).toContain('outside the model’s folder');
    rmSync(join(here, 'model.onnx.data'));
    mkdirSync(join(here, 'model.onnx.data'));
    expect(await blocksOf(path)).toContain('is a folder, a pipe or a device, and no file');
    const entry = (key: string, text: string): Uint8Array => field(13, [field(1, key), field(2, text)]);
    const away = field(5, [
      field(1, 4),
      field(2, 1),
      field(8, 'w'),
      entry('location', '../../etc/passwd'),
      field(14, 1),
    ]);
    expect(await blocksOf(file('away.onnx', modelWith(relu, away, ...io)))).toContain('../../etc/passwd');
  });
});

describe('what is no model', () => {
  const lfs = 'version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12345\n';
  const deep = Array.from({ length: 200 }).reduce<Uint8Array>(
    (inner) => field(1, [field(4, 'If'), field(5, [field(1, 'then_branch'), field(6, inner)])]),
    relu,
  );
  const deepType = Array.from({ length: 5000 }).reduce<Uint8Array>(
    (inner) => field(4, [field(1, inner)]),
    tensor(1, null),
  );
  const cases: [string, string | Uint8Array, RegExp][] = [
    ['empty', '', /is empty/],
    ['zeros', new Uint8Array(9000), /only zeros/],
    [
      'web page',
      '<!DOCTYPE html><html><head><title>Sign in</title></head></html>',
      /web page.*Download the file again/,
    ],
    ['Git LFS pointer', lfs, /git lfs pull/],
    ['DVC pointer', 'outs:\n- md5: a1b2\n  path: model.onnx\n', /dvc pull/],
    ['pickle', Buffer.from('80049500000000', 'hex'), /pickle.*never/],
    ['ZIP', 'PK\u0003\u0004archive', /ZIP archive/],
    ['SavedModel', Buffer.from('0801120c0a0a3a080a034162731201780000', 'hex'), /SavedModel.*tf2onnx/],
    ['text', 'just some words in a file that is called .onnx\n', /is a text/],
    ['JSON', '{"learner": {"gradient_booster": {}}}', /JSON/],
    ['noise', Buffer.from(Array.from({ length: 4000 }, (_, at) => (at * 7919 + 13) % 251)), /is no ONNX model/],
    ['endless number', Buffer.concat([field(1, 8), Buffer.alloc(40, 0xff)]), /no ONNX model|damaged/],
    [
      'length of two gigabytes',
      Buffer.concat([field(1, 8), Buffer.from([0x3a]), varint(2 ** 31), Buffer.from('abc')]),
      /cut off.*missing/,
    ],
    ['length beyond any file', Buffer.concat([field(1, 8), Buffer.from([0x3a]), varint(2 ** 60)]), /cut off/],
    ['graph without end', modelWith(deep), /32 deep/],
    ['type without end', modelWith(field(11, value('x', deepType))), /too deep/],
    ['no graph', Buffer.concat([field(1, 8), field(2, 'nobody')]), /holds no graph/],
  ];

  test.each(cases)('%s: says what it is and what to do', async (name, bytes, said) => {
    const path = file(`${name}.onnx`, bytes);
    await expect(outlineOf(path)).rejects.toMatchObject({ code: 'invalid', message: expect.stringMatching(said) });
  });

  test('a folder, and a file that is not there', async () => {
    await expect(outlineOf(folder)).rejects.toMatchObject({ code: 'invalid' });
    await expect(outlineOf(join(folder, 'none.onnx'))).rejects.toMatchObject({ code: 'not-found' });
  });

  test('models cut off anywhere or with any byte changed are read or refused, never more', async () => {
    const whole = readFileSync(modelOf('mixed-columns'));
    const path = join(folder, 'changed.onnx');
    let seed = 1;
    const next = (below: number): number => {
      seed = (seed * 48_271) % 2_147_483_647;
      return seed % below;
    };
    for (let round = 0; round < 600; round += 1) {
      const bytes = Buffer.from(whole);
      if (round % 3 === 0) writeFileSync(path, bytes.subarray(0, next(bytes.length)));
      else {
        for (let change = 0; change <= round % 4; change += 1) bytes[next(bytes.length)] = next(256);
        writeFileSync(path, bytes);
      }
      const ended = await outlineOf(path).then(
        () => 'read',
        (error: { code?: string }) => error.code,
      );
      expect(['read', 'invalid']).toContain(ended);
    }
    expect((await outlineOf(modelOf('mixed-columns'))).inputs).toHaveLength(4);
  });
});

describe('slipway inspect', () => {
  test('prints a model for people and for programs, and makes no workspace', () => {
    const { code, out } = slipway(['inspect', modelOf('logistic-strings')], folder);
    expect([code, out.split('\n').slice(0, 3)]).toEqual([
      0,
      [
        expect.stringMatching(/Classifier of 2 classes over 30 numbers$/),
        expect.stringMatching(/^skl2onnx .*opset 21/),
        expect.stringContaining('Nothing'),
      ],
    ]);
    expect(JSON.parse(slipway(['inspect', modelOf('logistic-strings'), '--json'], folder).out)).toMatchObject({
      ir_version: 10,
      labels: [{ output: 'output_probability', classes: ['benign', 'malignant'] }],
    });
    const refused = slipway(['inspect', file('page.onnx', '<html>')], folder);
    expect([refused.code, refused.error]).toEqual([3, expect.stringContaining('This is a web page')]);
  });

  test('a pickle is scanned and never loaded: the names are those that pickletools finds', async () => {
    const here = join(folder, 'pickles');
    mkdirSync(here);
    for (const [name, expected] of Object.entries(reference<Record<string, string[]>>('pickles', here))) {
      const { globals, trouble } = await pool.ask('pickleScan', { path: join(here, name) });
      expect([name, globals.map((each) => each.name), trouble]).toEqual([name, expected, null]);
    }
    for (const name of ['forest.joblib', 'packed.joblib'])
      expect(await pool.ask('pickleScan', { path: join(here, name) })).toMatchObject({ trouble: null });
    const command = slipway(['inspect', join(here, 'command.pkl')]);
    expect([command.code, command.out]).toEqual([1, expect.stringMatching(/run commands[^:]*:\n +posix\.system/)]);
    expect(slipway(['inspect', join(here, 'forest.joblib')]).code).toBe(0);
  });

  test.each([
    ['sklearn', 'os.system', 'unsafe'],
    ['torch', '_os.system', 'unsafe'],
    ['torch.utils.collect_env', 'run', 'unsafe'],
    ['pandas.core.computation.eval', 'eval', 'unsafe'],
    ['torch', 'load', 'unsafe'],
    ['numpy.lib.npyio', 'load', 'unsafe'],
    ['sklearn.utils', 'subprocess.Popen', 'unsafe'],
    ['scipy.signal', 'os.system', 'unsafe'],
    ['sklearn.datasets._base', 'load_files', 'unknown'],
    ['sklearn.pipeline', 'np.DataSource', 'unknown'],
    ['keras.src.saving.serialization_lib', 'deserialize_keras_object', 'unknown'],
    ['numpy._core.multiarray', '_reconstruct', 'known'],
    ['numpy.random._pickle', '__randomstate_ctor', 'known'],
    ['numpy.random.bit_generator', '__pyx_unpickle_SeedSequence', 'known'],
    ['numpy.ma', 'MaskedArray', 'known'],
    ['sklearn.feature_selection._univariate_selection', 'f_classif', 'known'],
    ['torch._utils', '_rebuild_tensor_v2', 'known'],
  ])('a command behind a library’s name is no part of a model: %s %s is %s', async (module, name, judgement) => {
    const word = (text: string): Buffer => Buffer.concat([Buffer.from([0x8c, text.length]), Buffer.from(text)]);
    const bytes = Buffer.concat([Buffer.from([0x80, 4]), word(module), word(name), Buffer.from([0x93, 0x2e])]);
    const { globals } = await pool.ask('pickleScan', { path: file('command.pkl', bytes) });
    expect(globals).toEqual([{ name: `${module}.${name}`, judgement }]);
  });
});
