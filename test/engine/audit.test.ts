// The audit log: every move of the registry is in it, and whatever is done to it by hand is noticed.
import { createHash } from 'node:crypto';
import { cpSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import BetterSqlite3 from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { slipway, startEngine, temporaryFolder } from './engine-process';

const moves = 12;
const folder = temporaryFolder();
const database = join(folder, '.slipway/slipway.db');
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Verified {
  records: number;
  isIntact: boolean;
  problems: { seq: number | null; message: string }[];
  unsealed: number;
  head: string | null;
}

beforeAll(async () => {
  await using engine = await startEngine({ workspace: folder });
  const post = async (path: string, body: object): Promise<Record<string, unknown>> => {
    const { status, body: answer } = await engine.json('POST', `/api/2.0/mlflow/${path}`, body);
    expect(status).toBe(200);
    return answer;
  };
  const { run } = (await post('runs/create', { experiment_id: '0' })) as {
    run: { info: { run_id: string; artifact_uri: string } };
  };
  const { run_id, artifact_uri } = run.info;
  await post('registered-models/create', { name: 'delay' });
  await post('registered-models/create', { name: 'delayed' });
  for (let version = 1; version < moves - 1; version += 1) {
    await post('model-versions/create', { name: 'delay', source: `${artifact_uri}/model`, run_id });
  }
});

async function verify(): Promise<{ code: number | null; found: Verified }> {
  const { code, stdout } = await slipway(['audit', 'verify', '--json', '--workspace', folder]);
  await slipway(['engine', 'stop', '--workspace', folder]);
  return { code, found: JSON.parse(stdout) as Verified };
}

/** Does something to the database while no engine runs, as whoever owns the file can, and puts it back after `look`. */
async function tampered(
  act: (db: BetterSqlite3.Database) => void,
  after = async (): Promise<void> => undefined,
): Promise<{ code: number | null; found: Verified }> {
  await slipway(['engine', 'stop', '--workspace', folder]);
  const files = [database, `${database}.audit`];
  for (const file of files) cpSync(file, `${file}.kept`);
  const db = new BetterSqlite3(database);
  db.exec('DROP TRIGGER audit_records_stay; DROP TRIGGER audit_records_kept;');
  act(db);
  db.close();
  try {
    await after();
    return await verify();
  } finally {
    for (const file of files) cpSync(`${file}.kept`, file);
    for (const rest of ['-wal', '-shm']) rmSync(`${database}${rest}`, { force: true });
  }
}

describe('slipway audit', () => {
  test('lists every move, the newest first, of one model or of all', async () => {
    const { stdout } = await slipway(['audit', 'list', 'delay', '--limit', '5', '--json', '--workspace', folder]);
    const page = JSON.parse(stdout) as { items: { action: string; subject: string; actor: string }[]; next: string };
    expect(page.items.map(({ action, subject }) => `${action} ${subject}`)).toEqual(
      [10, 9, 8, 7, 6].map((version) => `version created delay@${version}`),
    );
    const rest = await slipway(['audit', 'list', 'delay', '--page', page.next, '--workspace', folder]);
    expect(rest.stdout).toContain('Model created delay');
    expect(rest.stdout).not.toContain('delayed');
  });

  test('of one model lists none of another whose name has an @ as well', async () => {
    await using engine = await startEngine();
    for (const name of ['delay', 'delay@other', 'delay@']) {
      await engine.json('POST', '/api/2.0/mlflow/registered-models/create', { name });
    }
    const { stdout } = await slipway(['audit', 'list', 'delay', '--json', '--workspace', engine.workspace]);
    const { items } = JSON.parse(stdout) as { items: { subject: string }[] };
    expect(items.map(({ subject }) => subject)).toEqual(['delay']);
  });

  test('says that nothing was changed, and by whom it was sealed', async () => {
    const { code, found } = await verify();
    expect([code, found.isIntact, found.records, found.unsealed]).toEqual([0, true, moves, 0]);
  });

  test('refuses to be changed through SQL', () => {
    const db = new BetterSqlite3(database);
    expect(() => db.exec("UPDATE audit_records SET actor = 'nobody'")).toThrow('never changed');
    expect(() => db.exec('DELETE FROM audit_records')).toThrow('never taken away');
    db.close();
  });

  test.each<[string, string, string]>([
    ['a record that was changed', "UPDATE audit_records SET actor = 'nobody' WHERE seq = 4", 'was changed'],
    ['a record that was taken out', 'DELETE FROM audit_records WHERE seq = 4', 'Record 4 is missing'],
    [
      'records that were cut off at the end',
      'DELETE FROM audit_records WHERE seq > 9',
      '3 records are missing at the end',
    ],
    ['an empty log', 'DELETE FROM audit_records', '12 records are missing at the end'],
  ])('notices %s', async (_, sql, message) => {
    const { code, found } = await tampered((db) => db.exec(sql));
    expect([code, found.isIntact]).toEqual([1, false]);
    expect(found.problems.map((each) => each.message).join(' ')).toContain(message);
  });

  test('what is written after records were cut off does not cover that up', async () => {
    const { code, found } = await tampered(
      (db) => db.exec('DELETE FROM audit_records WHERE seq > 9'),
      async () => {
        await using engine = await startEngine({ workspace: folder });
        await engine.json('POST', '/api/2.0/mlflow/runs/create', { experiment_id: '0' });
        for (const name of ['after', 'all']) {
          await engine.json('POST', '/api/2.0/mlflow/registered-models/create', { name });
        }
      },
    );
    expect([code, found.problems]).toEqual([
      1,
      [{ seq: 10, message: expect.stringContaining('record 12 of the log') }],
    ]);
  });

  test('notices a chain that was written anew with hashes that fit', async () => {
    const { code, found } = await tampered((db) => {
      const rows = db.prepare('SELECT * FROM audit_records ORDER BY seq').all() as Record<string, string | number>[];
      let prev = '0'.repeat(64);
      for (const row of rows) {
        const actor = row.seq === 4 ? 'nobody' : row.actor;
        const fields = [row.seq, row.time, actor, row.action, row.subject, row.detail, prev];
        const hash = createHash('sha256').update(JSON.stringify(fields)).digest('hex');
        db.prepare('UPDATE audit_records SET actor = ?, prev = ?, hash = ? WHERE seq = ?').run(
          actor,
          prev,
          hash,
          row.seq,
        );
        prev = hash;
      }
    });
    expect([code, found.isIntact, found.unsealed]).toEqual([1, false, 9]);
    expect(found.problems.at(-1)?.message).toContain('was replaced');
  });

  test('goes on after the engine was killed in the middle of it', async () => {
    {
      await using engine = await startEngine({ workspace: folder });
      await engine.json('POST', '/api/2.0/mlflow/registered-models/create', { name: 'killed' });
      await engine.end('SIGKILL');
    }
    const { code, found } = await verify();
    expect([code, found.records]).toEqual([0, moves + 1]);
    expect(existsSync(`${database}.audit`)).toBe(true);
    writeFileSync(`${database}.audit`, 'torn');
    expect((await verify()).code).toBe(1);
    expect(readFileSync(`${database}.audit`, 'utf8')).toBe('torn');
  });
});
