// Real exported models, run by the built model process, against what onnxruntime-python answers.
import { execFile } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as passed } from 'node:timers/promises';
import { promisify } from 'node:util';
import { afterAll, describe, expect, test } from 'vitest';
import { KeptProcess } from '../../src/client/asked/kept-process';
import { ownModelProcesses } from '../../src/client/model/model-processes';
import { joined, lengthField, numberField } from '../../src/lifecycle/inference/derived/message-bytes';
import { dataTypes, editedModel, nodeBytes, numberAttribute } from '../../src/lifecycle/inference/derived/model-edits';
import { halfToNumber, numberToHalf } from '../../src/lifecycle/inference/tensor/half';
import { endedModelProcess } from '../../src/protocol/inference/model-process-end';
import type { ModelQuestions } from '../../src/protocol/inference/model-questions';
import type { OutputValue } from '../../src/protocol/inference/prediction';
import { isList, type NestedItems, nestedItems } from '../../src/protocol/inference/tensor';
import { knownForm } from '../../webview/model/try/form/known-form';
import { formRequest } from '../../webview/model/try/form/request';

const bundle = join(import.meta.dirname, '../../dist');
const models = process.env.SLIPWAY_TEST_MODELS ?? '';
const listed = JSON.parse(readFileSync(join(models, 'models.json'), 'utf8')) as { name: string; zipmap: boolean }[];
const pool = ownModelProcesses(() => ({ bundle }));
const folder = mkdtempSync(join(tmpdir(), 'slipway-predict-'));
const iris = join(models, 'logistic-iris/model.onnx');
afterAll(() => {
  pool.dispose();
  rmSync(folder, { recursive: true });
});

interface Expected {
  outputs: Record<string, NestedItems>;
  labels: Record<string, (string | number)[]>;
}

function expectedOf(name: string): Expected {
  return JSON.parse(readFileSync(join(models, name, 'expected.json'), 'utf8')) as Expected;
}

// A float of the reference is written with as many digits as its type needs.
/** What `value` is when it is rounded to the element type of the output. */
function rounded(value: NestedItems, type: string): NestedItems {
  if (Array.isArray(value)) return value.map((each) => rounded(each, type));
  if (typeof value !== 'number') return value;
  return type === 'float32' ? Math.fround(value) : type === 'float16' ? halfToNumber(numberToHalf(value)) : value;
}

function typeOf(output: OutputValue): string {
  return isList(output) ? (output[0]?.type ?? '') : output.type;
}

describe('equal to onnxruntime-python, bit for bit', () => {
  test.each(listed.map(({ name }) => name))('%s', async (name) => {
    const path = join(models, name, 'model.onnx');
    const given = { kind: 'file', path: join(models, name, 'input.json'), format: null } as const;
    const found = await pool.ask('predict', { path, given, outputs: null });
    const expected = expectedOf(name);
    expect(found.labels).toEqual(expected.labels);
    for (const [output, value] of Object.entries(found.outputs)) {
      expect(nestedItems(value)).toEqual(rounded(expected.outputs[output] as NestedItems, typeOf(value)));
    }
    expect(Object.keys(found.outputs).sort()).toEqual(Object.keys(expected.outputs).sort());
    await predictsFromItsForm(path);
  });
});

/** The form that the editor offers can be sent as it stands, but for a picture, which has to be chosen. */
async function predictsFromItsForm(path: string): Promise<void> {
  const form = await pool.ask('form', { path });
  const { text, problems } = formRequest(knownForm(form, { chosen: null, training: null, signature: null }), {}, {});
  const pictures = form.inputs.filter(({ kind }) => kind === 'image').map(({ name }) => name);
  expect(problems).toEqual(Object.fromEntries(pictures.map((name) => [name, 'Choose a picture.'])));
  if (text === null) return;
  const { taken } = await pool.ask('predict', { path, given: { kind: 'text', text, format: null }, outputs: null });
  expect(taken.format).toBe('oip');
}

/** The first output for a text, in rows. */
async function first(path: string, text: string): Promise<NestedItems> {
  const { outputs } = await pool.ask('predict', { path, given: { kind: 'text', text, format: null }, outputs: null });
  return nestedItems(Object.values(outputs)[0] as OutputValue);
}

async function refusal(work: Promise<unknown>): Promise<string> {
  return work.then(
    () => 'nothing was refused',
    (error: Error) => error.message,
  );
}

describe('ways to give the same two rows', () => {
  test.each([
    ['rows', '[[5.1,3.5,1.4,0.2],[6.7,3.0,5.2,2.3]]', 'plain'],
    ['an input by name', '{"X": [[5.1,3.5,1.4,0.2],[6.7,3.0,5.2,2.3]]}', 'plain'],
    ['records in any words', '[{"a":5.1,"b":3.5,"c":1.4,"d":0.2},{"a":6.7,"b":3,"c":5.2,"d":2.3}]', 'plain'],
    [
      'Open Inference Protocol, flat',
      '{"inputs":[{"name":"X","shape":[2,4],"datatype":"FP32","data":[5.1,3.5,1.4,0.2,6.7,3,5.2,2.3]}]}',
      'oip',
    ],
    [
      'MLflow, split',
      '{"dataframe_split":{"columns":["a","b","c","d"],"data":[[5.1,3.5,1.4,0.2],[6.7,3,5.2,2.3]]}}',
      'mlflow',
    ],
    ['MLflow, inputs', '{"inputs":{"X":[[5.1,3.5,1.4,0.2],[6.7,3,5.2,2.3]]}}', 'mlflow'],
    ['TensorFlow Serving', '{"instances":[[5.1,3.5,1.4,0.2],[6.7,3,5.2,2.3]]}', 'tensorflow'],
    ['CSV with names', 'a,b,c,d\n5.1,3.5,1.4,0.2\n6.7,3.0,5.2,2.3\n', 'csv'],
    ['CSV whose lines end as on an old Mac', 'a,b,c,d\r5.1,3.5,1.4,0.2\r6.7,3.0,5.2,2.3\r', 'csv'],
    ['CSV without names', '5.1,3.5,1.4,0.2\n6.7,3.0,5.2,2.3', 'csv'],
  ])('%s', async (_, text, format) => {
    const given = { kind: 'text', text, format: null } as const;
    const { outputs, taken } = await pool.ask('predict', { path: iris, given, outputs: null });
    expect({ format: taken.format, rows: taken.rows }).toEqual({ format, rows: 2 });
    expect(nestedItems(outputs.output_label as OutputValue)).toEqual([0, 2]);
  });

  test.each([
    ['5.1,,1.4,0.2', [5.1, 'NaN', 1.4, 0.2]],
    ['nan,3.5,-inf,0.2', ['NaN', 3.5, '-Infinity', 0.2]],
  ])('a first line of numbers with gaps is a row, not names: %s', async (line, data) => {
    const given = { kind: 'text', text: `${line}\n6.7,3.0,5.2,2.3`, format: null } as const;
    const { feeds, rows } = await pool.ask('takeInput', { path: iris, given });
    expect([rows, feeds.X?.data.slice(0, 4)]).toEqual([2, data]);
  });

  test('a column has a row a value, where an input leaves both dimensions open or has one alone', async () => {
    const bytes = readFileSync(join(models, 'mixed-columns/model.onnx'), 'latin1');
    const path = join(folder, 'open.onnx');
    // An empty name instead of the size 1.
    writeFileSync(path, bytes.replaceAll('\n\0\n\x02\b\x01', '\n\0\n\x02\x12\0'), 'latin1');
    const text = 'carrier,origin,dep_delay,distance\nAA,JFK,1,2\nUA,EWR,3,4';
    const taken = await pool.ask('takeInput', { path, given: { kind: 'text', text, format: null } });
    expect(Object.values(taken.feeds).map(({ shape }) => shape)).toEqual(Array(4).fill([2, 1]));
    const numbers = { kind: 'text', text: 'value\n7\n8\n9', format: null } as const;
    const { feeds } = await pool.ask('takeInput', { path: join(models, 'int64/model.onnx'), given: numbers });
    expect(Object.values(feeds)).toMatchObject([{ shape: [3], data: [7, 8, 9] }]);
  });

  test('of columns of one name the later ones are called otherwise, which is said', async () => {
    const given = { kind: 'text', text: 'x,x\n7,8', format: null } as const;
    const { feeds, notes } = await pool.ask('takeInput', { path: join(models, 'int64/model.onnx'), given });
    expect(Object.values(feeds)).toMatchObject([{ data: [7] }]);
    expect(notes[0]).toBe('Columns share a name: x in column 2 is called x_1 here.');
  });

  test('a single row alone is a batch of one', async () => {
    expect(await first(iris, '[5.1,3.5,1.4,0.2]')).toEqual([0]);
  });

  test('NaN as Python writes it, and whole numbers beyond 2^53, arrive as they are', async () => {
    const path = join(models, 'int64/model.onnx');
    const { inputs } = await pool.ask('open', { path });
    const name = inputs[0]?.name ?? '';
    const given = { kind: 'text', text: `{"${name}": [9007199254740993]}`, format: null } as const;
    const { feeds } = await pool.ask('takeInput', { path, given });
    expect(feeds[name]?.data).toEqual(['9007199254740993']);
    const nan = { kind: 'text', text: '[[NaN, -Infinity, 1, null]]', format: null } as const;
    const taken = await pool.ask('takeInput', { path: iris, given: nan });
    expect(taken.feeds.X?.data).toEqual(['NaN', '-Infinity', 1, 'NaN']);
  });
});

describe('an input that does not fit is refused with what is wrong', () => {
  test.each([
    ['three values of four', '[[1,2,3]]', 'The input X takes ? × 4, and 1 × 3 was given.'],
    ['a word', '[[1,2,"three",4]]', '"three" in X, value 3 is not a number.'],
    ['ragged rows', '[[1,2,3,4],[1,2]]', 'The input X[1] has 2 values where the rows before it have 4.'],
    ['another name', '{"Y": [[1,2,3,4]]}', 'Y is no input of the model; X is missing. It takes X.'],
    ['broken JSON', '[[1,2,\n3,,4]]', 'This is not JSON: line 2, column 3'],
    ['nothing', '   ', 'Nothing was given.'],
    ['a word in CSV', 'a,b,c,d\n1,2,3,four', '"four" in row 1, column d is not a number.'],
    ['a word that objects answer to', '[[1,2,"constructor",4]]', '"constructor" in X, value 3 is not a number.'],
    ['an empty list', '[]', 'The list holds no row.'],
  ])('%s', async (_, text, sentence) => {
    expect(await refusal(first(iris, text))).toContain(sentence);
  });

  test.each([
    ['rows.json', '[[1,2,\n3,,4]]', 'rows.json is not JSON: line 2, column 3'],
    ['rows.data', 'a,b,c,d\n1,2,3\n', 'rows.data, line 2: 3 cells'],
    ['rows.data', ' ', 'rows.data is empty.'],
  ])('by the name of the file %s that holds %j', async (name, text, sentence) => {
    writeFileSync(join(folder, name), text);
    const given = { kind: 'file', path: join(folder, name), format: null } as const;
    expect(await refusal(pool.ask('takeInput', { path: iris, given }))).toContain(sentence);
  });

  test('a text with a NUL character, which onnxruntime would cut there', async () => {
    const { inputs } = await pool.ask('open', { path: join(models, 'text/model.onnx') });
    const text = JSON.stringify({ [inputs[0]?.name ?? '']: ['good', 'a\0b'] });
    expect(await refusal(first(join(models, 'text/model.onnx'), text))).toMatch(/value 2 has a NUL character/);
  });
});

describe('a map of class scores', () => {
  const zipped = (classes: string[]): string => {
    const path = join(folder, `zip-${classes.join('-')}.onnx`);
    const list = [...classes.map((each) => lengthField(9, each)), numberField(20, 8)];
    const attribute = lengthField(5, [lengthField(1, 'classlabels_strings'), ...list]);
    const node = [nodeBytes({ operator: 'ZipMap', inputs: ['x'], outputs: ['y'] }), attribute];
    const float = lengthField(1, [numberField(1, dataTypes.float32)]);
    const map = lengthField(5, [numberField(1, dataTypes.string), lengthField(2, [float])]);
    const rows = lengthField(2, [lengthField(1, [lengthField(2, 'N')]), lengthField(1, [numberField(1, 2)])]);
    const matrix = lengthField(1, [numberField(1, dataTypes.float32), rows]);
    const value = (field: number, name: string, type: Uint8Array): Uint8Array =>
      lengthField(field, [lengthField(1, name), lengthField(2, [type])]);
    const scores = lengthField(4, [lengthField(1, [map])]);
    const graph = [lengthField(1, [...node, lengthField(7, 'ai.onnx.ml')]), lengthField(2, 'zip')];
    const opset = (domain: string, version: number): Uint8Array =>
      lengthField(8, [lengthField(1, domain), numberField(2, version)]);
    const all = lengthField(7, [...graph, value(11, 'x', matrix), value(12, 'y', scores)]);
    writeFileSync(path, joined([numberField(1, 8), opset('', 17), opset('ai.onnx.ml', 3), all]));
    return path;
  };

  test('has as many scores as classes, each of its own name, or is refused as by onnxruntime', async () => {
    expect(await first(zipped(['a', 'b']), '[[1,2]]')).toEqual([[1, 2]]);
    expect(await refusal(first(zipped(['a', 'b', 'c']), '[[1,2]]'))).toContain('y has 2 scores a row for 3 classes');
    expect(await refusal(first(zipped(['a']), '[[1,2]]'))).toContain('y has 2 scores a row for 1 classes');
    expect(await refusal(first(zipped(['a', 'a']), '[[1,2]]'))).toContain('y names a class twice');
  });
});

describe('the command line', () => {
  const slipway = async (...args: string[]): Promise<string> =>
    (await promisify(execFile)(process.execPath, [join(bundle, 'cli.js'), ...args], { cwd: folder })).stdout;

  test('a model that takes nothing predicts from its form, given a request without inputs', async () => {
    const path = join(folder, 'constant.onnx');
    // One Constant node of three floats.
    writeFileSync(
      path,
      Buffer.from(
        'CAg6RgotEgF5IghDb25zdGFudCoeCgV2YWx1ZSoSCAMQAUoMAACAPwAAAEAAAEBAoAEEEgR6ZXJvYg8KAXkSCgoICAESBAoCCANCBAoAEBE=',
        'base64',
      ),
    );
    await predictsFromItsForm(path);
    const { outputs } = await pool.ask('predict', {
      path,
      given: { kind: 'text', text: '{"inputs":[]}', format: null },
      outputs: null,
    });
    expect(outputs.y).toEqual({ type: 'float32', shape: [3], data: [1, 2, 3] });
  });

  test('predict --json has rows as Python has them, names and classes as the file has them, and creates nothing', async () => {
    writeFileSync(join(folder, 'rows.csv'), 'a,b,c,d\n5.1,3.5,1.4,0.2\n');
    const found = JSON.parse(await slipway('predict', iris, '--input', 'rows.csv', '--json'));
    expect(found).toEqual({
      outputs: {
        output_label: [0],
        output_probability: [[expect.any(Number), expect.any(Number), expect.any(Number)]],
      },
      labels: { output_probability: [0, 1, 2] },
      latency_ms: expect.any(Number),
      notes: ['The columns went into X in their order: a, b, c, d.'],
    });
    const [scores] = found.outputs.output_probability;
    expect(scores.map(Math.fround)).toEqual(scores);
  });

  test('minus zero is printed as Python prints it', async () => {
    writeFileSync(join(folder, 'zero.json'), '{"choose": false, "times": 0, "x": [0]}');
    const said = await slipway('predict', join(models, 'branches/model.onnx'), '--input', 'zero.json', '--json');
    expect(said).toContain('{"outputs":{"y":[-0.0]}');
  });

  test('an old Node is told in one sentence', async () => {
    const old = join(folder, 'old.cjs');
    writeFileSync(
      old,
      "Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '20.20.2' } });",
    );
    const asked = promisify(execFile)(process.execPath, ['--require', old, join(bundle, 'cli.js'), 'inspect', iris]);
    expect(await asked.catch(({ code, stderr }) => ({ code, stderr }))).toEqual({
      code: 3,
      stderr: 'slipway: This is Node 20.20.2, and slipway needs 22.14 or newer. Put a newer Node first on the PATH.\n',
    });
  });

  test('an endless model is ended at its deadline: exit 3, one sentence', async () => {
    writeFileSync(join(folder, 'x.json'), '[1]');
    const start = Date.now();
    const failure = await slipway(
      'predict',
      join(models, 'hostile/endless.onnx'),
      '--input',
      'x.json',
      '--timeout',
      '500ms',
    ).catch((error) => error);
    expect({ code: failure.code, stderr: failure.stderr }).toEqual({
      code: 3,
      stderr:
        'slipway: The model did not answer within 0.5 s, and its process was ended. Give it fewer rows, or more time.\n',
    });
    expect(Date.now() - start).toBeLessThan(5000);
  });
});

describe('weights in a file beside a model', () => {
  const original = readFileSync(join(models, 'external-data/model.onnx'));
  const isRounded = { operator: 'Cast', inputs: ['y'], outputs: ['rounded'] };
  /** Its output is bfloat16, so that a changed copy in memory is run. */
  const changed = editedModel(original, {
    withoutNodes: new Set(),
    inputs: new Map(),
    outputs: new Map([['y', [{ name: 'rounded', element: dataTypes.bfloat16, shape: ['N', 32] }]]]),
    nodesBefore: [],
    nodesAfter: [nodeBytes(isRounded, [numberAttribute('to', dataTypes.bfloat16)])],
  });
  const given = { kind: 'file', path: join(models, 'external-data/input.json'), format: null } as const;
  const place = (name: string, bytes: Uint8Array): string => {
    mkdirSync(join(folder, name, 'models'), { recursive: true });
    writeFileSync(join(folder, name, 'models/model.onnx'), bytes);
    return join(folder, name, 'models/model.onnx');
  };

  test.each([
    ['as it is', original, 6],
    ['changed in memory', changed, 1],
  ])('are found when the model is reached by a link: %s', async (kind, bytes, digits) => {
    const path = place(`linked ${kind}`, bytes);
    copyFileSync(join(models, 'external-data/model.onnx.data'), `${path}.data`);
    const link = join(folder, `${kind}.onnx`);
    symlinkSync(path, link);
    const { outputs } = await pool.ask('predict', { path: link, given, outputs: null });
    const expected = (expectedOf('external-data').outputs.y as number[][]).flat();
    const [said] = Object.values(outputs) as { data: number[] }[];
    for (const [at, value] of expected.entries()) expect(said?.data[at]).toBeCloseTo(value, digits);
  });

  test.each([
    ['as it is', original],
    ['changed in memory', changed],
  ])('are never read from elsewhere, nor from what is no file: %s', async (kind, bytes) => {
    const ask = (path: string): Promise<string> => refusal(pool.ask('predict', { path, given, outputs: null }));
    const away = Buffer.from(
      Buffer.from(bytes).toString('latin1').replaceAll('model.onnx.data', '../../secretkey'),
      'latin1',
    );
    const path = place(`away ${kind}`, away);
    copyFileSync(join(models, 'external-data/model.onnx.data'), join(folder, 'secretkey'));
    expect(await ask(path)).toContain('outside the model’s folder');
    const alone = place(`alone ${kind}`, bytes);
    expect(await ask(alone)).toContain('model.onnx.data is not beside the model');
    if (process.platform === 'win32') return;
    const piped = place(`piped ${kind}`, bytes);
    await promisify(execFile)('mkfifo', [`${piped}.data`]);
    expect(await ask(piped)).toContain('model.onnx.data beside the model is a folder, a pipe or a device');
  });
});

test('a model that needs a locale which the machine lacks says which, and what to do', async () => {
  const path = join(folder, 'locale.onnx');
  const model = readFileSync(join(models, 'text/model.onnx')).toString('latin1');
  writeFileSync(path, Buffer.from(model.replaceAll('C.UTF-8', 'q.UTF-8'), 'latin1'));
  expect(await refusal(first(path, '[["fog"]]'))).toMatch(
    /by the rules of q\.UTF-8 \(its StringNormalizer\), which this machine lacks: `sudo locale-gen q\.UTF-8`/,
  );
});

test('a model of complex numbers says what it takes that cannot be given', async () => {
  const path = join(folder, 'complex.onnx');
  // Identity of two complex64.
  writeFileSync(
    path,
    Buffer.from('CAg6NwoQCgF4EgF5IghJZGVudGl0eRIBZ1oPCgF4EgoKCAgOEgQKAggCYg8KAXkSCgoICA4SBAoCCAJCBAoAEBE=', 'base64'),
  );
  expect(await refusal(first(path, '[1, 2]'))).toBe(
    'The model takes or gives values of type complex64, which cannot be handed over here.',
  );
});

describe('a hostile model', () => {
  test('that never ends is killed, counted, and answered no more; others go on', async () => {
    const path = join(models, 'hostile/endless.onnx');
    const given = { kind: 'text', text: '[1]', format: null } as const;
    const slow = refusal(pool.ask('predict', { path, given, outputs: null }, { deadline: 300 }));
    expect(await first(iris, '[5.1,3.5,1.4,0.2]')).toEqual([0]);
    expect(await slow).toContain('did not answer within 0.3 s');
    expect(pool.states.find((each) => each.path === path)).toMatchObject({ restarts: 1, timeouts: 1 });
  });

  test('that asks for 40 TB is refused with the number', async () => {
    expect(await refusal(first(join(models, 'hostile/huge.onnx'), '[1]'))).toContain('40000000000000 bytes');
  });

  test('that takes more memory than it may is ended by its own watch, and says so', async () => {
    process.env.SLIPWAY_MODEL_MEGABYTES = '400';
    const small = ownModelProcesses(() => ({ bundle }));
    try {
      const given = { kind: 'text', text: '[3000000000]', format: null } as const;
      const path = join(models, 'hostile/growing.onnx');
      expect(await refusal(small.ask('predict', { path, given, outputs: null }))).toContain(
        'took more memory than it may',
      );
    } finally {
      delete process.env.SLIPWAY_MODEL_MEGABYTES;
      small.dispose();
    }
  });

  test('that was taken back stops, and the next question is answered', async () => {
    const path = join(models, 'hostile/endless.onnx');
    const given = { kind: 'text', text: '[1]', format: null } as const;
    const wish = new AbortController();
    const asked = refusal(pool.ask('predict', { path, given, outputs: null }, { signal: wish.signal }));
    setTimeout(() => wish.abort(), 400);
    expect(await asked).toContain('cancelled');
    const again = await refusal(pool.ask('predict', { path, given, outputs: null }, { deadline: 200 }));
    expect(again).toContain('did not answer within');
  });
});

test('a question that goes on when it is taken back ends no other one of its process', async () => {
  const program = { script: 'model.js', ended: endedModelProcess };
  const kept = new KeptProcess<ModelQuestions>(program, () => ({ bundle }));
  const wish = new AbortController();
  const given = { kind: 'text', text: '[1]', format: null } as const;
  try {
    const path = join(models, 'hostile/endless.onnx');
    await kept.ask('open', { path });
    const taken = refusal(kept.ask('predict', { path, given, outputs: null }, { signal: wish.signal }));
    await passed(300);
    // The process is busy, and hears of this when it is over.
    const other = kept.ask('outline', { path: iris });
    await passed(100);
    wish.abort();
    expect(await taken).toBe('This was cancelled.');
    expect((await other).inputs.map(({ name }) => name)).toEqual(['X']);
    expect((await kept.ask('outline', { path: iris })).inputs).toHaveLength(1);
  } finally {
    kept.dispose();
  }
});

/** A model with the input `x`, whose output `parts` is a list. */
function listModel(name: string, element: keyof typeof dataTypes, nodes: readonly Uint8Array[]): string {
  const path = join(folder, `${name}.onnx`);
  const tensor = [numberField(1, dataTypes[element]), lengthField(2, [lengthField(1, [lengthField(2, 'N')])])];
  const type = lengthField(2, [lengthField(1, tensor)]);
  const listType = lengthField(2, [
    lengthField(4, [lengthField(1, [lengthField(1, [numberField(1, dataTypes[element])])])]),
  ]);
  const graph = lengthField(7, [
    ...nodes.map((node) => lengthField(1, [node])),
    lengthField(2, name),
    lengthField(11, [lengthField(1, 'x'), type]),
    lengthField(12, [lengthField(1, 'parts'), listType]),
  ]);
  const opset = lengthField(8, [lengthField(1, ''), numberField(2, 11)]);
  writeFileSync(path, joined([numberField(1, 6), opset, graph]));
  return path;
}

const one = (operator: string, inputs: string[], output: string, attributes: Uint8Array[] = []): Uint8Array =>
  nodeBytes({ operator, inputs, outputs: [output] }, attributes);

describe('an output that is a list', () => {
  test('comes from one run of the model: what it draws at random is the same in all items, of any shape', async () => {
    const path = listModel('random', 'float32', [
      one('RandomUniformLike', ['x'], 'r'),
      one('Concat', ['r', 'x'], 'longer', [numberAttribute('axis', 0)]),
      one('SequenceConstruct', ['r', 'longer', 'r'], 'parts'),
    ]);
    const [drawn, second, third] = (await first(path, '[5, 6]')) as number[][];
    expect(second).toEqual([...(drawn as number[]), 5, 6]);
    expect(third).toEqual(drawn);
    expect(drawn).toHaveLength(2);
  });

  test('may be empty, and may hold texts', async () => {
    expect(await first(listModel('none', 'float32', [one('SequenceEmpty', [], 'parts')]), '[1]')).toEqual([]);
    const texts = listModel('texts', 'string', [one('SplitToSequence', ['x'], 'parts')]);
    expect(await first(texts, '["é", "", "b"]')).toEqual([['é'], [''], ['b']]);
  });

  test('of many tensors is taken apart block by block, and handed over whole', async () => {
    const path = listModel('many', 'float32', [one('SplitToSequence', ['x'], 'parts')]);
    for (const count of [127, 128, 129, 1000]) {
      const items = Array.from({ length: count }, (_, at) => at);
      expect(await first(path, JSON.stringify(items))).toEqual(items.map((at) => [at]));
    }
  });
});
