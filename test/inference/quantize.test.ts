// Models quantized by onnxruntime's own tools in a real Python, through the command line, recorded in a real workspace.
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { BeforeAfter } from '../../src/protocol/inference/quantization/quantization';
import { cli, type EngineProcess, startEngine } from '../engine/engine-process';

const models = process.env.SLIPWAY_TEST_MODELS ?? '';
const python = process.env.SLIPWAY_TEST_PYTHON_INFERENCE ?? '';
const bare = mkdtempSync(join(tmpdir(), 'slipway-bare-'));
let engine: EngineProcess;
let folder: string;
beforeAll(async () => {
  engine = await startEngine();
  folder = engine.workspace;
  execFileSync(python, [join(import.meta.dirname, 'quantize-digits.py'), folder], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
});
afterAll(async () => {
  await engine[Symbol.asyncDispose]();
  rmSync(bare, { recursive: true });
});

function slipway(args: readonly string[], cwd = folder): { code: number | null; out: string; errors: string } {
  const told = spawnSync(process.execPath, [cli, ...args], { cwd, encoding: 'utf8' });
  return { code: told.status, out: told.stdout, errors: told.stderr };
}

function quantized(args: readonly string[], cwd = folder) {
  const told = slipway(['quantize', ...args, '--python', python, '--json'], cwd);
  expect([told.errors, told.code]).toEqual(['', 0]);
  return JSON.parse(told.out);
}

const modelOf = (name: string): string => join(models, name, 'model.onnx');
const measured = ['--data', 'held.csv', '--label', 'digit'];
const left = (): string[] => readdirSync(tmpdir()).filter((name) => name.startsWith('slipway-quantize-'));

describe('slipway quantize', () => {
  test('writes the weights of a network in 8 bits, and says what that brings and costs', () => {
    const found = quantized(['digits.onnx', ...measured, '--weights', 'int8']);
    expect(found.output).toBe(join(folder, 'digits.int8.onnx'));
    expect(found.done.quantized).toEqual([{ operator: 'MatMul', count: 3 }]);
    const { bytes, accuracy, answers, latency } = found;
    expect(bytes.before).toBe(readFileSync(join(folder, 'digits.onnx')).length);
    expect(bytes.after).toBe(readFileSync(found.output).length);
    // A byte for each of four, and what is around them.
    expect(bytes.after / bytes.before).toBeLessThan(0.28);
    expect(latency.map(({ rows }: { rows: number }) => rows)).toEqual([1, 64]);
    expect(accuracy.rows).toBe(597);
    const [own] = accuracy.metrics.filter(({ metric }: { metric: string }) => metric === 'accuracy');
    expect(own.candidate).toBeGreaterThan(own.baseline - 0.05);
    expect(own.interval[0]).toBeLessThanOrEqual(own.effect);
    expect(answers).toMatchObject({ rows: { rows: 597, of: 597 }, outputs: [{ output: 'probabilities' }] });
    expect(answers.same).toBeGreaterThan(560);
    expect(answers.outputs[0].most).toBeGreaterThan(answers.outputs[0].mean);
    // What Python's onnxruntime says of the file is what was measured here.
    const script = [
      'import sys, json, numpy as np, pandas as pd, onnxruntime as ort',
      'rows = pd.read_csv(sys.argv[2]); truth = rows.pop("digit").to_numpy(); X = rows.to_numpy(np.float32)',
      'sessions = [ort.InferenceSession(p) for p in sys.argv[1].split(",")]',
      'said = [s.run(["label"], {"X": X})[0] for s in sessions]',
      // Ranges are taken of all rows that come together.
      'parts = [np.concatenate([s.run(["label"], {"X": X[at:at + 256]})[0] for at in range(0, len(X), 256)]) for s in sessions]',
      'print(json.dumps([[float((s == truth).mean()) for s in said], int((parts[0] == parts[1]).sum())]))',
    ].join('\n');
    const args = ['-c', script, `${join(folder, 'digits.onnx')},${found.output}`, join(folder, 'held.csv')];
    const [accuracies, same] = JSON.parse(execFileSync(python, args, { encoding: 'utf8' }));
    expect(accuracies).toEqual([own.baseline, own.candidate]);
    expect(same).toBe(answers.same);
  });

  test('with rows to calibrate on is a recorded run with its data, its numbers and the model', async () => {
    const args = ['digits.onnx', '--method', 'static', '--calibration', 'pixels.csv', '--calibration-rows', '200'];
    const found = quantized([...args, ...measured, '--per-channel', '--output', 'static.onnx']);
    expect(found.calibration).toEqual({ name: 'pixels.csv', rows: 200, of: 1200 });
    const { client } = engine;
    const run = await client.api.runs.get.query({ runId: found.run_id });
    expect(run).toMatchObject({ experimentName: 'quantization', name: 'static.onnx', state: 'finished' });
    const listed = JSON.parse(slipway(['runs', 'show', found.run_id, '--json']).out);
    expect(listed.params).toMatchObject({
      method: 'static',
      weight_type: 'int8',
      activation_type: 'int8',
      per_channel: 'true',
    });
    expect(listed.metrics['size_bytes/after']).toBe(found.bytes.after);
    const p50: BeforeAfter = found.latency[0].p50;
    expect(listed.metrics['latency_p50_ms/rows_1/before']).toBe(p50.before);
    expect(listed.metrics['accuracy/after']).toBeGreaterThan(0.5);
    const inputs = JSON.stringify(listed);
    for (const name of ['digits.onnx', 'pixels.csv', 'held.csv']) expect(inputs).toContain(name);
    const kept = Buffer.from(await (await client.artifact(found.run_id, 'model/static.onnx')).arrayBuffer());
    expect(kept.equals(readFileSync(join(folder, 'static.onnx')))).toBe(true);
    const report = JSON.parse(await (await client.artifact(found.run_id, 'quantization.json')).text());
    expect(report.accuracy.rows).toBe(597);
    expect((await client.artifact(found.run_id, 'predictions.parquet')).ok).toBe(true);
    // Its command by itself, as Run Again starts it, says what to run instead.
    const [script, ...rest] = (run.recording?.command ?? []).slice(1);
    const alone = spawnSync(python, [script ?? '', ...rest], { encoding: 'utf8' });
    expect([alone.status, alone.stderr]).toEqual([
      1,
      expect.stringMatching(/^This is a step of `slipway quantize`.*\n$/),
    ]);
    // It is quantized now, which nobody does twice.
    const again = slipway(['quantize', 'static.onnx', '--python', python]);
    expect([again.code, again.errors]).toEqual([3, expect.stringContaining('quantized already')]);
  });

  const pictured = (model: string, ...args: string[]) => quantized([model, ...args, '--no-record', '--force']);
  const accuracyOf = ({ accuracy }: { accuracy: { metrics: { metric: string; baseline: number }[] } }): number =>
    accuracy.metrics.find(({ metric }) => metric === 'accuracy')?.baseline ?? 0;

  test('pictures in folders of their classes tell the accuracy before and after, as their arrays and their rows do', () => {
    const rows = quantized(['digits.onnx', ...measured, '--no-record', '--force']);
    const pictures = pictured('pictures.onnx', '--data', 'drawn');
    expect(pictures.accuracy.rows).toBe(597);
    expect(accuracyOf(pictures)).toBe(accuracyOf(rows));
    expect(pictures.answers.rows).toEqual({ name: 'drawn', rows: 597, of: 597 });
    expect(pictures.answers.same).toBeGreaterThan(560);
    const arrays = pictured('pictures.onnx', '--data', 'held.npz');
    expect(accuracyOf(arrays)).toBe(accuracyOf(rows));
    const calibrated = ['--method', 'static', '--calibration', 'drawn', '--calibration-rows', '100'];
    const still = pictured('pictures.onnx', ...calibrated, '--data', 'drawn', '--output', 'still.onnx');
    expect(still.calibration).toEqual({ name: 'drawn', rows: 100, of: 597 });
    // Values of another size than it was trained on.
    const bytes = pictured('pictures.onnx', '--data', 'drawn', '--pixels', 'imagenet');
    expect(accuracyOf(bytes)).toBeLessThan(accuracyOf(rows));
    expect(left()).toEqual([]);
  });

  test('pictures that are no rows for the model are refused with what to do', () => {
    const refused = (model: string, ...args: string[]): string => {
      const told = slipway(['quantize', model, ...args, '--no-record', '--output', 'refused.onnx', '--python', python]);
      expect([told.code, existsSync(join(folder, 'refused.onnx'))]).toEqual([3, false]);
      return told.errors;
    };
    expect(refused('digits.onnx', '--data', 'drawn')).toContain('The model takes no picture');
    expect(refused('pictures.onnx', '--data', 'drawn', '--label', 'digit')).toContain('the names of its folders');
    mkdirSync(join(folder, 'loose'));
    cpSync(join(folder, 'drawn/0'), join(folder, 'loose/0'), { recursive: true });
    writeFileSync(join(folder, 'loose/broken.png'), 'no picture');
    expect(refused('pictures.onnx', '--data', 'loose')).toContain('holds pictures beside its folders (1)');
    cpSync(join(folder, 'loose/broken.png'), join(folder, 'loose/0/broken.png'));
    rmSync(join(folder, 'loose/broken.png'));
    expect(refused('pictures.onnx', '--data', 'loose')).toContain('broken.png is no picture that Pillow can read');
    writeFileSync(join(folder, 'broken.npz'), 'no arrays');
    expect(refused('pictures.onnx', '--data', 'broken.npz')).toContain('no .npz file of plain arrays');
  });

  test('weights of float16 are quantized as float32, and the model still takes and gives float16', () => {
    const found = pictured('half.onnx', '--data', 'held.npz');
    expect(found.notes.join(' ')).toContain('Weights of float16 were taken as float32 first');
    expect(found.bytes.after / found.bytes.before).toBeLessThan(0.55);
    expect(found.answers.same).toBeGreaterThan(560);
    const told = JSON.parse(slipway(['inspect', 'half.int8.onnx', '--json']).out);
    const elements = [told.inputs[0], told.outputs[0]].map(({ type }: { type: { element: string } }) => type.element);
    expect(elements).toEqual(['float16', 'float16']);
  });

  test('weights that one message cannot hold lie beside the new model, and are kept with its run', async () => {
    // 2 GB of weights are too much for a test: the limit is said to be lower here.
    const most = { ...process.env, SLIPWAY_MOST_MESSAGE_BYTES: '100000' };
    const args = [
      'quantize',
      'pictures.onnx',
      '--data',
      'held.npz',
      '--output',
      'large.onnx',
      '--python',
      python,
      '--json',
    ];
    const told = spawnSync(process.execPath, [cli, ...args], { cwd: folder, encoding: 'utf8', env: most });
    expect([told.stderr, told.status]).toEqual(['', 0]);
    const found = JSON.parse(told.stdout);
    const beside = readFileSync(join(folder, 'large.onnx.data'));
    expect(found.bytes.after).toBe(readFileSync(found.output).length + beside.length);
    expect(found.bytes.after / found.bytes.before).toBeLessThan(0.28);
    expect(slipway(['predict', 'large.onnx', '--input', 'one.json']).errors).toContain('one.json');
    const kept = await engine.client.artifact(found.run_id, 'model/large.onnx.data');
    expect(Buffer.from(await kept.arrayBuffer()).equals(beside)).toBe(true);
  });

  test('a loss that is no noise is called one', () => {
    const told = slipway(['quantize', 'harsh.onnx', ...measured, '--no-record', '--python', python]);
    expect([told.code, told.errors]).toEqual([0, '']);
    expect(told.out).toMatch(/accuracy .* worse\n/);
    expect(told.out).toMatch(/It predicts worse, and that is no noise: accuracy −0\.\d+ \(95 % −/);
    expect(told.out).not.toContain('Kept as run');
  });

  test.each(['image-net', 'image-net-opset-7'])('%s is calibrated on its golden cases', (name) => {
    mkdirSync(join(bare, name), { recursive: true });
    cpSync(join(models, name), join(bare, name), { recursive: true });
    const found = quantized([join(name, 'model.onnx'), '--method', 'static', '--data', join(name, 'input.json')], bare);
    expect(found.calibration.name).toBe('golden cases');
    expect(found.done.quantized).toContainEqual({ operator: 'Conv', count: 2 });
    expect(found.answers.same).toBe(found.answers.rows.rows);
    expect(found.run_id).toBeUndefined();
  });

  test('weights that lie beside the model come into the one file', () => {
    cpSync(join(models, 'external-data'), join(bare, 'external'), { recursive: true });
    const before = readdirSync(join(bare, 'external'));
    const found = quantized(['external/model.onnx', '--output', 'joined.onnx', '--data', 'external/input.json'], bare);
    expect(found.bytes.before).toBeGreaterThan(64 * 32 * 4);
    expect(found.answers.outputs[0].most).toBeLessThan(1);
    // Numbers, and no classes.
    expect(found.answers.same).toBeNull();
    expect(readdirSync(join(bare, 'external'))).toEqual(before);
    expect(existsSync(join(bare, 'joined.onnx.data'))).toBe(false);
  });

  test.each(['forest-300', 'xgboost-binary', 'logistic-iris', 'text'])(
    '%s has nothing to quantize, and says why',
    (name) => {
      const told = slipway(
        ['quantize', modelOf(name), '--output', join(bare, 'none.onnx'), '--python', 'no-python'],
        bare,
      );
      expect([told.code, told.out]).toEqual([3, '']);
      expect(told.errors).toContain('nothing to quantize');
      expect(existsSync(join(bare, 'none.onnx'))).toBe(false);
    },
  );

  test('what cannot be done is said before anything is, and nothing is left behind', async () => {
    const { items: before } = await engine.client.api.runs.list.query({ limit: 50 });
    writeFileSync(join(folder, 'empty.csv'), `${readFileSync(join(folder, 'pixels.csv'), 'utf8').split('\n')[0]}\n`);
    writeFileSync(join(folder, 'narrow.csv'), 'a,b\n1,2\n');
    const [head = '', ...lines] = readFileSync(join(folder, 'held.csv'), 'utf8').trim().split('\n');
    const kinds = lines.map((line, at) => `${line.slice(0, line.lastIndexOf(','))},kind ${at % 3}`);
    writeFileSync(join(folder, 'kinds.csv'), [head, ...kinds].join('\n'));
    const static_ = ['--method', 'static'];
    const cases: [string[], string][] = [
      [static_, '--calibration TABLE'],
      [[...static_, '--calibration', 'narrow.csv'], 'takes 64 values a row, and the table has 2 columns'],
      [[...static_, '--calibration', 'empty.csv'], 'no row'],
      [['--calibration', 'pixels.csv'], '--calibration is for --method static'],
      [['--data', 'held.csv', '--label', 'nobody'], 'no column nobody'],
      [['--data', 'kinds.csv', '--label', 'digit'], 'none of the model'],
      [['--data', 'absent.csv'], 'absent.csv'],
      [['--label', 'digit'], '--data'],
      [[...static_, '--calibration', 'pixels.csv', '--weights', 'uint8'], '--activations uint8'],
      [['--operators', 'Conv'], 'Nothing was quantized'],
      [['--output', 'digits.onnx', '--force'], 'would be lost'],
      [['--output', 'held.csv'], '.onnx'],
    ];
    for (const [args, said] of cases) {
      const given = args.includes('--output') ? args : [...args, '--output', 'none.onnx'];
      const told = slipway(['quantize', 'digits.onnx', '--python', python, ...given]);
      expect([told.code, told.errors, told.out], args.join(' ')).toEqual([3, expect.stringContaining(said), '']);
      expect(told.errors.trim().split('\n')).toHaveLength(1);
    }
    expect(existsSync(join(folder, 'none.onnx'))).toBe(false);
    expect(left()).toEqual([]);
    // Before any Python is asked, and an output's folder is made only with its model.
    for (const [output, said] of [
      ['held.csv/new.onnx', `${join(folder, 'held.csv')} cannot be written`],
      ['/proc/none/new.onnx', 'Name another folder'],
      ['made/for/new.onnx', 'Name your Python'],
    ] as const) {
      const told = slipway(['quantize', 'digits.onnx', '--python', 'no-such-python', '--output', output]);
      expect([told.code, told.errors]).toEqual([3, expect.stringContaining(said)]);
    }
    expect(existsSync(join(folder, 'made'))).toBe(false);
    // One of them was begun.
    const { items: after } = await engine.client.api.runs.list.query({ limit: 50 });
    expect(after.length - before.length).toBe(1);
    expect(after[0]?.state).toBe('failed');
  });

  test('data that fail their contract stop it', () => {
    const quality = '{ metric: rowCount, mustBe: 1, severity: error }';
    writeFileSync(
      join(folder, 'held.odcs.yaml'),
      `apiVersion: v3.1.0\nkind: DataContract\nid: held\nversion: 1.0.0\nstatus: active\nschema:\n  - name: held\n    quality: [${quality}]\n`,
    );
    writeFileSync(
      join(folder, 'slipway.yaml'),
      'version: 1\ndatasets:\n  held: { path: held.csv, label: digit, contract: held.odcs.yaml }\n',
    );
    slipway(['dataset', 'refresh', '--all']);
    const told = slipway(['quantize', 'digits.onnx', '--data', 'held', '--output', 'none.onnx', '--python', python]);
    expect([told.code, told.errors]).toEqual([3, expect.stringContaining('its data fail their contract')]);
    expect(existsSync(join(folder, 'none.onnx'))).toBe(false);
    rmSync(join(folder, 'slipway.yaml'));
  });

  test('a Python without the tools is told what to install', () => {
    const environment = join(bare, 'environment');
    execFileSync(python, ['-m', 'venv', '--without-pip', environment]);
    const own = join(environment, 'bin/python');
    const told = slipway(['quantize', 'digits.onnx', '--output', 'none.onnx', '--python', own]);
    expect(told.code).toBe(3);
    expect(told.errors).toContain(`${own} -m pip install onnx onnxruntime`);
    const absent = slipway(['quantize', 'digits.onnx', '--output', 'none.onnx', '--python', 'no-such-python']);
    expect([absent.code, absent.errors]).toEqual([3, expect.stringContaining('Name your Python')]);
  });

  const long = [
    '--method',
    'static',
    '--calibration',
    'pixels.csv',
    '--calibration-rows',
    '1200',
    '--ranges',
    'entropy',
  ];
  async function begun(output: string, more: readonly string[]) {
    const args = ['quantize', 'digits.onnx', '--output', output, '--python', python, ...more];
    const child = spawn(process.execPath, [cli, ...args], { cwd: folder });
    const errors = text(child.stderr);
    const ended = new Promise((resolve) => child.once('close', resolve));
    const own = async () =>
      (await engine.client.api.runs.list.query({ limit: 50 })).items.find(({ name }) => name === output);
    await expect.poll(own, { timeout: 60_000 }).toBeDefined();
    return { child, errors, ended, state: async () => (await own())?.state };
  }

  test.each(['SIGINT', 'SIGHUP'] as const)(
    'cancelled, or in a terminal that is closed (%s), it leaves no model, and its run says that it was stopped',
    async (signal) => {
      const { child, errors, ended, state } = await begun(`${signal}.onnx`, long);
      child.kill(signal);
      expect(await ended).toBe(130);
      expect(await errors).toContain('cancelled');
      expect(existsSync(join(folder, `${signal}.onnx`))).toBe(false);
      expect(left()).toEqual([]);
      await expect.poll(state, { timeout: 20_000 }).toBe('killed');
    },
  );

  test.each([
    ['while Python quantizes', long],
    ['while both models are measured', []],
  ] as const)('killed %s, it leaves no Finished run without a model, no Python and no files', async (when, more) => {
    const output = `killed ${more.length}.onnx`;
    const { child, ended, state } = await begun(output, more);
    const own = (name: string): boolean => name.startsWith(`slipway-quantize-${child.pid}-`);
    if (more.length === 0) {
      const report = (): boolean => left().some((name) => own(name) && existsSync(join(tmpdir(), name, 'report.json')));
      await expect.poll(report, { timeout: 60_000, interval: 10 }).toBe(true);
    }
    expect(await state(), when).toBe('running');
    child.kill('SIGKILL');
    await ended;
    await expect.poll(state, { timeout: 20_000 }).toMatch(/^(failed|killed)$/);
    expect(existsSync(join(folder, output))).toBe(false);
    const pythons = () =>
      spawnSync('pgrep', ['-f', `slipway-quantize-${child.pid}-`], { encoding: 'utf8' }).stdout.trim();
    await expect.poll(pythons, { timeout: 20_000 }).toBe('');
    await expect.poll(() => left().filter(own), { timeout: 20_000 }).toEqual([]);
    // What nobody could clear up is swept by the next one.
    mkdirSync(join(tmpdir(), `slipway-quantize-${child.pid}-swept`));
    quantized(['digits.onnx', '--output', `after ${output}`, '--no-record']);
    expect(left().filter(own)).toEqual([]);
  });
});
