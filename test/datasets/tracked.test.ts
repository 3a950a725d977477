// A dataset whose path DVC tracks, through the command line and beside the real DVC.
import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type EngineProcess, startEngine } from '../engine/engine-process';
import { DvcProject } from './dvc-repository';
import { slipway, slipwayJson } from './slipway-cli';

let project: DvcProject;
let engine: EngineProcess;
beforeEach(async () => {
  project = new DvcProject();
  engine = await startEngine({ workspace: project.root });
});
afterEach(async () => {
  await engine.end();
  project.dispose();
});

interface Shown {
  tracked: { by: string; id: string; file: string; state: string; advice: string | null } | null;
  version: { id: string; dvc: string };
}
const dataset = (...args: string[]) => slipway(['dataset', ...args], project.root);
const show = (name: string): Shown => slipwayJson(['dataset', 'show', name], project.root);

it('is handed to DVC, which calls it clean', () => {
  project.write('data/a.csv', 'a\n1\n');
  project.write('data/sub/b.csv', 'a\n2\n');
  expect(dataset('add', 'a', 'data').code).toBe(0);
  expect(show('a').tracked).toBeNull();
  const { id, dvc_file: file } = slipwayJson<{ id: string; dvc_file: string }>(['dataset', 'track', 'a'], project.root);
  expect(file).toBe('data.dvc');
  expect(id).toBe(show('a').version.dvc);
  expect(project.dvc('status')).toContain('up to date');
  expect(project.run('git', 'status', '--porcelain', 'data')).toBe('');
  expect(show('a').tracked).toMatchObject({ by: 'dvc', id, file: 'data.dvc', state: 'here', advice: null });
  project.write('data/sub/b.csv', 'a\n3\n');
  expect(show('a').tracked).toMatchObject({ id, state: 'changed', advice: expect.stringContaining('changed since') });
  rmSync(join(project.root, 'data'), { recursive: true });
  project.dvc('checkout', '-q');
  expect(readFileSync(join(project.root, 'data/sub/b.csv'), 'utf8')).toBe('a\n2\n');
});

it('is no .dvc file: the data that it names are, whether they are here or not', () => {
  const path = project.write('data/parts.csv', 'a,b\n1,2\n');
  project.dvc('add', '-q', 'data/parts.csv');
  rmSync(path);
  const refused = dataset('add', 'p', 'data/parts.csv.dvc');
  expect(refused).toMatchObject({ code: 3, error: expect.stringContaining('Give data/parts.csv, which is read') });
  expect(dataset('add', 'p', 'data/parts.csv').code).toBe(0);
  project.write('other.dvc', 'a,b\n1,2\n');
  expect(dataset('add', 'other', 'other.dvc').code).toBe(0);
});

it('that git keeps is told by the line that takes it out, and then tracked', () => {
  project.write('data/my orders.jsonl', '{"a":1}\n');
  project.run('git', 'add', '.');
  expect(dataset('add', 'jj', 'data/my orders.jsonl').code).toBe(0);
  const line = /`(git rm [^`]+)`/.exec(dataset('track', 'jj').error)?.[1] ?? '';
  expect(line).toBe("git rm -r --cached 'data/my orders.jsonl'");
  project.run('sh', '-c', line);
  expect(dataset('track', 'jj').code).toBe(0);
});

it('that is not checked out is read from the cache of DVC, and its versions, and restored from there', () => {
  const path = project.write('table.csv', 'a,b\n1,2\n');
  project.dvc('add', '-q', 'table.csv');
  rmSync(path);
  const { version, notes } = slipwayJson<{ version: { id: string; dvc: string; rows: number }; notes: string[] }>(
    ['dataset', 'add', 'table', 'table.csv'],
    project.root,
  );
  expect(version).toMatchObject({ rows: 1 });
  expect(notes.join()).toContain("read from DVC's cache");
  expect(show('table').tracked).toMatchObject({
    id: version.dvc,
    state: 'missing',
    advice: expect.stringContaining('dvc pull'),
  });
  rmSync(join(project.root, '.slipway/objects', version.id.slice(0, 2)), { recursive: true });
  // What is not kept here and not checked out: its version is that of the cache, and nobody's once anybody may write to it.
  expect(slipwayJson<{ rows: number }>(['profile', 'table@latest'], project.root)).toMatchObject({ rows: 1 });
  const object = join(project.root, '.dvc/cache/files/md5', version.dvc.slice(0, 2), version.dvc.slice(2));
  chmodSync(object, 0o644);
  const refused = expect.stringContaining('its bytes are not kept, and its file is gone. Bring it back as it was.');
  expect(slipway(['profile', 'table@latest'], project.root)).toMatchObject({ code: 3, error: refused });
  expect(dataset('restore', 'table', 'table.csv').code).toBe(0);
  expect(readFileSync(path, 'utf8')).toBe('a,b\n1,2\n');
  expect(show('table').tracked).toMatchObject({ id: version.dvc, state: 'here' });
  project.write('table.csv', 'a,b\n3,4\n');
  // Of the same size, and not read again yet.
  expect(show('table').tracked).toMatchObject({ state: 'changed', advice: expect.stringContaining('changed since') });
  expect(dataset('refresh', 'table').code).toBe(0);
  expect(show('table').tracked).toMatchObject({ id: version.dvc, state: 'changed' });
});

it('that DVC has nowhere says so, and what it does not track is left alone', () => {
  const path = project.write('table.csv', 'a\n1\n');
  project.dvc('add', '-q', 'table.csv');
  rmSync(path);
  rmSync(join(project.root, '.dvc/cache'), { recursive: true });
  expect(dataset('add', 'table', 'table.csv')).toMatchObject({ code: 3, error: expect.stringContaining('dvc pull') });
  project.write('x/1.csv', 'a\n1\n');
  expect(dataset('add', 'several', 'x/*.csv').code).toBe(0);
  expect(dataset('track', 'several')).toMatchObject({
    code: 3,
    error: expect.stringContaining('one file or one folder'),
  });
  expect(existsSync(join(project.root, 'x.dvc'))).toBe(false);
});

it('of a repository in the workspace is found there, read from its cache, and restored', () => {
  mkdirSync(join(project.root, 'sub'));
  project.dvc('--cd', 'sub', 'init', '-q', '--subdir');
  const path = project.write('sub/table.csv', 'a,b\n1,2\n');
  project.dvc('--cd', 'sub', 'add', '-q', 'table.csv');
  rmSync(path);
  const { version, notes } = slipwayJson<{ version: { id: string; rows: number }; notes: string[] }>(
    ['dataset', 'add', 'table', 'sub/table.csv'],
    project.root,
  );
  expect([version.rows, notes.join()]).toEqual([1, expect.stringContaining("read from DVC's cache")]);
  expect(show('table').tracked).toMatchObject({ file: 'sub/table.csv.dvc', state: 'missing' });
  rmSync(join(project.root, '.slipway/objects', version.id.slice(0, 2)), { recursive: true });
  expect(dataset('restore', 'table', 'copy.csv').code).toBe(0);
});

it('of one file in what a stage wrote, not checked out, is read from the cache, or told how to fetch', () => {
  project.write(
    'dvc.yaml',
    'stages:\n  make:\n    cmd: mkdir out && printf "a\\n1\\n" > out/a.csv && printf "a\\n2\\n3\\n" > out/b.csv\n    outs: [out]\n',
  );
  project.dvc('repro', '-q');
  rmSync(join(project.root, 'out'), { recursive: true });
  const { version, notes } = slipwayJson<{ version: { rows: number; files: number }; notes: string[] }>(
    ['dataset', 'add', 'b', 'out/b.csv'],
    project.root,
  );
  expect([version, notes.join()]).toMatchObject([{ rows: 2, files: 1 }, expect.stringContaining('dvc.lock')]);
  expect(dataset('add', 'c', 'out/c.csv').error).toContain('out/c.csv does not exist');
  rmSync(join(project.root, '.dvc/cache'), { recursive: true });
  expect(dataset('add', 'a', 'out/a.csv').error).toContain('dvc pull');
});
