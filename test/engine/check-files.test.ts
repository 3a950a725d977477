// `slipway check` as a person or a pipeline runs it: on bare files, in a folder that is no workspace.
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { slipway, temporaryFolder } from './engine-process';

let folder: string;
const hostile = '"; DROP TABLE x';

interface Check {
  id: string;
  verdict: string;
  found: string;
  bad_rows: number | null;
  observed: { min: unknown; max: unknown } | null;
  examples: string[];
  note: string | null;
  place: { line: number };
}
interface Report {
  verdict: string;
  summary: string;
  scans: number;
  checks: Check[];
}

const file = (name: string, text: string): void => writeFileSync(join(folder, name), text);
const lines = (count: number, line: (row: number) => string): string =>
  Array.from({ length: count }, (_, row) => line(row)).join('\n');

/** A contract of one table `flights`; `body` begins at the keys of the table. */
function contract(body: string, head = ''): string {
  return `apiVersion: v3.1.0
kind: DataContract
id: flights
version: 1.0.0
status: active
${head}schema:
  - name: flights
${body.replaceAll(/^/gm, '    ')}
`;
}

/** Checks of one column or table, as a contract. */
function own(column: string | null, ...checks: string[]): string {
  const quality = checks.map((check) => `- { type: custom, engine: slipway, implementation: ${check} }`);
  if (column === null) return contract(`quality:\n${quality.map((line) => `  ${line}`).join('\n')}`);
  return contract(
    `properties:\n  - name: ${JSON.stringify(column)}\n    quality:\n${quality.map((line) => `      ${line}`).join('\n')}`,
  );
}

async function check(...words: string[]): Promise<{ code: number | null; stdout: string; stderr: string }> {
  return slipway(['check', ...words], { cwd: folder });
}

async function judged(
  text: string,
  ...words: string[]
): Promise<{ code: number | null; report: Report; by: (id: string) => Check }> {
  file('flights.odcs.yaml', text);
  const { code, stdout, stderr } = await check('flights.csv', '--json', ...words);
  expect(stderr).toBe('');
  const report = JSON.parse(stdout) as Report;
  const by = (id: string): Check => {
    const found = report.checks.find((each) => each.id === id);
    if (found === undefined) throw new Error(`${id} is not among ${report.checks.map((each) => each.id).join(', ')}`);
    return found;
  };
  return { code, report, by };
}

beforeAll(() => {
  folder = temporaryFolder();
  // 1,000 rows; every 20th delay is missing, every 50th carrier is ZZ, every 100th id stands twice.
  file(
    'flights.csv',
    `id,carrier,delay,tail,time,${`"${hostile.replaceAll('"', '""')}"`},empty\n${lines(1000, (row) =>
      [
        row % 100 === 99 ? row - 1 : row,
        row % 50 === 0 ? 'ZZ' : ['AA', 'DL'][row % 2],
        row % 20 === 0 ? '' : row % 100,
        `N${row % 60}`,
        `2013-01-${String((row % 28) + 1).padStart(2, '0')} 10:00:00`,
        row % 7,
        '',
      ].join(','),
    )}\n`,
  );
  file('planes.csv', `tailnum\n${lines(59, (row) => `N${row}`)}\n`);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('the standard’s own checks', () => {
  it('are counted, judged and graded, and need no workspace', async () => {
    const { code, report, by } = await judged(
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
    expect(existsSync(join(folder, '.slipway'))).toBe(false);
  });

  it('rows out of a range are not told as a value within it, and the ids for --rows are printed', async () => {
    const text = contract(
      'properties: [{ name: delay, logicalTypeOptions: { minimum: 0, maximum: 91 }, unique: true }]',
    );
    const { report, by } = await judged(text);
    expect(by('delay.range').found).toBe('1 … 99 (80 rows outside)');
    expect(by('delay.duplicates').found).toMatch(/^\d+ rows$/);
    expect(report.checks.map(({ id, observed }) => [id, observed !== null])).toContainEqual([
      'delay.duplicates',
      false,
    ]);
    expect(by('delay.range').observed).toMatchObject({ min: 1, max: 99 });
    const { stdout } = await check('flights.csv');
    expect(stdout).toContain('delay.range');
    const { code, stderr } = await check('flights.csv', '--rows', 'delay');
    expect([code, stderr]).toEqual([3, expect.stringMatching(/has no check delay\. Near it: .*delay\.range/)]);
    expect((await check('flights.csv', '--rows', 'nothing')).stderr).toContain('It has: ');
  });

  it('only warnings are exit code 2, information and a pass 0', async () => {
    const item = (severity: string): string =>
      contract(`quality: [{ metric: rowCount, mustBe: 7, severity: ${severity} }]`);
    expect((await judged(item('warning'))).code).toBe(2);
    expect((await judged(item('info'))).code).toBe(0);
    expect((await judged(item('error'))).code).toBe(1);
    expect((await judged(contract('quality: [{ metric: rowCount, mustBe: 1000 }]'))).code).toBe(0);
  });

  it('a column that is missing fails its own check once', async () => {
    const { code, report } = await judged(
      contract(
        'properties: [{ name: carier, logicalType: string, required: true, logicalTypeOptions: { maxLength: 2 } }]',
      ),
    );
    expect(code).toBe(1);
    expect(report.checks.map(({ verdict }) => verdict)).toEqual(['fail', 'not checked', 'not checked']);
    expect(report.checks[0]).toMatchObject({ found: 'column missing', note: 'Did you mean carrier?' });
  });

  it('a column whose name is SQL, and one without values, are checked like any other', async () => {
    const { code, report } = await judged(
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
    file('none.csv', text);
    file('flights.odcs.yaml', body);
    const { stdout } = await check('none.csv', '--contract', 'flights.odcs.yaml', '--json');
    const { checks } = JSON.parse(stdout) as Report;
    const verdicts = checks.map(({ verdict }) => verdict);
    expect(verdicts).toEqual(['pass', 'pass', 'not checked', nulls, ...values.slice(1), 'fail']);
    expect(checks.filter(({ verdict }) => verdict === 'not checked').every(({ note }) => note !== null)).toBe(true);
  });

  it('NaN in a Parquet column of numbers is missing', async () => {
    const a = { name: 'a', data: new Float64Array([1, Number.NaN, 3]), type: 'DOUBLE' } as const;
    writeFileSync(join(folder, 'nan.parquet'), new Uint8Array(parquetWriteBuffer({ columnData: [a] })));
    file('flights.odcs.yaml', contract('properties: [{ name: a, logicalType: number, required: true }]'));
    const { stdout } = await check('nan.parquet', '--contract', 'flights.odcs.yaml', '--json');
    expect((JSON.parse(stdout) as Report).checks).toMatchObject([
      { id: 'a.type', verdict: 'pass' },
      { id: 'a.nulls', verdict: 'fail', bad_rows: 1 },
    ]);
  });
});

describe('numbers that are written in several ways', () => {
  it('the ends of a text column compare as numbers, and a word among them is an error', async () => {
    const ends = '{ maximum: { max: 50 } }';
    file('flights.odcs.yaml', own('v', ends));
    file('texts.csv', `v\n${'"9"\n'.repeat(3)}100\nx\n`);
    const report = async (): Promise<Report> =>
      JSON.parse((await check('texts.csv', '--contract', 'flights.odcs.yaml', '--json')).stdout);
    const word = (await report()).checks.at(-1);
    expect([word?.verdict, word?.note]).toEqual(['error', expect.stringContaining('x')]);
    file('flights.odcs.yaml', own('v', '{ maximum: { max: b } }'));
    expect((await report()).checks.at(-1)).toMatchObject({ verdict: 'fail', found: 'x' });
  });

  it('a range that is accepted holds a number that no double can tell', async () => {
    file('big.csv', 'v\n-9007199254740993\n1700000000123\n9007199254740993\n');
    file('flights.odcs.yaml', own('v', '{ range: { min: 0, max: 5 } }'));
    const [, range] = JSON.parse((await check('big.csv', '--contract', 'flights.odcs.yaml', '--json')).stdout).checks;
    const { min, max } = range.observed;
    expect([min, max]).toEqual([-9007199254740994, 9007199254740994]);
    file('flights.odcs.yaml', own('v', `{ range: { min: ${min}, max: ${max} } }`));
    expect((await check('big.csv', '--contract', 'flights.odcs.yaml')).code).toBe(0);
  });

  it('a set of 1, 1.0 and 2.50 lacks nothing in a column of 1 and 2.5', async () => {
    file('set.csv', 'v\n1\n2.5\n2.5\n');
    file(
      'flights.odcs.yaml',
      own('v', '{ distinctValues: { equal: [1, "1.0", "2.50"] } }', '{ distinctValues: { contain: [1, 3, x] } }'),
    );
    const { stdout } = await check('set.csv', '--contract', 'flights.odcs.yaml', '--json');
    expect((JSON.parse(stdout) as Report).checks.slice(-2)).toMatchObject([
      { verdict: 'pass', found: 'these' },
      { verdict: 'fail', found: 'without 3, x' },
    ]);
  });
});

const ownChecks: [string | null, string, string, number | null][] = [
  ['carrier', '{ in: { values: [AA, DL], mostly: 0.98 } }', 'pass', 20],
  ['carrier', '{ in: { values: [AA, DL], mostly: 0.981 } }', 'fail', 20],
  ['carrier', '{ notIn: { values: [ZZ, YY] } }', 'fail', 20],
  ['delay', '{ notIn: { values: [1] } }', 'fail', 10],
  ['delay', '{ range: { min: 1, max: 99, strictMax: true } }', 'fail', 10],
  ['time', '{ range: { min: "2013-01-02", max: "2013-01-28 10:00:00" } }', 'fail', 36],
  ['carrier', '{ length: { min: 2, max: 2 } }', 'pass', 0],
  ['carrier', '{ matches: { pattern: "^[A-Z]{2}$" } }', 'pass', 0],
  ['carrier', '{ matches: { pattern: "^(?!ZZ)" } }', 'fail', 20],
  ['carrier', '{ notMatches: { pattern: "^Z" } }', 'fail', 20],
  ['carrier', '{ type: { is: integer } }', 'fail', 1000],
  ['tail', '{ format: { strptime: "N%d" } }', 'fail', 473],
  ['empty', '{ empty: {} }', 'pass', 0],
  ['delay', '{ notNull: { mostly: 0.96 } }', 'fail', 50],
  ['id', '{ unique: {} }', 'fail', 10],
  ['id', '{ increasing: {} }', 'pass', 0],
  ['id', '{ increasing: { strictly: true } }', 'fail', 10],
  ['id', '{ decreasing: { mostly: 0.5 } }', 'fail', 989],
  ['delay', '{ outliers: { method: sigma, factor: 1 } }', 'fail', 400],
  ['carrier', '{ distinctValues: { equal: [AA, DL] } }', 'fail', 20],
  ['carrier', '{ distinctValues: { contain: [AA, ZZ] } }', 'pass', null],
  ['carrier', '{ distinctValues: { contain: [AA, XX] } }', 'fail', null],
  ['carrier', '{ distinctValues: { within: [AA, DL, ZZ, XX] } }', 'pass', 0],
  ['carrier', '{ distinctCount: { min: 3, max: 3 } }', 'pass', null],
  ['id', '{ distinctShare: { min: 0.99 } }', 'pass', null],
  ['delay', '{ mean: { min: 50.5, max: 51 } }', 'fail', null],
  ['delay', '{ median: { max: 50 } }', 'pass', null],
  ['delay', '{ stddev: { min: 28, max: 29 } }', 'pass', null],
  ['delay', '{ sum: { max: 1 } }', 'fail', null],
  ['delay', '{ minimum: { min: 1 } }', 'pass', null],
  ['time', '{ maximum: { max: "2013-01-27" } }', 'fail', null],
  ['delay', '{ quantile: { q: 0.95, max: 94 } }', 'fail', null],
  ['carrier', '{ mostCommon: { in: [DL] } }', 'pass', null],
  ['carrier', '{ share: { value: AA, min: 0.49 } }', 'fail', null],
  ['tail', '{ foreignKey: { file: planes.csv, column: tailnum } }', 'fail', 16],
  ['tail', '{ foreignKey: { file: planes.csv, column: tailnum, mostly: 0.98 } }', 'pass', 16],
  [null, '{ columns: { names: [id, carrier], others: true, inOrder: true } }', 'pass', null],
  [null, '{ columns: { names: [carrier, id], others: true, inOrder: true } }', 'fail', null],
  [null, '{ columns: { names: [id, carrier] } }', 'fail', null],
  [null, '{ rowsAgainst: { file: flights.csv } }', 'pass', null],
  [null, '{ rowsAgainst: { file: planes.csv, max: 10 } }', 'fail', null],
  [null, '{ pair: { left: delay, operator: "<=", right: id } }', 'fail', 1],
  [null, '{ rowSum: { columns: [id, delay], max: 1000 } }', 'fail', 47],
  [null, '{ uniqueTogether: { columns: [id, carrier] } }', 'pass', 0],
  [null, '{ condition: { sql: "delay <> 1 OR carrier = \'DL\'" } }', 'pass', 0],
  [null, '{ failedRows: { query: "SELECT * FROM {object} WHERE delay = 1" } }', 'fail', 10],
  [null, '{ overlap: { file: flights.csv, columns: [id, time] } }', 'fail', 1000],
  ['delay', '{ change: { of: mean, file: flights.csv, max: 0 } }', 'pass', null],
  ['delay', '{ drift: { file: flights.csv, max: 0.1 } }', 'pass', null],
];

describe('our own checks', () => {
  let found: Check[];
  beforeAll(async () => {
    const item = ([, check]: (typeof ownChecks)[number], at: number): string =>
      `{ id: "${at}", type: custom, engine: slipway, implementation: ${check} }`;
    const all = ownChecks.map((each, at) => ({ column: each[0], text: item(each, at) }));
    const of = (column: string | null): string =>
      `[\n          ${all.flatMap((each) => (each.column === column ? each.text : [])).join(',\n          ')}\n          ]`;
    const columns = [...new Set(ownChecks.flatMap(([column]) => column ?? []))];
    const properties = columns.map((column) => `  - { name: ${column}, quality: ${of(column)} }`);
    const { report } = await judged(contract(`quality: ${of(null)}\nproperties:\n${properties.join('\n')}`));
    found = report.checks;
  });

  it.each(ownChecks.map((each, at) => [String(at), ...each] as const))(
    '%s: %s %s is a %s',
    (id, _column, _check, verdict, bad) => {
      const result = found.find((each) => each.id === id);
      expect(result).toMatchObject({ verdict, bad_rows: bad });
    },
  );

  it('freshness is told against a time that is given', async () => {
    const text = own('time', '{ freshness: { within: 2 days } }');
    expect((await judged(text, '--now', '2013-01-30T10:00:00Z')).code).toBe(0);
    const late = await judged(text, '--now', '2013-01-30T11:00:00Z');
    expect([late.code, late.report.checks.at(-1)?.found]).toEqual([1, '49 h']);
  });

  it('a pattern that only JavaScript knows shows its bad rows with their numbers', async () => {
    file('flights.odcs.yaml', own('carrier', '{ matches: { pattern: "^(?!ZZ)" } }'));
    const { stdout } = await check('flights.csv', '--rows', 'carrier.pattern', '--limit', '3', '--json');
    const { columns, rows, total } = JSON.parse(stdout);
    expect([columns[0], total, rows.map(({ row }: { row: number }) => row)]).toEqual(['carrier', 20, [1, 51, 101]]);
  });

  it.each([
    ['id', '{ unique: {} }', 'id.duplicates', 20, 99],
    ['delay', '{ range: { max: 98 } }', 'delay.range', 10, 100],
    ['delay', '{ notNull: {} }', 'delay.nulls', 50, 1],
    ['id', '{ increasing: { strictly: true } }', 'id.order', 10, 100],
    ['tail', '{ foreignKey: { file: planes.csv, column: tailnum } }', 'tail.foreign-key', 16, 60],
  ])('the bad rows of %s %s are shown', async (column, implementation, id, total, first) => {
    file('flights.odcs.yaml', own(column, implementation));
    const { stdout } = await check('flights.csv', '--rows', id, '--json');
    const answer = JSON.parse(stdout);
    expect([answer.total, answer.rows[0].row]).toEqual([total, first]);
  });
});

describe('queries', () => {
  const query = (sql: string, more = 'mustBe: 0'): string =>
    contract(`quality: [{ type: sql, query: ${JSON.stringify(sql)}, ${more} }]`);

  it.each([
    ['DROP TABLE data', 'SELECT'],
    ["COPY data TO 'x.csv'", 'disabled'],
    ["SELECT count(*) FROM read_csv('/etc/passwd')", 'disabled'],
    ["SELECT count(*) FROM read_text('planes.csv')", 'disabled'],
    ['SELECT 1; SELECT 2', 'SELECT'],
    ['SELECT nothing FROM {object}', 'nothing'],
    ['SELECT id, carrier FROM {object} LIMIT 1', 'one number'],
    ["SELECT 'a'", 'not a number'],
  ])('%s is refused, and its check says why', async (sql, why) => {
    const { code, report } = await judged(query(sql));
    expect([code, report.checks[0]?.verdict]).toEqual([3, 'error']);
    expect(report.checks[0]?.note).toContain(why);
    expect(existsSync(join(folder, 'x.csv'))).toBe(false);
  });

  it('a count with a condition goes into the one scan and shows its rows', async () => {
    const { report } = await judged(query('SELECT COUNT(*) FROM {object} WHERE delay > 98'));
    expect([report.scans, report.checks[0]?.found]).toEqual([1, '10']);
    const { stdout } = await check('flights.csv', '--rows', 'table.query', '--json');
    expect(JSON.parse(stdout).total).toBe(10);
  });

  it('the table stands for {object} in a counted condition too', async () => {
    const { report } = await judged(query('SELECT COUNT(*) FROM {object} WHERE {object}.delay > 98'));
    expect(report.checks[0]).toMatchObject({ verdict: 'fail', found: '10' });
  });

  it('the column stands for {property}', async () => {
    const { code } = await judged(
      contract(
        'properties: [{ name: delay, quality: [{ type: sql, query: "SELECT max({property}) < 100 FROM {object}", mustBe: true }] }]',
      ),
    );
    expect(code).toBe(0);
  });
});

describe('a contract that is wrong', () => {
  it('is told with all its places at once, and exit code 3', async () => {
    file(
      'flights.odcs.yaml',
      contract(`qualty: []
properties:
  - { name: a, requird: true, logicalType: integr }
  - { name: a, quality: [{ metric: nulValues, mustBe: 0 }] }`).replace('version: 1.0.0\n', ''),
    );
    const { code, stdout, stderr } = await check('flights.csv', '--json');
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
    file('flights.odcs.yaml', contract(`properties: [\n${columns}`));
    const { code, stderr } = await check('flights.csv');
    const told = stderr.trim().split('\n');
    expect([code, told.length]).toEqual([3, 2]);
    expect(told[0]).toMatch(/^slipway: flights\.odcs\.yaml:\d+:\d+: [^:]+\.$/);
    expect(told[1]).toMatch(/^and \d+ more after it$/);
  });

  it('a contract that is not there, and a file that is none, are one sentence', async () => {
    rmSync(join(folder, 'flights.odcs.yaml'), { force: true });
    expect(await check('flights.csv')).toMatchObject({ code: 3, stderr: expect.stringContaining('--infer') });
    expect(await check('flights.csv', '--contract', 'no.yaml')).toMatchObject({
      code: 3,
      stderr: 'slipway: There is no contract no.yaml.\n',
    });
    expect(await check('no.csv', '--contract', 'planes.csv')).toMatchObject({
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
    file('flights.odcs.yaml', text);
    const { code, stdout } = await check('flights.csv', '--sarif');
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
    file('flights.odcs.yaml', text);
    const { code, stdout } = await check('flights.csv', '--junit');
    expect(code).toBe(1);
    expect(stdout).toContain('tests="2" failures="1" errors="0" skipped="0"');
    expect(stdout).toContain('name="&lt;&amp;&gt; of id');
    expect(stdout.match(/<testcase /g)).toHaveLength(2);
    expect(stdout).toContain('<failure message="expected 7, found 1,000"');
  });
});

describe('a draft', () => {
  it('is a contract that the table keeps, and says what it is made from', async () => {
    const { code, stdout } = await check('flights.csv', '--infer');
    expect(code).toBe(0);
    expect(stdout).toContain('# Drafted from flights.csv: 1000 rows, 7 columns.');
    expect(stdout).toContain('50 nulls, 5 % of the rows');
    const { code: checked, report } = await judged(stdout);
    expect([checked, report.verdict, report.checks.length > 15]).toEqual([0, 'pass', true]);
    expect(readFileSync(join(folder, 'flights.odcs.yaml'), 'utf8')).toBe(stdout);
  });
});
