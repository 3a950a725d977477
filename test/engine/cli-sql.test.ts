// `slipway sql`: what it prints, what it may not do, and how it is ended.
import { spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runSql } from '../../src/client/sql/sql-process';
import { cli, type EngineProcess, node, repository, slipway, startEngine, temporaryFolder } from './engine-process';
import { seedWorkspace } from './seeded-workspace';

let folder: string;
let engine: EngineProcess;
let elsewhere: string;

const endless = 'WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT count(*) FROM n';

beforeAll(async () => {
  folder = seedWorkspace(({ runs, clock }) => {
    for (const name of ['plain', 'a,"b"\nc', '']) {
      runs.createRun({ experimentId: '0', userId: 'ada', name: name || 'third', startTime: clock.now++ });
    }
  });
  elsewhere = temporaryFolder();
  engine = await startEngine({ workspace: folder });
});
afterAll(async () => {
  await engine.end();
  for (const each of [folder, elsewhere]) rmSync(each, { recursive: true, force: true });
});

function sql(statement: string, ...options: string[]): ReturnType<typeof slipway> {
  return slipway(['sql', statement, ...options], { cwd: folder });
}

/** Asks as the command does, in the same process of its own, without the time it takes to start the command. */
function ask(statement: string, memory = 1024 ** 3): ReturnType<typeof runSql> {
  const request = { database: `${folder}/.slipway/slipway.db`, statement, rows: 10, characters: 1000, memory };
  return runSql(request, { bundle: join(repository, 'dist'), limit: 30_000 });
}

describe('slipway sql', () => {
  it('prints a table for people', async () => {
    const { code, stdout, stderr } = await sql("SELECT 1 AS one, NULL AS none, 'x' || char(10) || 'y' AS text");
    expect([code, stdout, stderr]).toEqual([0, 'one  none  text\n  1     –  x y\n', '']);
  });

  it('sees all points of a metric, also those that lie in packs', async () => {
    const [first] = (await sql('SELECT run_id FROM runs ORDER BY start_time LIMIT 1', '--format', 'csv')).stdout
      .split('\n')
      .slice(1);
    const metrics = Array.from({ length: 100 }, (_, step) => ({
      key: 'loss',
      step: step === 99 ? '9007199254740993' : step,
      timestamp: step,
      value: step === 3 ? 'NaN' : step / 4,
    }));
    for (const part of [metrics, [{ key: 'loss', step: 5, timestamp: 0, value: 1 }]]) {
      const sent = await engine.json('POST', '/api/2.0/mlflow/runs/log-batch', { run_id: first, metrics: part });
      expect(sent.status).toBe(200);
    }
    const points = 'SELECT count(*) n, max(step) last, sum(is_nan) nan, sum(value) total FROM metric_points';
    const { stdout } = await sql(`${points} JOIN metric_series USING (series) WHERE key = 'loss'`, '--format', 'csv');
    expect(stdout).toBe(`n,last,nan,total\n101,9007199254740993,1,${(99 * 100) / 8 - 0.75 + 1}\n`);
  });

  it('prints CSV that a spreadsheet reads', async () => {
    const { stdout } = await sql(
      "SELECT name, NULL AS n, '' AS e, 1.5 AS f FROM runs ORDER BY start_time",
      '--format',
      'csv',
    );
    expect(stdout).toBe('name,n,e,f\nplain,,"",1.5\n"a,""b""\nc",,"",1.5\nthird,,"",1.5\n');
  });

  it('prints JSON with the names and numbers every verb has', async () => {
    const statement = "SELECT 9007199254740993 AS big, 9e999 AS high, x'0aff' AS bytes, NULL AS none, 2 AS big";
    const { stdout } = await sql(statement, '--json');
    expect(JSON.parse(stdout)).toEqual({
      columns: ['big', 'high', 'bytes', 'none', 'big:1'],
      items: [{ big: '9007199254740993', high: 'Infinity', bytes: '0aff', none: null, 'big:1': 2 }],
      next: null,
      truncated: false,
    });
    expect((await sql('SELECT 1 AS a', '--format', 'json')).stdout).toBe(
      '{"columns":["a"],"items":[{"a":1}],"next":null,"truncated":false}\n',
    );
  });

  it('says when there are more rows than it prints', async () => {
    const all = await sql('SELECT run_id FROM runs', '--limit', '3', '--format', 'csv');
    expect([all.stdout.split('\n').length, all.stderr]).toEqual([5, '']);
    const some = await sql('SELECT run_id FROM runs', '--limit', '2', '--format', 'csv');
    expect([some.code, some.stdout.split('\n').length]).toEqual([0, 4]);
    expect(some.stderr).toMatch(/^slipway: These are the first 2 rows; there are more\. /);
    expect(JSON.parse((await sql('SELECT 1 UNION SELECT 2', '--limit', '1', '--json')).stdout)).toMatchObject({
      items: [{ '1': 1 }],
      truncated: true,
    });
  });

  it('sees what was written a moment ago, and what WITH, VALUES and EXPLAIN say', async () => {
    await engine.json('POST', '/api/2.0/mlflow/runs/create', { experiment_id: '0', run_name: 'fresh', start_time: 1 });
    expect((await sql("SELECT count(*) AS n FROM runs WHERE name = 'fresh'")).stdout).toBe('n\n1\n');
    for (const statement of [
      'WITH a AS (SELECT 1) SELECT * FROM a',
      'VALUES (1), (2)',
      'EXPLAIN QUERY PLAN SELECT * FROM runs',
      ' /* why */ -- not\n select 1',
      "SELECT name FROM pragma_table_info('runs')",
    ]) {
      expect([statement, (await ask(statement)).rows.length > 0]).toEqual([statement, true]);
    }
  });
});

describe('slipway sql refuses', () => {
  const writes = [
    'INSERT INTO tags SELECT run, 1, 2 FROM runs',
    "UPDATE runs SET name = 'x'",
    'DELETE FROM runs',
    'DROP TABLE runs',
    'CREATE TABLE t (x)',
    'CREATE TEMP TABLE t (x)',
    'WITH a AS (SELECT 1) DELETE FROM runs',
    "WITH a AS (SELECT 1) UPDATE runs SET name = 'x' RETURNING name",
    'REPLACE INTO meta VALUES (1, 2)',
    'VACUUM',
    'REINDEX',
    'BEGIN IMMEDIATE',
    'PRAGMA user_version = 99',
    'PRAGMA query_only = OFF',
    'PRAGMA writable_schema = ON',
    'EXPLAIN PRAGMA user_version = 99',
    '/* SELECT */ DELETE FROM runs',
    '\ufeffDELETE FROM runs',
    'SELECT 1; DELETE FROM runs',
    '',
    '/* nothing */',
  ];
  it.each(writes)('to write: %s', async (statement) => {
    await expect(ask(statement)).rejects.toThrow(/^[^.]+\.( Give .+\.| Try .+\.)?$/);
  });

  it('to write, in one sentence with exit code 3 and nothing on stdout', async () => {
    const { code, stdout, stderr } = await sql("UPDATE runs SET name = 'x'");
    expect([code, stdout]).toEqual([3, '']);
    expect(stderr).toMatch(/^slipway: `slipway sql` only reads: .+, not with UPDATE\.\n$/);
  });

  it('and all of these have changed nothing', async () => {
    const { stdout } = await sql('SELECT count(*) AS runs, min(name) AS first FROM runs', '--format', 'csv');
    expect(stdout).toBe('runs,first\n4,"a,""b""\nc"\n');
    expect((await sql('SELECT user_version < 99 AS same FROM pragma_user_version')).stdout).toBe('same\n   1\n');
  });

  it('to open another file or make one', async () => {
    const other = join(elsewhere, 'other.db');
    for (const statement of [
      `ATTACH '${other}' AS o`,
      `EXPLAIN ATTACH '${other}' AS o`,
      `VACUUM INTO '${other}'`,
      `SELECT * FROM pragma_database_list; ATTACH '${other}' AS o`,
    ]) {
      await expect(ask(statement), statement).rejects.toThrow(/only reads|more than one statement/);
    }
    expect(existsSync(other)).toBe(false);
  });

  it('to read a file, write one or load code through a function', async () => {
    const secret = join(elsewhere, 'secret.txt');
    writeFileSync(secret, 'secret');
    for (const call of [
      `readfile('${secret}')`,
      `writefile('${join(elsewhere, 'made')}', 'x')`,
      `load_extension('${secret}')`,
      `edit('x')`,
      "fts3_tokenizer('simple', x'00')",
    ]) {
      await expect(ask(`SELECT ${call}`), call).rejects.toThrow(
        /SQLite refuses the statement: (?:no such function|not authorized|fts3tokenize disabled)/,
      );
    }
    expect(readdirSync(elsewhere)).toEqual(['secret.txt']);
  });

  it('a wrong statement in one sentence', async () => {
    const { code, stderr } = await sql('SELECT something FROM nowhere');
    const tables = 'select name from pragma_table_list';
    const sentence = `SQLite refuses the statement: no such table: nowhere. These are there: slipway sql "${tables}"`;
    expect([code, stderr]).toEqual([3, `slipway: ${sentence}\n`]);
    expect((await sql(tables)).stdout).toContain('metric_points');
  });

  it('a statement that leaves a value open', async () => {
    for (const statement of ['SELECT ?', 'SELECT :name']) {
      const { code, stderr } = await sql(statement);
      expect([code, stderr]).toEqual([
        3,
        'slipway: The statement leaves a value open (?, :name). Write the value itself.\n',
      ]);
    }
  });

  it('a time that is none, and --json with another format', async () => {
    expect((await sql('SELECT 1', '--timeout', 'soon')).code).toBe(3);
    expect((await sql('SELECT 1', '--json', '--format', 'csv')).stderr).toContain('cannot go together');
  });
});

describe('a statement without end', () => {
  it('is ended when its time is over, and the engine answers all the while', async () => {
    const begun = performance.now();
    const ending = sql(endless, '--timeout', '1500ms');
    let slowest = 0;
    for (let i = 0; i < 20; i += 1) {
      const asked = performance.now();
      await engine.client.api.engine.status.query();
      slowest = Math.max(slowest, performance.now() - asked);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    const { code, stdout, stderr } = await ending;
    expect([code, stdout]).toEqual([3, '']);
    expect(stderr).toBe(
      'slipway: The statement was ended after 1.5 s. Make it smaller, or give it more with --timeout.\n',
    );
    expect(performance.now() - begun).toBeLessThan(10_000);
    expect(slowest).toBeLessThan(1000);
    await expect.poll(() => statementsOf(folder)).toEqual([]);
  });

  it('is ended when it takes too much memory', async () => {
    const statement = 'WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT x FROM n ORDER BY -x';
    const ending = ask(statement, 250 * 1024 ** 2);
    await expect(ending).rejects.toThrow('it took more than 250 MB of memory');
  });

  it.each(['SIGINT', 'SIGKILL'] as const)('ends with its command: %s', async (signal) => {
    const child = spawn(node, [cli, 'sql', endless, '--timeout', '1h'], { cwd: folder, stdio: 'ignore' });
    const ended = new Promise((resolve) => child.once('exit', (_, by) => resolve(by)));
    await expect.poll(() => statementsOf(folder).length).toBe(1);
    child.kill(signal);
    expect(await ended).toBe(signal);
    await expect.poll(() => statementsOf(folder)).toEqual([]);
  });

  it('that prints without end stops at so many rows, and at so long an answer', async () => {
    const statement = 'WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT x FROM n';
    const { code, stderr } = await sql(statement, '--format', 'csv');
    expect(code).toBe(0);
    expect(stderr).toContain('These are the first 1,000 rows');
    const wide = await sql(
      `WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT hex(zeroblob(4000000)) AS h FROM n`,
      '--format',
      'csv',
    );
    expect(wide.stderr).toContain('Together they are as long as an answer may be');
  });
});

/** The processes that run a statement in this folder. Linux says so in /proc; elsewhere none are seen. */
function statementsOf(workspace: string): string[] {
  return readdirSync('/proc').filter((pid) => {
    if (!/^\d+$/.test(pid)) return false;
    try {
      const words = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
      const isStatement = words.some((word) => word.endsWith('/sql.js'));
      return isStatement && statSync(`/proc/${pid}/cwd`).ino === statSync(workspace).ino;
    } catch {
      return false;
    }
  });
}
