// Golden cases and ONNX test data sets of real models, through the command line and the built model process.
import { execFile } from 'node:child_process';
import {
  copyFileSync,
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ownModelProcesses } from '../../src/client/model/model-processes';

const bundle = join(import.meta.dirname, '../../dist');
const models = process.env.SLIPWAY_TEST_MODELS ?? '';
const listed = JSON.parse(readFileSync(join(models, 'models.json'), 'utf8')) as { name: string; zipmap: boolean }[];
const pool = ownModelProcesses(() => ({ bundle }));
const folder = mkdtempSync(join(tmpdir(), 'slipway-golden-'));
const iris = join(folder, 'iris.onnx');
const file = join(folder, 'iris.golden.yaml');
beforeAll(() => copyFileSync(join(models, 'logistic-iris/model.onnx'), iris));
afterAll(() => {
  pool.dispose();
  rmSync(folder, { recursive: true });
});

interface Answer {
  code: number;
  stdout: string;
  stderr: string;
}

async function slipway(...args: string[]): Promise<Answer> {
  const run = promisify(execFile)(process.execPath, [join(bundle, 'cli.js'), ...args], { cwd: folder });
  return run.then(
    (found) => ({ code: 0, ...found }),
    (error: Answer) => ({ code: error.code, stdout: error.stdout, stderr: error.stderr }),
  );
}

describe('an ONNX test data set, as the onnx package writes it', () => {
  test.each(listed.map(({ name }) => name))('passes, and passes again as we write it: %s', async (name) => {
    const run = async (path: string): Promise<unknown[][]> => {
      const { results } = await pool.ask('golden', { path, names: null });
      return results.map((each) => [each.name, each.verdict, each.message]);
    };
    const original = join(models, name);
    expect(await run(join(original, 'model.onnx'))).toEqual([['test_data_set_0', 'pass', '']]);
    const own = join(folder, name);
    cpSync(original, own, { recursive: true, filter: (path) => !path.includes('test_data_set') });
    const { folders } = await pool.ask('exportGolden', { path: join(original, 'model.onnx'), folder: own });
    expect(folders).toEqual([join(own, 'test_data_set_0')]);
    expect(readdirSync(folders[0] ?? '').sort()).toEqual(readdirSync(join(original, 'test_data_set_0')).sort());
    expect(await run(join(own, 'model.onnx'))).toEqual([['test_data_set_0', 'pass', '']]);
  });

  test('a wrong value fails, a damaged file is told, and neither is taken for the other', async () => {
    const path = join(folder, 'sets', 'model.onnx');
    await slipway('test', join(models, 'logistic-iris/model.onnx'), '--export-onnx', 'sets');
    copyFileSync(iris, path);
    const output = join(folder, 'sets/test_data_set_0/output_0.pb');
    const bytes = readFileSync(output);
    const wrong = Buffer.from(bytes);
    wrong[wrong.length - 8] = 1 - (wrong.at(-8) as number);
    writeFileSync(output, wrong);
    expect(await slipway('test', path)).toMatchObject({ code: 1, stdout: expect.stringContaining('1 of 22 values') });
    writeFileSync(output, bytes.subarray(0, 20));
    const told = await slipway('test', path);
    expect(told).toMatchObject({ code: 3, stdout: expect.stringContaining('test_data_set_0/output_0.pb is damaged') });
  });
});

describe('slipway test', () => {
  test('a model without cases is inconclusive, which is no pass: exit 2', async () => {
    expect(await slipway('test', 'iris.onnx')).toMatchObject({
      code: 2,
      stdout: expect.stringContaining('--keep NAME'),
    });
  });

  test('an answer that is kept passes; comments stay; the same name is refused; a changed expectation fails', async () => {
    writeFileSync(join(folder, 'rows.json'), '[[5.1,3.5,1.4,0.2],[6.7,3,5.2,2.3]]');
    expect((await slipway('test', 'iris.onnx', '--keep', 'two rows', '--input', 'rows.json')).stdout).toBe(
      'Kept two rows in iris.golden.yaml:3.\n',
    );
    writeFileSync(file, readFileSync(file, 'utf8').replace('\ncases:', '\n# mine\ncases:'));
    expect((await slipway('test', 'iris.onnx', '--keep', 'again', '--input', 'rows.json')).code).toBe(0);
    expect(readFileSync(file, 'utf8')).toContain('# mine\n');
    const refused = await slipway('test', 'iris.onnx', '--keep', 'again', '--input', 'rows.json');
    expect(refused).toMatchObject({ code: 3, stderr: expect.stringContaining('is named again already') });
    expect(await slipway('test', 'iris.onnx')).toMatchObject({ code: 0 });
    const kept = readFileSync(file, 'utf8');
    writeFileSync(file, kept.replace('output_label: [0, 2]', 'output_label: [0, 1]'));
    const failed = await slipway('test', 'iris.onnx', '--json');
    const { results } = JSON.parse(failed.stdout);
    expect([failed.code, results.map((each: { verdict: string }) => each.verdict)]).toEqual([1, ['fail', 'pass']]);
    expect(results[0]).toMatchObject({
      name: 'two rows',
      line: 4,
      message: 'output_label: 1 of 2 values differ; the first at [1]: expected 1, got 2',
    });
    const junit = await slipway('test', 'iris.onnx', '--junit');
    expect(junit.stdout).toContain('tests="2" failures="1" errors="0"');
    expect((await slipway('test', 'iris.onnx', '--case', 'again')).code).toBe(0);
    writeFileSync(file, kept);
  });

  test('a name that no case has is told, and does not pass', async () => {
    const told = await slipway('test', 'iris.onnx', '--case', 'agian');
    expect(told).toMatchObject({
      code: 3,
      stderr: expect.stringContaining('no golden case agian. It has two rows, again'),
    });
  });

  test('a case named as a test data set is told: neither hides the other', async () => {
    const path = join(folder, 'sets', 'model.onnx');
    const kept = await slipway('test', path, '--keep', 'test_data_set_0', '--input', 'rows.json');
    expect(kept).toMatchObject({ code: 3, stderr: expect.stringContaining('Give the case another name') });
    const own = join(folder, 'sets/model.golden.yaml');
    writeFileSync(own, 'cases:\n  - {name: test_data_set_0, input: [[1, 2, 3, 4]], expected: {output_label: [0]}}\n');
    const told = await slipway('test', path);
    expect(told).toMatchObject({
      code: 3,
      stderr: expect.stringContaining('model.golden.yaml:2:5: The folder test_data'),
    });
    rmSync(own);
  });

  test('a file outside the repository is not read, not by a link, and what is no file hangs nothing', async () => {
    const before = readFileSync(file, 'utf8');
    const secret = mkdtempSync(join(tmpdir(), 'slipway-elsewhere-'));
    writeFileSync(join(secret, 'rows.json'), '[[5.1,3.5,1.4,0.2]]');
    symlinkSync(join(secret, 'rows.json'), join(folder, 'link.json'));
    const deep = `${'['.repeat(20_000)}${']'.repeat(20_000)}`;
    writeFileSync(join(folder, 'deep.json'), deep);
    const names = [join(secret, 'rows.json'), 'link.json', '/dev/zero', '.', 'gone.json', 'deep.json'];
    const cases = names.flatMap((name, at) => [
      `  - {name: input ${at}, inputFile: ${name}, expected: {output_label: [0]}}`,
      `  - {name: expected ${at}, input: [[5.1, 3.5, 1.4, 0.2]], expectedFile: ${name}}`,
    ]);
    const good = '  - {name: good, input: [[5.1, 3.5, 1.4, 0.2]], expected: {output_label: [0]}}';
    writeFileSync(file, ['cases:', ...cases, good, ''].join('\n'));
    const { results } = await pool.ask('golden', { path: iris, names: null });
    expect(results.map(({ verdict }) => verdict)).toEqual([...cases.map(() => 'error'), 'pass']);
    expect(results.slice(0, 10).map(({ message }) => message)).toEqual(
      ['stands outside', 'stands outside', 'stands outside', 'is no file', 'There is no file gone.json'].flatMap(
        (said) => [expect.stringContaining(said), expect.stringContaining(said)],
      ),
    );
    writeFileSync(file, before);
    rmSync(secret, { recursive: true });
  });

  test('inputs and expectations of files beside, as predict prints them', async () => {
    const before = readFileSync(file, 'utf8');
    writeFileSync(
      join(folder, 'answer.json'),
      (await slipway('predict', 'iris.onnx', '--input', 'rows.json', '--json')).stdout,
    );
    writeFileSync(
      file,
      'cases:\n  - {name: files, inputFile: rows.json, expectedFile: answer.json, rtol: 0, atol: 0}\n',
    );
    expect(await slipway('test', 'iris.onnx')).toMatchObject({ code: 0 });
    writeFileSync(file, before);
  });

  test.each([
    [
      'an input that does not fit',
      'cases:\n  - {name: a, input: [1, 2], expected: {output_label: [0]}}',
      'takes ? × 4, and 2 was given',
    ],
    [
      'an output that is none',
      'cases:\n  - {name: a, input: [1, 2, 3, 4], expected: {label: [0]}}',
      'no output label. It has output_label',
    ],
  ])('%s could not be run: exit 3', async (_, text, sentence) => {
    const before = readFileSync(file, 'utf8');
    writeFileSync(file, text);
    expect(await slipway('test', 'iris.onnx')).toMatchObject({ code: 3, stdout: expect.stringContaining(sentence) });
    writeFileSync(file, before);
  });

  test('a mistake in the file is told with its line; nothing is run or written', async () => {
    const before = readFileSync(file, 'utf8');
    writeFileSync(file, 'cases:\n  - {nmae: a}\n');
    expect(await slipway('test', 'iris.onnx')).toMatchObject({
      code: 3,
      stdout: '',
      stderr: expect.stringContaining('iris.golden.yaml:2:6: There is no key nmae here.'),
    });
    expect((await slipway('test', 'iris.onnx', '--export-onnx', 'never')).code).toBe(3);
    expect(existsSync(join(folder, 'never'))).toBe(false);
    writeFileSync(file, before);
  });
});
