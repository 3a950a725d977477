// slipway gate over files: what each kind of rule says, beside scikit-learn and fairlearn, and what gets no model through.
import { execFile, execFileSync, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse, stringify } from 'yaml';
import { startEngine } from '../../engine/engine-process';

const cli = join(import.meta.dirname, '../../../dist/cli.js');
const python = process.env.SLIPWAY_TEST_PYTHON_INFERENCE ?? '';
const folder = mkdtempSync(join(tmpdir(), 'slipway-gate-test-'));

interface Rule {
  id: string;
  kind: string;
  severity: string;
  verdict: string;
  expected: string;
  actual: number | string | null;
  ci: [number, number] | null;
  n: number | null;
  p: number | null;
  test: string | null;
  why: string;
}
interface Report {
  model: string;
  version: string | null;
  verdict: string;
  sentence: string;
  rules: Rule[];
  notes: string[];
  champion: { sha256: string; version: string | null } | null;
  data: { rows: number } | null;
}
type Scores = Record<string, number> & { carriers: Record<string, number> };
let reference: Record<'weak' | 'strong' | 'minutes', Scores>;

beforeAll(() => {
  execFileSync(python, [join(import.meta.dirname, 'make-gate.py'), folder]);
  reference = JSON.parse(readFileSync(join(folder, 'reference.json'), 'utf8'));
}, 180_000);
afterAll(() => rmSync(folder, { recursive: true }));

const holdout = { path: 'holdout.csv', key: ['id'], label: 'late' };
const features = ['age', 'hours', 'rate', 'noise'];

function writeRules(gates: object[], into = folder): void {
  const data = { holdout: 'flights@latest', features };
  const file = { version: 1, datasets: { flights: holdout }, models: { delay: { data, gates } } };
  writeFileSync(join(into, 'slipway.yaml'), stringify(file));
}

interface Ended {
  code: number;
  stdout: string;
  stderr: string;
}

function slipway(args: string[], cwd = folder): Promise<Ended> {
  return new Promise((resolve) => {
    execFile(process.execPath, [cli, ...args], { cwd }, (error, stdout, stderr) =>
      resolve({ code: error === null ? 0 : Number(error.code), stdout, stderr }),
    );
  });
}

const ofFile = ['--model', 'delay'];

async function gate(
  gates: object[],
  args: string[],
  about = ofFile,
): Promise<{ code: number; report: Report; of(id: string): Rule }> {
  writeRules(gates);
  const { code, stdout, stderr } = await slipway(['gate', ...args, ...about, '--json']);
  if (stdout === '') throw new Error(stderr);
  const report = JSON.parse(stdout) as Report;
  const of = (id: string): Rule => {
    const found = report.rules.find((rule) => rule.id === id);
    if (found === undefined) throw new Error(`no rule ${id}`);
    return found;
  };
  return { code, report, of };
}

const against = ['--against', 'weak.onnx'];

describe('slipway gate', () => {
  test('measures as scikit-learn and fairlearn do, by running the model itself', async () => {
    const metric = (id: string): object => ({ id, kind: 'metric', metric: id, op: '>=', value: 0 });
    const { code, report, of } = await gate(
      [
        ...['roc_auc', 'accuracy', 'f1', 'recall'].map(metric),
        { id: 'log_loss', kind: 'metric', metric: 'log_loss', op: '<=', value: 10 },
        { id: 'dp_diff', kind: 'fairness', attribute: 'carrier', metric: 'dp_diff', op: '<=', value: 1, min_n: 1 },
        { id: 'eo_ratio', kind: 'fairness', attribute: 'carrier', metric: 'eo_ratio', op: '>=', value: 0, min_n: 1 },
        { id: 'gain', kind: 'delta', metric: 'roc_auc', op: '>=', value: -1 },
        { id: 'size', kind: 'size', value: 100 },
        { id: 'parity', kind: 'parity', path: 'framework.csv' },
      ],
      ['strong.onnx', ...against],
    );
    const wanted = reference.strong;
    for (const name of ['roc_auc', 'accuracy', 'f1', 'recall', 'log_loss', 'dp_diff', 'eo_ratio']) {
      expect(of(name).actual, name).toBeCloseTo(wanted[name] ?? Number.NaN, 9);
    }
    expect(of('gain').actual).toBeCloseTo((wanted.roc_auc ?? 0) - (reference.weak.roc_auc ?? 0), 9);
    expect(report.rules.map(({ id, verdict }) => `${id} ${verdict}`)).toEqual(
      report.rules.map(({ id }) => `${id} pass`),
    );
    expect([code, report.verdict, report.model, report.version, report.data?.rows]).toEqual([
      0,
      'pass',
      'delay',
      null,
      2000,
    ]);
    expect(existsSync(join(folder, '.slipway'))).toBe(false);
  });

  test('an interval across the limit is no pass and no failure', async () => {
    const at = reference.strong.roc_auc ?? 0;
    const { code, report, of } = await gate(
      [{ id: 'edge', kind: 'metric', metric: 'roc_auc', op: '>=', value: at - 0.001 }],
      ['strong.onnx'],
    );
    expect([code, report.verdict, of('edge').verdict]).toEqual([2, 'inconclusive', 'inconclusive']);
    const point = await gate(
      [{ id: 'edge', kind: 'metric', metric: 'roc_auc', op: '>=', value: at - 0.001, use: 'point' }],
      ['strong.onnx'],
    );
    expect(point.code).toBe(0);
  });

  test('a better model is better than the other, and a worse one is not, by the test of its metric', async () => {
    const rules = [
      { id: 'auc', kind: 'delta', metric: 'roc_auc', test: 'delong' },
      { id: 'accuracy', kind: 'delta', metric: 'accuracy' },
      { id: 'loss', kind: 'noninferior', metric: 'log_loss', margin: 0.01, cluster: 'day' },
    ];
    const better = await gate(rules, ['strong.onnx', ...against]);
    expect(better.report.rules.map(({ verdict, test }) => [verdict, test])).toEqual([
      ['pass', 'DeLong'],
      ['pass', 'McNemar mid-p, Tango interval'],
      ['pass', 'cluster bootstrap'],
    ]);
    expect(better.of('loss').n).toBe(30);
    const worse = await gate(rules, ['weak.onnx', '--against', 'strong.onnx']);
    expect([worse.code, worse.of('auc').verdict, worse.of('accuracy').verdict]).toEqual([1, 'fail', 'fail']);
  });

  test('a model is not better than itself', async () => {
    const { code, of } = await gate([{ id: 'better', kind: 'delta', metric: 'f1' }], ['weak.onnx', ...against]);
    expect([code, of('better').verdict]).toEqual([2, 'inconclusive']);
  });

  test('comparisons that block together are corrected together, but for those that say otherwise', async () => {
    const gain = (reference.strong.roc_auc ?? 0) - (reference.weak.roc_auc ?? 0);
    const near = { kind: 'delta', metric: 'roc_auc', value: gain - 0.012 };
    const alone = await gate([{ ...near, id: 'a' }], ['strong.onnx', ...against]);
    const p = alone.of('a').p ?? Number.NaN;
    expect(p).toBeGreaterThan(0.01);
    expect(p).toBeLessThan(0.3);
    const three = ['a', 'b', 'c'].map((id) => ({ ...near, id }));
    const together = await gate([...three, { ...near, id: 'own', correction: 'none' }], ['strong.onnx', ...against]);
    expect(together.of('a').p).toBeCloseTo(3 * p, 9);
    expect(together.of('own').p).toBeCloseTo(p, 9);
  });

  test('the worst slice decides, and one of few rows is named and not judged', async () => {
    const slice = { kind: 'slice', by: ['carrier'], metric: 'roc_auc', op: '>=' };
    const { of } = await gate(
      [
        { ...slice, id: 'floor', value: 0.5, min_n: 100 },
        { ...slice, id: 'high', value: 0.99, min_n: 100 },
        { id: 'where', kind: 'slice', where: "carrier = 'AA' AND day < 40", metric: 'roc_auc', op: '>=', value: 0.5 },
        { id: 'drop', kind: 'slice', by: ['carrier'], metric: 'roc_auc', max_drop: 0.02, min_n: 100 },
      ],
      ['weak.onnx', '--against', 'strong.onnx'],
    );
    const worst = Math.min(...Object.values(reference.weak.carriers));
    expect(of('floor').actual).toBeCloseTo(worst, 9);
    expect(of('where').actual).toBeCloseTo(reference.weak.carriers.AA ?? 0, 9);
    expect([of('floor').verdict, of('high').verdict, of('where').verdict, of('drop').verdict]).toEqual([
      ...['pass', 'fail', 'pass', 'fail'],
    ]);
    expect(of('floor').why).toContain('1 slice has fewer than 100 rows');
  });

  test('predictions of another framework that differ are no parity', async () => {
    const parity = { kind: 'parity', path: 'other-framework.csv' };
    const few = { ...parity, id: 'few', path: 'few.csv' };
    const { of } = await gate([{ ...parity, id: 'same' }, few], ['strong.onnx']);
    expect([of('same').verdict, of('same').actual]).toEqual(['fail', 2000]);
    expect([of('few').verdict, of('few').actual]).toEqual(['fail', 1997]);
  });

  test('a model of other inputs does not fit in the place of the one before', async () => {
    const golden = { id: 'golden', kind: 'golden', on_missing: 'warn' };
    const { of, code } = await gate([{ id: 'io', kind: 'signature' }, golden], ['minutes.onnx', ...against]);
    expect([code, of('io').verdict, of('golden').verdict]).toEqual([1, 'fail', 'warn']);
    expect(of('io').why).toContain('It has no output label.');
  });

  test('a latency has an interval by which it is judged, and is of as many rows as the rule says', async () => {
    const latency = { kind: 'latency', unit: 'us' };
    const { of } = await gate(
      [
        { ...latency, id: 'slow', value: 1e8, batch: 10 },
        { ...latency, id: 'never', value: 1e-3, quantile: 0.5 },
        { ...latency, id: 'some', value: 1e8, use: 'point' },
      ],
      ['weak.onnx'],
    );
    expect(['slow', 'never', 'some'].map((id) => of(id).verdict)).toEqual(['pass', 'fail', 'pass']);
    const { ci, actual, n, why, test: by } = of('slow');
    expect([n, by, why]).toEqual([1000, 'order statistics', expect.stringMatching(/over 1000 runs of .* on /)]);
    expect(Number(ci?.[0])).toBeLessThanOrEqual(Number(actual));
    expect(Number(ci?.[1])).toBeGreaterThanOrEqual(Number(actual));
    const fixed = await gate([{ ...latency, id: 'ten', value: 1e8, batch: 10 }], ['fixed.onnx']);
    expect([fixed.of('ten').verdict, fixed.of('ten').why]).toEqual([
      'error',
      'The model takes 1 row at once, and not the 10 of batch.',
    ]);
  });

  test('golden cases of a rule lie in a file or a folder below slipway.yaml, and its tolerance counts for theirs', async () => {
    const [row, cases] = [[[0.1, 0.2, 0.3, 0.4]], join(folder, 'cases/sets')];
    writeFileSync(join(folder, 'row.json'), JSON.stringify(row));
    const { stdout } = await slipway(['predict', 'strong.onnx', '--input', 'row.json', '--json']);
    const { probabilities } = JSON.parse(stdout).outputs as { probabilities: number[][] };
    const near = probabilities.map((each) => each.map((chance) => chance + 0.001));
    const file = { rtol: 0.1, cases: [{ name: 'near', input: row, expected: { probabilities: near } }] };
    mkdirSync(cases, { recursive: true });
    writeFileSync(join(cases, 'near.golden.yaml'), stringify(file));
    writeFileSync(join(cases, 'readme.txt'), 'no case');
    const golden = { kind: 'golden', path: 'cases/sets' };
    const { of } = await gate(
      [
        { ...golden, id: 'folder' },
        { ...golden, id: 'file', path: 'cases/sets/near.golden.yaml' },
        { ...golden, id: 'tight', rtol: 1e-5, atol: 1e-7 },
        { ...golden, id: 'outside', path: '../cases' },
        { ...golden, id: 'none', path: 'cases', on_missing: 'warn' },
        { id: 'beside', kind: 'golden', on_missing: 'warn' },
      ],
      ['strong.onnx'],
    );
    expect(['folder', 'file', 'tight', 'outside', 'none', 'beside'].map((id) => of(id).verdict)).toEqual([
      ...['pass', 'pass', 'fail', 'fail', 'warn', 'warn'],
    ]);
    expect(of('tight').why).toMatch(/^near: probabilities: 2 of 2 values differ/);
    expect(of('outside').why).toBe('There is no ../cases in the folder of slipway.yaml or below.');
    expect(of('none').why).toBe('No golden case lies in cases.');
  });

  test('a model that answers NaN where it is hard is not judged by what is easy', async () => {
    const { code, report } = await gate(
      [
        { id: 'accuracy', kind: 'metric', metric: 'accuracy', op: '>=', value: 0.5 },
        { id: 'no-worse', kind: 'noninferior', metric: 'roc_auc', margin: 0.5 },
        { id: 'slices', kind: 'slice', by: ['carrier'], metric: 'accuracy', op: '>=', value: 0.1 },
        { id: 'fair', kind: 'fairness', attribute: 'carrier', metric: 'dp_diff', op: '<=', value: 1 },
      ],
      ['silent.onnx', ...against],
    );
    expect([code, ...report.rules.map(({ verdict }) => verdict)]).toEqual([1, 'fail', 'fail', 'fail', 'fail']);
    expect(report.rules[0]?.why).toMatch(/says nothing, or NaN, of \d+ rows/);
  });

  test('what only warns fails nothing, and says so by its exit code', async () => {
    const { code, report, of } = await gate(
      [{ id: 'tiny', kind: 'size', value: 1, unit: 'B', severity: 'warn' }],
      ['strong.onnx'],
    );
    expect([code, report.verdict, of('tiny').verdict]).toEqual([2, 'warn', 'warn']);
  });

  test('what a rule needs and is not there is a failure, unless the rule says otherwise', async () => {
    const rules = [
      { id: 'better', kind: 'delta', metric: 'roc_auc' },
      { id: 'who', kind: 'manual', value: 'Did legal agree?' },
      { id: 'licence', kind: 'license', value: ['MIT'], on_missing: 'warn' },
    ];
    const { code, of } = await gate(rules, ['strong.onnx']);
    expect([code, of('better').verdict, of('who').verdict, of('licence').verdict]).toEqual([1, 'fail', 'fail', 'warn']);
  });

  test('a metric that nobody knows, or of another kind, is the error of its own rule alone', async () => {
    const { code, report } = await gate(
      [
        { id: 'ok', kind: 'metric', metric: 'roc_auc', op: '>=', value: 0.5 },
        { id: 'typo', kind: 'metric', metric: 'roc_uac', op: '>=', value: 0.5, severity: 'warn' },
        { id: 'other', kind: 'delta', metric: 'f1', test: 'delong', severity: 'warn' },
      ],
      ['strong.onnx', ...against],
    );
    expect([code, ...report.rules.map(({ verdict }) => verdict)]).toEqual([2, 'pass', 'error', 'error']);
  });

  test('a column that one rule names and the holdout lacks was the error of every rule that reads rows', async () => {
    const floor = { metric: 'roc_auc', op: '>=', value: 0.5 };
    const { code, report, of } = await gate(
      [
        { ...floor, id: 'ok', kind: 'metric' },
        { ...floor, id: 'by', kind: 'slice', by: ['carier'] },
        { id: 'fair', kind: 'fairness', attribute: 'sex', metric: 'dp_diff', op: '<=', value: 1 },
        { ...floor, id: 'cluster', kind: 'metric', cluster: 'dya' },
        { ...floor, id: 'where', kind: 'metric', slice: { where: 'dya < 3' } },
        { ...floor, id: 'cast', kind: 'slice', where: 'CAST(carrier AS INT) > 3' },
        { ...floor, id: 'truth', kind: 'slice', by: ['late'] },
        { ...floor, id: 'fine', kind: 'slice', by: ['carrier'] },
      ],
      ['strong.onnx'],
    );
    expect([code, of('ok').verdict, of('fine').verdict]).toEqual([3, 'pass', 'pass']);
    expect(report.rules.filter(({ verdict }) => verdict === 'error').map(({ id }) => id)).toEqual([
      ...['by', 'fair', 'cluster', 'where', 'cast', 'truth'],
    ]);
    const has = 'id, age, hours, rate, noise, late, minutes, carrier, day.';
    expect(of('by').why).toBe(`flights@latest has no column carier. It has ${has}`);
    expect(of('fair').why).toContain(`no column sex. It has ${has}`);
    expect(of('where').why).toMatch(/^dya < 3: there is no column dya\. .* has id, age,/);
    expect(of('cast').why).toContain("Could not convert string 'B6' to INT32");
    expect(of('truth').why).toContain('late is what is true');
  });

  test('a rule that cannot be run is an error and not a pass', async () => {
    const { code, report } = await gate(
      [{ id: 'where', kind: 'slice', where: 'carrier = ', metric: 'roc_auc', op: '>=', value: 0.5 }],
      ['strong.onnx'],
    );
    expect([code, report.verdict]).toEqual([3, 'error']);
  });
});

describe('what rules and data that are odd were told', () => {
  test('a model that is right in all of a few rows was certain to be, by resamples that are all alike', async () => {
    const floor = { kind: 'metric', op: '>=', value: 0.97 };
    const { of } = await gate(
      [
        ...['f1', 'balanced_accuracy', 'roc_auc', 'average_precision', 'accuracy'].map((metric) => ({
          ...{ ...floor, id: metric, metric },
        })),
        { ...floor, id: 'low', metric: 'roc_auc', value: 0.7 },
        { id: 'same', kind: 'noninferior', metric: 'f1', margin: 0.01 },
        { id: 'wide', kind: 'noninferior', metric: 'roc_auc', margin: 0.3 },
      ],
      ['strong.onnx', '--against', 'strong.onnx', '--data', 'right.csv'],
    );
    for (const id of ['f1', 'balanced_accuracy', 'roc_auc', 'average_precision', 'accuracy', 'same']) {
      expect([id, of(id).verdict]).toEqual([id, 'inconclusive']);
      expect(of(id).why).toMatch(/About [\d,]+ rows would tell\.$/);
    }
    // Wilson's lower end of all of n is n / (n + 3.84), so that 125 of the accuracy's would do.
    const needs = Number(/About (\d+) rows/.exec(of('accuracy').why)?.[1]);
    expect(needs).toBeGreaterThan(100);
    expect(needs).toBeLessThan(160);
    expect([of('low').verdict, of('wide').verdict, of('low').test]).toEqual(['pass', 'pass', 'Wilson, rarest class']);
  });

  test('a resampled interval of a tiny alpha ended at the outermost of 2,000 draws', async () => {
    const f1 = { kind: 'metric', metric: 'f1', op: '>=', value: 0.7 };
    const { of } = await gate(
      [
        { ...f1, id: 'usual' },
        { ...f1, id: 'tiny', alpha: 1e-12 },
        { id: 'gain', kind: 'delta', metric: 'f1', alpha: 1e-12, value: 0.04 },
      ],
      ['strong.onnx', ...against],
    );
    const width = ({ ci }: Rule): number => Number(ci?.[1]) - Number(ci?.[0]);
    // Of a normal distribution 7.13 standard deviations instead of 1.96.
    expect(width(of('tiny')) / width(of('usual'))).toBeGreaterThan(3.2);
    expect(width(of('tiny')) / width(of('usual'))).toBeLessThan(4.1);
    expect([of('usual').verdict, of('tiny').verdict, of('gain').verdict]).toEqual([
      'pass',
      'inconclusive',
      'inconclusive',
    ]);
  });

  test('what cannot tell said nothing of the rows that would, and a row too few was 0 rows', async () => {
    const at = reference.strong.accuracy ?? 0;
    const { of } = await gate(
      [
        { id: 'near', kind: 'metric', metric: 'accuracy', op: '>=', value: at - 0.005 },
        { id: 'fair', kind: 'fairness', attribute: 'carrier', metric: 'dp_diff', op: '<=', value: 0.08 },
        { id: 'days', kind: 'metric', metric: 'f1', cluster: 'carrier', op: '>=', value: 0.5 },
      ],
      ['strong.onnx'],
    );
    const needs = Number(/About ([\d,]+) rows would tell/.exec(of('near').why)?.[1]?.replaceAll(',', ''));
    // A share p, 0.005 from the limit: (1.96 + 0.84)² p (1 − p) / 0.005².
    const wanted = ((1.96 + 0.8416) ** 2 * at * (1 - at)) / 0.005 ** 2;
    expect(needs / wanted).toBeGreaterThan(0.85);
    expect(needs / wanted).toBeLessThan(1.15);
    expect(of('fair').why).toMatch(/About [\d,]+ rows would tell/);
    expect(of('days').why).toBe(
      `${Number(of('days').actual).toFixed(4)}: too few values of carrier (4) to say how sure that is.`,
    );
  });

  test('labels that the model does not know, repeated ids and options of the command line were told of a file that nobody wrote', async () => {
    const lines = readFileSync(join(folder, 'holdout.csv'), 'utf8').trim().split('\n');
    const place = (lines[0] ?? '').split(',').indexOf('late');
    const renamed = lines.map((line, at) =>
      at === 0
        ? line
        : line
            .split(',')
            .with(place, line.split(',')[place] === '1' ? 'yes' : 'no')
            .join(','),
    );
    writeFileSync(join(folder, 'words.csv'), renamed.join('\n'));
    writeFileSync(join(folder, 'twice.csv'), [...lines, lines.at(-1)].join('\n'));
    const accuracy = { id: 'accuracy', kind: 'metric', metric: 'accuracy', op: '>=', value: 0.5 };
    const fair = { id: 'fair', kind: 'fairness', attribute: 'carrier', metric: 'dp_diff', op: '<=', value: 1 };
    const said = async (data: string, label: string, model = 'strong.onnx'): Promise<string[]> => {
      const args = [model, '--data', data, '--label', label];
      const { report } = await gate([accuracy, fair, { ...fair, id: 'many', min_n: 5000 }], args);
      return report.rules.map(({ why }) => why);
    };
    const words = await said('words.csv', 'late');
    for (const why of words) expect(why).toContain('strong.onnx on words.csv: What is true (no, yes) is none of the');
    const [repeated] = await said('twice.csv', 'late');
    expect(repeated).toContain('strong.onnx on twice.csv: one row repeats an id, such as r2999.');
    const amounts = await said('holdout.csv', 'minutes', 'minutes.onnx');
    expect(amounts[0]).toContain('Ask for metric: rmse if');
    expect((await said('holdout.csv', 'late'))[2]).toContain('min_n of the rule sets another number');
    expect([...words, ...amounts].join()).not.toMatch(/--|predictions/);
  });

  test('what the other model says nothing of is told', async () => {
    const { report } = await gate(
      [{ id: 'better', kind: 'delta', metric: 'accuracy' }],
      [...['strong.onnx', '--against', 'silent.onnx']],
    );
    expect(report.notes.join()).toMatch(/silent\.onnx says nothing, or NaN, of 715 rows of flights@latest/);
  });

  test('of the columns that rules name the 51st was not there', async () => {
    const slice = { kind: 'metric', metric: 'accuracy', op: '>=', value: 0.5 };
    const rules = Array.from({ length: 60 }, (_, at) => ({ ...slice, id: `r${at}`, slice: { where: `day <> ${at}` } }));
    const { code, report } = await gate(rules, ['strong.onnx']);
    expect([code, report.rules.filter(({ verdict }) => verdict === 'pass').length]).toEqual([0, 60]);
  });

  test('a rule on other data of slipway.yaml was missing where there is no workspace', async () => {
    const accuracy = { kind: 'metric', metric: 'accuracy', op: '>=', value: 0.5 };
    const gates = [
      { ...accuracy, id: 'right', dataset: 'right@latest' },
      { ...accuracy, id: 'labelled', dataset: 'right@v3' },
      { ...accuracy, id: 'nowhere', dataset: 'elsewhere@latest' },
    ];
    const datasets = { flights: holdout, right: { ...holdout, path: 'right.csv' } };
    const entry = { data: { holdout: 'flights@latest', features }, gates };
    writeFileSync(join(folder, 'slipway.yaml'), stringify({ version: 1, datasets, models: { delay: entry } }));
    const { stdout } = await slipway(['gate', 'strong.onnx', ...ofFile, '--json']);
    const [right, labelled, nowhere] = (JSON.parse(stdout) as Report).rules;
    expect([right?.verdict, right?.actual, right?.n]).toEqual(['pass', 1, 60]);
    expect([labelled?.verdict, labelled?.why]).toEqual(['fail', expect.stringContaining('only a workspace knows')]);
    expect([nowhere?.verdict, nowhere?.why]).toEqual(['fail', expect.stringContaining('says no path')]);
  });

  test('one bad slice of many was told to reach across the limit that all of its interval is beyond', async () => {
    const day = { kind: 'slice', by: ['day'], metric: 'accuracy', op: '>=', value: 0.8 };
    const { of } = await gate(
      [
        { ...day, id: 'holm' },
        { ...day, id: 'none', correction: 'none' },
      ],
      ['strong.onnx'],
    );
    expect([of('holm').verdict, of('none').verdict]).toEqual(['inconclusive', 'fail']);
    expect(of('holm').why).toMatch(/is outside the limit, as one of 30 may be by chance/);
    expect(of('none').test).toBe('95 % interval');
  });

  test('a column that was named twice counted as two', async () => {
    const slice = { kind: 'slice', metric: 'accuracy', op: '>=', value: 0.5 };
    const { of } = await gate([{ ...slice, id: 'twice', by: ['carrier', 'carrier'] }], ['strong.onnx']);
    expect([of('twice').verdict, of('twice').test]).toEqual(['pass', expect.stringContaining('over 3 slices')]);
  });

  test('a slice of one class has no value, and that is no number that reaches across', async () => {
    const { of } = await gate(
      [
        { id: 'one', kind: 'slice', where: 'late = 1', metric: 'roc_auc', op: '>=', value: 0.5 },
        { id: 'gain', kind: 'delta', metric: 'roc_auc', slice: { where: 'late = 1' } },
      ],
      ['strong.onnx', ...against],
    );
    for (const id of ['one', 'gain']) {
      expect([of(id).verdict, of(id).why]).toEqual(['inconclusive', expect.stringContaining('It has no value here')]);
    }
  });

  test('what the framework and the model do not both tell was parity', async () => {
    const rows = readFileSync(join(folder, 'framework.csv'), 'utf8').trim().split('\n');
    const numbers = rows.map((row, at) =>
      at === 0 ? 'id,y_true,y_pred' : `${row.split(',')[0]},${at + 0.5},${at + 0.25}`,
    );
    writeFileSync(join(folder, 'amounts.csv'), numbers.join('\n'));
    const parity = { kind: 'parity', path: 'amounts.csv' };
    const { of } = await gate(
      [
        { ...parity, id: 'other' },
        { ...parity, id: 'up', path: '../few.csv' },
      ],
      ['strong.onnx'],
    );
    expect([of('other').verdict, of('up').verdict]).toEqual(['error', 'fail']);
    expect(of('up').why).toBe('There is no file ../few.csv in the folder of slipway.yaml or below.');
  });
});

describe('versions that take other columns', () => {
  const better = [{ id: 'better', kind: 'delta', metric: 'roc_auc' }];
  const held = async (columns: unknown, args: string[]): Promise<Rule> => {
    const data = { holdout: 'flights@latest', ...(columns === undefined ? {} : { features: columns }) };
    const models = { delay: { data, gates: better } };
    writeFileSync(
      join(folder, 'slipway.yaml'),
      stringify({ version: 1, datasets: { flights: { path: 'holdout.csv', key: ['id'], label: 'late' } }, models }),
    );
    const { stdout, stderr } = await slipway(['gate', ...args, ...ofFile, '--json']);
    if (stdout === '') throw new Error(stderr);
    const [rule] = (JSON.parse(stdout) as Report).rules;
    if (rule === undefined) throw new Error(stdout);
    return rule;
  };
  const pair = ['strong.onnx', '--against', 'fewer.onnx'];

  test('each is given those of its own list, and one that fits none is named with what to do', async () => {
    const both = await held([features, ['rate', 'age']], pair);
    expect([both.verdict, both.n]).toEqual(['pass', 2000]);
    const one = await held(features, pair);
    expect([one.verdict, one.why]).toEqual([
      'error',
      expect.stringMatching(/^fewer\.onnx takes 2 values a row, and features/),
    ]);
    expect(one.why).toContain('Add a list of its columns');
    const none = await held(undefined, pair);
    expect(none.why).toMatch(/^strong\.onnx takes 4 values a row, and flights@latest has 7 columns for it: age, hours/);
    await expect(held([features, ['age', 'rate', 'noise', 'hours']], pair)).rejects.toThrow(
      'two lists have as many columns',
    );
  });

  test('the signature that was logged with one names its own, also in a commit', async () => {
    const logged = join(folder, 'logged');
    mkdirSync(logged);
    cpSync(join(folder, 'fewer.onnx'), join(logged, 'model.onnx'));
    const inputs = ['rate', 'age'].map((name) => ({ type: 'double', name, required: true }));
    writeFileSync(join(logged, 'MLmodel'), stringify({ signature: { inputs: JSON.stringify(inputs) } }));
    const beside = await held(features, ['strong.onnx', '--against', 'logged/model.onnx']);
    expect([beside.verdict, beside.n]).toEqual(['pass', 2000]);
    git(folder, 'init', '-b', 'main');
    git(folder, 'add', 'logged');
    git(folder, 'commit', '-m', 'fewer columns');
    const committed = await held(features, ['strong.onnx', '--against', 'git:main:logged/model.onnx']);
    expect([committed.verdict, committed.ci]).toEqual(['pass', beside.ci]);
    rmSync(join(folder, '.git'), { recursive: true });
  });

  test('one that is given what is true proves nothing', async () => {
    const { verdict, why } = await held(undefined, ['told.onnx', '--against', 'weak.onnx']);
    expect([verdict, why]).toEqual(['error', expect.stringMatching(/^told\.onnx takes late, which is what is true/)]);
    const listed = await held([...features.slice(1), 'late'], ['weak.onnx', '--against', 'strong.onnx']);
    expect([listed.verdict, listed.why]).toEqual(['error', expect.stringContaining('whoever is told the answer')]);
  });
});

describe('a registered version', () => {
  test('is held against the champion, and the first one has none', async () => {
    const rules = [
      { id: 'better', kind: 'delta', metric: 'roc_auc' },
      { id: 'logged', kind: 'metric', metric: 'epochs', use: 'logged', op: '>=', value: 3 },
      { id: 'doc', kind: 'doc', value: ['description', 'owner'] },
    ];
    writeRules(rules);
    for (const args of [
      ['gate', 'delay@1'],
      ['models', 'show', 'delay@1'],
      ['promote', 'delay@1', '--to', 'staging'],
    ]) {
      const { code, stderr } = await slipway(args);
      expect([code, stderr]).toEqual([
        3,
        'slipway: delay has no versions. slipway register delay FILE.onnx makes one.\n',
      ]);
    }
    expect(existsSync(join(folder, '.slipway'))).toBe(false);
    await using engine = await startEngine({ workspace: folder });
    try {
      const post = (path: string, body: object) => engine.json('POST', `/api/2.0/mlflow/${path}`, body);
      const slipwayJson = async (...args: string[]): Promise<Record<string, string>> =>
        JSON.parse((await slipway([...args, '--json'])).stdout);
      const { run_id } = await slipwayJson('register', 'delay', 'weak.onnx');
      await post('runs/log-metric', { run_id, key: 'epochs', value: 4, timestamp: 1, step: 0 });
      await post('model-versions/set-tag', { name: 'delay', version: '1', key: 'owner', value: 'ana' });
      const first = await gate(rules, ['delay@1', '--data', 'holdout.csv'], []);
      expect([first.code, first.report.version, first.of('better').verdict, first.of('logged').verdict]).toEqual([
        ...[1, '1', 'warn', 'pass'],
      ]);
      expect(first.of('doc').why).toContain('Not filled in: description');
      await engine.json('PATCH', '/api/2.0/mlflow/model-versions/update', {
        ...{ name: 'delay', version: '1', description: 'Weak, but the first.' },
      });
      await slipwayJson('dataset', 'refresh', 'flights');
      expect((await slipway(['promote', 'delay@1', '--to', 'production'])).code).toBe(0);
      await slipwayJson('register', 'delay', 'strong.onnx');
      const second = await gate(rules.slice(0, 1), ['delay@2', '--data', 'holdout.csv'], []);
      expect([second.code, second.of('better').verdict, second.report.champion?.version]).toEqual([0, 'pass', '1']);
      expect((await slipway(['promote', 'delay@1', '--to', 'archived'])).code).toBe(0);
      const without = await gate(rules.slice(0, 1), ['delay@2', '--data', 'holdout.csv'], []);
      expect([without.code, without.of('better').why]).toEqual([1, 'delay has no champion any more.']);
      const lost = await slipway(['gate', 'delay@7', '--json']);
      expect([lost.code, lost.stderr]).toEqual([3, 'slipway: delay has no version 7; its newest version is 2.\n']);
      const read = await slipway(['audit', 'list', 'delay']);
      expect(read.stdout).toMatch(/Promoted delay@1: to production \(command line\)\n/);
      expect(read.stdout).not.toMatch(/[{}]|stage changed|Stage changed delay@1: Candidate → Production/);
      expect((await slipway(['audit', 'list', 'delay', '--verbose'])).stdout).toMatch(/stage changed {2,}delay@1/);
    } finally {
      await engine.end();
      rmSync(join(folder, '.slipway'), { recursive: true, force: true });
    }
  });
});

describe('what gets no model through', () => {
  const refused = async (args: string[]): Promise<string> => {
    const { code, stdout, stderr } = await slipway(['gate', ...args]);
    expect([code, stdout]).toEqual([3, '']);
    return stderr;
  };

  test('rules with a mistake are refused with line and column, whatever else stands there', async () => {
    writeRules([
      { id: 'ok', kind: 'size', value: 100 },
      { id: 'typo', kind: 'metric', metrc: 'f1', op: '>=', value: 0 },
    ]);
    expect(await refused(['strong.onnx', '--model', 'delay'])).toMatch(
      /slipway\.yaml:\d+:\d+: models\.delay\.gates\.1/,
    );
    // A dataset with a mistake was one that only a workspace knows.
    const entry = { holdout: 'flights@latest', features };
    const gates = [{ id: 'ok', kind: 'metric', metric: 'f1', op: '>=', value: 0 }];
    const wrong = {
      version: 1,
      datasets: { flights: { ...holdout, labell: 'late' } },
      models: { delay: { data: entry, gates } },
    };
    writeFileSync(join(folder, 'slipway.yaml'), stringify(wrong));
    expect(await refused(['strong.onnx', '--model', 'delay'])).toMatch(
      /slipway\.yaml:\d+:\d+: datasets\.flights\.labell/,
    );
    for (const [datasets, why] of [
      [{}, 'is of a dataset of which slipway.yaml says no path'],
      [{ flights: { ...holdout, path: ['a.csv', 'b.csv'] } }, 'lies in 2 places'],
    ] as const) {
      writeFileSync(join(folder, 'slipway.yaml'), stringify({ ...wrong, datasets }));
      for (const verb of [
        ['gate', 'strong.onnx'],
        ['ci', 'github', '--print', '--file', 'strong.onnx'],
      ]) {
        const { code, stderr } = await slipway([...verb, '--model', 'delay']);
        expect([code, stderr]).toEqual([3, expect.stringContaining(why)]);
      }
    }
    writeRules([{ id: 'gone', kind: 'delta', metric: 'f1', against: 'gone.onnx' }]);
    const gone = await slipway(['gate', 'strong.onnx', '--model', 'delay']);
    expect([gone.code, gone.stdout]).toEqual([
      1,
      expect.stringContaining('gone: There is no file gone.onnx in the folder of slipway.yaml.'),
    ]);
    // A key that is missing is told where it is missing, and not of the first line.
    writeRules([{ id: 'none', kind: 'metric', metric: 'f1', value: 0.5 }]);
    const missing = await refused(['strong.onnx', '--model', 'delay']);
    expect(missing).toMatch(/slipway\.yaml:(1[0-9]|2[0-9]):\d+: models\.delay\.gates\.0\.op: is missing\./);
  });

  test('two rules of one id, an unknown kind, and no rules at all', async () => {
    writeRules([
      { id: 'one', kind: 'size', value: 1 },
      { id: 'one', kind: 'size', value: 2 },
    ]);
    expect(await refused(['strong.onnx', '--model', 'delay'])).toContain('another rule is called one');
    writeRules([{ id: 'one', kind: 'vibes', value: 1 }]);
    expect(await refused(['strong.onnx', '--model', 'delay'])).toContain('models.delay.gates.0');
    writeRules([]);
    expect(await refused(['strong.onnx', '--model', 'delay'])).toContain('has no gates for delay');
    expect(await refused(['strong.onnx', '--model', 'other'])).toContain('It has delay');
  });

  test('a condition that would change or read something else', async () => {
    const condition = "TRUE) THEN 'yes' END FROM data; COPY data TO 'stolen.csv'; --";
    const { code } = await gate(
      [{ id: 'w', kind: 'slice', where: condition, metric: 'f1', op: '>=', value: 0 }],
      ['strong.onnx'],
    );
    expect([code, existsSync(join(folder, 'stolen.csv'))]).toEqual([3, false]);
    const reading = "carrier IN (SELECT content FROM read_text('/etc/hostname'))";
    const other = await gate(
      [{ id: 'w', kind: 'slice', where: reading, metric: 'f1', op: '>=', value: 0 }],
      ['strong.onnx'],
    );
    expect(other.report.verdict).toBe('error');
  });
});

function git(cwd: string, ...args: string[]): void {
  const who = ['-c', 'user.name=A', '-c', 'user.email=a@example.com'];
  execFileSync('git', [...who, ...args], { cwd, stdio: 'ignore' });
}

describe('in CI', () => {
  test('a model is held against the one of a commit, and the report is Markdown or JUnit', async () => {
    const clone = join(folder, 'clone');
    mkdirSync(join(clone, 'models'), { recursive: true });
    for (const name of ['holdout.csv']) cpSync(join(folder, name), join(clone, name));
    cpSync(join(folder, 'weak.onnx'), join(clone, 'models/model.onnx'));
    writeRules(
      [
        { id: 'better', kind: 'delta', metric: 'roc_auc' },
        { id: 'small', kind: 'size', value: 1, unit: 'B' },
      ],
      clone,
    );
    git(clone, 'init', '-b', 'main');
    git(clone, 'add', '.');
    git(clone, 'commit', '-m', 'a model');
    cpSync(join(folder, 'strong.onnx'), join(clone, 'models/model.onnx'));
    const args = ['gate', 'models/model.onnx', '--model', 'delay', '--against', 'git:main:models/model.onnx'];
    const junit = await slipway([...args, '--report', 'junit'], clone);
    expect(junit.code).toBe(1);
    expect(junit.stdout).toContain('tests="2" failures="1" errors="0"');
    const { stdout } = await slipway([...args, '--report', 'md'], clone);
    expect(stdout).toContain('### ❌ model.onnx does not pass: 1 rule fails, 1 of 2 pass.');
    expect(stdout.split('\n').filter((line) => line.startsWith('| ✅'))).toHaveLength(1);
    writeRules([{ id: 'small', kind: 'size', value: 10, unit: 'MB' }], clone);
    const weaker = await slipway([...args, '--report', 'md'], clone);
    expect(weaker.stdout).toContain('> The rules of delay are weaker than those of main, or other: the rule better is');
    expect(weaker.stdout).toMatch(/the rule small is another one\.\n/);
    // A change that takes a rule away, or its own rows along, is held against those of where it goes to.
    const based = await slipway([...args, '--rules', 'main', '--json'], clone);
    const { rules, notes } = JSON.parse(based.stdout) as Report;
    expect([based.code, rules.map(({ id, verdict }) => `${id} ${verdict}`)]).toEqual([
      1,
      ['better pass', 'small fail', 'small.new pass'],
    ]);
    expect(notes[0]).toContain('weaker than those of main, or other, so both count: the rule better is gone');
    writeFileSync(join(clone, 'slipway.yaml'), 'version: 1\n');
    cpSync(join(folder, 'right.csv'), join(clone, 'holdout.csv'));
    const bare = JSON.parse((await slipway([...args, '--rules', 'main', '--json'], clone)).stdout) as Report;
    expect(bare.rules.map(({ id }) => id)).toEqual(['better', 'small']);
    expect(bare.notes.join()).toMatch(
      /so those of main count: its entry is gone.*are not those of main: the change brings/,
    );
    writeRules([{ id: 'small', kind: 'size', value: 10, unit: 'MB' }], clone);
    // A list of columns for versions that take fewer is no weaker rule.
    const file = parse(execFileSync('git', ['show', 'main:slipway.yaml'], { cwd: clone, encoding: 'utf8' }));
    file.models.delay.data.features = [features, ['rate', 'age']];
    writeFileSync(join(clone, 'slipway.yaml'), stringify(file));
    const wider = JSON.parse((await slipway([...args, '--rules', 'main', '--json'], clone)).stdout) as Report;
    expect([wider.rules.map(({ id }) => id), wider.notes.join()]).toEqual([
      ['better', 'small'],
      expect.not.stringContaining('weaker'),
    ]);
    writeRules([{ id: 'small', kind: 'size', value: 10, unit: 'MB' }], clone);
    const unknown = await slipway([...args, '--rules', 'origin/main'], clone);
    expect([unknown.code, unknown.stderr]).toEqual([3, expect.stringContaining('git knows no commit origin/main')]);
    const lost = await slipway(
      ['gate', 'models/model.onnx', '--model', 'delay', '--against', 'git:nowhere:a.onnx'],
      clone,
    );
    expect([lost.code, lost.stderr]).toEqual([3, expect.stringContaining('git has no nowhere:a.onnx')]);
    expect(lost.stderr).not.toContain('newest commits');
  });

  test('a clone of one commit was told no more than that git does not know the one before', async () => {
    const [origin, clone] = [join(folder, 'deep'), join(folder, 'shallow')];
    mkdirSync(origin);
    cpSync(join(folder, 'holdout.csv'), join(origin, 'holdout.csv'));
    cpSync(join(folder, 'weak.onnx'), join(origin, 'model.onnx'));
    writeRules([{ id: 'better', kind: 'delta', metric: 'roc_auc', against: 'git:HEAD~1:model.onnx' }], origin);
    git(origin, 'init', '-b', 'main');
    git(origin, 'add', '.');
    git(origin, 'commit', '-m', 'weak');
    cpSync(join(folder, 'strong.onnx'), join(origin, 'model.onnx'));
    git(origin, 'commit', '-am', 'strong');
    git(folder, 'clone', '--depth', '1', `file://${origin}`, clone);
    const args = ['gate', 'model.onnx', ...ofFile, '--json'];
    const whole = await slipway(args, origin);
    expect([whole.code, JSON.parse(whole.stdout).verdict]).toEqual([0, 'pass']);
    const { code, stderr } = await slipway(args, clone);
    expect([code, stderr]).toEqual([3, expect.stringContaining('git has no HEAD~1:model.onnx')]);
    expect(stderr).toContain('run `git fetch --unshallow` before, or let CI clone all of them (fetch-depth: 0 of');
    git(clone, 'fetch', '--unshallow');
    expect((await slipway(args, clone)).code).toBe(0);
  });

  test('of a model that Git LFS keeps, the pointer in the commit was taken for the model', async () => {
    const clone = join(folder, 'lfs');
    mkdirSync(clone);
    cpSync(join(folder, 'holdout.csv'), join(clone, 'holdout.csv'));
    writeRules([{ id: 'better', kind: 'delta', metric: 'roc_auc' }], clone);
    writeFileSync(join(clone, '.gitattributes'), '*.onnx filter=lfs -text\n');
    const pointer = ['version https://git-lfs.github.com/spec/v1', `oid sha256:${'a'.repeat(64)}`, 'size 1000', ''];
    writeFileSync(join(clone, 'model.onnx'), pointer.join('\n'));
    git(clone, 'init', '-b', 'main');
    git(clone, 'add', '.');
    git(clone, 'commit', '-m', 'a pointer');
    const args = ['gate', join(folder, 'strong.onnx'), ...ofFile, '--against', 'git:main:model.onnx', '--json'];
    const without = await slipway(args, clone);
    expect([without.code, without.stderr]).toEqual([3, expect.stringContaining('kept by Git LFS')]);
    // What git-lfs does: it gives the bytes that the pointer stands for.
    git(clone, 'config', 'filter.lfs.smudge', `cat > '${folder}/pointer' && cat '${folder}/weak.onnx'`);
    expect((await slipway(args, clone)).code).toBe(0);
    expect(readFileSync(join(folder, 'pointer'), 'utf8')).toBe(pointer.join('\n'));
  });

  test('a report of many rules was longer than a comment may be', async () => {
    const value = Array.from({ length: 20 }, (_, at) => `@reviewer-${at}-${'x'.repeat(80)}`);
    writeRules(Array.from({ length: 100 }, (_, at) => ({ id: `doc-${at}`, kind: 'doc', value })));
    const { stdout } = await slipway(['gate', 'weak.onnx', ...ofFile, '--report', 'md']);
    expect(stdout.length).toBeLessThan(65_536);
    expect(stdout).toMatch(/^<!-- slipway gate: delay -->\n### ❌ .*100 rules fail/);
    expect(stdout).toMatch(/\d+ more rules had no place here/);
    expect(stdout).toMatch(/- and \d+ more reasons\./);
    // Nobody of that name is called to the change.
    expect(stdout).not.toMatch(/@[a-z]/);
  });

  /** The scripts of a Jenkinsfile, in their order. */
  const scriptsOf = (jenkins: string): string[] =>
    [...jenkins.matchAll(/sh '''\n([\s\S]*?)'''/g)].map(([, script = '']) => script);

  const shell = (script: string, cwd: string, env: Record<string, string> = {}): Ended => {
    // What npm has in its cache is not asked for again.
    const own = { ...process.env, npm_config_prefer_offline: 'true', ...env };
    const { status, stdout, stderr } = spawnSync('sh', ['-ec', script], { cwd, env: own, encoding: 'utf8' });
    return { code: status ?? -1, stdout, stderr };
  };

  test('a fresh clone of one commit installs what npm pack makes, gates and reports as the jobs of CI servers say', async () => {
    const [origin, clone] = [join(folder, 'origin'), join(folder, 'ci')];
    for (const name of ['models', 'ci']) mkdirSync(join(origin, name), { recursive: true });
    cpSync(join(folder, 'holdout.csv'), join(origin, 'holdout.csv'));
    writeFileSync(join(origin, '.gitignore'), '.slipway-ci/\n');
    const small = { id: 'small', kind: 'size', value: 1, unit: 'B', severity: 'warn' };
    writeRules([{ id: 'better', kind: 'delta', metric: 'roc_auc' }, small], origin);
    const pack = ['pack', '--ignore-scripts', '--silent', '--pack-destination', join(origin, 'ci')];
    execFileSync('npm', pack, { cwd: join(import.meta.dirname, '../../..'), stdio: 'ignore' });
    git(origin, 'init', '-b', 'main');
    git(origin, 'add', '.');
    git(origin, 'commit', '-m', 'rules and no model yet');
    git(origin, 'checkout', '-b', 'change');
    cpSync(join(folder, 'weak.onnx'), join(origin, 'models/model.onnx'));
    const args = ['--file', 'models/model.onnx', '--model', 'delay'];
    for (const server of ['github', 'gitlab', 'jenkins']) {
      const { code, stderr, stdout } = await slipway(['ci', server, ...args], origin);
      expect([code, stderr, stdout]).toEqual([
        0,
        '',
        expect.stringMatching(/^Wrote .*\nRules that only warn do not stop the job /),
      ]);
    }
    git(origin, 'add', '.');
    git(origin, 'commit', '-m', 'a first model');
    git(folder, 'clone', '--depth', '1', '--branch', 'change', `file://${origin}`, clone);

    const schemas = process.env.SLIPWAY_TEST_PYTHON_CI ?? '';
    const held = (...about: string[]): string =>
      execFileSync(schemas, ['-m', 'check_jsonschema', ...about], { cwd: clone, encoding: 'utf8' });
    expect(held('--builtin-schema', 'vendor.github-workflows', '.github/workflows/slipway-gate.yml')).toContain('ok');
    const ofGitlab = ['--builtin-schema', 'vendor.gitlab-ci', '--data-transform', 'gitlab-ci'];
    expect(held(...ofGitlab, '.gitlab-ci.yml')).toContain('ok');

    const [install = '', step = ''] = scriptsOf(readFileSync(join(clone, 'Jenkinsfile'), 'utf8'));
    const installed = shell(install, clone);
    expect([installed.code, installed.code === 0 ? '' : installed.stderr]).toEqual([0, '']);
    const first = shell(step, clone);
    expect([first.code, first.stdout]).toEqual([
      0,
      expect.stringContaining('origin/main has no models/model.onnx yet'),
    ]);

    git(origin, 'checkout', 'main');
    git(origin, 'merge', '--ff-only', 'change');
    cpSync(join(folder, 'strong.onnx'), join(clone, 'models/model.onnx'));
    expect(shell(step, clone).code).toBe(0);
    const report = JSON.parse(readFileSync(join(clone, 'gate.json'), 'utf8')) as Report;
    expect([report.verdict, report.rules[0]?.verdict]).toEqual(['warn', 'pass']);
    cpSync(join(folder, 'weak.onnx'), join(clone, 'models/model.onnx'));
    expect(shell(step, clone).code).not.toBe(0);
    expect(readFileSync(join(clone, 'gate.xml'), 'utf8')).toContain('failures="1"');

    const github = parse(readFileSync(join(clone, '.github/workflows/slipway-gate.yml'), 'utf8'));
    const steps = github.jobs.gate.steps as { name?: string; run?: string }[];
    const runOf = (wanted: string): string => steps.find(({ name }) => name === wanted)?.run ?? '';
    const gitlab = parse(readFileSync(join(clone, '.gitlab-ci.yml'), 'utf8'));
    const gateLine = step.trim().split('\n').at(-1)?.trim();
    expect(runOf('Gate').trim().split('\n').at(-1)).toBe(gateLine);
    expect(gitlab.gate.script).toEqual([gateLine]);
    rmSync(join(clone, 'gate.json'));
    const whole = [...gitlab.gate.before_script.slice(0, 1), ...gitlab.gate.script].join('\n');
    expect([shell(whole, clone).code, existsSync(join(clone, 'gate.json'))]).toEqual([1, true]);

    // The comment of the change before is written anew, and there is one. gh itself is not here.
    const gh = '#!/bin/sh\ncase "$*" in *--paginate*) cat comments 2>/dev/null;; *) echo "$@" >> told;; esac\n';
    writeFileSync(join(clone, 'gh'), gh, { mode: 0o755 });
    const env = { PATH: `${clone}:${process.env.PATH}`, GITHUB_STEP_SUMMARY: 'summary', GITHUB_REPOSITORY: 'a/b' };
    for (const comments of ['', '7\n8\n']) {
      writeFileSync(join(clone, 'comments'), comments);
      expect(shell(runOf('Report'), clone, { ...env, COMMENTS: 'repos/a/b/issues/1/comments' }).code).toBe(0);
    }
    expect(readFileSync(join(clone, 'told'), 'utf8').trim().split('\n')).toEqual([
      'api --silent repos/a/b/issues/1/comments -F body=@gate.md',
      'api --silent -X PATCH repos/a/b/issues/comments/7 -F body=@gate.md',
    ]);
    expect(readFileSync(join(clone, 'summary'), 'utf8')).toContain('<!-- slipway gate: delay -->');
    const unknown = await slipway(['ci', 'github', '--print', '--file', 'models/model.onnx', '--model', 'nope'], clone);
    expect([unknown.code, unknown.stderr]).toEqual([3, expect.stringContaining('slipway.yaml has no model nope')]);
    const azure = await slipway(['ci', 'azure', ...args], clone);
    expect([azure.code, azure.stderr]).toEqual([3, expect.stringContaining('no job for azure yet')]);
    const again = await slipway(['ci', 'gitlab', ...args], clone);
    expect([again.code, again.stderr]).toEqual([3, expect.stringContaining('--force')]);
  });

  test('what npm pack makes holds the command and what it starts', () => {
    const packed = execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], {
      cwd: join(import.meta.dirname, '../../..'),
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    const [made] = Object.values(JSON.parse(packed)) as { files: { path: string }[] }[];
    const files = made?.files.map(({ path }) => path) ?? [];
    for (const name of ['cli', 'verbs', 'gate', 'model', 'data', 'compare']) expect(files).toContain(`dist/${name}.js`);
    expect(files.filter((path) => /^(src|test|webview)\//.test(path))).toEqual([]);
  });
});
