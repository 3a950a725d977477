// `slipway compare RUN…`: which evidence decides, and what is said where there is none.
import { readdirSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Random } from '../../src/statistics/random';
import { compareRuns, logRun } from './compared-runs';
import { type EngineProcess, slipway, startEngine } from './engine-process';

let engine: EngineProcess;
const random = new Random(3);
const truth = Array.from({ length: 300 }, () => random.below(2));
const predictions = (strength: number): string =>
  `id,y_true,score,day\n${truth
    .map(
      (label, row) => `${row},${label},${1 / (1 + Math.exp(-strength * (label - 0.5) - random.normal()))},${row % 30}`,
    )
    .join('\n')}\n`;

const log = (name: string, logged: Parameters<typeof logRun>[2]): Promise<string> => logRun(engine, name, logged);
const compare = (...words: string[]): ReturnType<typeof compareRuns> => compareRuns(engine, ...words);

beforeAll(async () => {
  engine = await startEngine();
  await log('old', { params: { lr: '0.1', note: '<img src=x>' }, metrics: { roc_auc: 0.5, loss: 2 }, data: 'v1' });
  await log('new', { params: { lr: '0.2', note: '👩‍🔬' }, metrics: { roc_auc: 0.99, loss: 0.1 }, data: 'v1' });
  await log('weak', { params: { model: 'a' }, metrics: { roc_auc: 0.6 }, file: predictions(0.5) });
  await log('strong', { params: { model: 'b' }, metrics: { roc_auc: 0.9 }, file: predictions(3) });
  await log('elsewhere', { params: { lr: '0.3' }, metrics: { roc_auc: 0.1 }, data: 'v2' });
  await log('torn', { params: { model: 'c' }, metrics: { roc_auc: 0.9 }, file: 'id,y_true,score\n"1,1' });
});
afterAll(() => engine[Symbol.asyncDispose]());

describe('one run against one run', () => {
  it('without predictions is never better, however large the difference', async () => {
    const { code, answer } = await compare('old', 'new');
    expect([code, answer.verdict, answer.baseline_name]).toEqual([2, 'cannot tell', 'old']);
    expect(answer.metrics[0]).toMatchObject({
      metric: 'roc_auc',
      baseline: 0.5,
      candidate: 0.99,
      interval: null,
      p: null,
    });
    expect(answer.candidates[0]?.changes).toEqual([
      { what: 'param', name: 'lr', baseline: '0.1', candidate: '0.2' },
      { what: 'param', name: 'note', baseline: '<img src=x>', candidate: '👩‍🔬' },
    ]);
    expect(answer.candidates[0]?.comparable).toMatchObject([
      { question: 'data version', answer: 'not known' },
      { question: 'metric definition', answer: 'not known' },
      { question: 'evaluation set', answer: 'same' },
    ]);
  });

  it('with predictions is about these two models, and says that seeds were not compared', async () => {
    const { code, answer } = await compare('strong', '--baseline', 'weak');
    expect([code, answer.verdict, answer.metrics[0]?.test]).toEqual([0, 'better', 'paired bootstrap']);
    expect(answer.candidates[0]?.support.join(' ')).toContain('how another seed would come out was not measured');
    expect((await compare('strong', 'weak', '--metric', 'val_auc')).code).toBe(1);
    expect((await compare('weak', 'strong', '--cluster', 'day')).answer.metrics[0]).toMatchObject({ n: 30 });
    const asked = await compare('weak', 'strong', '--metric', 'roc_auc', '--metric', 'latency');
    expect(asked.answer.metrics.map(({ metric }) => metric)).toEqual(['roc_auc']);
  });

  it('on different data cannot be compared, neither for better nor for worse', async () => {
    const { code, answer } = await compare('old', 'elsewhere');
    expect([code, answer.sentence]).toEqual([2, 'Cannot tell: the runs were judged on different data']);
  });

  it('with predictions that cannot be read goes by what was logged, and says so', async () => {
    const { code, answer } = await compare('weak', 'torn');
    expect(code).toBe(2);
    expect(answer.candidates[0]?.support.join(' ')).toContain(
      'The predictions were not judged: predictions.csv ends within',
    );
  });

  it.each([
    ['no metric in common', { metrics: { gamma: 1 } }, 'no metric in common'],
    ['NaN', { params: { lr: '9' }, metrics: { roc_auc: 'NaN' } }, 'NaN, an infinity or no value'],
    ['still running', { params: { lr: '8' }, metrics: { roc_auc: 0.9 }, status: 'RUNNING' }, 'provisional'],
  ] as const)('%s is said', async (name, run, sentence) => {
    await log(name, run);
    const { code, answer } = await compare('old', name);
    expect([code, answer.verdict]).toEqual([2, 'cannot tell']);
    expect(`${answer.sentence} ${answer.candidates[0]?.support.join(' ')}`).toContain(sentence);
  });

  it('of thousands of params shows what differs, to a limit', async () => {
    const params = Object.fromEntries(Array.from({ length: 1000 }, (_, each) => [`p${each}`, `${each}`]));
    const runId = await log('wide', { metrics: { roc_auc: 0.5 } });
    for (let from = 0; from < 1000; from += 100) {
      const part = Object.entries(params).slice(from, from + 100);
      const body = { run_id: runId, params: part.map(([key, value]) => ({ key, value })) };
      await engine.json('POST', '/api/2.0/mlflow/runs/log-batch', body);
    }
    const { answer } = await compare('old', 'wide');
    expect(answer.candidates[0]?.changes).toHaveLength(200);
    expect(answer.candidates[0]).toMatchObject({ more_changes: 803 });
  });
});

it('of several candidates each is judged, and one that is worse decides', async () => {
  const { code, answer } = await compare('strong', 'weak', 'old');
  expect([code, answer.candidates.map(({ name }) => name)]).toEqual([1, ['weak', 'old']]);
  expect(answer.metrics[0]).toMatchObject({ candidate_name: 'weak' });
  expect(answer.sentence).toMatch(/^weak: worse on .*; old: cannot tell/);
  // A report begins with all of them, the best first, with as many metrics as there is room for.
  const words = ['compare', 'strong', 'weak', 'old', '--workspace', engine.workspace];
  const { stdout } = await slipway(words);
  const table = stdout
    .split('\n')
    .filter((line) => line.startsWith('|'))
    .slice(0, 4);
  expect(stdout).toContain('**Candidates by roc_auc**');
  expect(table[0]).toMatch(/^\| {2}\| Candidate \| Verdict \| roc_auc \|/);
  expect(table[2]).toMatch(/^\| 1 \| weak \| worse \| 0\.\d+ \(−0\.\d+\\\*\) \|/);
  expect(stdout).toContain('the order among the candidates themselves is not tested');
  const page = (await slipway([...words, '--format', 'html'])).stdout;
  expect(page.indexOf('Candidates by roc_auc')).toBeLessThan(page.indexOf('weak against strong'));
});

it('a run that there is not, or one run alone, is refused with exit code 3', async () => {
  for (const [words, sentence] of [
    [['old', 'nobody'], 'There is no run nobody'],
    [['old'], 'two runs or more'],
    [['old', 'old'], 'two different runs'],
    [['weak', 'strong', '--cluster', 'colour'], 'no column colour'],
    [['old', 'new', '--cluster', 'day'], 'Nothing could be resampled by day'],
  ] as const) {
    const { code, stderr } = await slipway(['compare', ...words, '--workspace', engine.workspace]);
    expect([words, code]).toEqual([words, 3]);
    expect(stderr).toContain(sentence);
  }
});

it.skipIf(process.platform !== 'linux')(
  'who gives up asking ends the work, and others are answered meanwhile',
  async () => {
    const line = (row: number): string => `${row},${row % 2},${random.uniform()}`;
    const long = (): string =>
      `id,y_true,score\n${Array.from({ length: 200_000 }, (_, row) => line(row)).join('\n')}\n`;
    const runIds = [
      await log('long', { params: { model: 'long' }, file: long() }),
      await log('longer', { params: { model: 'longer' }, file: long() }),
    ];
    const threads = (): number => readdirSync(`/proc/${engine.pid}/task`).length;
    const given = new AbortController();
    const asked = engine.client.api.comparison.runs.query({ runIds }, { signal: given.signal });
    const ended = asked.then(
      () => 'answered',
      () => 'given up',
    );
    expect(await engine.client.api.engine.status.query()).toMatchObject({ pid: engine.pid });
    // Whoever waits is told how far it is.
    const words = async () => (await engine.client.api.comparison.progress.query({ runIds }))?.what;
    await expect.poll(words).toMatch(/^(Reading predictions|Resampling rows)$/);
    const working = threads();
    given.abort();
    expect(await ended).toBe('given up');
    await expect.poll(threads).toBeLessThan(working);
    expect(await words()).toBeUndefined();
  },
);
