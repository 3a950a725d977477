// Datasets that are fetched, or made by a query over others.
import { readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { slipway } from '../engine/engine-process';
import {
  ask,
  at,
  config,
  engine,
  type Listed,
  type Refreshed,
  run,
  sha256,
  withWorkspaces,
  write,
} from './dataset-workspace';

withWorkspaces();

describe('a source', () => {
  it('is fetched from an address, and what fails leaves the last version', async () => {
    let answer: { status: number; body: string } = { status: 200, body: 'a\n1\n' };
    const server = createServer((_, response) => void response.writeHead(answer.status).end(answer.body)).listen(
      0,
      '127.0.0.1',
    );
    await new Promise((resolve) => server.once('listening', resolve));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/table.csv?secret=1`;
    try {
      const { version } = await ask<Refreshed>('add', 'web', '--url', url);
      expect(version).toMatchObject({ id: sha256('a\n1\n'), storage: { kind: 'kept' } });
      answer = { status: 503, body: 'busy' };
      expect(await run('refresh', 'web')).toMatchObject({ code: 3, stderr: expect.stringContaining('answers 503') });
      answer = { status: 200, body: 'a\n1\n2\n' };
      expect(await ask<Refreshed>('refresh', 'web')).toMatchObject({ is_new: true });
      const { nodes } = await ask<{ nodes: { kind: string; id: string }[] }>('lineage', 'web');
      expect(nodes.find(({ kind }) => kind === 'source')?.id).toBe(url.split('?')[0]);
    } finally {
      server.close();
    }
    expect(await run('refresh', 'web')).toMatchObject({ code: 3, stderr: expect.stringContaining('does not answer') });
    expect((await ask<Listed>('versions', 'web')).items.length).toBe(2);
    await ask('restore', 'web', 'table.csv');
    expect(readFileSync(at('table.csv'), 'utf8')).toBe('a\n1\n2\n');
    expect(readdirSync(at('.slipway/quarantine'))).toEqual([]);
  });

  it('is what a command prints, or a SELECT over a SQLite file finds', async () => {
    await ask('add', 'printed', '--command', 'printf "a\\n1\\n"', '--format', 'csv');
    await expect.poll(async () => (await ask<Listed>('versions', 'printed')).items[0]?.rows).toBe(1);
    expect(await run('add', 'broken', '--command', 'echo no >&2; exit 3', '--format', 'csv')).toMatchObject({
      code: 3,
      stderr: expect.stringContaining('exit code 3: no'),
    });
    const database = new Database(at('shop.db'));
    database.exec(
      "CREATE TABLE sales (id INTEGER, note TEXT); INSERT INTO sales VALUES (9007199254740993, 'a,\"b'), (2, NULL), (3, '')",
    );
    database.close();
    await ask('add', 'sales', '--sqlite', 'shop.db', '--select', 'SELECT * FROM sales ORDER BY id');
    await ask('restore', 'sales', 'sales.csv');
    expect(readFileSync(at('sales.csv'), 'utf8')).toBe('id,note\n2,\n3,""\n9007199254740993,"a,""b"\n');
    for (const query of ['DELETE FROM sales', "ATTACH 'x.db' AS x", 'SELECT nothing', 'SELECT 1; SELECT 2']) {
      expect((await run('add', 'bad', '--sqlite', 'shop.db', '--select', query)).code).toBe(3);
    }
    expect(await ask<Listed>('list')).toMatchObject({ items: [{ name: 'printed' }, { name: 'sales' }] });
  });

  it('that is a query is read in two versions at once, and over datasets called data, reference and current', async () => {
    write('a.csv', 'x,k\n1,1\n2,2\n');
    for (const name of ['data', 'reference', 'current']) await ask('add', name, 'a.csv');
    const query = 'SELECT data.x, k FROM data JOIN reference USING (k) JOIN current USING (k)';
    const first = await ask<Refreshed>('add', 'late', '--query', query);
    write('a.csv', 'x,k\n1,1\n5,2\n7,9\n');
    const second = await ask<Refreshed>('refresh', 'late');
    const [before, after] = [first, second].map(({ version }) => `late@${version.id.slice(0, 12)}`) as [string, string];
    const one = await slipway(['diff', before, after, '--key', 'k', '--json'], { cwd: engine.workspace });
    expect([one.stderr, JSON.parse(one.stdout).rows]).toMatchObject(['', { added: 1, changed: 1, same: 1 }]);
    const profile = await slipway(['profile', after, '--json'], { cwd: engine.workspace });
    expect([profile.stderr, JSON.parse(profile.stdout).rows]).toEqual(['', 3]);
  });

  it('that is a query says so when it is behind what it selects from, until all is refreshed', async () => {
    write('jan.csv', 'a\n1\n');
    const { version } = await ask<Refreshed>('add', 'jan', 'jan.csv');
    await ask('add', 'web', '--query', 'SELECT * FROM jan');
    const behind = async () => (await ask<{ behind: unknown[] }>('show', 'web')).behind;
    expect(await behind()).toEqual([]);
    write('jan.csv', 'a\n2\n');
    await ask('refresh', 'jan');
    expect(await behind()).toEqual([{ dataset: 'jan', version: version.id }]);
    const said = `made from jan@${version.id.slice(0, 8)}; jan has a newer version`;
    expect((await run('show', 'web')).stdout).toContain(said);
    expect((await run('list')).stdout).toContain(said);
    write('slipway.yaml', `${config()}  gone: { path: gone.csv }\n`);
    const all = await run('refresh', '--all');
    expect([all.code, all.stderr]).toEqual([3, expect.stringContaining('gone')]);
    expect(all.stdout.split('\n').map((line) => line.split('@')[0])).toEqual(['jan', 'web', '']);
    expect(await behind()).toEqual([]);
    expect((await run('refresh')).stderr).toContain('--all');
  });

  it('that is a query is its text and the contents of what it selects from', async () => {
    write('a.csv', 'x,k\n1,1\n2,2\n');
    write('b.csv', 'k,y\n1,7\n');
    await ask('add', 'Trips', 'a.csv');
    await ask('add', 'my right', 'b.csv');
    const first = await ask<Refreshed>('add', 'both', '--query', 'SELECT * FROM trips JOIN "my right" USING (k)');
    await expect.poll(async () => (await ask<Listed>('versions', 'both')).items[0]?.rows).toBe(1);
    expect(await ask<Refreshed>('refresh', 'both')).toMatchObject({ is_new: false });
    // The size of what it reads is not its own.
    expect((await run('refresh', 'both')).stdout).toContain('known already, 1 row, reads 2 files, 20 B.');
    expect((await run('list')).stdout).toMatch(/^both +1 +[0-9a-f]{12} +1 +– /m);
    expect((await run('versions', 'both')).stdout).toMatch(/ 1 +– +– +yes /);
    expect((await run('show', 'both')).stdout).toContain('1 row, 3 columns, reads 2 files, 20 B');
    write('b.csv', 'k,y\n1,7\n2,8\n');
    const second = await ask<Refreshed>('refresh', 'both');
    expect(second.version.id).not.toBe(first.version.id);
    await expect.poll(async () => (await ask<Listed>('versions', 'both')).items[0]?.rows).toBe(2);
    expect((await ask<Listed>('versions', 'my right')).items.length).toBe(2);
    const { edges } = await ask<{ edges: unknown[] }>('lineage', 'both');
    expect(edges.length).toBeGreaterThanOrEqual(2);
    expect((await run('add', 'none', '--query', 'SELECT 1')).stderr).toContain('reads no dataset');
    // An error of the query names its place there, and no file.
    for (const [query, says] of [
      ['SELECT kk FROM trips', 'The query, character 8: there is no column kk. Near it: k'],
      ['SELECT x,\n  kk\nFROM trips', 'The query, line 2, character 3: there is no column kk. Near it: k'],
      ['SELECT x FROM trips WHERE', 'The query: it ends before it is complete.'],
      ['SELECT x FROM trips JOIN gone USING (k)', 'The query, character 26: there is no dataset gone. It reads Trips.'],
      ['SELECT x FROM nosuch', 'There are Trips, both, my right.'],
    ] as const)
      expect((await run('add', 'wrong', '--query', query)).stderr).toContain(says);
  });

  it('that is files of several kinds is registered, and why it is no table is said', async () => {
    write('a.csv', 'x\n1\n');
    write('b.tsv', 'x\ty\n1\t2\n');
    expect((await run('add', 'mixed', 'a.csv', 'b.tsv')).stdout).toContain(
      'mixed is not one table: its files are of several kinds',
    );
    write('c.png', 'no table');
    expect((await run('add', 'images', 'c.png')).stdout).not.toContain('table');
  });

  it('that is a query over a query and over what was fetched is read, kept and never goes round in a circle', async () => {
    write('a.csv', 'x,k\n1,1\n2,2\n');
    await ask('add', 'trips', 'a.csv');
    await ask('add', 'printed', '--command', 'printf "k,y\\n1,7\\n2,8\\n"', '--format', 'csv');
    await ask('add', 'late', '--query', 'WITH t AS (SELECT * FROM trips) SELECT * FROM t WHERE x > 1; ');
    const add = [
      'add',
      'joined',
      '--query',
      'SELECT late.x, y, n FROM late JOIN printed USING (k), (SELECT count(*) AS n FROM trips)',
    ];
    const first = await ask<Refreshed>(...add);
    const rowsOf = async (version: string): Promise<unknown> => {
      const { stdout, stderr } = await slipway(['profile', version, '--json'], { cwd: engine.workspace });
      return [stderr, JSON.parse(stdout).columns.map((column: { top: { value: string }[] }) => column.top[0]?.value)];
    };
    const before = `joined@${first.version.id.slice(0, 12)}`;
    expect(await rowsOf(before)).toEqual(['', ['2', '8', '2']]);
    expect(await ask<Refreshed>('refresh', 'joined')).toMatchObject({ is_new: false });
    write('a.csv', 'x,k\n1,1\n9,2\n0,3\n');
    const second = await ask<Refreshed>('refresh', 'joined');
    expect([second.version.id === first.version.id, await rowsOf('joined')]).toEqual([false, ['', ['9', '8', '3']]]);
    expect(await rowsOf(before)).toEqual(['', ['2', '8', '2']]);
    write(
      'slipway.yaml',
      readFileSync(at('slipway.yaml'), 'utf8').replace('FROM trips) SELECT', 'FROM joined) SELECT'),
    );
    expect(await run('refresh', 'joined')).toMatchObject({
      code: 3,
      stderr: expect.stringContaining('A query cannot select from itself: joined from late from joined.'),
    });
  });
});
