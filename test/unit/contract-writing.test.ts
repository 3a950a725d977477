// Help for who writes a contract: where the cursor stands, what may stand there, and how a contract would read that allows
// what the data have.
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import type { CheckResult, Observed } from '../../src/protocol/datasets/contract/check';
import { readContract } from '../../src/protocol/datasets/contract/reading/contract-reading';
import { slipwayCheck } from '../../src/protocol/datasets/contract/slipway-check';
import { acceptedChange } from '../../src/protocol/datasets/contract/writing/accepted-change';
import { helpFor } from '../../src/protocol/datasets/contract/writing/contract-help';
import { yamlContext } from '../../src/protocol/datasets/contract/writing/yaml-context';

/** The text without its mark `|`, and where the mark stood. */
function marked(text: string): { text: string; line: number; character: number } {
  const before = text.slice(0, text.indexOf('|')).split('\n');
  return { text: text.replace('|', ''), line: before.length - 1, character: before.at(-1)?.length ?? 0 };
}

const at = (given: string): ReturnType<typeof yamlContext> => {
  const { text, line, character } = marked(given);
  return yamlContext(text, line, character);
};
const words = (given: string): string[] =>
  helpFor(at(given), [{ name: 'a b', type: 'BIGINT' }]).map(({ word }) => word);

describe('where the cursor stands', () => {
  it.each([
    ['|', [], 'key', ''],
    ['ver|', [], 'key', 'ver'],
    ['kind: |', ['kind'], 'value', ''],
    ['schema:\n  - na|', ['schema', 0], 'key', 'na'],
    ['schema:\n- name: x\n  pro|', ['schema', 0], 'key', 'pro'],
    ['schema:\n  - name: x\n    properties:\n      - |', ['schema', 0, 'properties', 0], 'key', ''],
    [
      'schema:\n  - name: x\n    properties:\n      - name: y\n        logicalType: |',
      ['schema', 0, 'properties', 0, 'logicalType'],
      'value',
      '',
    ],
    ['schema:\n  - name: x\n    quality: [{ metric: |', ['schema', 0, 'quality', 0, 'metric'], 'value', ''],
    ['schema:\n  - name: x\n    quality: [{ metric: rowCount, |', ['schema', 0, 'quality', 0], 'key', ''],
    [
      'schema:\n  - name: x\n    quality:\n      - { metric: rowCount,\n          mustBe: 5,\n          |',
      ['schema', 0, 'quality', 0],
      'key',
      '',
    ],
    ['# a: [\n\nschema:\n  - name: "a: {"\n    # note\n    |', ['schema', 0], 'key', ''],
    [
      'schema:\n  - name: x\n    quality:\n      - arguments:\n          properties: [a, |',
      ['schema', 0, 'quality', 0, 'arguments', 'properties', 0],
      'value',
      '',
    ],
  ] as const)('%j', (given, path, where, word) => {
    expect(at(given)).toMatchObject({ path, at: where, word, lacks: 0 });
  });
});

describe('a line that an editor begins below the dash of a check', () => {
  const check = 'schema:\n  - name: x\n    quality:\n      - metric: nullValues\n';

  it.each([
    ['      |', 2],
    ['      mu|', 2],
    ['       |', 1],
    ['        |', 0],
    ['        mustBe: 0\n      |', 2],
  ] as const)('%j is of that check', (line, lacks) => {
    expect(at(`${check}${line}`)).toMatchObject({ path: ['schema', 0, 'quality', 0], at: 'key', lacks });
    // It has a metric already.
    expect(words(`${check}${line}`).slice(0, 3)).toEqual(['rule', 'type', 'id']);
    const severity = helpFor(at(`${check}${line}`), []).find(({ word }) => word === 'severity');
    expect(severity?.insert).toBe(`${' '.repeat(lacks)}severity: $0`);
  });

  it('is of the table where the list stands below its own key', () => {
    const compact = 'schema:\n  - name: x\n    quality:\n    - metric: nullValues\n    |';
    expect(at(compact)).toMatchObject({ path: ['schema', 0], lacks: 0 });
  });
});

describe('what may stand there', () => {
  const inTable = 'schema:\n  - name: x\n    ';
  const inColumn = `${inTable}properties:\n      - name: y\n        `;

  it('are the keys of the standard, and its values', () => {
    expect(words('|')).toContain('apiVersion');
    expect(words(`${inTable}quality:\n      - |`)).toEqual(expect.arrayContaining(['metric', 'mustBe', 'severity']));
    expect(words(`${inTable}quality:\n      - metric: |`)).toEqual([
      'nullValues',
      'missingValues',
      'invalidValues',
      'duplicateValues',
      'rowCount',
    ]);
    expect(words(`${inColumn}required: |`)).toEqual(['true', 'false']);
    expect(words(`${inColumn}logicalType: |`)).toContain('timestamp');
  });

  it('are no keys that stand there already, before the cursor or behind it', () => {
    const check = `${inTable}quality:\n      - metric: rowCount\n        |\n        mustBe: 5\n`;
    expect(words(check)).not.toContain('metric');
    expect(words(check)).not.toContain('mustBe');
    expect(words(check)).toContain('severity');
    expect(words(`${inTable}quality: [{ metric: rowCount, |`)).not.toContain('metric');
    expect(words(`${inTable}quality: [{ metric: rowCount, mus| }, { mustBe: 5 }]`)).toContain('mustBe');
    // The key that is being written over is no other.
    expect(words(`${inTable}quality:\n      - met|: rowCount\n`)).toContain('metric');
  });

  it('are our own checks, those of a column under a column', () => {
    const own = 'quality:\n          - type: custom\n            engine: slipway\n            implementation: {';
    expect(words(`${inColumn}${own} |`)).toEqual(expect.arrayContaining(['range', 'freshness']));
    expect(words(`${inColumn}${own} |`)).not.toContain('pair');
    expect(words(`${inTable}quality:\n      - implementation: { |`)).toContain('pair');
    expect(words(`${inColumn}${own} range: { |`)).toEqual(['min', 'max', 'strictMin', 'strictMax', 'mostly']);
  });

  it('are the columns of the data, quoted where YAML needs it', () => {
    expect(words(`${inTable}properties:\n      - name: |`)).toEqual(['a b']);
    expect(words(`${inTable}name: |`)).toEqual([]);
    const [column] = helpFor(at(`${inTable}properties:\n      - name: |`), [{ name: 'a b', type: 'BIGINT' }]);
    expect(column?.insert).toBe('"a b"');
  });
});

const head = 'apiVersion: v3.1.0\nkind: DataContract\nid: x\nversion: 1.0.0\nstatus: active\nschema:\n  - name: t\n';

/** The text after the change that its last check asks for. */
function accepted(body: string, observed: Observed): string {
  const text = head + body;
  const read = readContract(text);
  expect(read.problems).toEqual([]);
  const check = read.tables[0]?.checks.at(-1);
  if (check === undefined) throw new Error('no check');
  const changes = acceptedChange(text, check, { observed } as CheckResult);
  const made = [...changes]
    .sort((a, b) => b.from - a.from)
    .reduce((all, { from, to, text: by }) => all.slice(0, from) + by + all.slice(to), text);
  expect(readContract(made).problems).toEqual([]);
  return made.slice(head.length);
}

const number = (value: number): Observed => ({ min: value, max: value, values: [] });

describe('a range that allows what there is', () => {
  const own = (check: string): string =>
    `    properties: [{ name: a, quality: [{ type: custom, engine: slipway, implementation: ${check} }] }]`;
  const options = (given: string): string => `    properties: [{ name: a, logicalTypeOptions: ${given} }]`;
  const metric = (given: string): string => `    properties: [{ name: a, quality: [${given}] }]`;

  it.each<[string, string, Observed, string]>([
    [
      'options',
      options('{ minimum: 0, maximum: 90 }'),
      { min: -2, max: 80, values: [] },
      options('{ minimum: -2, maximum: 90 }'),
    ],
    [
      'exclusive',
      options('{ exclusiveMaximum: 90 }'),
      { min: 0, max: 90, values: [] },
      options('{ exclusiveMaximum: 91 }'),
    ],
    [
      'own',
      own('{ range: { min: 0, max: 90 } }'),
      { min: -1, max: 99, values: [] },
      own('{ range: { min: -1, max: 99 } }'),
    ],
    ['mean', own('{ mean: { min: 0, max: 9.5 } }'), number(10.25), own('{ mean: { min: 0, max: 10.25 } }')],
    [
      'set',
      own('{ in: { values: [a, b] } }'),
      { min: null, max: null, values: ['c d', 'e'] },
      own('{ in: { values: [a, b, "c d", e] } }'),
    ],
    [
      'mostly',
      own('{ notNull: { mostly: 0.99 } }'),
      { min: null, max: 6.94, values: [] },
      own('{ notNull: { mostly: 0.9306 } }'),
    ],
    [
      'less',
      metric('{ metric: nullValues, mustBeLessThan: 5, unit: percent }'),
      { min: null, max: 6.94, values: [] },
      metric('{ metric: nullValues, mustBeLessThan: 7.1, unit: percent }'),
    ],
    [
      'count',
      metric('{ metric: nullValues, mustBeLessThan: 5 }'),
      { min: null, max: 69, values: [] },
      metric('{ metric: nullValues, mustBeLessThan: 70 }'),
    ],
    [
      'between',
      '    quality: [{ metric: rowCount, mustBeBetween: [10, 20] }]',
      number(5),
      '    quality: [{ metric: rowCount, mustBeBetween: [5, 20] }]',
    ],
    [
      'date',
      own('{ maximum: { max: "2013-01-01" } }'),
      { min: '2013-02-01', max: '2013-02-01', values: [] },
      own('{ maximum: { max: "2013-02-01" } }'),
    ],
    [
      'of thirteen digits',
      own('{ range: { min: 0.1, max: 90 } }'),
      { min: 0.012345678901234567, max: 1_700_000_000_123, values: [] },
      own('{ range: { min: 0.012345678901234567, max: 1700000000123 } }'),
    ],
    [
      'strict beyond the whole numbers',
      own('{ range: { max: 90, strictMax: true } }'),
      { min: 0, max: 1e17, values: [] },
      own('{ range: { max: 100000000000000020, strictMax: true } }'),
    ],
    ['sum', own('{ sum: { max: 9 } }'), number(1_700_000_000_123.5), own('{ sum: { max: 1700000000123.5 } }')],
    ['age', own('{ freshness: { within: 2 h } }'), number(26.2), own('{ freshness: { within: 27 h } }')],
  ])('%s', (_name, before, observed, after) => {
    expect(accepted(before, observed)).toBe(after);
  });

  it('adds to a list of lines', () => {
    const list = (values: string): string =>
      `    properties:\n      - name: a\n        quality:\n          - metric: invalidValues\n            arguments:\n              validValues:\n${values}            mustBe: 0\n`;
    const before = list('                - a\n');
    expect(accepted(before, { min: null, max: null, values: ['b'] })).toBe(
      list('                - a\n                - b\n'),
    );
  });
});

describe('the page about contracts', () => {
  const page = readFileSync(resolve(import.meta.dirname, '../../docs/contracts.md'), 'utf8');

  it('shows a contract that can be read, and one example at least of every check', () => {
    const [, whole = ''] = /```yaml\n(.*?)```/s.exec(page) ?? [];
    expect(readContract(whole)).toMatchObject({ problems: [], tables: [{ name: 'flights' }] });
    const own = page.slice(page.indexOf('## What the standard has not'), page.indexOf('## When a check fails'));
    const examples = [...own.matchAll(/`(\{ \w+: \{.*?\} ?\})`/g)].map(([, text = '']) => parse(text));
    for (const example of examples) expect(slipwayCheck.safeParse(example).error?.issues ?? []).toEqual([]);
    const shown = new Set(examples.flatMap((example) => Object.keys(example)));
    expect(Object.keys(slipwayCheck.shape).filter((name) => !shown.has(name))).toEqual([]);
  });
});
