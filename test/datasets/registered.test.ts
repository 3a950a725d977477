// Datasets through the command line, over a real engine: what is registered, named, written to slipway.yaml and refused.
import { appendFileSync, symlinkSync } from 'node:fs';
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
