// slipway gate over files: what each kind of rule says, beside scikit-learn and fairlearn.
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { stringify } from 'yaml';
import { startEngine } from '../../engine/engine-process';
import { against, GatedFolder, ofFile } from './gated-folder';

const gated = new GatedFolder();

describe('slipway gate', () => {
  test('measures as scikit-learn and fairlearn do, by running the model itself', async () => {
    const metric = (id: string): object => ({ id, kind: 'metric', metric: id, op: '>=', value: 0 });
    const { code, report, of } = await gated.gate(
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
    const wanted = gated.reference.strong;
    for (const name of ['roc_auc', 'accuracy', 'f1', 'recall', 'log_loss', 'dp_diff', 'eo_ratio']) {
      expect(of(name).actual, name).toBeCloseTo(wanted[name] ?? Number.NaN, 9);
    }
    expect(of('gain').actual).toBeCloseTo((wanted.roc_auc ?? 0) - (gated.reference.weak.roc_auc ?? 0), 9);
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
    expect(existsSync(join(gated.path, '.slipway'))).toBe(false);
  });

  test('an interval across the limit is no pass and no failure', async () => {
    const at = gated.reference.strong.roc_auc ?? 0;
    const { code, report, of } = await gated.gate(
      [{ id: 'edge', kind: 'metric', metric: 'roc_auc', op: '>=', value: at - 0.001 }],
      ['strong.onnx'],
    );
    expect([code, report.verdict, of('edge').verdict]).toEqual([2, 'inconclusive', 'inconclusive']);
    const point = await gated.gate(
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
    const better = await gated.gate(rules, ['strong.onnx', ...against]);
    expect(better.report.rules.map(({ verdict, test }) => [verdict, test])).toEqual([
      ['pass', 'DeLong'],
      ['pass', 'McNemar mid-p, Tango interval'],
      ['pass', 'cluster bootstrap'],
    ]);
    expect(better.of('loss').n).toBe(30);
    const worse = await gated.gate(rules, ['weak.onnx', '--against', 'strong.onnx']);
    expect([worse.code, worse.of('auc').verdict, worse.of('accuracy').verdict]).toEqual([1, 'fail', 'fail']);
  });

  test('a model is neither better nor worse than itself, and no comparison by chance', async () => {
    const rules = [
      ...['roc_auc', 'f1', 'accuracy'].map((metric) => ({ id: metric, kind: 'delta', metric })),
      { id: 'as-good', kind: 'noninferior', metric: 'roc_auc', margin: 0 },
      { id: 'slices', kind: 'slice', by: ['carrier'], metric: 'f1', max_drop: 0 },
    ];
    const { code, report, of } = await gated.gate(rules, ['weak.onnx', ...against]);
    expect([code, ...report.rules.map(({ verdict }) => verdict)]).toEqual([1, 'fail', 'fail', 'fail', 'pass', 'pass']);
    const why = 'It is the same model as weak.onnx, byte for byte: there is no difference at all.';
    for (const id of ['roc_auc', 'f1', 'accuracy', 'as-good']) expect([of(id).why, of(id).p]).toEqual([why, null]);
    // Another file that says the same of these rows may say something else of others.
    const doc = Buffer.from([0x32, 1, 0x61]);
    writeFileSync(join(gated.path, 'again.onnx'), Buffer.concat([readFileSync(join(gated.path, 'weak.onnx')), doc]));
    const again = await gated.gate(rules.slice(0, 2), ['again.onnx', ...against]);
    for (const id of ['roc_auc', 'f1']) {
      expect([again.of(id).p, again.of(id).why]).toEqual([
        null,
        expect.stringMatching(/^There is no difference at all: on these/),
      ]);
    }
    expect([again.of('roc_auc').verdict, again.of('f1').verdict]).toEqual(['fail', 'inconclusive']);
  });

  test('comparisons that block together are corrected together, but for those that say otherwise', async () => {
    const gain = (gated.reference.strong.roc_auc ?? 0) - (gated.reference.weak.roc_auc ?? 0);
    const near = { kind: 'delta', metric: 'roc_auc', value: gain - 0.012 };
    const alone = await gated.gate([{ ...near, id: 'a' }], ['strong.onnx', ...against]);
    const p = alone.of('a').p ?? Number.NaN;
    expect(p).toBeGreaterThan(0.01);
    expect(p).toBeLessThan(0.3);
    const three = ['a', 'b', 'c'].map((id) => ({ ...near, id }));
    const together = await gated.gate(
      [...three, { ...near, id: 'own', correction: 'none' }],
      ['strong.onnx', ...against],
    );
    expect(together.of('a').p).toBeCloseTo(3 * p, 9);
    expect(together.of('own').p).toBeCloseTo(p, 9);
  });

  test('the worst slice decides, and one of few rows is named and not judged', async () => {
    const slice = { kind: 'slice', by: ['carrier'], metric: 'roc_auc', op: '>=' };
    const { of } = await gated.gate(
      [
        { ...slice, id: 'floor', value: 0.5, min_n: 100 },
        { ...slice, id: 'high', value: 0.99, min_n: 100 },
        { id: 'where', kind: 'slice', where: "carrier = 'AA' AND day < 40", metric: 'roc_auc', op: '>=', value: 0.5 },
        { id: 'drop', kind: 'slice', by: ['carrier'], metric: 'roc_auc', max_drop: 0.02, min_n: 100 },
      ],
      ['weak.onnx', '--against', 'strong.onnx'],
    );
    const worst = Math.min(...Object.values(gated.reference.weak.carriers));
    expect(of('floor').actual).toBeCloseTo(worst, 9);
    expect(of('where').actual).toBeCloseTo(gated.reference.weak.carriers.AA ?? 0, 9);
    expect([of('floor').verdict, of('high').verdict, of('where').verdict, of('drop').verdict]).toEqual([
      ...['pass', 'fail', 'pass', 'fail'],
    ]);
    expect(of('floor').why).toContain('1 slice has fewer than 100 rows');
  });

  test('predictions of another framework that differ are no parity', async () => {
    const parity = { kind: 'parity', path: 'other-framework.csv' };
    const few = { ...parity, id: 'few', path: 'few.csv' };
    const { of } = await gated.gate([{ ...parity, id: 'same' }, few], ['strong.onnx']);
    expect([of('same').verdict, of('same').actual]).toEqual(['fail', 2000]);
    expect([of('few').verdict, of('few').actual]).toEqual(['fail', 1997]);
  });

  test('predictions of the framework need no truth: an id and what it said of the row are enough', async () => {
    const rows = readFileSync(join(gated.path, 'framework.csv'), 'utf8').trim().split('\n');
    const columns = (...wanted: string[]): string => {
      const places = wanted.map((name) => (rows[0] ?? '').split(',').indexOf(name));
      return rows.map((row) => places.map((place) => row.split(',')[place]).join(',')).join('\n');
    };
    const scores = columns('id', 'score');
    writeFileSync(join(gated.path, 'scores.csv'), scores);
    writeFileSync(join(gated.path, 'labels.csv'), columns('id', 'y_pred'));
    writeFileSync(join(gated.path, 'off.csv'), scores.replace(/,0\.\d+$/, ',2'));
    const parity = { kind: 'parity', rtol: 1e-3, atol: 1e-4 };
    const { of } = await gated.gate(
      ['scores', 'labels', 'off'].map((id) => ({ ...parity, id, path: `${id}.csv` })),
      ['strong.onnx'],
    );
    expect([of('scores').verdict, of('scores').why]).toEqual(['pass', expect.stringMatching(/^0 of 2000 rows differ/)]);
    expect([of('labels').verdict, of('off').verdict, of('off').actual]).toEqual(['pass', 'fail', 1]);
  });

  test('a model of other inputs does not fit in the place of the one before', async () => {
    const golden = { id: 'golden', kind: 'golden', on_missing: 'warn' };
    const { of, code } = await gated.gate([{ id: 'io', kind: 'signature' }, golden], ['minutes.onnx', ...against]);
    expect([code, of('io').verdict, of('golden').verdict]).toEqual([1, 'fail', 'warn']);
    expect(of('io').why).toContain('It has no output label.');
  });

  test('a latency has an interval by which it is judged, and is of as many rows as the rule says', async () => {
    const latency = { kind: 'latency', unit: 'us' };
    const { of } = await gated.gate(
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
    const fixed = await gated.gate([{ ...latency, id: 'ten', value: 1e8, batch: 10 }], ['fixed.onnx']);
    expect([fixed.of('ten').verdict, fixed.of('ten').why]).toEqual([
      'error',
      'The model takes 1 row at once, and not the 10 of batch.',
    ]);
  });

  test('golden cases of a rule lie in a file or a folder below slipway.yaml, and its tolerance counts for theirs', async () => {
    const [row, cases] = [[[0.1, 0.2, 0.3, 0.4]], join(gated.path, 'cases/sets')];
    writeFileSync(join(gated.path, 'row.json'), JSON.stringify(row));
    const { stdout } = await gated.slipway(['predict', 'strong.onnx', '--input', 'row.json', '--json']);
    const { probabilities } = JSON.parse(stdout).outputs as { probabilities: number[][] };
    const near = probabilities.map((each) => each.map((chance) => chance + 0.001));
    const file = { rtol: 0.1, cases: [{ name: 'near', input: row, expected: { probabilities: near } }] };
    mkdirSync(cases, { recursive: true });
    writeFileSync(join(cases, 'near.golden.yaml'), stringify(file));
    writeFileSync(join(cases, 'readme.txt'), 'no case');
    const golden = { kind: 'golden', path: 'cases/sets' };
    const { of } = await gated.gate(
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
    const { code, report } = await gated.gate(
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
    const { code, report, of } = await gated.gate(
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
    const { code, of } = await gated.gate(rules, ['strong.onnx']);
    expect([code, of('better').verdict, of('who').verdict, of('licence').verdict]).toEqual([1, 'fail', 'warn', 'warn']);
  });

  test('a rule for which something is missing, or that cannot be run, still says what it asks for', async () => {
    const few = { where: 'age < 0', min_n: 1000 };
    const rules = [
      { id: 'floor', kind: 'metric', metric: 'roc_auc', op: '>=', value: 0.6, slice: few },
      { id: 'licence', kind: 'license', value: ['MIT', 'BSD'] },
      { id: 'better', kind: 'delta', metric: 'roc_auc' },
      { id: 'as-good', kind: 'noninferior', metric: 'roc_auc', margin: 0.02 },
      { id: 'io', kind: 'signature' },
      { id: 'cases', kind: 'golden' },
      { id: 'slices', kind: 'slice', by: ['day'], metric: 'roc_auc', max_drop: 0.1, min_n: 5000 },
      { id: 'fair', kind: 'fairness', attribute: 'nobody', metric: 'dp_diff', op: '<=', value: 0.2 },
      { id: 'who', kind: 'manual', value: 'Did legal agree?' },
    ];
    const { report } = await gated.gate(rules, ['strong.onnx']);
    expect(report.rules.map(({ id, expected }) => [id, expected])).toEqual([
      ...[
        ['floor', '>= 0.6'],
        ['licence', 'MIT, BSD'],
        ['better', '> 0'],
        ['as-good', '>= -0.02'],
      ],
      ...[
        ['io', 'fits'],
        ['cases', 'all as expected'],
        ['slices', '>= -0.1'],
        ['fair', '<= 0.2'],
      ],
      ['who', 'answered'],
    ]);
  });

  test('what is judged of a registered version alone stops no file, unless its rule says so', async () => {
    const rules = [
      { id: 'ok', kind: 'metric', metric: 'roc_auc', op: '>=', value: 0.5 },
      { id: 'who', kind: 'manual', value: 'Did legal agree?' },
      { id: 'drift', kind: 'drift' },
      { id: 'contract', kind: 'data' },
      { id: 'epochs', kind: 'metric', metric: 'epochs', use: 'logged', op: '>=', value: 3 },
      { id: 'framework', kind: 'parity' },
    ];
    const { code, report, of } = await gated.gate(rules, ['strong.onnx']);
    expect([code, ...report.rules.map(({ verdict }) => verdict)]).toEqual([
      ...[2, 'pass', 'warn', 'warn', 'warn', 'warn', 'warn'],
    ]);
    expect(of('who').why).toBe('Rules of the kind manual are judged of a registered version, by slipway gate NAME@V.');
    // As the jobs that slipway ci writes ask it.
    const job = await gated.slipway(['gate', 'strong.onnx', ...ofFile, '--warnings-pass', '--report', 'junit']);
    expect([job.code, job.stdout]).toEqual([
      0,
      expect.stringContaining('tests="6" failures="0" errors="0" skipped="3"'),
    ]);
    expect(job.stdout).toMatch(/name="who" time="[^"]+"><skipped message="Rules of the kind manual /);
    const strict = await gated.gate(
      rules.map((rule) => ({ ...rule, on_missing: 'fail' })),
      ['strong.onnx'],
    );
    expect([strict.code, strict.of('who').verdict, strict.of('epochs').verdict]).toEqual([1, 'fail', 'fail']);
  });

  test('a metric of another kind is the error of its own rule alone', async () => {
    const { code, report } = await gated.gate(
      [
        { id: 'ok', kind: 'metric', metric: 'roc_auc', op: '>=', value: 0.5 },
        { id: 'amounts', kind: 'metric', metric: 'rmse', op: '<=', value: 0.5, severity: 'warn' },
      ],
      ['minutes.onnx', ...against, '--label', 'minutes'],
    );
    expect([code, ...report.rules.map(({ verdict }) => verdict)]).toEqual([3, 'error', 'warn']);
  });

  test('a column that one rule names and the holdout lacks was the error of every rule that reads rows', async () => {
    const floor = { metric: 'roc_auc', op: '>=', value: 0.5 };
    const { code, report, of } = await gated.gate(
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
    const { code, report } = await gated.gate(
      [{ id: 'where', kind: 'slice', where: 'carrier = ', metric: 'roc_auc', op: '>=', value: 0.5 }],
      ['strong.onnx'],
    );
    expect([code, report.verdict]).toEqual([3, 'error']);
  });
});

describe('a registered version', () => {
  test('is held against the champion, and the first one has none', async () => {
    const rules = [
      { id: 'better', kind: 'delta', metric: 'roc_auc' },
      { id: 'logged', kind: 'metric', metric: 'epochs', use: 'logged', op: '>=', value: 3 },
      { id: 'doc', kind: 'doc', value: ['description', 'owner'] },
    ];
    gated.writeRules(rules);
    for (const args of [
      ['gate', 'delay@1'],
      ['models', 'show', 'delay@1'],
      ['promote', 'delay@1', '--to', 'staging'],
    ]) {
      const { code, stderr } = await gated.slipway(args);
      expect([code, stderr]).toEqual([
        3,
        'slipway: delay has no versions. slipway register delay FILE.onnx makes one.\n',
      ]);
    }
    expect(existsSync(join(gated.path, '.slipway'))).toBe(false);
    await using engine = await startEngine({ workspace: gated.path });
    try {
      const post = (path: string, body: object) => engine.json('POST', `/api/2.0/mlflow/${path}`, body);
      const slipwayJson = async (...args: string[]): Promise<Record<string, string>> =>
        JSON.parse((await gated.slipway([...args, '--json'])).stdout);
      const { run_id } = await slipwayJson('register', 'delay', 'weak.onnx');
      await post('runs/log-metric', { run_id, key: 'epochs', value: 4, timestamp: 1, step: 0 });
      await post('model-versions/set-tag', { name: 'delay', version: '1', key: 'owner', value: 'ana' });
      const first = await gated.gate(rules, ['delay@1', '--data', 'holdout.csv'], []);
      expect([first.code, first.report.version, first.of('better').verdict, first.of('logged').verdict]).toEqual([
        ...[1, '1', 'warn', 'pass'],
      ]);
      expect(first.of('doc').why).toContain('Not filled in: description');
      await engine.json('PATCH', '/api/2.0/mlflow/model-versions/update', {
        ...{ name: 'delay', version: '1', description: 'Weak, but the first.' },
      });
      await slipwayJson('dataset', 'refresh', 'flights');
      expect((await gated.slipway(['promote', 'delay@1', '--to', 'production'])).code).toBe(0);
      await slipwayJson('register', 'delay', 'strong.onnx');
      const second = await gated.gate(rules.slice(0, 1), ['delay@2', '--data', 'holdout.csv'], []);
      expect([second.code, second.of('better').verdict, second.report.champion?.version]).toEqual([0, 'pass', '1']);
      expect((await gated.slipway(['promote', 'delay@1', '--to', 'archived'])).code).toBe(0);
      const without = await gated.gate(rules.slice(0, 1), ['delay@2', '--data', 'holdout.csv'], []);
      expect([without.code, without.of('better').why]).toEqual([1, 'delay has no champion any more.']);
      const lost = await gated.slipway(['gate', 'delay@7', '--json']);
      expect([lost.code, lost.stderr]).toEqual([3, 'slipway: delay has no version 7; its newest version is 2.\n']);
      const read = await gated.slipway(['audit', 'list', 'delay']);
      expect(read.stdout).toMatch(/Promoted delay@1: to production \(command line\)\n/);
      expect(read.stdout).not.toMatch(/[{}]|stage changed|Stage changed delay@1: Candidate → Production/);
      expect((await gated.slipway(['audit', 'list', 'delay', '--verbose'])).stdout).toMatch(
        /stage changed {2,}delay@1/,
      );
    } finally {
      await engine.end();
      rmSync(join(gated.path, '.slipway'), { recursive: true, force: true });
    }
  });
});
