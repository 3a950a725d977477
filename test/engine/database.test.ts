// The database and slipway.yaml as they are opened: new, old, newer, damaged, foreign.
import { execFileSync } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SlipwayError } from '../../src/base/errors';
import { parseConfig } from '../../src/workspace/config';
import { ConfigFile } from '../../src/workspace/config-file';
import { closeWorkspaceDatabase, openWorkspaceDatabase } from '../../src/workspace/database';
import { currentSchema, migrations } from '../../src/workspace/migrations/list';
import { temporaryFolder } from './engine-process';

let folder: string;
let path: string;
beforeEach(() => {
  folder = temporaryFolder();
  path = join(folder, 'slipway.db');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const now = Date.UTC(2026, 10, 21);
const open = (list = migrations) => openWorkspaceDatabase({ path, durability: 'NORMAL', now, migrations: list });

describe('the database', () => {
  it('is created with the current schema, in WAL mode, with foreign keys', () => {
    const { database, warnings } = open();
    expect(warnings).toEqual([]);
    expect(database.pragma('user_version', { simple: true })).toBe(currentSchema);
    expect(database.pragma('journal_mode', { simple: true })).toBe('wal');
    expect(database.pragma('foreign_keys', { simple: true })).toBe(1);
    const loose = database
      .prepare("SELECT name FROM pragma_table_list WHERE schema = 'main' AND strict = 0 AND name NOT LIKE 'sqlite%'")
      .all();
    expect(loose).toEqual([]);
    closeWorkspaceDatabase(database);
  });

  it('knows whether its last writer closed it', () => {
    closeWorkspaceDatabase(open().database);
    const second = open();
    expect(second.closedCleanly).toBe(true);
    second.database.close();
    const third = open();
    expect(third.closedCleanly).toBe(false);
    closeWorkspaceDatabase(third.database);
  });

  it('is backed up before a migration and keeps its rows', () => {
    const first = open(migrations.slice(0, 2));
    first.database.exec("INSERT INTO experiments VALUES ('7', 'kept', 'x', 'active', 1, 1)");
    closeWorkspaceDatabase(first.database);
    const second = open();
    expect(second.database.prepare('SELECT name FROM experiments').pluck().all()).toContain('kept');
    closeWorkspaceDatabase(second.database);
    expect(readdirSync(folder)).toContain('slipway.db.backup-schema-2');
  });

  it('a migration that fails leaves schema and rows as they were', () => {
    const broken = [
      ...migrations.slice(0, 2),
      { id: 3, name: '003-broken', sql: 'CREATE TABLE half (a TEXT); SELECT nonsense;' },
    ];
    closeWorkspaceDatabase(open(migrations.slice(0, 2)).database);
    expect(() => open(broken)).toThrow(/nonsense/);
    const after = open(migrations.slice(0, 2));
    expect(after.database.prepare("SELECT count(*) FROM sqlite_schema WHERE name = 'half'").pluck().get()).toBe(0);
    after.database.close();
  });

  it('of a newer schema is refused and not touched', () => {
    const { database } = open();
    database.pragma(`user_version = ${currentSchema + 1}`);
    closeWorkspaceDatabase(database);
    const before = readFileSync(path);
    let thrown: unknown;
    try {
      open();
    } catch (error) {
      thrown = error;
    }
    expect(SlipwayError.is(thrown, 'newer-schema')).toBe(true);
    expect(readFileSync(path).equals(before)).toBe(true);
  });

  it.each([
    [
      'no SQLite file at all',
      (file: string) => writeFileSync(file, 'this is a letter, not a database, and it is long enough to be read'),
    ],
    [
      'a file whose pages were overwritten',
      (file: string) => {
        closeWorkspaceDatabase(open().database);
        const bytes = readFileSync(file);
        bytes.fill(0x5a, 100, 4096 * 3);
        writeFileSync(file, bytes);
      },
    ],
  ])('%s is kept aside, reported, and a new one started', (_name, damage) => {
    damage(path);
    const damaged = join(folder, 'copy');
    copyFileSync(path, damaged);
    const { database, warnings } = open();
    closeWorkspaceDatabase(database);
    const aside = readdirSync(folder).find((name) => name.startsWith('slipway.db.damaged-'));
    expect(aside).toBeDefined();
    expect(readFileSync(join(folder, aside ?? '')).equals(readFileSync(damaged))).toBe(true);
    expect(warnings.join()).toContain(aside);
    expect(existsSync(path)).toBe(true);
  });
});

describe('slipway.yaml', () => {
  it.each([
    ['version: 1\n', []],
    ['', []],
    ['version: 1\nmetrics: { f1: { direction: up, headline: true } }\n', []],
    ['version: 1\nmetrix: {}\n', ['slipway.yaml:2:1: metrix: There is no key metrix here. Did you mean metrics?']],
    [
      'version: 1\nmetrics: *nowhere\n',
      ['slipway.yaml: Unresolved alias (the anchor must be set before the alias): nowhere'],
    ],
    ['version: 2\n', ['slipway.yaml:1:10: version: it is 2, and only 1 is known.']],
    [
      'version: 1\nmetrics:\n  f1: { direction: sideways }\n',
      ['slipway.yaml:3:20: metrics.f1.direction: sideways is none of up, down.'],
    ],
  ])('%j has the problems %j', (text, problems) => {
    expect(parseConfig(text).problems).toEqual(problems);
  });

  it('that says a key twice is told with the place of the second', () => {
    expect(parseConfig('version: 1\nmetrics:\n  f1: {}\n  wer: {}\n  f1: {}\n').problems).toEqual([
      'slipway.yaml:5:3: Map keys must be unique',
    ]);
  });

  it('that is a pipe, a folder, a link in a circle or too large is told and not read, and the defaults hold', () => {
    const file = join(folder, 'slipway.yaml');
    const config = new ConfigFile(file);
    const told = (): string => {
      expect(config.current().config.metrics).toEqual({});
      return config.current().problems.join('\n');
    };
    execFileSync('mkfifo', [file]);
    expect(told()).toBe('slipway.yaml is not a file. Put a text file in its place, or take it away.');
    rmSync(file);
    mkdirSync(file);
    expect(told()).toContain('slipway.yaml is not a file.');
    rmSync(file, { recursive: true });
    symlinkSync('slipway.yaml', file);
    expect(told()).toMatch(/^slipway\.yaml cannot be read: ELOOP/);
    rmSync(file);
    writeFileSync(file, `version: 1\nmetrics:\n${'  m: {}\n'.repeat(40_000)}`);
    expect(told()).toBe('slipway.yaml is larger than 64 KB and was not read. Make it smaller.');
    writeFileSync(file, 'version: 1\n');
    expect(told()).toBe('');
  });

  it('with thousands of mistakes tells twenty', () => {
    const keys = Array.from({ length: 10_000 }, (_, index) => index.toString(36));
    expect(parseConfig(`{version: 1,metrics: {${keys.join(',')}}}`).problems).toHaveLength(20);
    expect(parseConfig(`{version: 1,metrics: {${'a,'.repeat(10_000)}}}`).problems).toHaveLength(20);
    // Each of them took all others out of the file once more: a minute.
    const models = Array.from({ length: 3000 }, (_, at) => `m${at}: {x: 1}`);
    expect(parseConfig(`{version: 1,models: {${models.join(',')}}}`).problems).toHaveLength(20);
  });

  it('that is no YAML is told with its place, and the defaults hold', () => {
    const { config, problems } = parseConfig('version: 1\nmetrics: { f1: \n');
    expect(problems[0]).toMatch(/^slipway\.yaml:\d+:\d+: /);
    expect(config.metrics).toEqual({});
  });
});

describe('a file of another program', () => {
  it.each([
    [
      'a SQLite database with a table of the same name',
      (file: string) => new Database(file).exec('CREATE TABLE experiments (x); PRAGMA user_version = 2').close(),
    ],
    [
      'a letter',
      (file: string) =>
        writeFileSync(
          file,
          'Dear reader, this is a letter and not a database at all; it goes on for a while, so that it is long.',
        ),
    ],
  ])('named with --db (%s) is refused and left as it was', (_name, make) => {
    make(path);
    const before = readFileSync(path);
    expect(() => openWorkspaceDatabase({ path, named: true, durability: 'NORMAL', now })).toThrow(
      /is not a Slipway database and was left as it is/,
    );
    expect(readFileSync(path).equals(before)).toBe(true);
    expect(readdirSync(folder)).toEqual(['slipway.db']);
  });

  it('in the place of the workspace database is refused too, when it is sound', () => {
    new Database(path).exec('CREATE TABLE other (x)').close();
    expect(() => open()).toThrow(/is not a Slipway database/);
  });
});
