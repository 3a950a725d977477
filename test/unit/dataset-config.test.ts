// Datasets in slipway.yaml: what they may say, and where a mistake is.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parseConfig } from '../../src/workspace/config';
import { writeDatasetEntry } from '../../src/workspace/config-edits/dataset-entry-edit';

const problemsOf = (entry: string): string[] => parseConfig(`version: 1\ndatasets:\n  a:\n    ${entry}\n`).problems;

describe('an entry', () => {
  it.each([
    'path: a.csv',
    'path: [a.csv, "b/**/*.csv"]',
    'query: SELECT * FROM b',
    'source: { url: "https://example.org/a.csv" }',
    'source: { command: make a, format: jsonl }',
    'source: { sqlite: shop.db, query: SELECT 1 }',
    'path: a.csv\n    reference: last:3',
    'path: a.csv\n    reference: [2013-01, 0f3a]',
    'path: a.csv\n    reference: train, holdout',
    '{ path: a.csv, contract: a.odcs.yaml, key: [id], time: t, label: y, owner: us, description: "", tags: [core] }',
  ])('%s', (entry) => {
    expect(problemsOf(entry)).toEqual([]);
  });

  it.each([
    ['path: a.csv\n    colour: red', 'slipway.yaml:5:5: datasets.a.colour: There is no key colour here.'],
    ['path: 7', 'slipway.yaml:4:11: datasets.a.path: it is a text, or a list of texts'],
    ['owner: us', 'say where it is with exactly one of path, query and source'],
    ['path: a.csv\n    query: SELECT 1', 'exactly one of'],
    ['source: { url: "file:///etc/passwd" }', 'slipway.yaml:4:20: datasets.a.source.url: an address begins with http'],
    ['source: { command: make a }', 'it is { url }, { command, format } or { sqlite, query }'],
    [
      'path: a.csv\n    reference: last:99',
      'slipway.yaml:5:16: datasets.a.reference: last:N takes a whole number from 1',
    ],
    ['path: a.csv\n    reference: [last:2, train]', 'datasets.a.reference: last:N stands alone'],
    ['path: a.csv\n    reference: b@train', 'datasets.a.reference: it is last:N, or versions by label or id'],
    ['path: a.csv\n    reference: [latest]', 'datasets.a.reference: it is last:N, or versions by label or id'],
    ['path: a.csv\n    reference: []', 'datasets.a.reference: '],
    ['path: []', 'slipway.yaml:4:11: datasets.a.path: it is empty, and takes at least one'],
  ])('%s is a mistake with its place', (entry, sentence) => {
    expect(problemsOf(entry).join()).toContain(sentence);
  });

  it('has a name that can be written in NAME@VERSION', () => {
    for (const name of ['"a@b"', '".."', '" a"', '""']) {
      expect(parseConfig(`version: 1\ndatasets:\n  ${name}: { path: a.csv }\n`).problems.length).toBe(1);
    }
  });

  it('of the copies that are made says how large they may be', () => {
    const problems = (limit: string): string[] =>
      parseConfig(`version: 1\nsnapshots: { copy_limit: ${limit} }\n`).problems;
    for (const limit of ['none', '500 MB', '2GB', '1.5 TB']) expect(problems(limit)).toEqual([]);
    for (const limit of ['500', 'much', '-1 MB', '5 MiB']) expect(problems(limit).length).toBe(1);
  });
});

it('no rule of a model is called as refusals of Slipway itself are', () => {
  const problems = (id: string): string[] =>
    parseConfig(`version: 1\nmodels:\n  m:\n    gates:\n      - { id: ${id}, kind: size, value: 1 }\n`).problems;
  const sentence = 'is what refusals of Slipway itself are called: call the rule something else';
  for (const id of ['approvals', 'audit', 'files', 'Gate', 'protected', 'rollback', 'rules']) {
    expect(problems(id)).toEqual([`slipway.yaml:5:15: models.m.gates.0.id: ${id} ${sentence}`]);
  }
  expect(problems('gates')).toEqual([]);
});

describe('a mistake', () => {
  it('says what was probably meant, in the order of the lines', () => {
    const rule = (text: string): string => `      - { ${text} }\n`;
    const entry = '  m:\n    approval: { need: 1 }\n    gates:\n';
    const rules = [
      rule('id: a, kind: metric, metric: f1, op: "=>", vlue: 1'),
      rule('id: b, type: metric, metric: f1'),
      rule('id: c, kind: metrc'),
      rule('name: d, kind: size, value: 1'),
    ];
    expect(parseConfig(`version: 1\nmodels:\n${entry}${rules.join('')}`).problems).toEqual([
      'slipway.yaml:4:5: models.m.approval: There is no key approval here. Did you mean approvals?',
      'slipway.yaml:6:48: models.m.gates.0.op: => is none of >=, >, <=, <. Did you mean >=?',
      'slipway.yaml:6:54: models.m.gates.0.vlue: There is no key vlue here. Did you mean value?',
      'slipway.yaml:7:18: models.m.gates.1.type: There is no key type here. Did you mean kind?',
      expect.stringMatching(
        /^slipway\.yaml:8:24: models\.m\.gates\.2\.kind: metrc is none of .*Did you mean metric\?$/,
      ),
      'slipway.yaml:9:11: models.m.gates.3.name: There is no key name here. Did you mean id?',
    ]);
    expect(parseConfig('version: 1\nmodels: { m: {}\n').problems).toEqual([
      'slipway.yaml:3:1: Flow map in block collection must be sufficiently indented and end with a }',
    ]);
    expect(parseConfig('version: 1\nmodel:\n  m: {}\n').problems).toEqual([
      'slipway.yaml:2:1: model: There is no key model here. Did you mean models?',
    ]);
  });

  it('takes away its own entry or section and nothing else', () => {
    const left = (more: string) => parseConfig(`version: 1\ndatasets:\n  a: { path: a.csv }\n${more}`).config;
    const a = { a: { path: 'a.csv' } };
    expect(left('  b: { path: 7 }\n').datasets).toEqual(a);
    expect(left('  b: 7\n  ".": { path: b }\nsnapshots: { copy_limit: much }\nmetrix: 1\n')).toMatchObject({
      datasets: a,
    });
    expect(left('metrics: { f1: { direction: sideways }, auc: { direction: up } }\n')).toMatchObject({
      datasets: a,
      metrics: { auc: { direction: 'up' } },
    });
    expect(left('metrics: 7\n').datasets).toEqual(a);
    // Of a file of another version, or of none, nothing is known.
    expect(parseConfig('version: 2\ndatasets: { a: { path: a.csv } }\n').config.datasets).toEqual({});
    expect(parseConfig('- 1\n').config.datasets).toEqual({});
  });
});

describe('what is written of one', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'slipway-config-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));
  const path = (): string => join(folder, 'slipway.yaml');
  const text = (): string => readFileSync(path(), 'utf8');

  it('leaves what stands around it, its line ends and its byte order mark', () => {
    const before = '\uFEFF# ours\r\nversion: 1\r\ndatasets:\r\n  # the first\r\n  a: { path: a.csv } # here\r\n';
    writeFileSync(path(), before);
    writeDatasetEntry(path(), { name: 'b', keys: { path: 'b.csv', tags: ['x'] } });
    expect(text()).toContain(
      '\uFEFF# ours\r\nversion: 1\r\ndatasets:\r\n  # the first\r\n  a: { path: a.csv } # here\r\n',
    );
    expect(parseConfig(text())).toMatchObject({
      problems: [],
      config: { datasets: { b: { path: 'b.csv', tags: ['x'] } } },
    });
    writeDatasetEntry(path(), { name: 'b', keys: { tags: null, owner: 'us' } });
    expect(parseConfig(text()).config.datasets.b).toEqual({ path: 'b.csv', owner: 'us' });
    writeDatasetEntry(path(), { name: 'b', keys: null });
    expect(text()).toBe(before);
  });

  it('is not written into a file with a mistake, behind an anchor, or as a mistake', () => {
    writeFileSync(path(), 'version: 1\nnonsense: 1\n');
    expect(() => writeDatasetEntry(path(), { name: 'a', keys: { path: 'a.csv' } })).toThrow('nonsense');
    const shared = 'version: 1\ndatasets:\n  a: &one { path: a.csv }\n  b: *one\n';
    writeFileSync(path(), shared);
    expect(() => writeDatasetEntry(path(), { name: 'a', keys: { owner: 'us' } })).toThrow('anchor');
    expect(() => writeDatasetEntry(path(), { name: 'b', keys: { owner: 'us' } })).toThrow('anchor');
    expect(() => writeDatasetEntry(path(), { name: 'c', keys: { owner: 'us' } })).toThrow('exactly one of');
    expect(text()).toBe(shared);
  });
});
