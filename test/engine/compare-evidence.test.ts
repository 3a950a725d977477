// The evidence behind a comparison, asked of a real engine: predictions, examples and files, broken ones among them.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ClassEvidence, NumberEvidence } from '../../src/protocol/comparison/evidence/prediction-evidence';
import { Random } from '../../src/statistics/random';
import { type EngineProcess, startEngine } from './engine-process';

const hostile = '<img src=x onerror="alert(1)">';
const pixel = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);
let engine: EngineProcess;

/** A run with these files over MLflow's REST. */
async function log(name: string, files: Record<string, string | Buffer>): Promise<string> {
  const { body } = await engine.json('POST', '/api/2.0/mlflow/runs/create', {
    experiment_id: '0',
    run_name: name,
    start_time: Date.now(),
  });
  const { run_id: runId, artifact_uri: root } = (body as { run: { info: { run_id: string; artifact_uri: string } } })
    .run.info;
  const folder = root.replace('mlflow-artifacts:/', '');
  for (const [path, content] of Object.entries(files)) {
    const place = `${folder}/${path}`.split('/').map(encodeURIComponent).join('/');
    const answer = await engine.fetch(`/api/2.0/mlflow-artifacts/artifacts/${place}`, {
      method: 'PUT',
      body: new Uint8Array(Buffer.from(content)),
    });
    expect(answer.status, `${path}: ${await answer.text()}`).toBe(200);
  }
  return runId;
}

async function pair(first: Record<string, string | Buffer>, second: Record<string, string | Buffer>) {
  return [await log('base', first), await log('next', second)] as [string, string];
}

const ask = () => engine.client.api.comparison;

beforeAll(async () => {
  engine = await startEngine();
});
afterAll(() => engine[Symbol.asyncDispose]());

describe('predictions of two classes', () => {
  // Six rows by hand: the baseline tells 4 rightly at one half, the candidate 5.
  const file = (scores: number[]) =>
    `id,y_true,score,shop\n${[0, 0, 1, 1, 1, 0].map((truth, row) => `r${row},${truth},${scores[row]},${row < 3 ? `"${hostile.replaceAll('"', '""')}"` : 'b'}`).join('\n')}\n`;
  let runIds: [string, string];
  beforeAll(async () => {
    runIds = await pair(
      { 'predictions.csv': file([0.1, 0.75, 0.7, 0.4, 0.9, 0.2]) },
      { 'predictions.csv': file([0.1, 0.15, 0.7, 0.8, 0.3, 0.4]) },
    );
  });

  it('are counted in matrices, at every threshold, and drawn as curves', async () => {
    const evidence = (await ask().evidence.query({ runIds })) as ClassEvidence;
    expect(evidence).toMatchObject({ kind: 'classes', rows: 6, classes: ['0', '1'], positive: '1', positives: 3 });
    expect(evidence.matrices).toEqual({
      classes: ['0', '1'],
      pooled: 0,
      baseline: [2, 1, 1, 2],
      candidate: [3, 0, 1, 2],
      errors: { baseline: 2, candidate: 1 },
      from: { baseline: 'score', candidate: 'score' },
    });
    const { thresholds } = evidence;
    const at = thresholds?.thresholds.indexOf(0.5) ?? -1;
    expect([thresholds?.candidate.hits[at], thresholds?.candidate.alarms[at]]).toEqual([2, 0]);
    expect([thresholds?.candidate.hits[0], thresholds?.candidate.alarms[0]]).toEqual([3, 3]);
    // Pairs of a positive and a negative row in the right order: 7 and 8 of 9.
    expect(evidence.scores.baseline[0]?.auc).toBeCloseTo(7 / 9, 12);
    expect(evidence.scores.candidate[0]?.auc).toBeCloseTo(8 / 9, 12);
    expect(evidence.scores.baseline[0]?.roc).toMatchObject({ x: [0, 0, 1 / 3, 1 / 3, 1], y: [0, 1 / 3, 1 / 3, 1, 1] });
    const bins = evidence.scores.candidate[0]?.reliability?.bins ?? [];
    expect(bins.reduce((sum, { rows }) => sum + rows, 0)).toBe(6);
  });

  it('flipped rows come with what both files say of them, those that moved most first, also of one slice', async () => {
    const fixed = await ask().examples.query({ runIds, flip: 'fixed' });
    expect(fixed).toEqual({
      of: 'classes',
      total: 2,
      columns: ['shop'],
      scoreOf: '1',
      items: [
        {
          id: 'r1',
          truth: '0',
          baseline: { models: 1, right: 0, label: '1', score: 0.75, residual: null, cells: [hostile] },
          candidate: { models: 1, right: 1, label: '0', score: 0.15, residual: null, cells: [hostile] },
        },
        {
          id: 'r3',
          truth: '1',
          baseline: { models: 1, right: 0, label: '0', score: 0.4, residual: null, cells: ['b'] },
          candidate: { models: 1, right: 1, label: '1', score: 0.8, residual: null, cells: ['b'] },
        },
      ],
    });
    const slice = { column: 'shop', value: hostile };
    expect((await ask().examples.query({ runIds, flip: 'fixed', slice })).items.map(({ id }) => id)).toEqual(['r1']);
    expect((await ask().examples.query({ runIds, flip: 'broken', slice })).total).toBe(0);
    const second = await ask().examples.query({ runIds, flip: 'fixed', offset: 1, limit: 1 });
    expect(second.items.map(({ id }) => id)).toEqual(['r3']);
  });
});

describe('other predictions', () => {
  it('of numbers the rows whose distance from the truth changed most come first, page by page, also of one slice', async () => {
    const file = (told: (number | string)[]) =>
      `id,y_true,y_pred,shop\n${[10, 20, 30, 40, 50.5].map((truth, row) => `r${row},${truth},${told[row]},${row < 3 ? 'a' : 'b'}`).join('\n')}\n`;
    const runIds = await pair(
      { 'predictions.csv': file([11, 25, 30, 30, 60.5]) },
      { 'predictions.csv': file([10.5, 16, 33, 40, -9.5]) },
    );
    const nearer = await ask().examples.query({ runIds, flip: 'fixed' });
    expect(nearer).toMatchObject({ of: 'numbers', total: 3, columns: ['shop'] });
    expect(nearer.items.map(({ id }) => id)).toEqual(['r3', 'r1', 'r0']);
    expect(nearer.items[1]).toEqual({
      id: 'r1',
      truth: '20',
      baseline: { models: 1, right: 0, label: '25', score: null, residual: 5, cells: ['a'] },
      candidate: { models: 1, right: 0, label: '16', score: null, residual: -4, cells: ['a'] },
    });
    const farther = await ask().examples.query({ runIds, flip: 'broken', offset: 1, limit: 1 });
    expect([farther.total, farther.items.map(({ id }) => id)]).toEqual([2, ['r2']]);
    const slice = { column: 'shop', value: 'b' };
    expect((await ask().examples.query({ runIds, flip: 'broken', slice })).items.map(({ id }) => id)).toEqual(['r4']);
  });

  it('a class of many against the rest, and rare classes put together', async () => {
    const random = new Random(2);
    const names = Array.from({ length: 14 }, (_, place) => `k${String(place).padStart(2, '0')}`);
    const lines = Array.from({ length: 700 }, (_, row) => {
      const truth = names[Math.min(13, Math.floor(random.uniform() ** 2 * 14))];
      return `${row},${truth},${random.below(4) === 0 ? names[random.below(14)] : truth}`;
    });
    const text = `id,y_true,y_pred\n${lines.join('\n')}\n`;
    const runIds = await pair({ 'predictions.csv': text }, { 'predictions.csv': text });
    const evidence = (await ask().evidence.query({ runIds, positive: 'k03' })) as ClassEvidence;
    expect(evidence).toMatchObject({ positive: 'k03', thresholds: null, scores: { baseline: [], candidate: [] } });
    expect(evidence.matrices?.classes).toHaveLength(9);
    expect(evidence.matrices?.pooled).toBe(5);
    expect(evidence.matrices?.baseline).toHaveLength(100);
    expect(evidence.matrices?.baseline.reduce((sum, each) => sum + each, 0)).toBe(700);
    // Also those among the rare classes, which the smaller matrix has on its diagonal.
    const wrong = lines.filter((line) => line.split(',')[1] !== line.split(',')[2]).length;
    expect(evidence.matrices?.errors).toEqual({ baseline: wrong, candidate: wrong });
  });

  it('rows without a score are left out; of one class only there are no curves, and that is no failure', async () => {
    const runIds = await pair(
      { 'predictions.csv': 'id,y_true,score\n1,1,0.5\n2,1,NaN\n3,1,0.7\n' },
      { 'predictions.csv': 'id,y_true,score\n1,1,0.5\n2,1,0.1\n3,1,nan\n' },
    );
    const evidence = (await ask().evidence.query({ runIds })) as ClassEvidence;
    expect(evidence.rows).toBe(1);
    expect(evidence.scores.baseline[0]).toMatchObject({ auc: null, roc: null, averagePrecision: 1 });
    expect(JSON.stringify(evidence)).not.toContain('null,null');
  });

  it('numbers: the spread for each true value, and residuals counted around nothing', async () => {
    const file = (shift: number) =>
      `id,y_true,y_pred\n${Array.from({ length: 400 }, (_, row) => `${row},${row / 10},${row / 10 + shift}`).join('\n')}\n`;
    const runIds = await pair({ 'predictions.csv': file(0) }, { 'predictions.csv': file(2) });
    const evidence = (await ask().evidence.query({ runIds })) as NumberEvidence;
    expect(evidence.bias.baseline).toBe(0);
    expect(evidence.bias.candidate).toBeCloseTo(2, 9);
    expect(evidence.spread).toHaveLength(20);
    expect(evidence.spread[3]?.candidate.median).toBeCloseTo((evidence.spread[3]?.truth ?? 0) + 2, 9);
    for (const side of [evidence.residuals.baseline, evidence.residuals.candidate])
      expect(side.reduce((sum, each) => sum + each, 0)).toBe(400);
  });

  it('none of one side, a torn file, no common id: each is said and nothing fails', async () => {
    const good = 'id,y_true,score\n1,1,0.5\n2,0,0.4\n';
    const say = async (first: Record<string, string>, second: Record<string, string>) =>
      ask().evidence.query({ runIds: await pair(first, second) });
    expect(await say({ 'predictions.csv': good }, {})).toEqual({ kind: 'none', problem: null });
    expect(await say({ 'predictions.csv': good }, { 'predictions.csv': 'id,y_true,score\n"1,1' })).toMatchObject({
      problem: expect.stringContaining('predictions.csv ends within a cell'),
    });
    const others = await say({ 'predictions.csv': good }, { 'predictions.csv': good.replaceAll(/^(\d)/gm, 'x$1') });
    expect(others).toMatchObject({ kind: 'none', problem: expect.stringContaining('no id in common') });
  });

  it('a question that was taken back, or that cannot be answered, leaves those after it and beside it as they are', async () => {
    const good = 'id,y_true,score\n1,1,0.5\n2,0,0.4\n';
    const [first, second] = await pair({ 'predictions.csv': good }, { 'predictions.csv': good });
    const evidence = (signal = new AbortController().signal) =>
      ask().evidence.query({ runIds: [first, second] }, { signal });
    const expected = await evidence();
    expect(expected).toMatchObject({ kind: 'classes', rows: 2 });
    const taken = [new AbortController(), new AbortController()];
    const asked = taken.map(({ signal }) => evidence(signal).catch(() => 'taken back'));
    const wrong = ask().runs.query({ runIds: [first, 'nowhere'], metrics: [], cluster: null });
    const others = [evidence(), evidence(), evidence()];
    for (const each of taken) each.abort();
    await expect(wrong).rejects.toThrow(/nowhere/);
    expect(await Promise.all(others)).toEqual([expected, expected, expected]);
    expect(await Promise.all(asked)).toEqual(['taken back', 'taken back']);
    expect(await evidence()).toEqual(expected);
  });

  it('a hundred thousand rows leave the engine free, and little of them reaches a page', async () => {
    const random = new Random(5);
    const truth = Array.from({ length: 100_000 }, () => random.below(2));
    const file = (strength: number) =>
      `id,y_true,score,day\n${truth.map((label, row) => `${row},${label},${1 / (1 + Math.exp(-strength * (label - 0.5) - random.normal()))},${row % 40}`).join('\n')}\n`;
    const runIds = await pair({ 'predictions.csv': file(1) }, { 'predictions.csv': file(2) });
    let longest = 0;
    let isDone = false;
    const watch = (async () => {
      while (!isDone) {
        const began = performance.now();
        await engine.fetch('/health');
        longest = Math.max(longest, performance.now() - began);
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
    })();
    const began = performance.now();
    const evidence = (await ask().evidence.query({ runIds })) as ClassEvidence;
    const took = performance.now() - began;
    isDone = true;
    await watch;
    const size = JSON.stringify(evidence).length;
    expect(longest).toBeLessThan(took / 2);
    expect(evidence.rows).toBe(100_000);
    expect(evidence.scores.baseline[0]?.roc?.points).toBeGreaterThan(10_000);
    expect(evidence.scores.baseline[0]?.roc?.x.length).toBeLessThanOrEqual(300);
    expect(size).toBeLessThan(200_000);
    const page = await ask().examples.query({ runIds, flip: 'broken', limit: 100 });
    const table = await ask().table.query({ runIds, paths: ['predictions.csv', 'predictions.csv'] });
    expect(table).toMatchObject({ key: 'id', rows: { baseline: 100_000, candidate: 100_000 } });
    expect(table.items).toHaveLength(20);
    expect(page.items).toHaveLength(100);
  });
});

describe('files side by side', () => {
  it('the same path is one item, a series of steps too, and MLflow’s images of one key', async () => {
    const image = (step: number, kind = '.png') =>
      `images/sample%step%${step}%timestamp%17000000000${step}%0a1b2c3d-0000-4000-8000-00000000000${step}${kind}`;
    const logged = (step: number) => `images/loss+step+${step}+timestamp+17000000000${step}+aa11bb22.png`;
    const runIds = await pair(
      {
        'plots/roc.png': pixel,
        'samples/step_0001.png': pixel,
        'samples/step_0002.png': pixel,
        'samples/step_0010.png': pixel,
        'epoch_1/confusion.csv': 'a\n1\n',
        'epoch_2/confusion.csv': 'a\n1\n',
        'report.txt': 'x',
        [image(0)]: pixel,
        [image(0, '%compressed.webp')]: pixel,
        [image(5)]: pixel,
        [logged(1)]: pixel,
        [`${hostile.replaceAll('"', '')}.txt`]: 'x',
      },
      {
        'plots/roc.png': pixel,
        'samples/step_0002.png': pixel,
        'epoch_2/confusion.csv': 'a\n1\n',
        'only_here.json': '{}',
        [image(5)]: pixel,
        [logged(2)]: pixel,
      },
    );
    const { items, leftOut } = await ask().files.query({ runIds });
    expect(leftOut).toBe(0);
    const told = items.map(({ name, kind, steps }) => [
      name,
      kind,
      steps
        .map(({ step, baseline, candidate }) => `${step ?? ''}${baseline ? 'b' : ''}${candidate ? 'c' : ''}`)
        .join(' '),
    ]);
    expect(told).toEqual([
      ['images/sample', 'image', '0b 5bc'],
      ['plots/roc.png', 'image', 'bc'],
      ['samples/step_*.png', 'image', '1b 2bc 10b'],
      ['epoch_*/confusion.csv', 'table', '1b 2bc'],
      ['images/loss', 'image', '1b 2c'],
      ['only_here.json', 'json', 'c'],
      ['<img src=x onerror=alert(1)>.txt', 'text', 'b'],
      ['report.txt', 'text', 'b'],
    ]);
    expect(items[0]?.steps[0]?.baseline?.path).toBe(image(0));
  });

  it('tables are laid row by row: by id, by order, with what differs; a ragged one says where', async () => {
    const runIds = await pair(
      {
        'a.csv': 'id,x,y\n1,1.0,a\n2,5,b\n3,7,c\n',
        'b.json': JSON.stringify({
          columns: ['q', 'answer'],
          data: [
            ['hi', 'ho'],
            ['a', hostile],
          ],
        }),
        'ragged.csv': 'a,b\n1,2\n3\n',
        'records.json': JSON.stringify([{ a: 1 }, { a: 2, b: 3 }]),
      },
      {
        'a.csv': 'id,y,x,z\n3,c,8,0\n1,a,1,0\n4,d,1,0\n',
        'b.json': JSON.stringify({
          columns: ['q', 'answer'],
          data: [
            ['hi', 'hu'],
            ['a', hostile],
          ],
        }),
        'records.json': JSON.stringify([{ a: 1 }]),
      },
    );
    const table = (path: string, more = {}) => ask().table.query({ runIds, paths: [path, path], ...more });
    const byId = await table('a.csv');
    expect(byId).toMatchObject({ key: 'id', rows: { baseline: 3, candidate: 3 }, differing: 3, total: 3 });
    expect(byId.only).toEqual({ baseline: [], candidate: ['z'] });
    expect(byId.items).toEqual([
      { baseline: { row: 2, cells: ['2', '5', 'b', null] }, candidate: null, differs: [] },
      {
        baseline: { row: 3, cells: ['3', '7', 'c', null] },
        candidate: { row: 1, cells: ['3', '8', 'c', '0'] },
        differs: [1],
      },
      { baseline: null, candidate: { row: 3, cells: ['4', '1', 'd', '0'] }, differs: [] },
    ]);
    expect(await table('a.csv', { onlyDiffering: false, offset: 3 })).toMatchObject({ total: 4, items: [{}] });
    expect(await table('b.json')).toMatchObject({ key: null, differing: 1, items: [{ differs: [1] }] });
    expect(await table('records.json')).toMatchObject({ columns: ['a', 'b'], differing: 1 });
    await expect(ask().table.query({ runIds, paths: ['ragged.csv', null] })).rejects.toThrow(
      'ragged.csv, line 3: 1 cells, and the first line names 2 columns.',
    );
    const alone = await ask().table.query({ runIds, paths: ['a.csv', null] });
    expect(alone).toMatchObject({ total: 3, differing: 0, rows: { baseline: 3, candidate: 0 } });
  });

  it('a page sees an image whole, a text’s beginning, and why something else is not shown', async () => {
    const long = Buffer.from(`${'0123456789'.repeat(10)}\n`.repeat(500_000));
    const runId = await log('files', {
      'a.png': pixel,
      'torn.png': pixel.subarray(0, 30),
      'page.png': '<html><script>alert(1)</script>',
      'drawing.svg': '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>',
      'page.html': '<script>alert(1)</script>',
      'long.txt': long,
      'weights.bin': Buffer.from([1, 0, 2, 0]),
      'huge.png': Buffer.concat([pixel, Buffer.alloc(9_000_000)]),
      'empty.png': '',
    });
    const preview = (path: string) => ask().preview.query({ runId, path });
    expect(await preview('a.png')).toEqual({
      size: pixel.length,
      kind: 'image',
      mediaType: 'image/png',
      base64: pixel.toString('base64'),
      isCut: false,
    });
    expect(await preview('torn.png')).toMatchObject({ kind: 'image', isCut: true });
    expect(await preview('page.png')).toMatchObject({ kind: 'not shown', why: expect.stringContaining('no image') });
    expect(await preview('drawing.svg')).toMatchObject({ kind: 'image', mediaType: 'image/svg+xml' });
    expect(await preview('page.html')).toMatchObject({ kind: 'text', isCut: false });
    expect(await preview('weights.bin')).toMatchObject({ kind: 'not shown' });
    expect(await preview('huge.png')).toMatchObject({ kind: 'not shown', why: expect.stringContaining('9.0 MB') });
    expect(await preview('empty.png')).toMatchObject({ kind: 'not shown', why: 'It is empty.' });
    const text = await preview('long.txt');
    expect(text).toMatchObject({ kind: 'text', isCut: true, size: 50_500_000 });
    expect(text.kind === 'text' && text.text.length).toBeLessThan(64_001);
    await expect(preview('gone.txt')).rejects.toThrow('gone.txt');
    const other = await log('same', { 'long.txt': long });
    await expect(ask().table.query({ runIds: [runId, other], paths: ['page.html', 'long.txt'] })).rejects.toThrow(
      /page\.html|long\.txt/,
    );
  });

  it('files of many folders are found, each series once', async () => {
    const files = (folders: number) =>
      Object.fromEntries(
        Array.from({ length: folders * 20 }, (_, place) => [
          `out/part_${'abcdefgh'[Math.floor(place / 20)]}/deep/step_${place % 20}.txt`,
          'x',
        ]),
      );
    const runIds = await pair(files(6), files(4));
    const { items } = await ask().files.query({ runIds });
    expect(items.map(({ name, steps }) => [name, steps.length])).toEqual(
      [...'abcdef'].map((part) => [`out/part_${part}/deep/step_*.txt`, 20]),
    );
    expect(items[4]?.steps.every(({ candidate }) => candidate === null)).toBe(true);
  });
});
