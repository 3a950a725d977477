// `slipway compare --files` as a person or a pipeline runs it: in a folder that is no workspace.
import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fairnessInProcess } from '../../src/client/comparison/comparison-process';
import { takenBack } from '../../src/protocol/conversation/conversation';
import { Random } from '../../src/statistics/random';
import { slipway, temporaryFolder } from './engine-process';

let folder: string;
const random = new Random(12);
const truth = Array.from({ length: 300 }, () => random.below(2));
const score = (strength: number): string[] =>
  truth.map((label) => (1 / (1 + Math.exp(-strength * (label - 0.5) - random.normal()))).toFixed(6));
const [weak, strong] = [score(0.5), score(3)];

const file = (name: string, text: string): void => writeFileSync(join(folder, name), text);
const csv = (head: string, line: (row: number) => string, rows = 300): string =>
  `${head}\n${Array.from({ length: rows }, (_, row) => line(row)).join('\n')}\n`;

interface Answer {
  verdict: string;
  sentence: string;
  metrics: Record<string, unknown>[];
  candidates: { support: string[]; rows: Record<string, unknown> }[];
}

async function compare(...words: string[]): Promise<{ code: number | null; stderr: string; stdout: string }> {
  return slipway(['compare', '--files', ...words], { cwd: folder });
}

async function judged(...words: string[]): Promise<{ code: number | null; answer: Answer }> {
  const { code, stdout, stderr } = await compare(...words, '--json');
  expect(stderr).toBe('');
  return { code, answer: JSON.parse(stdout) };
}

beforeAll(() => {
  folder = temporaryFolder();
  file(
    'weak.csv',
    csv('id,y_true,score,region', (row) => `e${row},${truth[row]},${weak[row]},${row % 15}`),
  );
  file(
    'strong.csv',
    csv('id,y_true,score', (row) => `e${row},${truth[row]},${strong[row]}`),
  );
  file(
    'labels.jsonl',
    truth
      .map((label, row) => JSON.stringify({ id: `e${row}`, y_true: label === 1, y_pred: Number(strong[row]) > 0.5 }))
      .join('\n'),
  );
  file(
    'near.csv',
    csv('id,y_true,y_pred', (row) => `${row},${row * 1.5},${row * 1.5 + Number(weak[row])}`),
  );
  file(
    'far.csv',
    csv('id,y_true,y_pred', (row) => `${row},${row * 1.5},${row * 1.5 + 2 * Number(weak[row]) - 3}`),
  );
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('the verdict', () => {
  it('of a better model is better, with exit code 0, and needs no workspace and makes none', async () => {
    const { code, answer } = await judged('weak.csv', 'strong.csv');
    expect([code, answer.verdict]).toEqual([0, 'better']);
    expect(Object.keys(answer.metrics[0] ?? {}).slice(0, 8)).toEqual([
      'metric',
      'baseline',
      'candidate',
      'effect',
      'interval',
      'p',
      'test',
      'n',
    ]);
    expect(answer.candidates[0]?.support.join(' ')).toContain('how another seed would come out was not measured');
    expect(answer.candidates[0]?.support.join(' ')).toContain('--cluster: region (15 values)');
    expect(existsSync(join(folder, '.slipway'))).toBe(false);
  });

  it('of a worse model is worse, with exit code 1', async () => {
    const { code, answer } = await judged('strong.csv', 'weak.csv', '--metric', 'ROC-AUC');
    expect([code, answer.verdict, answer.metrics.length]).toEqual([1, 'worse', 1]);
    expect(answer.metrics[0]).toMatchObject({ metric: 'roc_auc', n: 300, test: 'paired bootstrap' });
  });

  it('of scores that say too much is worse by their calibration error, when asked for it', async () => {
    const sure = weak.map((chance) => (Number(chance) > 0.5 ? 0.99 : 0.01));
    file(
      'sure.csv',
      csv('id,y_true,score', (row) => `e${row},${truth[row]},${sure[row]}`),
    );
    const { code, answer } = await judged('weak.csv', 'sure.csv', '--metric', 'expected_calibration_error');
    expect([code, answer.verdict, answer.metrics.map(({ metric }) => metric)]).toEqual([1, 'worse', ['ece']]);
    const right = sure.filter((chance, row) => chance > 0.5 === (truth[row] === 1)).length;
    expect(answer.metrics[0]).toMatchObject({ direction: 'down', test: 'paired bootstrap' });
    // Two bins, both too sure: what is told less what is so.
    expect(answer.metrics[0]?.candidate).toBeCloseTo(0.99 - right / truth.length, 9);
  });

  it('of equal files cannot be told, with exit code 2', async () => {
    const { code, answer } = await judged('weak.csv', './weak.csv');
    expect([code, answer.sentence]).toEqual([2, 'Cannot tell with this much data: both do equally on every row']);
    expect(answer.metrics[0]).toMatchObject({ effect: 0, interval: [0, 0], p: 1 });
  });

  it('of files without a common id cannot be told, and says why', async () => {
    const { code, answer } = await judged('weak.csv', 'near.csv');
    expect([code, answer.verdict, answer.metrics]).toEqual([2, 'cannot tell', []]);
    expect(answer.candidates[0]?.support.join(' ')).toContain('no id in common');
  });

  it('takes labels beside scores, JSON beside CSV, true beside 1, and the names people write', async () => {
    const { code, answer } = await judged('weak.csv', 'labels.jsonl', '--metric', 'accuracy', '--metric', 'F1');
    expect([code, answer.metrics.map(({ metric }) => metric)]).toEqual([0, ['accuracy', 'f1']]);
    expect(answer.metrics[0]?.test).toBe('McNemar mid-p, paired bootstrap');
  });

  it('of numbers goes by their errors', async () => {
    const { code, answer } = await judged('near.csv', 'far.csv', '--metric', 'rmse');
    expect([code, answer.metrics[0]?.metric, answer.metrics[0]?.direction]).toEqual([1, 'rmse', 'down']);
    expect((await judged('far.csv', 'near.csv')).answer.metrics.map(({ metric }) => metric)).toEqual(['rmse', 'mae']);
  });

  it('resamples by a column when asked, and says how many values it has', async () => {
    const { answer } = await judged('weak.csv', 'strong.csv', '--cluster', 'region');
    expect(answer.metrics[0]).toMatchObject({ n: 15, unit: 'values of region' });
  });

  it('is never better where the candidate says nothing of rows that the baseline has', async () => {
    file(
      'holes.csv',
      csv('id,y_true,score', (row) => `e${row},${truth[row]},${row < 20 ? 'NaN' : strong[row]}`),
    );
    const { code, answer } = await judged('weak.csv', 'holes.csv');
    expect([code, answer.sentence]).toEqual([
      2,
      'Cannot tell: the candidate says nothing of 20 rows that the baseline has',
    ]);
    expect(answer.candidates[0]?.rows).toMatchObject({ judged: 280, left_out_candidate: 20 });
  });

  it('is never better where the candidate is silent on other rows than the baseline', async () => {
    file(
      'early.csv',
      csv('id,y_true,score', (row) => `e${row},${truth[row]},${row < 30 ? '' : weak[row]}`),
    );
    file(
      'late.csv',
      csv('id,y_true,score', (row) => `e${row},${truth[row]},${row >= 290 ? '' : strong[row]}`),
    );
    const { code, answer } = await judged('early.csv', 'late.csv');
    expect([code, answer.sentence]).toEqual([
      2,
      'Cannot tell: the candidate says nothing of 10 rows that the baseline has',
    ]);
    expect(answer.candidates[0]?.rows).toMatchObject({ left_out_baseline: 30, silent_candidate: 10 });
  });

  it.each(['none', 'null', 'NA', 'nan'])('keeps the class %s, which is easy to take for nothing', async (name) => {
    // Always right on the cats, and wrong on all of this class: of 300 rows 100 are lost when it is left out.
    const label = (row: number): string => (row % 3 === 0 ? name : row % 3 === 1 ? 'cat' : 'dog');
    file(
      'kept.csv',
      csv('id,y_true,y_pred', (row) => `${row},${label(row)},${row % 10 === 1 ? 'bird' : label(row)}`),
    );
    file(
      'lost.csv',
      csv('id,y_true,y_pred', (row) => `${row},${label(row)},${row % 3 === 0 ? 'bird' : label(row)}`),
    );
    const { code, answer } = await judged('kept.csv', 'lost.csv', '--metric', 'accuracy');
    expect([code, answer.candidates[0]?.rows.judged]).toEqual([1, 300]);
  });

  it('takes NaN among numbers, and an empty cell anywhere, for no prediction', async () => {
    file(
      'unsaid.csv',
      csv('id,y_true,y_pred', (row) => `${row},${row * 1.5},${row < 5 ? 'nan' : row < 10 ? '' : row * 1.5}`),
    );
    const numbers = await judged('near.csv', 'unsaid.csv', '--metric', 'rmse');
    expect(numbers.answer.candidates[0]?.rows).toMatchObject({ judged: 290, silent_candidate: 10 });
  });

  it('does not take 01 for 1', async () => {
    const codes = ['1', '01', '001'];
    file(
      'codes.csv',
      csv('id,y_true,y_pred', (row) => `${row},${codes[row % 3]},${codes[row % 3]}`),
    );
    file(
      'ones.csv',
      csv('id,y_true,y_pred', (row) => `${row},${codes[row % 3]},1`),
    );
    const { code, answer } = await judged('codes.csv', 'ones.csv', '--metric', 'accuracy');
    expect([code, answer.metrics[0]?.candidate]).toEqual([1, 1 / 3]);
  });

  it('resamples rows without a value of the column one by one, and says so', async () => {
    file(
      'days.csv',
      csv('id,y_true,score,day', (row) => `e${row},${truth[row]},${weak[row]},${row < 200 ? '' : row % 20}`),
    );
    const { answer } = await judged('days.csv', 'strong.csv', '--cluster', 'day');
    expect(answer.metrics[0]).toMatchObject({ n: 220 });
    expect(answer.candidates[0]?.rows).toMatchObject({ clusters: 220, without_cluster: 200 });
    expect(answer.candidates[0]?.support.join(' ')).toContain(
      'drawn anew by day, of which there are 20, and 200 rows without it each by itself',
    );
  });

  it('pairs tables of MLflow by their ids where they have them, else by their order', async () => {
    const table = (name: string, columns: string[], cells: (row: number) => unknown[], from = 0): void => {
      const data = Array.from({ length: 300 }, (_, row) => cells((row + from) % 300));
      file(name, JSON.stringify({ columns, data }));
    };
    const names = ['id', 'target', 'score'];
    table('one.json', names, (row) => [`e${row}`, truth[row], Number(weak[row])]);
    table('other.json', names, (row) => [`e${row}`, truth[row], Number(strong[row])], 7);
    const byId = await judged('one.json', 'other.json');
    expect([byId.code, byId.answer.candidates[0]?.rows.judged]).toEqual([0, 300]);
    expect(byId.answer.candidates[0]?.support.join(' ')).not.toContain('order');
    table('bare.json', names.slice(1), (row) => [truth[row], Number(strong[row])]);
    const byOrder = await judged('bare.json', 'bare.json');
    expect(byOrder.answer.candidates[0]?.support.join(' ')).toContain('Rows were paired by their order');
  });

  it('says how many ids are of one side alone', async () => {
    file(
      'some.csv',
      csv('id,y_true,score', (row) => `e${row + 40},${truth[(row + 40) % 300]},${strong[(row + 40) % 300]}`, 270),
    );
    const { answer } = await judged('weak.csv', 'some.csv');
    expect(answer.candidates[0]?.rows).toMatchObject({ judged: 260, only_baseline: 40, only_candidate: 10 });
    expect(answer.candidates[0]?.support.join(' ')).toContain('40 of the baseline, 10 of the candidate');
  });

  it('takes score alone for the score, whatever else begins with that word', async () => {
    file(
      'scores.csv',
      csv('id,y_true,score,score_old', (row) => `e${row},${truth[row]},${strong[row]},7`),
    );
    const { code, answer } = await judged('weak.csv', 'scores.csv', '--metric', 'f1');
    expect([code, answer.metrics[0]?.metric]).toEqual([0, 'f1']);
  });

  it('of one class only has no ROC AUC, and says so', async () => {
    file(
      'one.csv',
      csv('id,y_true,score', (row) => `e${row},1,${strong[row]}`),
    );
    const { code, answer } = await judged('one.csv', 'one.csv', '--metric', 'auc');
    expect([code, answer.metrics[0]?.why]).toEqual([2, 'It has no value here, as where all rows are of one class.']);
  });
});

describe('a report', () => {
  it('in Markdown begins with the verdict', async () => {
    const { stdout } = await compare('weak.csv', 'strong.csv', '--metric', 'auc');
    expect(stdout).toMatch(
      /^\*\*Better on roc_auc\.\*\*\n\nstrong\.csv against weak\.csv\. roc_auc \+0\.\d{4} \(95 % \+/,
    );
    expect(stdout).toContain('| roc_auc ↑ |');
  });

  it('names the errors, the areas under the curves and the rows that moved most, and what it leaves out', async () => {
    const { stdout } = await compare('weak.csv', 'strong.csv');
    const counts = (scores: string[]): number[] => {
      const kinds = truth.map((label, row) => label * 2 + (Number(scores[row]) >= 0.5 ? 1 : 0));
      return [0, 1, 2, 3].map((kind) => kinds.filter((each) => each === kind).length);
    };
    const [before, after] = [counts(weak), counts(strong)];
    for (const [cell, words] of ['true 0, predicted 0', 'true 0, predicted 1', 'true 1, predicted 0'].entries())
      expect(stdout).toContain(`| ${words} | ${before[cell]} | ${after[cell]} |`);
    const judgedRow = /\| roc_auc ↑ \|( [\d.]+ \| [\d.]+ \| \S+ \| [^|]+\|)/.exec(stdout)?.[1];
    expect(stdout).toContain(`| ROC AUC |${judgedRow}`);
    expect(stdout).toContain('| Average precision |');
    const moved = truth
      .map((label, row) => ({ row, label, before: Number(weak[row]), after: Number(strong[row]) }))
      .filter(
        ({ label, before: first, after: second }) => first >= 0.5 !== (label === 1) && second >= 0.5 === (label === 1),
      )
      .sort((a, b) => Math.abs(b.after - b.before) - Math.abs(a.after - a.before));
    expect(stdout).toContain(`| fixed | e${moved[0]?.row} | ${moved[0]?.label} |`);
    expect(stdout).toMatch(/Not in this report: curves, calibration and other thresholds\./);
    expect(stdout).toMatch(new RegExp(`${moved.length} rows that only the candidate has right`));
    const { stdout: page } = await compare('weak.csv', 'strong.csv', '--format', 'html');
    expect(page).toContain('<td dir="auto">true 0, predicted 1</td>');
    // For a browser the curves are drawn, and more rows are named.
    expect(page.match(/<svg role="img" aria-label="(ROC|Precision and recall)"/g)).toHaveLength(2);
    expect(page.match(/<path class="(one|other)" d="M[\dML .]+"\/>/g)).toHaveLength(4);
    expect(page.match(/<td dir="auto">fixed<\/td>/g)).toHaveLength(10);
    expect(stdout.match(/^\| fixed \|/gm)).toHaveLength(3);
  });

  it('of numbers names how far off they are, and the rows whose distance changed most', async () => {
    const { stdout } = await compare('near.csv', 'far.csv');
    const [near, far] = [weak.map(Number), weak.map((each) => 2 * Number(each) - 3)];
    const mean = (values: number[]): string => (values.reduce((sum, each) => sum + each, 0) / values.length).toFixed(4);
    expect(stdout).toContain(
      `| mean residual (predicted less true) | ${mean(near)} | ${mean(far).replace('-', '−')} |`,
    );
    const worst = weak.map((each, row) => ({ row, by: Math.abs(2 * Number(each) - 3) - Number(each) }));
    const [first] = worst.sort((a, b) => b.by - a.by);
    expect(stdout).toMatch(
      new RegExp(
        `\\| farther off \\| ${first?.row} \\| [\\d,.]+ \\| [\\d,.]+, off by \\+[\\d.]+ \\| [−\\d,.]+, off by −[\\d.]+ \\|`,
      ),
    );
    expect(stdout).toContain('300 rows that only the baseline tells nearer');
  });

  it('in HTML is one file without script, in which names are text', async () => {
    const name = '<img src=x onerror=alert(1)>.csv';
    file(
      name,
      csv(
        'id,y_true,score,"<script>alert(2)</script>"',
        (row) => `e${row},${truth[row]},${strong[row]},"<b>${row % 2}</b>"`,
      ),
    );
    const { stdout, code } = await compare('weak.csv', name, '--format', 'html');
    expect(code).toBe(0);
    expect(stdout).toMatch(/^<!doctype html>/);
    expect(stdout).not.toMatch(/<(script|img|b)\b|https?:/);
    expect(stdout).toContain('&lt;img src=x onerror=alert(1)&gt;.csv');
    expect(stdout).toContain('&lt;script&gt;alert(2)&lt;/script&gt; = &lt;b&gt;');
  });

  it('in Markdown leaves names as they are, too', async () => {
    file(
      'a|b @team.csv',
      csv('id,y_true,score,`x`|y', (row) => `e${row},${truth[row]},${strong[row]},<i>${row % 2}</i>`),
    );
    const { stdout } = await compare('weak.csv', 'a|b @team.csv');
    expect(stdout).toContain('a\\|b @\u200bteam.csv');
    expect(stdout).not.toContain('<i>');
  });
});

it('groups that were taken back before their process had begun were measured all the same', async () => {
  const terms = { groups: ['region'], together: false, positive: null, amounts: false, leastRows: 1 };
  const question = { file: { path: join(folder, 'weak.csv'), name: 'weak.csv' }, ...terms };
  const options = { bundle: join(import.meta.dirname, '../../dist'), signal: AbortSignal.abort() };
  await expect(fairnessInProcess(question, options)).rejects.toMatchObject({ code: takenBack().code });
});

describe('a refusal is one sentence with exit code 3', () => {
  it.each([
    ['no id', 'name,y_true,score\na,1,0.5\n', 'has no column id: rows are paired by it. It has name, y_true, score.'],
    ['an id twice', 'id,y_true,score\na,1,0.5\na,0,0.5\n', 'one row repeats an id, such as a.'],
    ['an empty id', 'id,y_true,score\na,1,0.5\n,0,0.5\n', 'row 2 has no id'],
    ['nothing', '', 'has no rows'],
    ['only a head', 'id,y_true,score\n', 'has no rows'],
    ['no prediction', 'id,y_true,colour\na,1,red\n', 'has no column y_pred, score or score_CLASS'],
    ['a line too short', 'id,y_true,score\na,1\n', 'line 2: 2 cells, and the first line names 3 columns'],
    ['an open quotation', 'id,y_true,score\n"a,1,0.5\n', 'ends within a cell that a quotation mark opened in line 2'],
    [
      'another truth',
      csv('id,y_true,score', (row) => `e${row},${1 - (truth[row] ?? 0)},0.5`),
      'y_true differs in 300 of 300 rows',
    ],
    [
      'a share for a label',
      csv('id,y_true,y_pred', (row) => `e${row},${truth[row]},0.7`),
      'y_pred holds 0.7, which is no label',
    ],
    ['bytes', '\u0000\u0001PNG', 'has no column id'],
  ])('%s', async (_, text, sentence) => {
    file('broken.csv', text);
    const { code, stdout, stderr } = await compare('weak.csv', 'broken.csv');
    expect([code, stdout]).toEqual([3, '']);
    expect(stderr).toContain('broken.csv');
    expect(stderr).toContain(sentence);
    expect(stderr.trim().split('\n')).toHaveLength(1);
  });

  it('of a wish that cannot be met', async () => {
    const wishes = {
      'weak.csv gone.csv': 'There is no file gone.csv.',
      'weak.csv strong.csv --metric loss': 'loss is no metric that predictions have. There are accuracy',
      'weak.csv strong.csv --metric rmse --metric auc': 'Ask for one kind',
      'weak.csv labels.jsonl --metric auc': 'auc needs a column score',
      'weak.csv labels.jsonl --metric ece': 'ece needs a column score',
      'weak.csv strong.csv --cluster day': 'no column day to resample by. There are region',
      'weak.csv': 'takes two files',
      'weak.csv strong.csv --format pdf': 'pdf',
    };
    for (const [words, sentence] of Object.entries(wishes)) {
      const { code, stderr } = await compare(...words.split(' '));
      expect([words, code]).toEqual([words, 3]);
      expect(stderr).toContain(sentence);
    }
  });

  it('of more rows than fit, before they are all read', async () => {
    const lines = Array.from({ length: 100_000 }, (_, row) => `${row},1,0.5`).join('\n');
    file('long.csv', `id,y_true,score\n${`${lines}\n`.repeat(11)}`);
    const { code, stderr } = await compare('long.csv', 'weak.csv');
    rmSync(join(folder, 'long.csv'));
    expect(code).toBe(3);
    expect(stderr).toContain('long.csv has more than 1,000,000 rows. Compare a sample of them');
  });
});
