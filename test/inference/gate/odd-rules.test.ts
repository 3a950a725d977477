// slipway gate over files: what rules, data and models that are odd are told, and what gets no model through.
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { stringify } from 'yaml';
import { against, features, GatedFolder, git, holdout, ofFile, type Report, type Rule } from './gated-folder';

const gated = new GatedFolder();

describe('what rules and data that are odd were told', () => {
  test('a model that is right in all of a few rows was certain to be, by resamples that are all alike', async () => {
    const floor = { kind: 'metric', op: '>=', value: 0.97 };
    const doc = Buffer.from([0x32, 1, 0x61]);
    const strong = readFileSync(join(gated.path, 'strong.onnx'));
    writeFileSync(join(gated.path, 'again.onnx'), Buffer.concat([strong, doc]));
    const { of } = await gated.gate(
      [
        ...['f1', 'balanced_accuracy', 'roc_auc', 'average_precision', 'accuracy'].map((metric) => ({
          ...{ ...floor, id: metric, metric },
        })),
        { ...floor, id: 'low', metric: 'roc_auc', value: 0.7 },
        { id: 'same', kind: 'noninferior', metric: 'f1', margin: 0.01 },
        { id: 'wide', kind: 'noninferior', metric: 'roc_auc', margin: 0.3 },
      ],
      ['strong.onnx', '--against', 'again.onnx', '--data', 'right.csv'],
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
    const { of } = await gated.gate(
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
    const at = gated.reference.strong.accuracy ?? 0;
    const { of } = await gated.gate(
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

  test('groups that were too small to compare were left out of a gap and of its sentence, and counted all the same', async () => {
    const fair = { kind: 'fairness', attribute: 'carrier', op: '<=', value: 1, min_n: 100 };
    const { of } = await gated.gate(
      [
        { ...fair, id: 'selected', metric: 'dp_diff' },
        { ...fair, id: 'found', metric: 'tpr_diff' },
      ],
      ['strong.onnx'],
    );
    const [, ...rows] = readFileSync(join(gated.path, 'holdout.csv'), 'utf8').trim().split('\n');
    const small = rows.filter((row) => row.includes(',HA,')).length;
    for (const id of ['selected', 'found']) {
      expect([of(id).verdict, of(id).n]).toEqual(['pass', rows.length - small]);
      expect(of(id).why).toContain('within <= 1. Not compared, having fewer than 100 rows: HA');
    }
  });

  test('labels that the model does not know, repeated ids and options of the command line were told of a file that nobody wrote', async () => {
    const lines = readFileSync(join(gated.path, 'holdout.csv'), 'utf8').trim().split('\n');
    const place = (lines[0] ?? '').split(',').indexOf('late');
    const renamed = lines.map((line, at) =>
      at === 0
        ? line
        : line
            .split(',')
            .with(place, line.split(',')[place] === '1' ? 'yes' : 'no')
            .join(','),
    );
    writeFileSync(join(gated.path, 'words.csv'), renamed.join('\n'));
    writeFileSync(join(gated.path, 'twice.csv'), [...lines, lines.at(-1)].join('\n'));
    const accuracy = { id: 'accuracy', kind: 'metric', metric: 'accuracy', op: '>=', value: 0.5 };
    const fair = { id: 'fair', kind: 'fairness', attribute: 'carrier', metric: 'dp_diff', op: '<=', value: 1 };
    const said = async (data: string, label: string, model = 'strong.onnx'): Promise<string[]> => {
      const args = [model, '--data', data, '--label', label];
      const { report } = await gated.gate([accuracy, fair, { ...fair, id: 'many', min_n: 5000 }], args);
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
    const { report } = await gated.gate(
      [{ id: 'better', kind: 'delta', metric: 'accuracy' }],
      [...['strong.onnx', '--against', 'silent.onnx']],
    );
    expect(report.notes.join()).toMatch(/silent\.onnx says nothing, or NaN, of 715 rows of flights@latest/);
  });

  test('of the columns that rules name the 51st was not there', async () => {
    const slice = { kind: 'metric', metric: 'accuracy', op: '>=', value: 0.5 };
    const rules = Array.from({ length: 60 }, (_, at) => ({ ...slice, id: `r${at}`, slice: { where: `day <> ${at}` } }));
    const { code, report } = await gated.gate(rules, ['strong.onnx']);
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
    writeFileSync(join(gated.path, 'slipway.yaml'), stringify({ version: 1, datasets, models: { delay: entry } }));
    const { stdout } = await gated.slipway(['gate', 'strong.onnx', ...ofFile, '--json']);
    const [right, labelled, nowhere] = (JSON.parse(stdout) as Report).rules;
    expect([right?.verdict, right?.actual, right?.n]).toEqual(['pass', 1, 60]);
    expect([labelled?.verdict, labelled?.why]).toEqual(['fail', expect.stringContaining('only a workspace knows')]);
    expect([nowhere?.verdict, nowhere?.why]).toEqual(['fail', expect.stringContaining('says no path')]);
  });

  test('one bad slice of many was told to reach across the limit that all of its interval is beyond', async () => {
    const day = { kind: 'slice', by: ['day'], metric: 'accuracy', op: '>=', value: 0.8 };
    const { of } = await gated.gate(
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
    const { of } = await gated.gate([{ ...slice, id: 'twice', by: ['carrier', 'carrier'] }], ['strong.onnx']);
    expect([of('twice').verdict, of('twice').test]).toEqual(['pass', expect.stringContaining('over 3 slices')]);
  });

  test('a slice of one class has no value, and that is no number that reaches across', async () => {
    const { of } = await gated.gate(
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
    const rows = readFileSync(join(gated.path, 'framework.csv'), 'utf8').trim().split('\n');
    const numbers = rows.map((row, at) =>
      at === 0 ? 'id,y_true,y_pred' : `${row.split(',')[0]},${at + 0.5},${at + 0.25}`,
    );
    writeFileSync(join(gated.path, 'amounts.csv'), numbers.join('\n'));
    const parity = { kind: 'parity', path: 'amounts.csv' };
    const { of } = await gated.gate(
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
      join(gated.path, 'slipway.yaml'),
      stringify({ version: 1, datasets: { flights: { path: 'holdout.csv', key: ['id'], label: 'late' } }, models }),
    );
    const { stdout, stderr } = await gated.slipway(['gate', ...args, ...ofFile, '--json']);
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
    const logged = join(gated.path, 'logged');
    mkdirSync(logged);
    cpSync(join(gated.path, 'fewer.onnx'), join(logged, 'model.onnx'));
    const inputs = ['rate', 'age'].map((name) => ({ type: 'double', name, required: true }));
    writeFileSync(join(logged, 'MLmodel'), stringify({ signature: { inputs: JSON.stringify(inputs) } }));
    const beside = await held(features, ['strong.onnx', '--against', 'logged/model.onnx']);
    expect([beside.verdict, beside.n]).toEqual(['pass', 2000]);
    git(gated.path, 'init', '-b', 'main');
    git(gated.path, 'add', 'logged');
    git(gated.path, 'commit', '-m', 'fewer columns');
    const committed = await held(features, ['strong.onnx', '--against', 'git:main:logged/model.onnx']);
    expect([committed.verdict, committed.ci]).toEqual(['pass', beside.ci]);
    rmSync(join(gated.path, '.git'), { recursive: true });
  });

  test('the same bytes with other columns logged beside them were told to be the same model, and never run', async () => {
    for (const [name, columns] of Object.entries({ own: features, turned: features.toReversed() })) {
      mkdirSync(join(gated.path, name));
      cpSync(join(gated.path, 'strong.onnx'), join(gated.path, name, 'model.onnx'));
      const inputs = columns.map((column) => ({ type: 'double', name: column, required: true }));
      writeFileSync(join(gated.path, name, 'MLmodel'), stringify({ signature: { inputs: JSON.stringify(inputs) } }));
    }
    const other = await held(features, ['own/model.onnx', '--against', 'turned/model.onnx']);
    expect([other.verdict, other.test]).toEqual(['pass', expect.stringMatching(/DeLong/i)]);
    const worse = await held(features, ['turned/model.onnx', '--against', 'own/model.onnx']);
    expect(worse.verdict).toBe('fail');
    const same = await held(features, ['own/model.onnx', '--against', 'strong.onnx']);
    expect(same.why).toContain('It is the same model as strong.onnx, byte for byte');
  });

  test('one that is given what is true proves nothing', async () => {
    const { verdict, why } = await held(undefined, ['told.onnx', '--against', 'weak.onnx']);
    expect([verdict, why]).toEqual(['error', expect.stringMatching(/^told\.onnx takes late, which is what is true/)]);
    const listed = await held([...features.slice(1), 'late'], ['weak.onnx', '--against', 'strong.onnx']);
    expect([listed.verdict, listed.why]).toEqual(['error', expect.stringContaining('whoever is told the answer')]);
  });
});

describe('what gets no model through', () => {
  const refused = async (args: string[]): Promise<string> => {
    const { code, stdout, stderr } = await gated.slipway(['gate', ...args]);
    expect([code, stdout]).toEqual([3, '']);
    return stderr;
  };

  test('rules with a mistake are refused with line and column, whatever else stands there', async () => {
    gated.writeRules([
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
    writeFileSync(join(gated.path, 'slipway.yaml'), stringify(wrong));
    expect(await refused(['strong.onnx', '--model', 'delay'])).toMatch(
      /slipway\.yaml:\d+:\d+: datasets\.flights\.labell/,
    );
    for (const [datasets, why] of [
      [{}, 'is of a dataset of which slipway.yaml says no path'],
      [{ flights: { ...holdout, path: ['a.csv', 'b.csv'] } }, 'lies in 2 places'],
    ] as const) {
      writeFileSync(join(gated.path, 'slipway.yaml'), stringify({ ...wrong, datasets }));
      for (const verb of [
        ['gate', 'strong.onnx'],
        ['ci', 'github', '--print', '--file', 'strong.onnx'],
      ]) {
        const { code, stderr } = await gated.slipway([...verb, '--model', 'delay']);
        expect([code, stderr]).toEqual([3, expect.stringContaining(why)]);
      }
    }
    gated.writeRules([{ id: 'gone', kind: 'delta', metric: 'f1', against: 'gone.onnx' }]);
    const gone = await gated.slipway(['gate', 'strong.onnx', '--model', 'delay']);
    expect([gone.code, gone.stdout]).toEqual([
      1,
      expect.stringContaining('gone: There is no file gone.onnx in the folder of slipway.yaml.'),
    ]);
    // A key that is missing is told where it is missing, and not of the first line.
    gated.writeRules([{ id: 'none', kind: 'metric', metric: 'f1', value: 0.5 }]);
    const missing = await refused(['strong.onnx', '--model', 'delay']);
    expect(missing).toMatch(/slipway\.yaml:(1[0-9]|2[0-9]):\d+: models\.delay\.gates\.0\.op: is missing\./);
  });

  test('a metric that there is not, and a test of another one, are told with their line before anything is run', async () => {
    const floor = { kind: 'metric', op: '>=', value: 0.5 };
    gated.writeRules([
      { ...floor, id: 'typo', metric: 'acuracy' },
      { ...floor, id: 'other', metric: 'happiness', severity: 'warn' },
      { ...floor, id: 'logged', metric: 'happiness', use: 'logged' },
      { id: 'flips', kind: 'delta', metric: 'roc_auc', test: 'mcnemar' },
      { id: 'days', kind: 'noninferior', metric: 'val_auc', margin: 0, test: 'delong', cluster: 'day' },
      { id: 'fine', kind: 'delta', metric: 'AUC', test: 'delong' },
    ]);
    const told = await refused(['strong.onnx', '--model', 'delay', ...against]);
    const lines = told
      .split('\n')
      .map((line) => line.replace(/^(slipway: )?slipway\.yaml:\d+:\d+: models\.delay\./, ''));
    expect(lines.filter((line) => line.startsWith('gates'))).toEqual([
      'gates.0.metric: acuracy is no metric of predictions. Did you mean accuracy?',
      expect.stringMatching(/^gates\.1\.metric: happiness is no metric .* There are accuracy, .* use: logged\.$/),
      'gates.3.test: mcnemar is a test of accuracy, not of roc_auc.',
      'gates.4.test: delong takes rows for independent; with a cluster use cluster-bootstrap.',
    ]);
  });

  test('two rules of one id, an unknown kind, and no rules at all', async () => {
    gated.writeRules([
      { id: 'one', kind: 'size', value: 1 },
      { id: 'one', kind: 'size', value: 2 },
    ]);
    expect(await refused(['strong.onnx', '--model', 'delay'])).toContain('another rule is called one');
    gated.writeRules([{ id: 'one', kind: 'vibes', value: 1 }]);
    expect(await refused(['strong.onnx', '--model', 'delay'])).toContain('models.delay.gates.0');
    gated.writeRules([]);
    expect(await refused(['strong.onnx', '--model', 'delay'])).toContain('has no gates for delay');
    expect(await refused(['strong.onnx', '--model', 'other'])).toContain('It has delay');
  });

  test('a condition that would change or read something else', async () => {
    const condition = "TRUE) THEN 'yes' END FROM data; COPY data TO 'stolen.csv'; --";
    const { code } = await gated.gate(
      [{ id: 'w', kind: 'slice', where: condition, metric: 'f1', op: '>=', value: 0 }],
      ['strong.onnx'],
    );
    expect([code, existsSync(join(gated.path, 'stolen.csv'))]).toEqual([3, false]);
    const reading = "carrier IN (SELECT content FROM read_text('/etc/hostname'))";
    const other = await gated.gate(
      [{ id: 'w', kind: 'slice', where: reading, metric: 'f1', op: '>=', value: 0 }],
      ['strong.onnx'],
    );
    expect(other.report.verdict).toBe('error');
  });
});
