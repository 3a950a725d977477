// `slipway check` as a person or a pipeline runs it: on bare files, in a folder that is no workspace.
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { describe, expect, it } from 'vitest';
import { CheckedFolder, contract, hostile, own, type Report } from './checked-folder';

const flights = new CheckedFolder();

describe('the standard’s own checks', () => {
  it('are counted, judged and graded, and need no workspace', async () => {
    const { code, report, by } = await flights.judged(
      contract(`quality:
  - { metric: rowCount, mustBeBetween: [1000, 1000.5] }
  - { metric: duplicateValues, arguments: { properties: [id] }, mustBeLessThan: 10 }
  - { type: sql, query: "SELECT count(*) FROM {object} WHERE delay > 90", mustBe: 0, severity: warning }
properties:
  - { name: id, logicalType: integer, required: true, unique: true }
  - name: carrier
    logicalType: string
    quality: [{ metric: invalidValues, arguments: { validValues: [AA, DL] }, mustBeLessThan: 1, unit: percent }]
  - name: delay
    logicalTypeOptions: { minimum: 0, exclusiveMaximum: 99 }
    quality: [{ metric: nullValues, mustBeLessOrEqualTo: 5, unit: percent }]
  - { name: time, logicalType: timestamp }`),
    );
    expect([code, report.verdict]).toEqual([1, 'fail']);
    const verdicts = report.checks.map(({ id, verdict, bad_rows }) => [id, verdict, bad_rows]);
    expect(verdicts).toEqual([
      ['table.rows', 'pass', null],
      ['id.duplicates', 'fail', 10],
      ['table.query', 'warning', null],
      ['id.type', 'pass', 0],
      ['id.nulls', 'pass', 0],
      ['id.duplicates-2', 'fail', 10],
      ['carrier.type', 'pass', 0],
      ['carrier.in-set', 'fail', 20],
      ['delay.column', 'pass', null],
      ['delay.range', 'fail', 10],
      ['delay.nulls', 'pass', 50],
      ['time.type', 'pass', 0],
    ]);
    expect(by('carrier.in-set')).toMatchObject({ found: '2 %', examples: ['ZZ'], place: { line: 16 } });
    expect(report.scans).toBe(1);
    expect(existsSync(join(flights.path, '.slipway'))).toBe(false);
  });

  it('rows out of a range are not told as a value within it, and the ids for --rows are printed', async () => {
    const text = contract(
      'properties: [{ name: delay, logicalTypeOptions: { minimum: 0, maximum: 91 }, unique: true }]',
    );
    const { report, by } = await flights.judged(text);
    expect(by('delay.range').found).toBe('1 … 99 (80 rows outside)');
    expect(by('delay.duplicates').found).toMatch(/^\d+ rows$/);
    expect(report.checks.map(({ id, observed }) => [id, observed !== null])).toContainEqual([
      'delay.duplicates',
      false,
    ]);
    expect(by('delay.range').observed).toMatchObject({ min: 1, max: 99 });
    const { stdout } = await flights.check('flights.csv');
    expect(stdout).toContain('delay.range');
    const { code, stderr } = await flights.check('flights.csv', '--rows', 'delay');
    expect([code, stderr]).toEqual([3, expect.stringMatching(/has no check delay\. Near it: .*delay\.range/)]);
    expect((await flights.check('flights.csv', '--rows', 'nothing')).stderr).toContain('It has: ');
  });

  it('a wrong type is told by what there is, and texts are no end of a range', async () => {
    flights.file(
      'typed.csv',
      `day,n\n${Array.from({ length: 40 }, (_, row) => `2013-01-0${(row % 9) + 1} 10:0${row % 10}:00,${row === 7 ? '-' : row % 9}`).join('\n')}\n`,
    );
    flights.file(
      'typed.odcs.yaml',
      contract(
        'properties:\n  - { name: day, logicalType: date }\n  - { name: n, logicalType: integer, logicalTypeOptions: { minimum: 0, maximum: 9 } }',
      ),
    );
    const { stdout } = await flights.check('typed.csv', '--contract', 'typed.odcs.yaml', '--json');
    const { checks } = JSON.parse(stdout) as Report;
    expect(checks.map(({ id, found }) => [id, found])).toEqual([
      ['day.type', 'timestamps in 40 of 40 rows'],
      ['n.type', 'no whole numbers in 1 of 40 rows'],
      ['n.range', '0 … 8 (1 row outside or no number)'],
    ]);
  });

  it('only warnings are exit code 2, information and a pass 0', async () => {
    const item = (severity: string): string =>
      contract(`quality: [{ metric: rowCount, mustBe: 7, severity: ${severity} }]`);
    expect((await flights.judged(item('warning'))).code).toBe(2);
    expect((await flights.judged(item('info'))).code).toBe(0);
    expect((await flights.judged(item('error'))).code).toBe(1);
    expect((await flights.judged(contract('quality: [{ metric: rowCount, mustBe: 1000 }]'))).code).toBe(0);
  });

  it('a column that is missing fails its own check once', async () => {
    const { code, report } = await flights.judged(
      contract(
        'properties: [{ name: carier, logicalType: string, required: true, logicalTypeOptions: { maxLength: 2 } }]',
      ),
    );
    expect(code).toBe(1);
    expect(report.checks.map(({ verdict }) => verdict)).toEqual(['fail', 'not checked', 'not checked']);
    expect(report.checks[0]).toMatchObject({ found: 'column missing', note: 'Did you mean carrier?' });
  });

  it('a column whose name is SQL, and one without values, are checked like any other', async () => {
    const { code, report } = await flights.judged(
      contract(`properties:
  - { name: ${JSON.stringify(hostile)}, logicalType: integer, unique: true, logicalTypeOptions: { maximum: 5 } }
  - { name: empty, logicalType: number, logicalTypeOptions: { minimum: 0 }, quality: [{ metric: nullValues, mustBe: 1000 }] }`),
    );
    expect(code).toBe(1);
    expect(report.checks.map(({ verdict, bad_rows }) => [verdict, bad_rows])).toEqual([
      ['pass', 0],
      ['fail', 993],
      ['fail', 142],
      ['not checked', 0],
      ['not checked', 0],
      ['pass', 1000],
    ]);
  });
});

describe('nothing to judge is no pass', () => {
  const body = contract(`quality:
  - { metric: rowCount, mustBeGreaterOrEqualTo: 0 }
  - { type: custom, engine: slipway, implementation: { columns: { names: [a, b] } } }
properties:
  - name: a
    logicalType: number
    required: true
    logicalTypeOptions: { minimum: 0 }
    quality:
      - { type: custom, engine: slipway, implementation: { in: { values: [1] } } }
      - { type: custom, engine: slipway, implementation: { length: { max: 3 } } }
      - { type: custom, engine: slipway, implementation: { matches: { pattern: x } } }
      - { type: custom, engine: slipway, implementation: { matches: { pattern: "^(?!x)" } } }
      - { type: custom, engine: slipway, implementation: { unique: {} } }
      - { type: custom, engine: slipway, implementation: { mean: { max: 3 } } }
      - { type: custom, engine: slipway, implementation: { distinctCount: { max: 3 } } }
      - { type: custom, engine: slipway, implementation: { share: { value: x, max: 0 } } }
      - { type: custom, engine: slipway, implementation: { distinctValues: { within: [1] } } }
      - { type: custom, engine: slipway, implementation: { distinctValues: { contain: [1] } } }`);
  const values = Array(11).fill('not checked');

  it.each([
    ['a table of no rows', 'a,b\n', 'pass'],
    ['a column that is all null', `a,b\n${',1\n'.repeat(10)}`, 'fail'],
  ])('%s: rows, columns and nulls are judged, values are not', async (_name, text, nulls) => {
    flights.file('none.csv', text);
    flights.file('flights.odcs.yaml', body);
    const { stdout } = await flights.check('none.csv', '--contract', 'flights.odcs.yaml', '--json');
    const { checks } = JSON.parse(stdout) as Report;
    const verdicts = checks.map(({ verdict }) => verdict);
    expect(verdicts).toEqual(['pass', 'pass', 'not checked', nulls, ...values.slice(1), 'fail']);
    expect(checks.filter(({ verdict }) => verdict === 'not checked').every(({ note }) => note !== null)).toBe(true);
  });

  it('NaN in a Parquet column of numbers is missing', async () => {
    const a = { name: 'a', data: new Float64Array([1, Number.NaN, 3]), type: 'DOUBLE' } as const;
    writeFileSync(join(flights.path, 'nan.parquet'), new Uint8Array(parquetWriteBuffer({ columnData: [a] })));
    flights.file('flights.odcs.yaml', contract('properties: [{ name: a, logicalType: number, required: true }]'));
    const { stdout } = await flights.check('nan.parquet', '--contract', 'flights.odcs.yaml', '--json');
    expect((JSON.parse(stdout) as Report).checks).toMatchObject([
      { id: 'a.type', verdict: 'pass' },
      { id: 'a.nulls', verdict: 'fail', bad_rows: 1 },
    ]);
  });
});

describe('numbers that are written in several ways', () => {
  it('the ends of a text column compare as numbers, and a word among them is an error', async () => {
    const ends = '{ maximum: { max: 50 } }';
    flights.file('flights.odcs.yaml', own('v', ends));
    flights.file('texts.csv', `v\n${'"9"\n'.repeat(3)}100\nx\n`);
    const report = async (): Promise<Report> =>
      JSON.parse((await flights.check('texts.csv', '--contract', 'flights.odcs.yaml', '--json')).stdout);
    const word = (await report()).checks.at(-1);
    expect([word?.verdict, word?.note]).toEqual(['error', expect.stringContaining('x')]);
    flights.file('flights.odcs.yaml', own('v', '{ maximum: { max: b } }'));
    expect((await report()).checks.at(-1)).toMatchObject({ verdict: 'fail', found: 'x' });
  });

  it('a range that is accepted holds a number that no double can tell', async () => {
    flights.file('big.csv', 'v\n-9007199254740993\n1700000000123\n9007199254740993\n');
    flights.file('flights.odcs.yaml', own('v', '{ range: { min: 0, max: 5 } }'));
    const [, range] = JSON.parse(
      (await flights.check('big.csv', '--contract', 'flights.odcs.yaml', '--json')).stdout,
    ).checks;
    const { min, max } = range.observed;
    expect([min, max]).toEqual([-9007199254740994, 9007199254740994]);
    flights.file('flights.odcs.yaml', own('v', `{ range: { min: ${min}, max: ${max} } }`));
    expect((await flights.check('big.csv', '--contract', 'flights.odcs.yaml')).code).toBe(0);
  });

  it('a set of 1, 1.0 and 2.50 lacks nothing in a column of 1 and 2.5', async () => {
    flights.file('set.csv', 'v\n1\n2.5\n2.5\n');
    flights.file(
      'flights.odcs.yaml',
      own('v', '{ distinctValues: { equal: [1, "1.0", "2.50"] } }', '{ distinctValues: { contain: [1, 3, x] } }'),
    );
    const { stdout } = await flights.check('set.csv', '--contract', 'flights.odcs.yaml', '--json');
    expect((JSON.parse(stdout) as Report).checks.slice(-2)).toMatchObject([
      { verdict: 'pass', found: 'these' },
      { verdict: 'fail', found: 'without 3, x' },
    ]);
  });
});

describe('a contract that is wrong', () => {
  it('is told with all its places at once, and exit code 3', async () => {
    flights.file(
      'flights.odcs.yaml',
      contract(`qualty: []
properties:
  - { name: a, requird: true, logicalType: integr }
  - { name: a, quality: [{ metric: nulValues, mustBe: 0 }] }`).replace('version: 1.0.0\n', ''),
    );
    const { code, stdout, stderr } = await flights.check('flights.csv', '--json');
    expect([code, stdout]).toEqual([3, '']);
    expect(stderr.trim().split('\n')).toEqual([
      'slipway: flights.odcs.yaml:1:1: version is missing.',
      'flights.odcs.yaml:7:5: There is no key qualty here. Did you mean quality?',
      'flights.odcs.yaml:9:20: There is no key requird here. Did you mean required?',
      expect.stringContaining('flights.odcs.yaml:9:48: logicalType must be one of'),
      expect.stringContaining('flights.odcs.yaml:10:40: metric must be one of'),
    ]);
  });

  it('one slip of YAML is not told as a hundred mistakes', async () => {
    const columns = Array.from({ length: 40 }, (_, at) => `  - name: c${at}\n    required: true`).join('\n');
    flights.file('flights.odcs.yaml', contract(`properties: [\n${columns}`));
    const { code, stderr } = await flights.check('flights.csv');
    const told = stderr.trim().split('\n');
    expect([code, told.length]).toEqual([3, 2]);
    expect(told[0]).toMatch(/^slipway: flights\.odcs\.yaml:\d+:\d+: [^:]+\.$/);
    expect(told[1]).toMatch(/^and \d+ more after it$/);
  });

  it('a contract that is not there, and a file that is none, are one sentence', async () => {
    rmSync(join(flights.path, 'flights.odcs.yaml'), { force: true });
    expect(await flights.check('flights.csv')).toMatchObject({ code: 3, stderr: expect.stringContaining('--infer') });
    expect(await flights.check('flights.csv', '--contract', 'no.yaml')).toMatchObject({
      code: 3,
      stderr: 'slipway: There is no contract no.yaml.\n',
    });
    expect(await flights.check('no.csv', '--contract', 'planes.csv')).toMatchObject({
      code: 3,
      stderr: expect.stringContaining('no.csv'),
    });
  });
});

describe('for machines', () => {
  const text = contract(
    `quality: [{ metric: rowCount, mustBe: 7 }, { metric: duplicateValues, arguments: { properties: [id] }, mustBe: 0, severity: warning, name: "<&>" }]`,
  );

  it('SARIF has a region of the contract per failing check', async () => {
    flights.file('flights.odcs.yaml', text);
    const { code, stdout } = await flights.check('flights.csv', '--sarif');
    const log = JSON.parse(stdout);
    expect([code, log.version]).toEqual([1, '2.1.0']);
    const results = log.runs[0].results.map((result: { level: string; locations: { physicalLocation: unknown }[] }) => [
      result.level,
      result.locations[0]?.physicalLocation,
    ]);
    const at = (startColumn: number, endColumn: number): unknown => ({
      artifactLocation: { uri: 'flights.odcs.yaml' },
      region: { startLine: 8, startColumn, endLine: 8, endColumn },
    });
    expect(results).toEqual([
      ['error', at(15, 46)],
      ['warning', at(48, 151)],
    ]);
  });

  it('JUnit has a case per check, and what XML cannot hold is escaped', async () => {
    flights.file('flights.odcs.yaml', text);
    const { code, stdout } = await flights.check('flights.csv', '--junit');
    expect(code).toBe(1);
    expect(stdout).toContain('tests="2" failures="1" errors="0" skipped="0"');
    expect(stdout).toContain('name="&lt;&amp;&gt; of id');
    expect(stdout.match(/<testcase /g)).toHaveLength(2);
    expect(stdout).toContain('<failure message="expected 7, found 1,000"');
  });
});

describe('a draft', () => {
  it('is a contract that the table keeps, and says what it is made from', async () => {
    const { code, stdout } = await flights.check('flights.csv', '--infer');
    expect(code).toBe(0);
    expect(stdout).toContain('# Drafted from flights.csv: 1000 rows, 7 columns.');
    expect(stdout).toContain('50 nulls, 5 % of the rows');
    const { code: checked, report } = await flights.judged(stdout);
    expect([checked, report.verdict, report.checks.length > 15]).toEqual([0, 'pass', true]);
    expect(readFileSync(join(flights.path, 'flights.odcs.yaml'), 'utf8')).toBe(stdout);
  });
  it('says which of its checks are errors, and holds none that no table can break', async () => {
    const rows = Array.from(
      { length: 2000 },
      (_, row) => `${row % 9},${row % 5 === 0 ? 1.5 : ''},${row === 3 ? '' : row % 7}`,
    );
    flights.file('slack.csv', `n,sparse,m\n${rows.join('\n')}\n`);
    const { stdout } = await flights.check('slack.csv', '--infer');
    expect(stdout).toContain('is an error from the start and stops a training');
    expect(stdout).not.toContain('Every check starts as a warning');
    expect(stdout).not.toContain('mustBeLessOrEqualTo: 100\n');
    expect(stdout).toContain('0 … 8, and a tenth of that above\n');
    expect(stdout).toContain('1 null, 0.05 % of the rows\n');
  });
});
