// Datasets through the command line, over a real engine: what is registered, kept, restored, deleted and refused.
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
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { stampOf } from '../../src/lifecycle/datasets/content/file-stamp';
import { type EngineProcess, slipway, startEngine } from '../engine/engine-process';

const contract = `apiVersion: v3.1.0
kind: DataContract
id: a
version: 1.0.0
status: active
schema:
  - name: a
    properties:
      - name: a
        logicalType: integer
        logicalTypeOptions: { minimum: 5 }
`;

let engine: EngineProcess;
beforeEach(async () => {
  engine = await startEngine();
});
afterEach(async () => {
  await engine[Symbol.asyncDispose]();
});

const at = (path: string): string => join(engine.workspace, path);
const write = (path: string, text: string | Buffer): void => {
  mkdirSync(join(at(path), '..'), { recursive: true });
  writeFileSync(at(path), text);
};
const sha256 = (text: string | Buffer): string => createHash('sha256').update(text).digest('hex');
const run = (...args: string[]) => slipway(['dataset', ...args], { cwd: engine.workspace });
const ask = async <T = Record<string, never>>(...args: string[]): Promise<T> => {
  const { code, stdout, stderr } = await run(...args, '--json');
  if (code !== 0) throw new Error(`${code}: ${stderr}`);
  return JSON.parse(stdout) as T;
};
interface Refreshed {
  version: { id: string; dvc: string | null; files: number; bytes: number; storage: { kind: string; why?: string } };
  is_new: boolean;
  hashed: number;
  notes: string[];
}
interface Listed {
  items: {
    name: string;
    id: string;
    labels: string[];
    versions: number;
    declared: boolean;
    rows: number | null;
    is_latest: boolean;
  }[];
  next: string | null;
}
const config = (): string => readFileSync(at('slipway.yaml'), 'utf8');

describe('a dataset', () => {
  it('is its bytes: the same ones are the same version, whatever the name or the time', async () => {
    write('data/a.csv', 'a,b\n1,2\n');
    const first = await ask<Refreshed>('add', 'flights', 'data/a.csv');
    expect(first).toMatchObject({ is_new: true, version: { id: sha256('a,b\n1,2\n'), storage: { kind: 'kept' } } });
    write('data/a.csv', 'a,b\n3,4\n');
    const second = await ask<Refreshed>('refresh', 'flights');
    expect(second).toMatchObject({ is_new: true, version: { id: sha256('a,b\n3,4\n') } });
    write('data/a.csv', 'a,b\n1,2\n');
    expect(await ask<Refreshed>('refresh', 'flights')).toMatchObject({
      is_new: false,
      version: { id: first.version.id },
    });
    const { items } = await ask<Listed>('versions', 'flights');
    expect(items.map(({ id, is_latest }) => [id, is_latest])).toEqual([
      [first.version.id, true],
      [second.version.id, false],
    ]);
  });

  it('is named by its folder as a recorded input of it is, and by DVC', async () => {
    const known: [string, string][] = [
      ['empty', ''],
      ['sub.txt', 'z'],
      ['sub/b.bin', 'y'],
      ['é ü.txt', 'x'],
      ['Ａ.txt', 'w'],
      ['😀.txt', 'q'],
    ];
    for (const [path, text] of known) write(`images/${path}`, text);
    const { version } = await ask<Refreshed>('add', 'images', 'images');
    expect(version).toMatchObject({ dvc: '10447daaaa0b15d9582d1d76435e9103.dir', files: 6, bytes: 5 });
    const recorded = await slipway(['run', '--input', 'images', '--json', '--', 'true'], { cwd: engine.workspace });
    const { run_id } = JSON.parse(recorded.stdout) as { run_id: string };
    const { recording } = await engine.client.api.runs.get.query({ runId: run_id });
    expect(recording?.inputs[0]?.sha256).toBe(version.id);
    const lineage = await ask<{ edges: { to: { kind: string; id: string }; by: string }[] }>('lineage', 'images');
    expect(lineage.edges).toContainEqual(expect.objectContaining({ to: { kind: 'run', id: run_id }, by: 'content' }));
  });

  it('is written into slipway.yaml, whose comments stay, and out of it again', async () => {
    write('slipway.yaml', '# ours\nversion: 1 # first\nmetrics:\n  loss: { direction: down } # lower\n');
    write('a.csv', 'a\n1\n');
    const before = config();
    await ask(
      'add',
      'a',
      'a.csv',
      '--key',
      'a',
      '--owner',
      'data-team',
      '--tag',
      'core,small',
      '--description',
      'One: column',
    );
    expect(config()).toContain('# ours\nversion: 1 # first\nmetrics:\n  loss: { direction: down } # lower\n');
    expect(config()).toMatch(/datasets:\n {2}a:\n {4}path: a\.csv\n {4}key:/);
    await ask('remove', 'a');
    expect(config()).toBe(before);
    expect(await ask<Listed>('list')).toMatchObject({ items: [] });
    expect(await ask<Listed>('list', '--trash')).toMatchObject({ items: [{ name: 'a' }] });
    await ask('undelete', 'a');
    expect(await ask<Listed>('list', '--text', 'DATA-team')).toMatchObject({
      items: [{ name: 'a', declared: true, versions: 1 }],
    });
    // An entry with a mistake is in no list, and that is said.
    write('slipway.yaml', 'version: 1\ndatasets:\n  b: { path: b.csv, nonsense: 1 }\n');
    expect((await run('list')).stderr).toMatch(/^slipway: slipway\.yaml:3:\d+: .*nonsense/);
  });

  it('is not half registered when it cannot be read', async () => {
    write('slipway.yaml', 'version: 1\n');
    const { code, stderr } = await run('add', 'gone', 'nowhere.csv');
    expect([code, stderr]).toEqual([3, expect.stringContaining('nowhere.csv does not exist')]);
    expect(config()).toBe('version: 1\n');
    write('a.csv', 'a\n1\n');
    await ask('add', 'a', 'a.csv');
    expect(await run('add', 'a', 'a.csv')).toMatchObject({
      code: 3,
      stderr: expect.stringContaining('There is a dataset a already'),
    });
    for (const wrong of [
      ['add', 'b'],
      ['add', 'b', 'a.csv', '--query', 'SELECT 1'],
      ['add', 'a@b', 'a.csv'],
      ['add', 'b', '--url', 'ftp://x/y.csv'],
    ]) {
      expect((await run(...wrong)).code).toBe(3);
    }
    write('slipway.yaml', 'version: 1\ndatasets:\n  a:\n    path: a.csv\n    colour: red\n');
    const mistake = await run('refresh', 'a');
    expect([mistake.code, mistake.stderr]).toEqual([
      3,
      expect.stringMatching(/slipway\.yaml:5:\d+: datasets\.a\.colour/),
    ]);
    // The others are none the worse for it.
    write('slipway.yaml', `${config()}  b: { path: a.csv }\n`);
    expect(await ask<Refreshed>('refresh', 'b')).toMatchObject({ version: { dataset: 'b' } });
    expect((await ask<Listed>('list')).items.map(({ name }) => name)).toContain('b');
    expect((await run('refresh', 'a')).code).toBe(3);
  });

  it('in a name of any kind is a name and nothing else', async () => {
    const names = ['"; DROP TABLE datasets; --', 'día 日本 😀', '../../up', 'constructor', 'a/b'];
    for (const [index, name] of names.entries()) {
      write(`n${index}.csv`, `a\n${index}\n`);
      await ask('add', name, `n${index}.csv`);
    }
    const { items } = await ask<Listed>('list');
    expect(items.map(({ name }) => name).sort()).toEqual([...names].sort());
    for (const name of names) expect(await ask('show', `${name}@latest`)).toMatchObject({ name });
    const refused = await run('add', '__proto__', 'n0.csv');
    expect([refused.code, refused.stderr]).toEqual([3, expect.stringContaining('__proto__ is no name for a dataset')]);
  });
});

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

describe('what is there', () => {
  it('of Git LFS that was not fetched is said', async () => {
    write('big.csv', 'version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12345\n');
    expect(await run('add', 'big', 'big.csv')).toMatchObject({
      code: 3,
      stderr: expect.stringContaining('git lfs pull'),
    });
  });

  it('and is no table that can be read is no version', async () => {
    write('ragged.csv', 'a,b\n1,2\n1,2,3\n');
    const { code, stderr } = await run('add', 'ragged', 'ragged.csv');
    expect([code, stderr]).toEqual([3, expect.stringMatching(/ragged\.csv.*3/)]);
    expect((await ask<Listed>('list')).items).toEqual([]);
    write('ragged.csv', 'a,b\n1,2\n');
    await ask('add', 'ragged', 'ragged.csv');
    appendFileSync(at('ragged.csv'), '1,2,3\n');
    expect((await run('refresh', 'ragged')).code).toBe(3);
    expect((await ask<Listed>('versions', 'ragged')).items.length).toBe(1);
  });

  it('of links, pipes and folders that cannot be read is told', async () => {
    write('d/a.csv', 'a\n1\n');
    symlinkSync('.', at('d/round'));
    expect((await ask<Refreshed>('add', 'd', 'd')).notes.join()).toContain('leads back');
    symlinkSync('nowhere.csv', at('d/lost.csv'));
    expect(await run('refresh', 'd')).toMatchObject({ code: 3, stderr: expect.stringContaining('lost.csv') });
    expect((await ask<Listed>('versions', 'd')).items.length).toBe(1);
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
    engine = await startEngine({ workspace: engine.workspace });
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
