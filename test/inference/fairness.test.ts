// What predictions are worth to groups, by the command line, against fairlearn; and whether its intervals hold.
import { execFile, execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, describe, expect, test } from 'vitest';
import { meanGap } from '../../src/statistics/fairness/mean-gap';
import { rateDifference, rateRatio } from '../../src/statistics/fairness/rate-gaps';
import { Random } from '../../src/statistics/random';

const cli = join(import.meta.dirname, '../../dist/cli.js');
const folder = mkdtempSync(join(tmpdir(), 'slipway-fairness-'));
afterAll(() => rmSync(folder, { recursive: true }));

const slipway = async (...args: string[]): Promise<string> =>
  (await promisify(execFile)(process.execPath, [cli, 'fairness', ...args], { cwd: folder })).stdout;

const refusal = async (...args: string[]): Promise<string> => {
  const failed = await slipway(...args).catch((error: { code: number; stderr: string }) => error);
  if (typeof failed === 'string') throw new Error(`not refused: ${failed}`);
  expect(failed.code).toBe(3);
  return failed.stderr;
};

interface Measure {
  value: number;
  interval: [number, number] | null;
  rows: number;
}
interface Told {
  positive: string | null;
  rows: number;
  left_out: number;
  overall: Record<string, Measure | null>;
  groupings: {
    columns: string[];
    groups: { values: (string | null)[]; n: number; sufficient: boolean; measures: Record<string, Measure | null> }[];
    disparities: { name: string; value: number | null; interval: [number, number] | null; of: string | null }[];
    notes: string[];
  }[];
  notes: string[];
}

function write(name: string, lines: readonly (readonly (string | number)[])[]): string {
  writeFileSync(join(folder, name), `${lines.map((line) => line.join(',')).join('\n')}\n`);
  return name;
}

/** Rows of two columns of groups, one with empty cells; `told` makes the columns of truth and prediction. */
function rowsOf(count: number, heads: string[], told: (random: Random, isFirst: boolean) => (string | number)[]) {
  const random = new Random(count);
  const rows = Array.from({ length: count }, (_, id) => {
    const sex = random.below(5) < 2 ? 'F' : 'M';
    return [id, ...told(random, sex === 'F'), sex, ['10', '9', ''][random.below(3)] ?? ''];
  });
  return [['id', ...heads, 'sex', 'band'], ...rows];
}

const cases = [
  {
    file: write(
      'labels.csv',
      rowsOf(1203, ['y_true', 'y_pred'], (random, isFirst) => {
        const truth = Number(random.uniform() < 0.4);
        return [truth, Number(random.uniform() < (truth ? (isFirst ? 0.55 : 0.7) : 0.2))];
      }),
    ),
    positive: '1',
    args: [],
  },
  {
    file: write(
      'scores.csv',
      rowsOf(811, ['y_true', 'score'], (random) => [Number(random.uniform() < 0.3), random.uniform()]),
    ),
    positive: '1',
    args: [],
  },
  {
    file: write(
      'kinds.csv',
      rowsOf(907, ['y_true', 'y_pred'], (random) => {
        const names = ['no', 'perhaps', 'yes'];
        return [names[random.below(3)] ?? '', names[random.below(3)] ?? ''];
      }),
    ),
    positive: 'perhaps',
    args: ['--positive', 'perhaps'],
  },
  {
    file: write(
      'amounts.csv',
      rowsOf(650, ['y_true', 'y_pred'], (random, isFirst) => {
        const truth = 10 * random.normal();
        return [truth, truth + random.normal() + Number(isFirst)];
      }),
    ),
    positive: null,
    args: [],
  },
];

describe('slipway fairness', () => {
  test('rates and gaps equal fairlearn’s to 1e-9, of one column and of two together, empty cells a group', async () => {
    const groups = [['sex'], ['band'], ['sex', 'band']];
    const asked = cases.flatMap(({ file, positive }) =>
      groups.map((columns) => ({ file: join(folder, file), groups: columns, positive })),
    );
    writeFileSync(join(folder, 'cases.json'), JSON.stringify(asked));
    const script = join(import.meta.dirname, 'fairness-reference.py');
    const python = process.env.SLIPWAY_TEST_PYTHON_INFERENCE ?? '';
    const answers = JSON.parse(execFileSync(python, [script, join(folder, 'cases.json')], { encoding: 'utf8' }));
    for (const [at, { file, args, positive }] of cases.entries()) {
      const options = ['--group', 'sex', '--group', 'band', '--together', '--min-n', '1', '--json'];
      const found = JSON.parse(await slipway(file, ...options, ...args)) as Told;
      expect(found.positive).toBe(positive);
      for (const [place, grouping] of found.groupings.entries()) {
        const expected = answers[at * groups.length + place];
        expectMeasures(found.overall, expected.overall);
        expect(grouping.groups).toHaveLength(Object.keys(expected.groups).length);
        for (const { values, measures } of grouping.groups) {
          expectMeasures(measures, expected.groups[values.map((value) => value ?? '(no value)').join('|')]);
        }
        const gaps = Object.entries(expected.gaps as Record<string, number>);
        expect(grouping.disparities.map(({ name }) => name).sort()).toEqual(gaps.map(([name]) => name).sort());
        for (const [name, gap] of gaps) {
          const told = grouping.disparities.find((each) => each.name === name);
          expect(told?.value, `${file} ${name}`).toBeCloseTo(gap, 9);
          expect(told?.interval?.[0]).toBeLessThanOrEqual(gap);
          expect(told?.interval?.[1]).toBeGreaterThanOrEqual(gap);
        }
      }
    }
  });

  test('a group below the minimum is shown as insufficient and not compared, one without a positive row has no TPR', async () => {
    const rows = Array.from({ length: 130 }, (_, id) => {
      const group = id < 60 ? 'a' : id < 120 ? 'b' : 'c';
      return [id, group === 'b' ? 0 : id % 2, Number(id % 3 === 0), group];
    });
    const file = write('small.csv', [['id', 'y_true', 'y_pred', 'group'], ...rows]);
    const found = JSON.parse(await slipway(file, '--group', 'group', '--json')) as Told;
    const [grouping] = found.groupings;
    expect(grouping?.groups.map(({ n, sufficient }) => [n, sufficient])).toEqual([
      [60, true],
      [60, true],
      [10, false],
    ]);
    expect(grouping?.groups[1]?.measures.tpr).toBeNull();
    expect(grouping?.disparities.map(({ name, value }) => [name, value])).toEqual([
      ['demographic_parity_difference', 0],
      ['demographic_parity_ratio', 1],
      ['equalized_odds_difference', null],
      ['equalized_odds_ratio', null],
    ]);
    expect(grouping?.notes).toContain('No row whose truth is positive, so no TPR: b.');
    const text = await slipway(file, '--group', 'group');
    expect(text).toContain('insufficient: fewer than 30 rows');
    expect(text).toContain('Not compared, having fewer than 30 rows: c.');
    expect(text).toMatch(/equalised odds difference +– +cannot be told/);
  });

  test('rows without truth or prediction are counted and left out; one group, and one class, are said', async () => {
    const rows = Array.from({ length: 80 }, (_, id) => [id, id < 5 ? '' : 1, id === 7 ? 'NaN' : id % 2, 'only']);
    const file = write('one.csv', [['id', 'y_true', 'y_pred', 'group'], ...rows]);
    const found = JSON.parse(await slipway(file, '--group', 'group', '--json')) as Told;
    expect([found.rows, found.left_out]).toEqual([74, 6]);
    expect(found.overall.fpr).toBeNull();
    expect(found.groupings[0]?.notes).toContain('There is one group only, so there is nothing to set it against.');
    expect(found.groupings[0]?.disparities.every(({ value }) => value === null)).toBe(true);
  });

  test('of one label the other has to be named; amounts without spread have no interval; names do not act on a terminal', async () => {
    const rows = Array.from({ length: 90 }, (_, id) => [id, 'no', 1.5, id % 2 ? '\u001b[31mred' : 'b']);
    const told = rows.map(([id = 0, label = '', , group = '']) => [id, label, label, group]);
    const file = write('never.csv', [['id', 'y_true', 'y_pred', 'group'], ...told]);
    expect(await refusal(file, '--group', 'group')).toContain('has 1 label: no. Say with --positive which');
    const found = JSON.parse(await slipway(file, '--group', 'group', '--positive', 'yes', '--json')) as Told;
    expect([found.positive, found.overall.selection_rate?.value, found.overall.tpr]).toEqual(['yes', 0, null]);
    const text = await slipway(file, '--group', 'group', '--positive', 'yes');
    expect(text).toContain('no TPR: ');
    expect(text).not.toContain('\u001b');
    const same = rows.map(([id = 0, , amount = 0, group = '']) => [id, amount, amount, group]);
    const level = write('level.csv', [['id', 'y_true', 'y_pred', 'group'], ...same]);
    const amounts = JSON.parse(await slipway(level, '--group', 'group', '--json')) as Told;
    expect(amounts.groupings[0]?.disparities.map(({ value, interval }) => [value, interval])).toEqual(
      Array.from({ length: 3 }, () => [0, null]),
    );
  });

  test('says what is wrong and what to do', async () => {
    const rows = Array.from({ length: 300 }, (_, id) => [id, id % 2, id % 2, id, id % 4]);
    const file = write('wrong.csv', [['id', 'y_true', 'y_pred', 'age', 'kind'], ...rows]);
    expect(await refusal(file, '--group', 'sex')).toContain('no column sex to group by. It has age, kind.');
    expect(await refusal(file, '--group', 'age')).toContain(
      'age makes 300 groups, more than 100. Put its values in bands',
    );
    expect(await refusal(file, '--group', 'kind', '--positive', 'yes')).toContain('has no label yes. It has 0, 1.');
    expect(await refusal(file, '--group', 'kind', '--positive', '1', '--amounts')).toContain('Give one of them.');
    expect(await refusal(file)).toContain('--group');
    expect(await refusal(file, '--group', 'kind', '--min-n', '0')).toContain('whole number');
    write('bare.csv', [
      ['id', 'y_true', 'kind'],
      [1, 0, 2],
    ]);
    expect(await refusal('bare.csv', '--group', 'kind')).toContain('no column y_pred, score or score_CLASS');
    const three = write('three.csv', [
      ['id', 'y_true', 'y_pred', 'kind'],
      ...rows.map(([id = 0]) => [id, id % 3, id % 3, 1]),
    ]);
    expect(await refusal(three, '--group', 'kind')).toContain('has 3 labels: 0, 1, 2. Say with --positive which');
    const shares = write('shares.csv', [
      ['id', 'y_true', 'y_pred', 'kind'],
      ...rows.map(([id = 0]) => [id, id % 2, id / 300, 1]),
    ]);
    expect(await refusal(shares, '--group', 'kind')).toContain('or ask for --amounts where they are amounts.');
    const wide = write('wide.csv', [
      ['id', 'y_true', 'score', 'kind'],
      ...rows.map(([id = 0]) => [id, id % 2, id - 150, 1]),
    ]);
    expect(await refusal(wide, '--group', 'kind')).toContain('scores that are not between 0 and 1');
    expect(readdirSync(folder)).not.toContain('.slipway');
  });
});

describe('the interval of a gap', () => {
  const draws = { draws: 400, seed: 3 };
  const sizes = [40, 90, 300, 1500];

  test.each([
    ['equal rates', [0.3, 0.3, 0.3, 0.3], 0, 1],
    ['rates apart', [0.5, 0.3, 0.2, 0.35], 0.3, 0.4],
    ['a rate near 0', [0.02, 0.1, 0.1, 0.1], 0.08, 0.2],
  ])('holds what is true nineteen times of twenty or more, with %s', (_, shares, difference, ratio) => {
    const random = new Random(11);
    const trials = 250;
    const missed = { difference: 0, ratio: 0 };
    for (let trial = 0; trial < trials; trial += 1) {
      const groups = sizes.map((rows, group) => {
        let hits = 0;
        for (let row = 0; row < rows; row += 1) hits += Number(random.uniform() < (shares[group] ?? 0));
        return { hits, rows };
      });
      missed.difference += Number(!holds(rateDifference([groups], draws).interval, difference));
      missed.ratio += Number(!holds(rateRatio([groups], draws).interval, ratio));
    }
    // 5 % and three standard errors of a share of 250.
    expect(missed.difference / trials).toBeLessThan(0.05 + 0.042);
    expect(missed.ratio / trials).toBeLessThan(0.05 + 0.042);
  });

  test('holds for means of skewed amounts too, and tells a difference that is there', () => {
    const random = new Random(5);
    const missed = { equal: 0, unseen: 0 };
    for (let trial = 0; trial < 100; trial += 1) {
      const groups = [60, 200, 2500].map((rows) =>
        Float64Array.from({ length: rows }, () => -Math.log(1 - random.uniform())),
      );
      missed.equal += Number(meanGap(groups, draws).interval[0] > 0);
      const moved = groups.map((rows, group) => rows.map((value) => value + Number(group === 1)));
      missed.unseen += Number(meanGap(moved, draws).interval[0] === 0);
    }
    expect(missed.equal).toBeLessThan(12);
    expect(missed.unseen).toBe(0);
  });
});

function holds([low, high]: readonly [number, number], truth: number): boolean {
  return low <= truth + 1e-12 && truth - 1e-12 <= high;
}

function expectMeasures(found: Record<string, Measure | null>, expected: Record<string, number>): void {
  expect(Object.keys(found).sort()).toEqual(Object.keys(expected).sort());
  for (const [name, value] of Object.entries(expected)) expect(found[name]?.value, name).toBeCloseTo(value, 9);
}
