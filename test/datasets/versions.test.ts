// Versions of datasets through the command line, over a real engine: kept, named, restored, deleted, carried and healed.
import { createHash } from 'node:crypto';
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { stampOf } from '../../src/lifecycle/datasets/content/file-stamp';
import { slipway, startEngine } from '../engine/engine-process';
import {
  ask,
  at,
  config,
  contract,
  engine,
  type Listed,
  type Refreshed,
  run,
  sha256,
  startAgain,
  withWorkspaces,
  write,
} from './dataset-workspace';

withWorkspaces();

describe('a version', () => {
  it('is reached by its name where a folder is called so too, with --workspace before the verb or behind it', async () => {
    write('orders/1.csv', 'a\n1\n');
    await ask('add', 'orders', 'orders');
    const at = { cwd: engine.workspace };
    for (const words of [
      ['profile', 'orders'],
      ['drift', 'orders', 'orders'],
      ['check', 'orders', '--infer'],
    ])
      expect([words[0], (await slipway(words, at)).stderr]).toEqual([words[0], '']);
    expect((await slipway(['check', 'orders'], at)).stderr).toContain('orders has no contract');
    expect((await slipway(['profile', './orders'], at)).stderr).toContain('is a folder');
    const shown = await slipway(['--workspace', engine.workspace, 'dataset', 'show', 'orders'], { cwd: '/' });
    expect([shown.code, shown.stderr]).toEqual([0, '']);
    const ran = await slipway([`--workspace=${engine.workspace}`, 'run', '--input', 'orders', '--', 'true'], {
      cwd: '/',
    });
    expect([ran.code, ran.stderr]).toEqual([0, '']);
  });

  it('is named by latest, a label, or the beginning of its id', async () => {
    write('a.csv', 'a\n1\n');
    const { version } = await ask<Refreshed>('add', 'a', 'a.csv');
    await ask('label', 'a@latest', 'train');
    write('a.csv', 'a\n2\n');
    await ask('refresh', 'a');
    const idOf = async (named: string): Promise<string> =>
      (await ask<{ version: { id: string } }>('show', named)).version.id;
    expect(await idOf('a@train')).toBe(version.id);
    expect(await idOf(`a@${version.id.slice(0, 6)}`)).toBe(version.id);
    expect(await idOf('a')).toBe(sha256('a\n2\n'));
    expect(await ask('label', 'a@latest', 'train')).toMatchObject({ before: version.id });
    const like = await run('label', 'a@latest', version.id.slice(0, 6).toUpperCase());
    expect([like.code, like.stderr]).toEqual([3, expect.stringContaining("the beginning of another version's id")]);
    await ask('label', `a@${version.id.slice(0, 6)}`, version.id.slice(0, 6));
    await ask('label', 'a@latest', '2013');
    const later = await run('label', 'a@latest', 'abcd');
    expect([later.code, later.stderr]).toEqual([3, expect.stringMatching(/abcd (reads like|is) the beginning/)]);
    expect((await run('add', '', 'a.csv')).stderr).toContain('An empty text is no name for a dataset: a name has');
    for (const wrong of ['a@gone', 'a@abc', 'nobody', 'a@b@c']) expect((await run('show', wrong)).code).toBe(3);
    await ask('label', 'a@latest', 'train', '--remove');
    expect((await run('show', 'a@train')).stderr).toContain('no version or label train');
  });

  it('is restored whole, or not at all, and over nothing that is there', async () => {
    for (const [path, text] of [
      ['d/1.csv', 'a\n1\n'],
      ['d/x/2.csv', 'a\n2\n'],
    ] as const)
      write(path, text);
    await ask('add', 'd', 'd');
    rmSync(at('d'), { recursive: true });
    write('d/other.csv', 'b\n');
    expect(await run('restore', 'd@latest', 'd')).toMatchObject({
      code: 3,
      stderr: expect.stringContaining('--force'),
    });
    expect(readdirSync(at('d'))).toEqual(['other.csv']);
    await ask('restore', 'd@latest', 'd', '--force');
    expect(readFileSync(at('d/x/2.csv'), 'utf8')).toBe('a\n2\n');
    for (const place of ['.', '.slipway/objects', '..'])
      expect((await run('restore', 'd', place, '--force')).code).toBe(3);
    const [folder] = readdirSync(at('.slipway/objects')).filter((name) => name.length === 2);
    rmSync(at(`.slipway/objects/${folder}`), { recursive: true });
    write('d/1.csv', 'changed\n');
    write('d/x/2.csv', 'changed\n');
    expect(await run('restore', 'd', 'e')).toMatchObject({ code: 3, stderr: expect.stringContaining('is not kept') });
    expect(existsSync(at('e'))).toBe(false);
    expect(readdirSync(engine.workspace).filter((name) => name.includes('unfinished'))).toEqual([]);
  });

  it('restored onto a folder writes over its own files, and leaves every other one', async () => {
    write('d/1.csv', 'a\n1\n');
    write('d/x/2.csv', 'a\n2\n');
    write('f.csv', 'a\n1\n');
    await ask('add', 'd', 'd');
    await ask('add', 'f', 'f.csv');
    write('e/1.csv', 'changed\n');
    write('e/.git/HEAD', 'ref\n');
    write('e/__pycache__/a.pyc', 'compiled\n');
    write('e/x/mine.txt', 'mine\n');
    mkdirSync(at('e/empty'));
    expect(await ask('restore', 'd', 'e', '--force')).toMatchObject({ others: 3 });
    expect((await run('restore', 'd', 'e', '--force')).stdout).toContain('3 other files there stayed');
    for (const [path, text] of [
      ['e/1.csv', 'a\n1\n'],
      ['e/x/2.csv', 'a\n2\n'],
      ['e/x/mine.txt', 'mine\n'],
      ['e/.git/HEAD', 'ref\n'],
      ['e/__pycache__/a.pyc', 'compiled\n'],
    ] as const)
      expect(readFileSync(at(path), 'utf8')).toBe(text);
    expect(existsSync(at('e/empty'))).toBe(true);
    const refused = await run('restore', 'f', 'e', '--force');
    expect([refused.code, refused.stderr]).toEqual([3, expect.stringContaining('is a folder and was left as it is')]);
    rmSync(at('e/1.csv'));
    write('e/1.csv/kept.txt', 'kept\n');
    expect((await run('restore', 'd', 'e', '--force')).stderr).toContain(
      '1.csv is a folder, and a file in the version',
    );
    expect(readFileSync(at('e/1.csv/kept.txt'), 'utf8')).toBe('kept\n');
  });

  it('is not restored over what is not data, also where a link leads there', async () => {
    write('slipway.yaml', 'version: 1\n');
    write('.git/config', '[core]\n');
    write('d/config', 'a\n1\n');
    write('f.csv', 'a\n1\n');
    await ask('add', 'd', 'd');
    await ask('add', 'f', 'f.csv');
    const [written, git] = [config(), at('.git/config')];
    symlinkSync(at('slipway.yaml'), at('link.yaml'));
    symlinkSync(git, at('link'));
    symlinkSync(at('.slipway'), at('own'));
    symlinkSync(engine.workspace, at('here'));
    symlinkSync(at('.git'), at('hidden'));
    for (const place of [
      'slipway.yaml',
      'link.yaml',
      'link',
      'own/x/y.csv',
      'own/engine.json',
      'here',
      'here/slipway.yaml',
    ]) {
      const { code, stderr } = await run('restore', 'f', place, '--force');
      expect([place, code, stderr]).toEqual([place, 3, expect.stringContaining('is not a place for data')]);
    }
    for (const place of ['hidden', 'here', '.git', 'own']) {
      const { code, stderr } = await run('restore', 'd', place, '--force');
      expect([place, code, stderr]).toEqual([place, 3, expect.stringContaining('is not a place for data')]);
    }
    write('s/sub/config', 'a\n1\n');
    await ask('add', 's', 's');
    mkdirSync(at('t'));
    symlinkSync(at('.git'), at('t/sub'));
    expect((await run('restore', 's', 't', '--force')).stderr).toContain('is a link that leads to');
    expect([config().startsWith(written), readFileSync(git, 'utf8')]).toEqual([true, '[core]\n']);
  });

  it('restored below a file, or to a name that is too long, is refused in words', async () => {
    write('f.csv', 'a\n1\n');
    await ask('add', 'f', 'f.csv');
    const below = await run('restore', 'f', 'f.csv/x/y');
    expect([below.code, below.stderr]).toEqual([
      3,
      expect.stringContaining('f.csv is a file, so nothing can be written'),
    ]);
    for (const name of ['x'.repeat(250), 'x'.repeat(300), `${'x'.repeat(300)}/y`]) {
      const { code, stderr } = await run('restore', 'f', name);
      expect([code, stderr]).toEqual([3, expect.stringContaining('is too long')]);
    }
    expect(readFileSync(at('f.csv'), 'utf8')).toBe('a\n1\n');
  });

  it('whose kept bytes were damaged is refused and not read as if it were whole, until a refresh heals it', async () => {
    const rows = 'a,b\n1,x\n2,y\n';
    write('a.csv', rows);
    const { version } = await ask<Refreshed>('add', 'a', 'a.csv');
    await ask('label', 'a@latest', 'old');
    write('a.csv', 'a,b\n1,x\n');
    await ask('refresh', 'a');
    const object = `.slipway/objects/${version.id.slice(0, 2)}/${version.id.slice(2)}`;
    expect((await slipway(['profile', 'a@old', '--json'], { cwd: engine.workspace })).code).toBe(0);
    write(object, 'a,b\n1,x\n3,z\n');
    const read = await slipway(['profile', 'a@old', '--json'], { cwd: engine.workspace });
    expect([read.code, read.stderr]).toEqual([3, expect.stringContaining('is damaged')]);
    expect((await run('restore', 'a@old', 'copy.csv')).code).toBe(3);
    write('a.csv', rows);
    await ask('refresh', 'a');
    expect(readFileSync(at(object), 'utf8')).toBe(rows);
    rmSync(at(object));
    const doctor = await slipway(['doctor'], { cwd: engine.workspace });
    expect(doctor.stdout).toContain(
      `1 of 2 files have lost their content, such as the data ${version.id.slice(0, 12)}`,
    );
    await ask('refresh', 'a');
    expect((await slipway(['doctor'], { cwd: engine.workspace })).stdout).toContain('2 files of datasets, all there');
    write('a.csv', 'a\n9\n');
    await ask('refresh', 'a');
    const healed = await slipway(['profile', 'a@old', '--json'], { cwd: engine.workspace });
    expect(JSON.parse(healed.stdout)).toMatchObject({ rows: 2 });
  });

  it('whose kept bytes rotted without a trace is found by doctor --deep, and healed by the next refresh', async () => {
    const folder = Array.from({ length: 5100 }, (_, index) => `many/${index}.txt`);
    for (const [index, path] of folder.entries()) write(path, `text ${index}`);
    const { version } = await ask<Refreshed>('add', 'many', 'many/');
    const kept = (index: number): string => {
      const sha256 = createHash('sha256').update(`text ${index}`).digest('hex');
      return at(`.slipway/objects/${sha256.slice(0, 2)}/${sha256.slice(2)}`);
    };
    const doctor = (...more: string[]) => slipway(['doctor', ...more], { cwd: engine.workspace });
    writeFileSync(kept(7), 'rot 7');
    rmSync(kept(9));
    // As a disk does it: what is remembered of the file says that it was not touched.
    const stamp = statSync(kept(7), { bigint: true });
    const database = new Database(at('.slipway/slipway.db'));
    const path = kept(7).slice(engine.workspace.length + 1);
    const known = database.prepare('SELECT stamp FROM hashed_files WHERE path = ?').get(path) as { stamp: string };
    database.prepare('UPDATE hashed_files SET stamp = ? WHERE path = ?').run(stampOf(stamp), path);
    database.close();
    expect(known.stamp).not.toBe(stampOf(stamp));
    const deep = await doctor('--deep');
    expect(deep.code).toBe(1);
    expect(deep.stdout).toContain('Of 5,100 contents, 1 are damaged and 1 are gone: the data');
    expect((await ask<Refreshed>('refresh', 'many')).version.id).toBe(version.id);
    expect([readFileSync(kept(7), 'utf8'), readFileSync(kept(9), 'utf8')]).toEqual(['text 7', 'text 9']);
    expect((await doctor('--deep')).stdout).toContain('each as it was kept');
    // What is remembered of files that are gone goes with gc.
    const remembered = (): number => {
      const opened = new Database(at('.slipway/slipway.db'), { readonly: true });
      const sql = "SELECT count(*) AS count FROM hashed_files WHERE path LIKE 'many/%'";
      const { count } = opened.prepare(sql).get() as { count: number };
      opened.close();
      return count;
    };
    expect(remembered()).toBe(5100);
    for (const gone of folder.slice(100)) rmSync(at(gone));
    expect((await slipway(['gc', '--older-than', '0d'], { cwd: engine.workspace })).stderr).toBe('');
    expect(remembered()).toBe(100);
  }, 120_000);

  it('beyond the limit is kept as hashes, and said so', async () => {
    write('slipway.yaml', 'version: 1\nsnapshots: { copy_limit: 1 kB }\n');
    write('big.csv', `a\n${'1\n'.repeat(1000)}`);
    const { version, notes } = await ask<Refreshed>('add', 'big', 'big.csv');
    expect(version.storage).toEqual({ kind: 'reference', why: expect.stringContaining('snapshots.copy_limit') });
    expect(notes).toEqual([expect.stringContaining('Only its hashes are kept')]);
    await ask('restore', 'big', 'copy.csv');
    write('big.csv', 'a\n2\n');
    expect(await run('restore', 'big', 'copy2.csv')).toMatchObject({
      code: 3,
      stderr: expect.stringContaining('is not kept'),
    });
    await ask('refresh', 'big');
    expect((await run('show', `big@${version.id.slice(0, 8)}`)).stdout).toContain('reference only');
  });

  it('knows its rows once they were counted, and is read when its file has changed', async () => {
    write('a.csv', 'a,b\n1,x\n2,y\n');
    await ask('add', 'a', 'a.csv');
    await expect.poll(async () => (await ask<Listed>('versions', 'a')).items[0]?.rows).toBe(2);
    await ask('label', 'a@latest', 'old');
    write('a.csv', 'c\n1\n');
    await ask('refresh', 'a');
    const profile = await slipway(['profile', 'a@old', '--json'], { cwd: engine.workspace });
    expect(JSON.parse(profile.stdout)).toMatchObject({ rows: 2 });
    const moved = await slipway(['profile', 'a', '--json'], { cwd: engine.workspace });
    expect(JSON.parse(moved.stdout)).toMatchObject({ rows: 1 });
  });

  it('of a folder that was not touched is known without reading it', async () => {
    for (let index = 0; index < 300; index += 1) write(`many/${index}.csv`, `a\n${index}\n`);
    await new Promise((resolve) => setTimeout(resolve, 120));
    expect((await ask<Refreshed>('add', 'many', 'many')).hashed).toBe(300);
    expect(await ask<Refreshed>('refresh', 'many')).toMatchObject({ hashed: 0, is_new: false });
    appendFileSync(at('many/7.csv'), '8\n');
    expect(await ask<Refreshed>('refresh', 'many')).toMatchObject({ hashed: 1, is_new: true });
  });
});

describe('the trash', () => {
  it('gives back what it holds until gc, which frees what nothing else has', async () => {
    write('a.csv', 'a\n1\n');
    write('b.csv', 'a\n1\n');
    await ask('add', 'a', 'a.csv');
    await ask('add', 'b', 'b.csv');
    write('a.csv', 'a\n2\n');
    const { version } = await ask<Refreshed>('refresh', 'a');
    await ask('remove', `a@${version.id.slice(0, 8)}`);
    await ask('undelete', `a@${version.id.slice(0, 8)}`);
    await ask('remove', `a@${version.id.slice(0, 8)}`);
    const gc = async (...args: string[]): Promise<Record<string, unknown>> =>
      JSON.parse((await slipway(['gc', '--json', ...args], { cwd: engine.workspace })).stdout);
    expect(await gc('--older-than', '0d', '--dry-run')).toMatchObject({ versions: 1, objects: { count: 1, bytes: 4 } });
    expect(await gc('--older-than', '0d')).toMatchObject({ versions: 1, objects: { count: 1, bytes: 4 } });
    await ask('remove', 'a');
    expect(await gc('--older-than', '0d')).toMatchObject({ versions: 1, objects: { count: 0 } });
    await ask('restore', 'b', 'again.csv');
    expect(readFileSync(at('again.csv'), 'utf8')).toBe('a\n1\n');
    expect(await run('undelete', 'a')).toMatchObject({ code: 3 });
    await ask('remove', 'b');
    expect(await gc('--older-than', '0d')).toMatchObject({ versions: 1, objects: { count: 1 } });
  });

  it('keeps contents that an artifact of a run has too', async () => {
    write('a.csv', 'a\n1\n');
    await ask('add', 'a', 'a.csv');
    const recorded = await slipway(['run', '--json', '--', 'true'], { cwd: engine.workspace });
    const { run_id } = JSON.parse(recorded.stdout) as { run_id: string };
    await slipway(['artifacts', 'put', run_id, at('a.csv')], { cwd: engine.workspace });
    await slipway(['artifacts', 'delete', run_id, 'a.csv'], { cwd: engine.workspace });
    await slipway(['gc', '--older-than', '0d'], { cwd: engine.workspace });
    write('a.csv', 'other');
    await ask('restore', 'a', 'again.csv');
    expect(readFileSync(at('again.csv'), 'utf8')).toBe('a\n1\n');
  });
});

describe('a bundle', () => {
  it('carries datasets with their versions, labels, results and contents', async () => {
    write('a.csv', 'a\n1\n');
    const { version } = await ask<Refreshed>('add', 'a', 'a.csv', '--owner', 'us');
    await ask('label', 'a@latest', 'train');
    write('a.odcs.yaml', contract);
    await engine.client.api.datasets.describe.mutate({ dataset: 'a', contract: 'a.odcs.yaml' });
    expect((await slipway(['check', 'a@train'], { cwd: engine.workspace })).code).toBe(1);
    write('a.csv', 'a\n2\n');
    expect((await run('refresh', 'a')).code).toBe(1);
    const file = at('all.zip');
    expect((await slipway(['export', file], { cwd: engine.workspace })).code).toBe(0);
    await using other = await startEngine();
    const there = (...args: string[]) => slipway(args, { cwd: other.workspace });
    const imported = await there('import', file, '--json');
    expect(JSON.parse(imported.stdout)).toMatchObject({ imported: { dataset: 1 }, refused: [] });
    expect(JSON.parse((await there('import', file, '--json')).stdout)).toMatchObject({ skipped: { dataset: 1 } });
    const shown = JSON.parse((await there('dataset', 'show', 'a@train', '--json')).stdout) as { version: unknown };
    expect(shown).toMatchObject({
      declared: false,
      versions: 2,
      version: {
        id: version.id,
        rows: 1,
        storage: { kind: 'kept' },
        states: [{ verdict: 'fail', summary: '1 of 2 checks fails' }],
      },
    });
    const found = await other.client.api.datasets.findResult.query({ dataset: 'a', version: 'train', kind: 'check' });
    expect(found?.value).toMatchObject({
      contract: 'a.odcs.yaml',
      rows: 1,
      checks: [{}, { found: expect.stringMatching(/1 row/) }],
    });
    await there('gc', '--older-than', '0d');
    expect((await there('dataset', 'restore', 'a@train', 'b.csv')).code).toBe(0);
    expect(readFileSync(join(other.workspace, 'b.csv'), 'utf8')).toBe('a\n1\n');
    expect((await there('dataset', 'show', 'a')).stdout).toContain('slipway dataset declare a writes it');
    expect((await there('dataset', 'declare', 'a')).stdout.trim()).toBe('slipway.yaml names a now.');
    expect(readFileSync(join(other.workspace, 'slipway.yaml'), 'utf8')).toMatch(/ {2}a:\n {4}path: a.csv/);
    expect(JSON.parse((await there('dataset', 'declare', 'a', '--json')).stdout)).toMatchObject({ declared: true });
    expect(await there('dataset', 'declare', 'none')).toMatchObject({
      code: 3,
      stderr: expect.stringContaining('none'),
    });
  });
});

describe('an engine that is killed while it reads', () => {
  it('leaves no version, and what it had kept goes with gc', async () => {
    mkdirSync(at('many'));
    for (let index = 0; index < 6000; index += 1) writeFileSync(at(`many/${index}.bin`), `${index}`.repeat(500));
    const adding = run('add', 'many', 'many');
    await expect.poll(() => existsSync(at('.slipway/objects/00')), { interval: 2 }).toBe(true);
    await engine.end('SIGKILL');
    expect((await adding).code).toBe(3);
    await startAgain();
    expect((await ask<Listed>('list')).items).toEqual([]);
    const { stdout } = await slipway(['gc', '--older-than', '0d', '--json'], { cwd: engine.workspace });
    expect(JSON.parse(stdout)).toMatchObject({ versions: 0 });
    expect(
      readdirSync(at('.slipway/objects')).filter(
        (name) => name.length === 2 && readdirSync(at(`.slipway/objects/${name}`)).length > 0,
      ),
    ).toEqual([]);
    expect(await ask<Refreshed>('add', 'many', 'many')).toMatchObject({ version: { files: 6000 } });
    await engine.end();
    rmSync(engine.workspace, { recursive: true, force: true });
  });
});
