// `slipway compare RUN…` where runs are repeats of each other: over seeds, folds, or what slipway.yaml names.
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Random } from '../../src/statistics/random';
import { compareRuns, logRun } from './compared-runs';
import { type EngineProcess, slipway, startEngine } from './engine-process';

let engine: EngineProcess;
const random = new Random(3);
const log = (name: string, logged: Parameters<typeof logRun>[2]): Promise<string> => logRun(engine, name, logged);
const compare = (...words: string[]): ReturnType<typeof compareRuns> => compareRuns(engine, ...words);

beforeAll(async () => {
  engine = await startEngine();
});
afterAll(() => engine[Symbol.asyncDispose]());

describe('repeats', () => {
  const seeds = [11, 12, 13, 14, 15, 16];

  beforeAll(async () => {
    for (const seed of seeds) {
      const luck = 0.01 * random.normal();
      const base = { loss: 0.4, train_loss: 0.1 };
      await log(`lin-${seed}`, {
        params: { model: 'lin', seed: `${seed}` },
        metrics: { val_accuracy: 0.8 + luck, ...base },
      });
      await log(`gbm-${seed}`, {
        params: { model: 'gbm', seed: `${seed}` },
        metrics: { val_accuracy: 0.83 + luck + seed * 1e-4, ...base },
      });
    }
  });

  it('over six paired seeds decide by the signs of their differences', async () => {
    const names = seeds.flatMap((seed) => [`lin-${seed}`, `gbm-${seed}`]);
    const { code, answer } = await compare(...names, '--metric', 'val_accuracy');
    expect([code, answer.verdict]).toEqual([0, 'better']);
    // Without a wish the headline is judged, as six pairs reach .05 for one metric only.
    const usual = await compare(...names);
    expect([usual.code, usual.answer.metrics.length]).toEqual([0, 2]);
    expect(usual.answer.metrics[0]).toMatchObject({ metric: 'val_accuracy', p: 2 / 64, verdict: 'better' });
    expect(answer.metrics).toMatchObject([{ test: 'exact sign-flip', n: 6, unit: 'pairs of seeds', p: 2 / 64 }]);
    expect(answer.candidates[0]?.changes).toMatchObject([{ what: 'param', name: 'model' }]);
  });

  it('that were not named are pointed out', async () => {
    const { answer } = await compare('lin-11', 'gbm-11');
    expect(answer.candidates[0]?.support.join(' ')).toContain(
      '5 of the baseline and 5 of the candidate: name them as well',
    );
    expect(answer).toMatchObject({ baseline_repeats: expect.any(Array), candidates: [{ repeats: expect.any(Array) }] });
    const named = await compare(...seeds.flatMap((seed) => [`lin-${seed}`, `gbm-${seed}`]));
    expect(named.answer.candidates[0]?.support.join(' ')).not.toContain('name them as well');
  });

  it('over fewer seeds cannot reach .05, and say how many would', async () => {
    const names = seeds.slice(0, 4).flatMap((seed) => [`lin-${seed}`, `gbm-${seed}`]);
    const { code, answer } = await compare(...names, '--metric', 'val_accuracy');
    expect([code, answer.sentence]).toEqual([
      2,
      'Cannot tell with this much data: fewer than 6 pairs of seeds cannot reach p .05',
    ]);
    expect(answer.metrics[0]).toMatchObject({ p: 2 / 16, needs: 6 });
  });

  it('without spread tell nothing', async () => {
    const names = seeds.flatMap((seed) => [`lin-${seed}`, `gbm-${seed}`]);
    const { answer } = await compare(...names, '--metric', 'loss');
    expect(answer.metrics[0]?.why).toContain('no spread');
  });

  it('are not taken for two sides when they are all of one', async () => {
    const { code, answer } = await compare('lin-11', 'lin-12');
    expect([code, answer.candidates.length, answer.candidates[0]?.changes]).toEqual([2, 1, []]);
  });

  it('over folds are corrected for the training data that folds share', async () => {
    for (const fold of [0, 1, 2, 3, 4]) {
      await log(`a-${fold}`, { params: { model: 'a', fold: `${fold}` }, metrics: { f1: 0.7 + fold * 0.01 } });
      await log(`b-${fold}`, {
        params: { model: 'b', fold: `${fold}` },
        metrics: { f1: 0.75 + fold * 0.01 + 0.003 * (fold % 2) },
      });
    }
    const names = [0, 1, 2, 3, 4].flatMap((fold) => [`a-${fold}`, `b-${fold}`]);
    const { code, answer } = await compare(...names);
    expect([code, answer.metrics[0]?.unit, answer.metrics[0]?.test]).toEqual([
      0,
      'folds',
      'corrected resampled t (Nadeau–Bengio)',
    ]);
  });

  it('over folds that name the data they held out are compared fold by fold', async () => {
    const folds = [0, 1, 2, 3, 4];
    for (const fold of folds) {
      const metrics = (rise: number) => ({ f1: 0.7 + rise + fold * 0.01 + rise * 0.05 * (fold % 2) });
      const params = { fold: `${fold}` };
      await log(`near-${fold}`, { params: { model: 'near', ...params }, metrics: metrics(0), data: `part ${fold}` });
      await log(`far-${fold}`, { params: { model: 'far', ...params }, metrics: metrics(0.05), data: `part ${fold}` });
      await log(`off-${fold}`, { params: { model: 'off', ...params }, metrics: metrics(0.05), data: `else ${fold}` });
    }
    // The first runs of both are of different folds.
    const names = (side: string, first: number): string[] => folds.map((fold) => `${side}-${(fold + first) % 5}`);
    const { code, answer } = await compare(...names('near', 0), ...names('far', 2));
    expect([code, answer.verdict]).toEqual([0, 'better']);
    expect(answer.candidates[0]?.changes).toMatchObject([{ what: 'param', name: 'model' }]);
    expect(answer.candidates[0]?.comparable).toContainEqual(
      expect.objectContaining({ question: 'evaluation set', answer: 'same' }),
    );
    const said = answer.candidates[0]?.support.join(' ') ?? '';
    expect(said).toContain('the interval is over folds');
    expect(said).not.toContain('over seeds');
    const other = await compare(...names('near', 0), ...names('off', 2));
    expect(other.answer.sentence).toBe('Cannot tell: the runs were judged on different data');
  });

  it('are at most 200 at once, which is said in a sentence', async () => {
    const ids: string[] = [];
    for (let run = 0; run < 201; run += 1) {
      const made = { experiment_id: '0', run_name: `many-${run}`, start_time: 1 };
      const { body } = await engine.json('POST', '/api/2.0/mlflow/runs/create', made);
      const { run_id: runId } = (body.run as { info: { run_id: string } }).info;
      await engine.json('POST', '/api/2.0/mlflow/runs/update', { run_id: runId, status: 'FINISHED', end_time: 2 });
      ids.push(runId);
    }
    const { code, stderr } = await slipway(['compare', ...ids, '--workspace', engine.workspace]);
    const sentence = 'slipway: At most 200 runs are compared at once, and these are 201. Name fewer.\n';
    expect([code, stderr]).toEqual([3, sentence]);
    await slipway(['runs', 'delete', ...ids, '--workspace', engine.workspace]);
  });

  it('are not judged by what they logged of their training data', async () => {
    for (const seed of [21, 22, 23, 24, 25, 26]) {
      const noise = 0.001 * (seed % 3);
      await log(`calm-${seed}`, {
        params: { model: 'calm', seed: `${seed}` },
        metrics: { training_accuracy: 0.8 + noise, test_loss: 0.5 + noise },
      });
      await log(`keen-${seed}`, {
        params: { model: 'keen', seed: `${seed}` },
        metrics: { training_accuracy: 0.99 + seed / 1e4, test_loss: 0.5 + noise * (seed % 2 ? 2 : -2) },
      });
    }
    const names = [21, 22, 23, 24, 25, 26].flatMap((seed) => [`calm-${seed}`, `keen-${seed}`]);
    const { code, answer } = await compare(...names);
    expect([code, answer.metrics.map(({ metric }) => metric)]).toEqual([2, ['test_loss']]);
    for (const [name, loss] of [
      ['blind', 0.5],
      ['deaf', 0.1],
    ] as const)
      await log(name, { params: { model: name }, metrics: { train_loss: loss } });
    const alone = (await compare('blind', 'deaf')).answer;
    expect([alone.metrics, alone.sentence]).toEqual([[], expect.stringContaining('those of training data aside')]);
    const asked = (await compare('blind', 'deaf', '--metric', 'train_loss')).answer;
    expect(asked.metrics).toMatchObject([{ metric: 'train_loss', baseline: 0.5, candidate: 0.1 }]);
  });

  it('have the same code down to the text of what was not committed', async () => {
    const { workspace } = engine;
    const git = (...words: string[]) =>
      execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@b', ...words], { cwd: workspace });
    const train = async (rate: number, seed: number, ...params: string[]): Promise<void> => {
      writeFileSync(join(workspace, 'train.sh'), `rate=${rate}\n`);
      const words = ['run', '--name', `rate${rate}-${seed}`, ...params, '--', 'sh', 'train.sh', '--seed', `${seed}`];
      expect((await slipway(words, { cwd: workspace })).code).toBe(0);
    };
    writeFileSync(join(workspace, 'train.sh'), 'rate=1\n');
    git('init', '-q');
    git('add', 'train.sh');
    git('commit', '-qm', 'first');
    for (const [rate, seed] of [
      [2, 0],
      [2, 1],
      [3, 0],
      [3, 1],
    ] as const)
      await train(rate, seed);
    const { answer } = await compare('rate2-0', 'rate2-1', 'rate3-0', 'rate3-1');
    expect(answer.candidates.map(({ name }) => name)).toEqual(['rate3-0 and 1 more']);
    expect(answer.candidates[0]?.changes).toEqual([
      {
        what: 'code',
        name: 'not committed',
        baseline: expect.stringMatching(/^train\.sh \+1 −1 \([0-9a-f]{7}\)$/),
        candidate: expect.stringMatching(/^train\.sh \+1 −1 \([0-9a-f]{7}\)$/),
      },
    ]);
    // Of one text they are repeats: not even the seed in the command differs.
    expect((await compare('rate2-0', 'rate2-1')).answer.candidates[0]?.changes).toEqual([]);
    // So is a run that names its seed as a param as well.
    await train(2, 5, '--param', 'seed=5');
    const { baseline_repeats: repeats } = (await compare('rate2-0', 'rate3-0')).answer;
    expect(repeats).toHaveLength(2);
  });

  it('without seeds that pair up are compared by Welch, many of them by their interquartile means', async () => {
    for (let run = 0; run < 10; run += 1) {
      await log(`x${run}`, { params: { model: 'x' }, metrics: { auc: 0.7 + 0.01 * random.normal() } });
      await log(`y${run}`, { params: { model: 'y' }, metrics: { auc: 0.8 + 0.01 * random.normal() } });
    }
    const names = (count: number): string[] => Array.from({ length: count }, (_, run) => [`x${run}`, `y${run}`]).flat();
    const few = await compare(...names(4));
    expect([few.code, few.answer.metrics[0]?.test]).toEqual([0, 'Welch']);
    const many = await compare(...names(10));
    expect([many.code, many.answer.metrics[0]?.test]).toEqual([0, 'IQM, stratified bootstrap']);
  });

  it('of one side by `seed` and of the other by `random_state` pair by the value', async () => {
    for (const seed of [1, 2, 3, 4, 5, 6]) {
      const luck = 0.01 * random.normal();
      await log(`torch-${seed}`, { params: { model: 'net', seed: `${seed}` }, metrics: { auc: 0.7 + luck } });
      const metrics = { auc: 0.75 + luck + seed / 1e4 };
      await log(`forest-${seed}`, { params: { model: 'forest', random_state: `${seed}` }, metrics });
    }
    const names = [1, 2, 3, 4, 5, 6].flatMap((seed) => [`torch-${seed}`, `forest-${seed}`]);
    const { code, answer } = await compare(...names);
    expect([code, answer.metrics[0]]).toEqual([0, expect.objectContaining({ test: 'exact sign-flip', n: 6 })]);
  });

  it('that share seven of eight seeds are compared over those, and it is said which are not', async () => {
    for (const seed of [1, 2, 3, 4, 5, 6, 7, 8]) {
      const luck = 0.01 * random.normal();
      const other = seed === 8 ? 99 : seed;
      await log(`oak-${seed}`, { params: { model: 'oak', seed: `${seed}` }, metrics: { auc: 0.7 + luck } });
      const metrics = { auc: seed === 8 ? 0.2 : 0.75 + luck + seed / 1e4 };
      await log(`elm-${other}`, { params: { model: 'elm', seed: `${other}` }, metrics });
    }
    const oaks = [1, 2, 3, 4, 5, 6, 7, 8].map((seed) => `oak-${seed}`);
    const elms = [1, 2, 3, 4, 5, 6, 7, 99].map((seed) => `elm-${seed}`);
    const { code, answer } = await compare(...oaks, ...elms);
    expect([code, answer.metrics[0]]).toEqual([0, expect.objectContaining({ unit: 'pairs of seeds', n: 7 })]);
    const said = 'oak-8 and elm-99 have no partner of the same seed or fold and do not count';
    expect(answer.candidates[0]?.support.join(' ')).toContain(said);
    // So few in common say less than all of them by themselves.
    const few = await compare(...oaks.slice(0, 4), ...elms.slice(3, 7));
    expect(few.answer.metrics[0]).toMatchObject({ test: 'Welch', n: 4 });
  });
});

describe('repeats with predictions', () => {
  const seeds = [31, 32, 33, 34];
  const truth = Array.from({ length: 300 }, (_, row) => row % 2);
  const hard = truth.map(() => random.normal());

  /** So many of a thousand more rows right; each run has its own luck. */
  const file = (skill: number): string => {
    const own = skill + 0.1 * random.normal();
    const lines = truth.map((label, row) => {
      const isRight = own + (hard[row] ?? 0) + 0.3 * random.normal() > 0;
      return `r${row},${label},${isRight ? label : 1 - label},day ${row % 20}`;
    });
    return `id,y_true,y_pred,day\n${lines.join('\n')}\n`;
  };

  beforeAll(async () => {
    for (const seed of seeds) {
      for (const [model, skill] of [
        ['plain', 0.5],
        ['sharp', 1.1],
      ] as const) {
        await log(`${model}-${seed}`, {
          params: { model, seed: `${seed}` },
          metrics: { auc: skill },
          file: file(skill),
        });
      }
    }
    await log('plain-35', { params: { model: 'plain', seed: '35' }, metrics: { auc: 0.5 } });
  });

  const named = (...models: string[]): string[] => seeds.flatMap((seed) => models.map((model) => `${model}-${seed}`));

  it('are judged by rows and seeds in one verdict, over the rows of all runs', async () => {
    const { code, answer } = await compare(...named('plain', 'sharp'));
    expect([code, answer.verdict]).toEqual([0, 'better']);
    const [first] = answer.metrics;
    expect(first).toMatchObject({
      metric: 'accuracy',
      n: 300,
      unit: 'rows',
      test: 'paired bootstrap of rows, t of seeds',
      seeds: { differences: expect.any(Array), agree: 4, sign_p: 2 / 16 },
    });
    const { baseline, candidate, interval, effect } = first as {
      baseline: number;
      candidate: number;
      interval: number[];
      effect: number;
    };
    expect(effect).toBeCloseTo(candidate - baseline, 12);
    const [alone] = (await compare('plain-31', 'sharp-31')).answer.metrics as [{ interval: number[] }];
    expect(alone.interval).not.toEqual(interval);
    const said = answer.candidates[0]?.support.join(' ') ?? '';
    expect(said).toContain('the interval holds the noise of rows and that of 4 pairs of seeds');
    expect(said).toContain('all 4 pairs of seeds agree in sign (sign-flip p = .125)');
    expect(said).not.toContain('was not measured');
  });

  it('keep the switch of what is resampled', async () => {
    const { answer } = await compare(...named('plain', 'sharp'), '--cluster', 'day');
    expect(answer.metrics[0]).toMatchObject({ n: 20, unit: 'values of day' });
  });

  it('of one side alone say which seeds were not measured', async () => {
    const { answer } = await compare('plain-31', ...named('sharp'));
    const said = answer.candidates[0]?.support.join(' ') ?? '';
    expect(said).toContain('how another seed of the baseline would come out was not measured');
    expect(answer.metrics[0]).toMatchObject({ unit: 'rows', seeds: { differences: null } });
  });

  it('of which one has none are compared by what they logged, and say so', async () => {
    const { answer } = await compare(...named('plain', 'sharp'), 'plain-35');
    expect(answer.candidates[0]?.support.join(' ')).toContain('plain-35 has no predictions');
  });

  it('show matrices, curves and examples of all runs', async () => {
    const { api } = engine.client;
    const ids = async (model: string): Promise<string[]> =>
      (await api.runs.query.query({ filter: `params.model = '${model}' and params.seed != '35'` })).items.map(
        ({ run_id: id }) => id,
      );
    const [[first = '', ...baseline], [second = '', ...candidate]] = [await ids('plain'), await ids('sharp')];
    const runs: { runIds: [string, string]; repeats: { baseline: string[]; candidate: string[] } } = {
      runIds: [first, second],
      repeats: { baseline, candidate },
    };
    const evidence = await api.comparison.evidence.query(runs);
    expect(evidence).toMatchObject({ kind: 'classes', rows: 300, models: { baseline: 4, candidate: 4 } });
    const cells = evidence.kind === 'classes' ? (evidence.matrices?.baseline ?? []) : [];
    expect(cells.reduce((sum, count) => sum + count, 0)).toBeCloseTo(300, 9);
    const page = await api.comparison.examples.query({ ...runs, flip: 'fixed' });
    const [best] = page.items;
    expect(best).toMatchObject({ baseline: { models: 4 }, candidate: { models: 4 } });
    expect(best?.candidate.right).toBeGreaterThan(best?.baseline.right ?? 4);
  });
});

// The last, for it changes what repeats are.
describe('repeats', () => {
  it('are those that slipway.yaml names', async () => {
    writeFileSync(join(engine.workspace, 'slipway.yaml'), 'version: 1\ncomparison:\n  repeats: [trial]\n');
    for (const trial of [1, 2, 3]) {
      await log(`p${trial}`, { params: { model: 'p', trial: `${trial}` }, metrics: { auc: 0.7 + trial / 1000 } });
      await log(`q${trial}`, { params: { model: 'q', trial: `${trial}` }, metrics: { auc: 0.8 + trial / 900 } });
    }
    const { answer } = await compare('p1', 'p2', 'p3', 'q1', 'q2', 'q3');
    expect(answer.candidates).toHaveLength(1);
    expect(answer.metrics[0]).toMatchObject({ n: 3, unit: 'pairs of seeds' });
  });
});
