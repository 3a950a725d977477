// What DVC wrote is read without it, and what is written here DVC calls clean.
import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { digestFile } from '../../src/lifecycle/datasets/content/file-digest';
import { findFiles } from '../../src/lifecycle/datasets/content/found-files';
import { dos2unixMd5 } from '../../src/lifecycle/datasets/dvc/dos2unix-md5';
import { cachedFiles } from '../../src/lifecycle/datasets/dvc/dvc-cache';
import { dvcId } from '../../src/lifecycle/datasets/dvc/dvc-out';
import { DvcRepository } from '../../src/lifecycle/datasets/dvc/dvc-repository';
import { type Tracked, trackWithDvc } from '../../src/lifecycle/datasets/dvc/track';
import { DvcProject, dvcPython } from './dvc-repository';

const projects: DvcProject[] = [];
const project = (options?: { isWithoutGit: boolean }): DvcProject => {
  projects.push(new DvcProject(options));
  return projects.at(-1) as DvcProject;
};
const repositoryOf = ({ root }: DvcProject): DvcRepository => DvcRepository.around(root) as DvcRepository;
const nothing = (): void => undefined;
const md5Of = (place: string): string => digestFile(place, { names: ['md5'], read: nothing }).md5;

/** The folder whose id is known beforehand: empty, nested, and names that sort differently by UTF-16. */
function writeKnownFolder(dvc: DvcProject, name: string): void {
  for (const [path, content] of [
    ['empty', ''],
    ['sub.txt', 'z'],
    ['sub/b.bin', 'y'],
    ['é ü.txt', 'x'],
    ['Ａ.txt', 'w'],
    ['😀.txt', 'q'],
  ] as const) {
    dvc.write(`${name}/${path}`, content);
  }
}
const knownFolderId = '10447daaaa0b15d9582d1d76435e9103.dir';

/** Tracks a path of the project as a dataset's newest version would be. */
function track({ root }: DvcProject, path: string): Promise<Tracked> {
  const { files, kind } = findFiles(root, [path], nothing);
  const read = files.map(({ path: name, place }) => {
    const { sha256, md5, stat } = digestFile(place, { names: ['sha256', 'md5'], read: nothing });
    return { path: name, sha256, md5, bytes: Number(stat.size) };
  });
  return trackWithDvc({ place: join(root, path), path, isFolder: kind !== 'single', files: read }, nothing);
}

afterEach(() => {
  for (const each of projects.splice(0)) each.dispose();
});

describe('what DVC wrote', () => {
  it('is found: files, folders, and where their contents lie', () => {
    const dvc = project();
    dvc.write('table.csv', 'a,b\r\n1,2\r\n');
    writeKnownFolder(dvc, 'data/images');
    dvc.dvc('add', '-q', 'table.csv', 'data/images');
    const repository = repositoryOf(dvc);
    const table = repository.outAt(join(dvc.root, 'table.csv'));
    expect(table).toMatchObject({ isFolder: false, bytes: 10, algorithm: 'md5', stage: null, isCached: true });
    const folder = repository.outAt(join(dvc.root, 'data/images/sub/b.bin'));
    expect(folder && dvcId(folder)).toBe(knownFolderId);
    expect(folder?.files).toBe(6);
    const cached = folder && cachedFiles(repository.config.cache, folder);
    expect(cached?.map(({ path }) => path).sort()).toEqual(
      ['empty', 'sub.txt', 'sub/b.bin', 'é ü.txt', 'Ａ.txt', '😀.txt'].sort(),
    );
    for (const { place, md5 } of cached ?? []) expect(md5Of(place)).toBe(md5);
    expect(repository.state().problems).toEqual([]);
  });

  it('of a pipeline: what each stage read and wrote', () => {
    const dvc = project();
    dvc.write('in.csv', 'a\n1\n');
    dvc.write('params.yaml', 'lr: 0.1\n');
    dvc.write(
      'dvc.yaml',
      'stages:\n  copy:\n    cmd: cp in.csv out.csv\n    deps: [in.csv]\n    params: [lr]\n    outs: [out.csv]\n',
    );
    dvc.dvc('repro', '-q');
    const [stage] = repositoryOf(dvc).state().stages;
    expect(stage).toMatchObject({ name: 'copy', command: 'cp in.csv out.csv', pipeline: dvc.root });
    expect(stage?.deps.map(({ place }) => place)).toEqual([join(dvc.root, 'in.csv')]);
    expect(repositoryOf(dvc).outAt(join(dvc.root, 'out.csv'))).toMatchObject({
      stage: 'copy',
      md5: md5Of(join(dvc.root, 'in.csv')),
    });
  });

  it('in a cache of another place, named in config.local', () => {
    const dvc = project();
    dvc.write('table.csv', 'a\n1\n');
    const cache = join(dvc.root, 'elsewhere # here');
    dvc.dvc('cache', 'dir', '--local', cache);
    dvc.dvc('add', '-q', 'table.csv');
    const repository = repositoryOf(dvc);
    expect(repository.config.cache).toBe(cache);
    const out = repository.outAt(join(dvc.root, 'table.csv'));
    expect(out && cachedFiles(cache, out)?.map(({ place }) => existsSync(place))).toEqual([true]);
  });

  it('by DVC 2: its digests of texts, binaries and what lies across a megabyte', () => {
    const dvc = project();
    const lines = 'one,two\r\n'.repeat(200_000);
    const places = [
      dvc.write('windows.csv', lines),
      dvc.write('unix.csv', lines.replaceAll('\r', '')),
      dvc.write('binary.bin', Buffer.concat([Buffer.from('a\r\nb\0c\r\n'), Buffer.from(lines)])),
      dvc.write('later.bin', Buffer.concat([Buffer.from(lines), Buffer.from('\0\r\n')])),
      dvc.write('latin.txt', Buffer.from('é\r\nü\r\nabc\r\n'.repeat(300), 'latin1')),
      dvc.write('cyrillic.txt', 'привет\r\nмир\r\n'.repeat(300)),
      dvc.write('edge.txt', `${'x'.repeat(1024 * 1024 - 1)}\r\ny\r\n`),
      dvc.write('empty', ''),
    ];
    const script = `import json, sys
from dvc_objects.fs import LocalFileSystem
from dvc_data.hashfile.hash import file_md5
print(json.dumps([file_md5(p, LocalFileSystem(), name="md5-dos2unix") for p in sys.argv[1:]]))`;
    const known = JSON.parse(execFileSync(dvcPython(), ['-c', script, ...places], { encoding: 'utf8' })) as string[];
    expect(places.map(dos2unixMd5)).toEqual(known);
    dvc.write('table.csv.dvc', `outs:\n- md5: ${known[0]}\n  size: 10\n  path: table.csv\n`);
    expect(repositoryOf(dvc).outAt(join(dvc.root, 'table.csv'))?.algorithm).toBe('md5-dos2unix');
  });

  it('and somebody broke is told with its line, and the rest is read', () => {
    const dvc = project();
    dvc.write('good.csv', 'a\n1\n');
    dvc.dvc('add', '-q', 'good.csv');
    dvc.write('bad.csv.dvc', 'outs:\n- md5: "abc\n');
    dvc.write('wrong.csv.dvc', 'outs:\n- md5: 5d41402abc4b2a76b9719d911017c592\n  path: [1]\n');
    const { outs, problems } = repositoryOf(dvc).state();
    expect(outs.map(({ place }) => place)).toEqual([join(dvc.root, 'good.csv')]);
    expect(problems.sort()).toEqual([
      expect.stringMatching(/^bad\.csv\.dvc:\d+: /),
      expect.stringMatching(/^wrong\.csv\.dvc:3: outs\.0\.path/),
    ]);
  });

  it('cannot lead out of the folder', () => {
    const dvc = project();
    const evil = '[{"md5": "5d41402abc4b2a76b9719d911017c592", "relpath": "../../evil"}]';
    dvc.write('.dvc/cache/files/md5/00/112233445566778899aabbccddeeff.dir', evil);
    dvc.write('d.dvc', 'outs:\n- md5: 00112233445566778899aabbccddeeff.dir\n  hash: md5\n  path: d\n');
    const repository = repositoryOf(dvc);
    const out = repository.outAt(join(dvc.root, 'd'));
    expect(() => out && cachedFiles(repository.config.cache, out)).toThrow('lies outside of the folder');
  });

  it.each([
    [['a.csv', 'a.csv'], 'names a.csv twice'],
    [['a.csv', './a.csv'], 'names a.csv twice'],
    [['a.csv/b/c.csv', 'a.csv'], 'names a.csv as a file and as the folder of a.csv/b/c.csv'],
  ])('a listing of %j was registered and could never be restored', (paths, why) => {
    const dvc = project();
    const listing = paths.map((relpath) => ({ md5: '5d41402abc4b2a76b9719d911017c592', relpath }));
    dvc.write('.dvc/cache/files/md5/00/112233445566778899aabbccddeeff.dir', JSON.stringify(listing));
    dvc.write('d.dvc', 'outs:\n- md5: 00112233445566778899aabbccddeeff.dir\n  hash: md5\n  path: d\n');
    const repository = repositoryOf(dvc);
    const out = repository.outAt(join(dvc.root, 'd'));
    expect(() => out && cachedFiles(repository.config.cache, out)).toThrow(why);
  });
});

describe('Track with DVC', () => {
  it('writes what dvc status calls clean and dvc checkout brings back', async () => {
    const dvc = project();
    dvc.write('data/table #1.csv', 'a,b\n1,2\n');
    writeKnownFolder(dvc, 'data/images');
    const table = await track(dvc, 'data/table #1.csv');
    const folder = await track(dvc, 'data/images');
    expect(folder.id).toBe(knownFolderId);
    expect(dvc.dvc('status')).toContain('up to date');
    expect(dvc.dvc('status', '--json').trim()).toBe('{}');
    for (const path of ['data/table #1.csv', 'data/images']) rmSync(join(dvc.root, path), { recursive: true });
    dvc.dvc('checkout', '-q');
    expect(readFileSync(join(dvc.root, 'data/table #1.csv'), 'utf8')).toBe('a,b\n1,2\n');
    expect(readFileSync(join(dvc.root, 'data/images/😀.txt'), 'utf8')).toBe('q');
    expect(dvc.run('git', 'status', '--porcelain', '--ignored', 'data')).not.toMatch(/^\?\? .*(images\/|csv"?$)/m);
    expect(statSync(join(dvc.root, '.dvc/cache/files/md5', table.id.slice(0, 2), table.id.slice(2))).mode & 0o777).toBe(
      0o444,
    );
  });

  it('writes the same .dvc file as dvc add, byte by byte', async () => {
    const [ours, theirs] = [project(), project()];
    for (const dvc of [ours, theirs]) {
      dvc.write('table.csv', 'a,b\n1,2\n');
      writeKnownFolder(dvc, 'images');
    }
    for (const path of ['table.csv', 'images']) {
      await track(ours, path);
      theirs.dvc('add', '-q', path);
      const text = (dvc: DvcProject): string => readFileSync(join(dvc.root, `${path}.dvc`), 'utf8');
      expect(text(ours)).toBe(text(theirs));
    }
    const ignored = (dvc: DvcProject): string => readFileSync(join(dvc.root, '.gitignore'), 'utf8');
    expect(ignored(ours)).toBe(ignored(theirs));
  });

  it('of a newer content keeps what people wrote into the .dvc file', async () => {
    const dvc = project();
    dvc.write('table.csv', 'a\n1\n');
    await track(dvc, 'table.csv');
    const file = join(dvc.root, 'table.csv.dvc');
    dvc.write(
      'table.csv.dvc',
      `# by hand\n${readFileSync(file, 'utf8')}  desc: flights of May\nmeta:\n  owner: data\n`,
    );
    dvc.write('table.csv', 'a\n1\n2\n');
    expect(dvc.dvc('status')).toContain('modified');
    await track(dvc, 'table.csv');
    expect(dvc.dvc('status')).toContain('up to date');
    expect(readFileSync(file, 'utf8')).toMatch(/# by hand[\s\S]*desc: flights of May[\s\S]*owner: data/);
  });

  it('of one of several outs in a .dvc file changes that one, and leaves the others', async () => {
    const dvc = project();
    for (const name of ['a.csv', 'b.csv']) dvc.write(name, `${name}\n1\n`);
    dvc.dvc('add', '-q', 'a.csv', 'b.csv');
    const both = ['a.csv', 'b.csv'].map((name) => readFileSync(join(dvc.root, `${name}.dvc`), 'utf8'));
    const lines = both.flatMap((text) => text.split('\n').filter((line) => line !== '' && line !== 'outs:'));
    dvc.write('both.dvc', `outs:\n${lines.join('\n')}\n`);
    for (const name of ['a.csv', 'b.csv']) rmSync(join(dvc.root, `${name}.dvc`));
    expect(dvc.dvc('status', '--json').trim()).toBe('{}');
    dvc.write('b.csv', 'b\n2\n');
    const { dvcFile } = await track(dvc, 'b.csv');
    expect(dvcFile).toBe(join(dvc.root, 'both.dvc'));
    expect(dvc.dvc('status', '--json').trim()).toBe('{}');
    expect(repositoryOf(dvc).outAt(join(dvc.root, 'a.csv'))?.md5).toBe(md5Of(join(dvc.root, 'a.csv')));
    dvc.write('c.csv', 'c\n');
    dvc.write('c.csv.dvc', readFileSync(join(dvc.root, 'both.dvc'), 'utf8'));
    rmSync(join(dvc.root, 'both.dvc'));
    await track(dvc, 'c.csv');
    expect(readFileSync(join(dvc.root, 'c.csv.dvc'), 'utf8').match(/path: [abc]\.csv/g)).toHaveLength(3);
    expect(dvc.dvc('status', '--json').trim()).toBe('{}');
  });

  it('of an import that was changed is refused, and its .dvc file stays as it is', async () => {
    const dvc = project();
    const from = dvc.write('outside/source.csv', 'a\n1\n');
    dvc.dvc('import-url', '-q', from, 'imported.csv');
    const text = readFileSync(join(dvc.root, 'imported.csv.dvc'), 'utf8');
    dvc.write('imported.csv', 'a\n2\n');
    await expect(track(dvc, 'imported.csv')).rejects.toThrow('imported.csv is an import of DVC');
    expect(readFileSync(join(dvc.root, 'imported.csv.dvc'), 'utf8')).toBe(text);
  });

  it('leaves out what .dvcignore leaves out', async () => {
    const dvc = project();
    dvc.write('.dvcignore', '*.tmp\n/up/data/cache/\n');
    dvc.write('up/.dvcignore', '!keep.tmp\n');
    for (const path of ['a.csv', 'b.tmp', 'keep.tmp', 'cache/c.csv', 'deep/cache/d.csv']) {
      dvc.write(`up/data/${path}`, path);
    }
    await track(dvc, 'up/data');
    expect(dvc.dvc('status', '--json').trim()).toBe('{}');
  });

  it('without git writes no .gitignore', async () => {
    const dvc = project({ isWithoutGit: true });
    dvc.write('table.csv', 'a\n1\n');
    await track(dvc, 'table.csv');
    expect(dvc.dvc('status')).toContain('up to date');
    expect(existsSync(join(dvc.root, '.gitignore'))).toBe(false);
  });

  it('refuses what DVC would refuse, and writes nothing', async () => {
    const dvc = project();
    dvc.write('kept.csv', 'a\n1\n');
    dvc.run('git', 'add', 'kept.csv');
    await expect(track(dvc, 'kept.csv')).rejects.toThrow('Git keeps kept.csv already');
    writeKnownFolder(dvc, 'images');
    await track(dvc, 'images');
    await expect(track(dvc, 'images/sub.txt')).rejects.toThrow('is tracked by DVC already (images.dvc)');
    dvc.write('up/images2/a.txt', 'a');
    await track(dvc, 'up/images2');
    await expect(track(dvc, 'up')).rejects.toThrow('is tracked by DVC already (images2.dvc)');
    dvc.write('rules/.dvcignore', '*.tmp\n');
    await expect(track(dvc, 'rules')).rejects.toThrow('holds a .dvcignore');
    expect([existsSync(join(dvc.root, 'kept.csv.dvc')), existsSync(join(dvc.root, 'up.dvc'))]).toEqual([false, false]);
  });

  it('that cannot write into the cache leaves no .dvc file', async () => {
    const dvc = project();
    dvc.write('table.csv', 'a\n1\n');
    dvc.write('.dvc/cache/files/md5', 'a file where a folder must be');
    await expect(track(dvc, 'table.csv')).rejects.toThrow();
    expect(existsSync(join(dvc.root, 'table.csv.dvc'))).toBe(false);
    chmodSync(dvc.root, 0o755);
  });
});
