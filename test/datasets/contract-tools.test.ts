// Suites that the real Great Expectations and pandera wrote become contracts with the same verdicts, and what is written for
// them they run with the same verdicts too.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { keepWriting } from '../engine/kept-writing';
import { slipway, slipwayJson } from './slipway-cli';

const python = process.env.SLIPWAY_TEST_PYTHON_CONTRACTS;
const script = join(import.meta.dirname, 'contract-tools.py');

interface Report {
  checks: { id: string; verdict: string; found: string; severity: string; columns: string[]; title: string }[];
}
interface Converted {
  text: string;
  lost: string[];
}

let folder: string;
let judged: Record<string, boolean>;

function tell(what: 'write' | 'judge', place: string): string {
  if (python === undefined)
    throw new Error('There is no environment with Great Expectations: npm test -- --only datasets makes it.');
  return execFileSync(python, [script, what, place], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
}

function toldIn<T>(printed: string): T {
  return JSON.parse(printed.trim().split('\n').at(-1) ?? '') as T;
}

const file = (name: string, text: string): void => writeFileSync(join(folder, name), text);
const convert = (...words: string[]): Converted => slipwayJson<Converted>(['contract', ...words], folder);

/** Imports a file, and runs the contract on the table. */
function checked(name: string): { report: Report; lost: string[]; text: string } {
  const { text, lost } = convert('import', name);
  file('made.odcs.yaml', text);
  const report = slipwayJson<Report>(
    ['check', 'flights.csv', '--contract', 'made.odcs.yaml', '--table', 'made'],
    folder,
  );
  return { report, lost, text };
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'slipway-tools-'));
  const rows = Array.from({ length: 1000 }, (_, row) =>
    [row, row % 20 === 0 ? '' : row % 100, row % 50 === 0 ? 'ZZ' : ['AA', 'DL'][row % 2]].join(','),
  );
  const table = `id,delay,carrier\n${rows.join('\n')}\n`;
  const printed = await keepWriting(folder, {
    by: { python: python ?? '', script, words: ['write', table] },
    run: (place) => {
      writeFileSync(join(place, 'flights.csv'), table);
      return tell('write', place);
    },
  });
  judged = toldIn<Record<string, boolean>>(printed);
}, 300_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('Great Expectations', () => {
  it('has its suite carried over, with the same verdicts and what is lost by name', () => {
    const { report, lost } = checked('suite.json');
    expect(lost).toEqual(['expect_column_kl_divergence_to_be_less_than of delay: there is no such check here']);
    const failed = report.checks
      .filter(({ verdict }) => verdict !== 'pass')
      .map(({ title, columns, verdict }) => [title, columns.join(), verdict]);
    expect(failed).toEqual([
      ['delay >= id', 'delay,id', 'fail'],
      ['Maximum', 'delay', 'fail'],
      ['In set', 'carrier', 'fail'],
    ]);
    const theirs = Object.entries(judged).flatMap(([key, isMet]) =>
      isMet || key.includes('kl_divergence') ? [] : key,
    );
    expect(theirs.sort()).toEqual([
      'expect_column_max_to_be_between:delay',
      'expect_column_pair_values_a_to_be_greater_than_b:None',
      'expect_column_values_to_be_in_set:carrier',
    ]);
  });

  it('of 0.x is read too', () => {
    file(
      'old.json',
      JSON.stringify({
        expectation_suite_name: 'old',
        expectations: [
          {
            expectation_type: 'expect_column_values_to_be_between',
            kwargs: { column: 'delay', min_value: 1, max_value: 98 },
            meta: {},
          },
          { expectation_type: 'expect_table_row_count_to_equal', kwargs: { value: 1000 }, meta: {} },
          {
            expectation_type: 'expect_column_values_to_be_unique',
            kwargs: { column: 'id', row_condition: 'id > 5' },
            meta: {},
          },
        ],
        meta: { great_expectations_version: '0.18.12' },
      }),
    );
    const { report, lost } = checked('old.json');
    expect(report.checks.map(({ id, verdict }) => [id, verdict])).toEqual([
      ['table.rows', 'pass'],
      ['delay.column', 'pass'],
      ['delay.range', 'fail'],
    ]);
    expect(lost).toEqual(['expect_column_values_to_be_unique with a row_condition: "id > 5"']);
  });
});

describe('pandera', () => {
  it('has its schema carried over, warnings as warnings', () => {
    const { report, lost } = checked('schema.yaml');
    expect(lost).toEqual([]);
    const failed = report.checks.filter(({ verdict }) => verdict !== 'pass').map(({ id, verdict }) => [id, verdict]);
    expect(failed).toEqual([
      ['delay.range-2', 'fail'],
      ['delay.range-3', 'warning'],
      ['carrier.in-set', 'fail'],
      ['carrier.pattern', 'fail'],
    ]);
  });

  it('of older versions, with checks of their own key, is read too', () => {
    file(
      'old.yaml',
      'schema_type: dataframe\nversion: 0.13.0\ncolumns:\n  delay:\n    dtype: float64\n    nullable: true\n    checks:\n      greater_than_or_equal_to: 0\n      in_range: { min_value: 0, max_value: 90 }\n    unique: false\n    coerce: false\n    required: true\n    regex: false\nchecks: null\nindex: null\ncoerce: false\nstrict: false\nunique: null\n',
    );
    const { report } = checked('old.yaml');
    expect(report.checks.map(({ id, verdict }) => [id, verdict])).toEqual([
      ['delay.type', 'pass'],
      ['delay.range', 'pass'],
      ['delay.range-2', 'fail'],
    ]);
  });
});

describe('a strict pandera schema of columns by an expression', () => {
  it('fails no table that has them, and says what is lost', () => {
    file(
      'expression.yaml',
      'schema_type: dataframe\nversion: 0.35.0\ncolumns:\n  id:\n    dtype: int64\n  "(del|car).*":\n    dtype: object\n    regex: true\nstrict: true\nordered: true\n',
    );
    const { report, lost } = checked('expression.yaml');
    expect(report.checks.filter(({ verdict }) => verdict !== 'pass')).toEqual([]);
    expect(report.checks.map(({ id }) => id)).toContain('table.column-set');
    expect(lost).toEqual([
      'the columns that match (del|car).*: a column has one name here',
      'strict: columns that match an expression are others here',
    ]);
  });
});

describe('what a suite says and a contract cannot', () => {
  const suiteOf = (...expectations: [string, Record<string, unknown>][]): string =>
    JSON.stringify({
      name: 's',
      expectations: expectations.map(([type, kwargs]) => ({ type: `expect_${type}`, kwargs })),
    });

  it('is lost by name', () => {
    file(
      'lossy.json',
      suiteOf(
        ['column_value_z_scores_to_be_less_than', { column: 'delay', threshold: 9, double_sided: false }],
        ['column_proportion_of_non_null_values_to_be_between', { column: 'delay', min_value: 0.5, max_value: 0.9 }],
        ['column_proportion_of_non_null_values_to_be_between', { column: 'id', max_value: 0.9 }],
        ['column_values_to_be_between', { column: 'delay', min_value: { $PARAMETER: 'least' }, max_value: 9 }],
        ['column_pair_values_to_be_equal', { column_A: 'id', column_B: 'id', ignore_row_if: 'never' }],
        [
          'column_values_to_match_regex_list',
          { column: 'carrier', regex_list: ['A', 'Z'], match_on: 'all', mostly: 0.9 },
        ],
      ),
    );
    const { report, lost } = checked('lossy.json');
    expect(lost).toEqual([
      'double_sided: false of the z scores of delay: outliers on both sides count here',
      'the upper end of the proportion of non-null values of delay',
      'the upper end of the proportion of non-null values of id',
      'expect_column_values_to_be_between of delay: the parameter "least" has no value',
      'ignore_row_if: never of expect_column_pair_values_to_be_equal of id, id: it is either_value_is_missing here',
      'match_on: all with mostly of carrier: the share is told of each expression by itself here',
    ]);
    expect(report.checks.filter(({ title }) => title.startsWith('Nulls')).map(({ columns }) => columns)).toEqual([
      ['delay'],
    ]);
  });

  it('or a schema of Frictionless: numbers and booleans that are written its own way', () => {
    const fields = [
      { name: 'price', type: 'number', decimalChar: ',', groupChar: '.' },
      { name: 'ok', type: 'boolean', trueValues: ['ja'] },
      { name: 'plain', type: 'number', decimalChar: '.' },
    ];
    file('written.json', JSON.stringify({ fields }));
    const { text, lost } = convert('import', 'written.json');
    expect(text.match(/logicalType: \w+/g)).toEqual(['logicalType: number']);
    expect(lost).toEqual([
      'the type number of price, which is written by its own decimalChar, groupChar: that is text here',
      'the type boolean of ok, which is written by its own trueValues: that is text here',
    ]);
  });

  it('every expression of a list, and `^A|B` from the start of the text', () => {
    file(
      'patterns.json',
      suiteOf(
        ['column_values_to_match_regex_list', { column: 'carrier', regex_list: ['[A-Z]', '.L|AA'], match_on: 'all' }],
        ['column_values_to_match_regex', { column: 'carrier', regex: '^X|A|L' }],
      ),
    );
    const { report } = checked('patterns.json');
    // `L` stands in DL and does not begin it.
    expect(
      report.checks.filter(({ id }) => id.includes('pattern')).map(({ verdict, found }) => [verdict, found]),
    ).toEqual([
      ['pass', '0 rows'],
      ['fail', '20 rows'],
      ['fail', '520 rows'],
    ]);
  });

  it('the other way round: shares of pairs and sums go along, an order beside others is lost by name', () => {
    const item = (check: string): string => `      - { type: custom, engine: slipway, implementation: ${check} }`;
    const checks = [
      '{ pair: { left: id, operator: ">=", right: delay, mostly: 0.9 } }',
      '{ rowSum: { columns: [id, delay], min: 3, max: 3, mostly: 0.5 } }',
      '{ columns: { names: [id, delay], inOrder: true, others: true } }',
    ];
    file(
      'out.odcs.yaml',
      `apiVersion: v3.1.0\nkind: DataContract\nid: t\nversion: 1.0.0\nstatus: active\nschema:\n  - name: t\n    quality:\n${checks.map(item).join('\n')}\n`,
    );
    const { text, lost } = convert('export', 'out.odcs.yaml', '--tool', 'great-expectations');
    const { expectations } = JSON.parse(text) as { expectations: { kwargs: { mostly?: number } }[] };
    expect(expectations.map(({ kwargs }) => kwargs.mostly)).toEqual([0.9, 0.5, undefined]);
    expect(lost).toEqual([expect.stringContaining('the order of the columns')]);
  });
});

describe('what is written for them', () => {
  it('refuses the end itself where the contract does, or names it as lost, and reads back alike', () => {
    const contract = [
      'apiVersion: v3.1.0\nkind: DataContract\nid: t\nversion: 1.0.0\nstatus: active\nschema:\n  - name: t',
      '    quality:\n      - { metric: rowCount, mustBeGreaterThan: 3000 }',
      '    properties:',
      '      - name: delay',
      '        logicalType: number',
      '        quality:',
      '          - { metric: nullValues, mustBeLessThan: 5, unit: percent }',
      '',
    ];
    file('strict.odcs.yaml', contract.join('\n'));
    const { text, lost } = convert('export', 'strict.odcs.yaml', '--tool', 'great-expectations');
    const { expectations } = JSON.parse(text) as { expectations: { type: string; kwargs: Record<string, unknown> }[] };
    const kwargs = Object.fromEntries(expectations.map((each) => [each.type, each.kwargs]));
    expect(kwargs.expect_table_row_count_to_be_between).toEqual({ min_value: 3000, strict_min: true });
    expect(kwargs.expect_column_values_to_not_be_null).toEqual({ column: 'delay', mostly: 0.95 });
    expect(lost).toEqual([expect.stringContaining('that 5 % itself is too many')]);
    file('strict.json', text);
    const { text: back } = convert('import', 'strict.json');
    expect(back).toContain('mustBeGreaterOrEqualTo: 3001');
  });

  it('fails no text of pandas 3: its type is lost by name', () => {
    file(
      'text.odcs.yaml',
      'apiVersion: v3.1.0\nkind: DataContract\nid: t\nversion: 1.0.0\nstatus: active\nschema:\n  - name: t\n    properties:\n      - { name: carrier, logicalType: string, required: true }\n',
    );
    const { text, lost } = convert('export', 'text.odcs.yaml', '--tool', 'great-expectations');
    expect(text).not.toContain('type_list');
    expect(lost).toEqual([expect.stringContaining('Type')]);
  });

  it('is run by them with our verdicts', () => {
    const { report, text } = checked('suite.json');
    expect(text).toContain('# Made from suite.json');
    file('back.json', convert('export', 'made.odcs.yaml', '--tool', 'great-expectations').text);
    file('back.yaml', convert('export', 'made.odcs.yaml', '--tool', 'pandera').text);
    const { suite, schema } = toldIn<{ suite: Record<string, boolean>; schema: string[][] }>(tell('judge', folder));
    const back = JSON.parse(readFileSync(join(folder, 'back.json'), 'utf8')) as {
      expectations: { type: string; meta: { slipway: string } }[];
    };
    expect(back.expectations.length).toBe(report.checks.length);
    const ours = report.checks.filter(({ verdict }) => verdict !== 'pass').map(({ id }) => id);
    const failed = (ids: string[]): string[] => ids.toSorted();
    expect(failed(Object.keys(suite).filter((id) => suite[id] === false))).toEqual(failed(ours));
    expect(schema).toEqual([['carrier', expect.stringContaining('isin')]]);
  }, 300_000);

  it('Frictionless is told what holds for every row', () => {
    const schema = {
      fields: [
        { name: 'id', type: 'integer', constraints: { required: true, unique: true, minimum: 0 } },
        { name: 'carrier', type: 'string', constraints: { enum: ['AA', 'DL'], maxLength: 2 } },
      ],
    };
    file('table.json', JSON.stringify(schema));
    const { report } = checked('table.json');
    expect(report.checks.filter(({ verdict }) => verdict === 'fail').map(({ id }) => id)).toEqual(['carrier.in-set']);
    const { text, lost } = convert('export', 'made.odcs.yaml', '--tool', 'frictionless');
    expect([JSON.parse(text), lost]).toEqual([schema, []]);
  });

  it('a file of nobody is refused in one sentence', () => {
    file('other.json', '{"a": 1}');
    expect(slipway(['contract', 'import', 'other.json'], folder)).toMatchObject({
      code: 3,
      error: expect.stringContaining('other.json is no suite'),
    });
    file('other.json', '{"a": [');
    expect(slipway(['contract', 'import', 'other.json'], folder)).toMatchObject({
      code: 3,
      error: expect.stringContaining('neither JSON nor YAML'),
    });
  });
});
