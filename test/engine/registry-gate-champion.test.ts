// What a version is compared with stands where it does by a decision, with the files of that decision, or nothing is compared with it.

import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import BetterSqlite3 from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type EngineProcess, slipway, startEngine, temporaryFolder } from './engine-process';
import { GatedModels, onnxModel } from './gated-models';

const folder = temporaryFolder();
const other = 'other@example.org';
const against = (name: string, word: string, more = ''): string => `  ${name}:
    approvals: { need: 1 }
    protects: [champion, production, baseline]
    gates:
      - { id: io, kind: signature, against: "${word}"${more} }
`;
let engine: EngineProcess;
let registry: GatedModels;

beforeAll(async () => {
  GatedModels.identity(folder, 'author@example.org');
  execFileSync('git', ['-c', 'user.name=A', 'commit', '-q', '--allow-empty', '-m', 'first'], { cwd: folder });
  GatedModels.rules(
    folder,
    [
      against('swapped', 'champion', ', on_missing: warn'),
      against('forged', 'champion', ', on_missing: warn'),
      against('based', '@baseline'),
      against('own', '@mark'),
      against('held', 'champion'),
      against('committed', 'git:HEAD:./model.onnx'),
    ].join(''),
  );
  engine = await startEngine({ workspace: folder });
  registry = new GatedModels(engine);
});
afterAll(async () => {
  await engine.end();
  rmSync(folder, { recursive: true, force: true });
});

/** Puts other bytes where the workspace keeps these. */
function overwrite(kept: Buffer, by: Buffer): void {
  const sha256 = createHash('sha256').update(kept).digest('hex');
  const file = join(folder, '.slipway/objects', sha256.slice(0, 2), sha256.slice(2));
  chmodSync(file, 0o600);
  writeFileSync(file, by);
}

/** Writes to the database beside the engine, as whoever owns the file can. */
function sql(...statements: string[]): void {
  const db = new BetterSqlite3(join(folder, '.slipway/slipway.db'), { timeout: 5000 });
  for (const each of statements) db.exec(each);
  db.close();
}

async function verify(): Promise<string[]> {
  const { problems } = await engine.client.api.audit.verify.query();
  return problems.map(({ message }) => message);
}

/** A version of the model that somebody agreed to. */
async function agreed(name: string, doc: string): Promise<number> {
  const { version } = await registry.version(name, onnxModel({ doc }));
  await registry.approve(name, version, other);
  return version;
}

const of = (name: string): string =>
  `model = (SELECT model FROM registered_models WHERE name = '${name}' AND deleted_time IS NULL)`;

describe('what a version is compared with', () => {
  test('a champion whose files were swapped for worse ones let a version pass', async () => {
    const first = await agreed('swapped', 'swapped, one');
    expect((await registry.promote('swapped', first)).refused).toEqual([]);
    const bytes = onnxModel({ doc: 'swapped, one' });
    overwrite(bytes, onnxModel({ doc: 'swapped, 1st' }));
    const second = await agreed('swapped', 'swapped, two');
    const told = await slipway(['gate', `swapped@${second}`, '--json', '--workspace', folder]);
    const { rules } = JSON.parse(told.stdout) as { rules: { verdict: string; why: string }[] };
    const why = expect.stringContaining('are not those that were decided over');
    expect([told.code, rules]).toEqual([3, [expect.objectContaining({ verdict: 'error', why })]]);
    const { refused } = await registry.promote('swapped', second);
    expect(refused).toContainEqual({ rule: 'protected', why });
    expect((await registry.stage('swapped', second, 'Production')).status).toBe(403);
    overwrite(bytes, bytes);
    await registry.approve('swapped', second, other);
    expect((await registry.promote('swapped', second)).refused).toEqual([]);
    expect(await verify()).toEqual([]);
  });

  test('a champion that SQL put there let a version pass, and was forgotten', async () => {
    const first = await agreed('forged', 'forged, one');
    expect((await registry.promote('forged', first)).refused).toEqual([]);
    const put = (await registry.version('forged', onnxModel({ doc: 'forged, put' }))).version;
    sql(
      `UPDATE model_versions SET stage = 'Archived' WHERE ${of('forged')} AND version = ${first}`,
      `UPDATE model_versions SET stage = 'Production' WHERE ${of('forged')} AND version = ${put}`,
      `UPDATE model_aliases SET version = ${put} WHERE ${of('forged')}`,
    );
    const third = await agreed('forged', 'forged, three');
    const { refused } = await registry.promote('forged', third);
    const why = expect.stringContaining(`forged@${put} is in production, and no decision put it there`);
    expect(refused).toEqual([
      { rule: 'protected', why },
      { rule: 'io', why: expect.stringMatching(/no decision put it there/) },
    ]);
    expect(await verify()).toContainEqual(expect.stringContaining(`forged@${put} is production, and no decision`));
    // Nor is it compared with itself, as a champion may be.
    await registry.approve('forged', put, other);
    expect((await registry.promote('forged', put)).refused.map(({ rule }) => rule)).toEqual(['io']);
    const said = { identity: other, door: 'command line' as const };
    const back = await engine.client.api.registry.rollback.mutate({ ...said, name: 'forged', reason: 'put there' });
    expect([back.version, back.refused]).toEqual([String(first), []]);
    await registry.approve('forged', third, other);
    expect((await registry.promote('forged', third)).refused).toEqual([]);
    expect(await verify()).toContainEqual(
      expect.stringMatching(new RegExp(`forged@${put} was in production until record \\d+, and no record had put it`)),
    );
  });

  test('a comparison with an alias was waved through when the alias named the version itself, or what SQL wrote', async () => {
    const first = await agreed('based', 'based, one');
    expect((await registry.promote('based', first)).refused.map(({ rule }) => rule)).toEqual(['io']);
    sql(`INSERT INTO model_aliases (model, alias, version) SELECT model, 'baseline', ${first}
      FROM registered_models WHERE name = 'based'`);
    const forged = await registry.promote('based', first);
    const why = expect.stringContaining(`@baseline names based@${first}, and no decision moved it there`);
    expect(forged.refused).toContainEqual({ rule: 'io', why });
    sql(`DELETE FROM model_aliases WHERE ${of('based')}`);
    const own = await agreed('own', 'own, one');
    await registry.alias('own', 'mark', own);
    await registry.approve('own', own, other);
    const itself = await registry.promote('own', own);
    expect(itself.refused).toEqual([
      { rule: 'io', why: expect.stringContaining('is this version itself: there is nothing to compare with') },
    ]);
  });

  test('a comparison with a file that is in no commit was waved through', async () => {
    const version = await agreed('committed', 'committed, one');
    const { refused } = await registry.promote('committed', version);
    expect(refused).toEqual([{ rule: 'io', why: expect.stringMatching(/has no model\.onnx yet/) }]);
  });
});

describe('what SQL changes of versions that were decided over or registered', () => {
  test('tags of a decision, a run, a place of files or a row that SQL changed were not told', async () => {
    const first = await agreed('held', 'held, one');
    expect((await registry.promote('held', first)).refused).toEqual([]);
    const second = (await registry.version('held', onnxModel({ doc: 'held, two' }))).version;
    const before = await verify();
    const tag = (key: string): string =>
      `model_version_tags SET value = value || 'x' WHERE ${of('held')} AND key = '${key}'`;
    const edits: [string, RegExp][] = [
      [
        `UPDATE ${tag('approved_by')}`,
        /held@1 is tagged approved_by: other@example.orgx, and the decision wrote other@/,
      ],
      [`UPDATE ${tag('approval_date')}`, /held@1 is tagged approval_date: /],
      [`DELETE FROM model_version_tags WHERE ${of('held')}`, /held@1 is tagged approved_by: nothing, and/],
      [
        `INSERT INTO model_version_tags (model, version, key, value) SELECT model, 1, 'training_data_hash', 'a'
           FROM registered_models WHERE name = 'held'`,
        /held@1 is tagged training_data_hash: a, and the decision wrote nothing/,
      ],
      [
        `UPDATE model_versions SET run_id = 'other' WHERE ${of('held')} AND version = 1`,
        /held@1 names other as its run/,
      ],
      [
        `UPDATE model_versions SET storage_location = storage_location || 'x' WHERE ${of('held')} AND version = ${second}`,
        /held@2 has its files at .*x, and was registered with those at/,
      ],
      [
        `DELETE FROM model_versions WHERE ${of('held')} AND version = ${second}`,
        /held@2 was registered, and its row is/,
      ],
    ];
    for (const [edit, message] of edits) {
      const tables = ['model_versions', 'model_version_tags'];
      sql(...tables.map((table) => `CREATE TABLE kept_${table} AS SELECT * FROM ${table}`), edit);
      expect(await verify(), edit).toContainEqual(expect.stringMatching(message));
      sql(
        ...tables.flatMap((table) => [
          `INSERT OR REPLACE INTO ${table} SELECT * FROM kept_${table}`,
          `DROP TABLE kept_${table}`,
        ]),
        `DELETE FROM model_version_tags WHERE key = 'training_data_hash'`,
      );
      expect(await verify(), edit).toEqual(before);
    }
    sql(
      `DELETE FROM model_versions WHERE ${of('held')} AND version = ${second}`,
      `UPDATE registered_models SET next_version = ${second} WHERE name = 'held'`,
    );
    await registry.version('held', onnxModel({ doc: 'held, another two' }));
    expect(await verify()).toContain('held@2 was registered 2 times: the row of another one is gone.');
  });
});
