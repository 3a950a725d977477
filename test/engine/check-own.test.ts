// The checks that the standard does not have: our own kinds, and queries.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Check, CheckedFolder, contract, own } from './checked-folder';

const flights = new CheckedFolder();

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

describe('a query that needs more memory than there is', () => {
  it('ended the whole check: it is named with its line, and the others go on', async () => {
    const query = '{ id: greedy, type: sql, query: "SELECT len(list(a)) FROM range(3000000000) t(a)", mustBe: 0 }';
    const { code, report } = await flights.judged(
      contract(`quality:\n  - ${query}\n  - { id: rows, metric: rowCount, mustBe: 1000 }`),
    );
    expect([code, report.verdict]).toEqual([3, 'error']);
    expect(report.checks).toMatchObject([
      { id: 'greedy', verdict: 'error', note: expect.stringMatching(/memory/), place: { line: 9 } },
      { id: 'rows', verdict: 'pass' },
    ]);
  });
});

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
    const { report } = await flights.judged(contract(`quality: ${of(null)}\nproperties:\n${properties.join('\n')}`));
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
    expect((await flights.judged(text, '--now', '2013-01-30T10:00:00Z')).code).toBe(0);
    const late = await flights.judged(text, '--now', '2013-01-30T11:00:00Z');
    expect([late.code, late.report.checks.at(-1)?.found]).toEqual([1, '49 h']);
  });

  it('a pattern that only JavaScript knows shows its bad rows with their numbers', async () => {
    flights.file('flights.odcs.yaml', own('carrier', '{ matches: { pattern: "^(?!ZZ)" } }'));
    const { stdout } = await flights.check('flights.csv', '--rows', 'carrier.pattern', '--limit', '3', '--json');
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
    flights.file('flights.odcs.yaml', own(column, implementation));
    const { stdout } = await flights.check('flights.csv', '--rows', id, '--json');
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
    const { code, report } = await flights.judged(query(sql));
    expect([code, report.checks[0]?.verdict]).toEqual([3, 'error']);
    expect(report.checks[0]?.note).toContain(why);
    expect(existsSync(join(flights.path, 'x.csv'))).toBe(false);
  });

  it('a count with a condition goes into the one scan and shows its rows', async () => {
    const { report } = await flights.judged(query('SELECT COUNT(*) FROM {object} WHERE delay > 98'));
    expect([report.scans, report.checks[0]?.found]).toEqual([1, '10']);
    const { stdout } = await flights.check('flights.csv', '--rows', 'table.query', '--json');
    expect(JSON.parse(stdout).total).toBe(10);
  });

  it('the table stands for {object} in a counted condition too', async () => {
    const { report } = await flights.judged(query('SELECT COUNT(*) FROM {object} WHERE {object}.delay > 98'));
    expect(report.checks[0]).toMatchObject({ verdict: 'fail', found: '10' });
  });

  it('the column stands for {property}', async () => {
    const { code } = await flights.judged(
      contract(
        'properties: [{ name: delay, quality: [{ type: sql, query: "SELECT max({property}) < 100 FROM {object}", mustBe: true }] }]',
      ),
    );
    expect(code).toBe(0);
  });
});
