// Datasets in bundles from elsewhere: what a listing says becomes paths, so it is believed only where it is what its id says.
import { createHash } from 'node:crypto';
import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { packListing } from '../../src/lifecycle/datasets/content/listing';
import type { DatasetFile } from '../../src/protocol/datasets/dataset';
import { rezip } from '../engine/bundle-file';
import { type EngineProcess, slipway, startEngine, temporaryFolder } from '../engine/engine-process';

const folder = temporaryFolder();
const text = 'a\n1\n';
const sha256 = createHash('sha256').update(text).digest('hex');
const md5 = createHash('md5').update(text).digest('hex');
let other: EngineProcess;
beforeAll(async () => {
  other = await startEngine();
});
afterAll(async () => {
  await other[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true, force: true });
});

/** A bundle of one dataset of a folder, with its listing changed; the id is that of the changed one unless said. */
async function bundleOf(files: DatasetFile[], id?: string): Promise<string> {
  await using source = await startEngine();
  const at = (...args: string[]) => slipway(args, { cwd: source.workspace });
  writeFileSync(join(source.workspace, 'a.csv'), text);
  expect((await at('dataset', 'add', 'a', '*.csv')).code).toBe(0);
  const bundle = join(folder, 'a.zip');
  rmSync(bundle, { force: true });
  expect((await at('export', bundle)).code).toBe(0);
  const was = createHash('sha256').update(`a.csv\0${sha256}\n`).digest('hex');
  const hash = createHash('sha256');
  for (const file of files) hash.update(`${file.path}\0${file.sha256}\n`);
  const listing = packListing(files).toString('base64');
  const edit = (part: string): string =>
    part.replaceAll(was, id ?? hash.digest('hex')).replace(/"blob":"[^"]+"/, `"blob":"${listing}"`);
  await rezip(bundle, { edit });
  return bundle;
}

const file = (path: string, content = sha256): DatasetFile => ({ path, sha256: content, md5, bytes: text.length });
const given: [symptom: string, files: DatasetFile[], id?: string][] = [
  ['a path above the folder', [file('../../escaped.csv')]],
  ['an absolute path', [file('/tmp/slipway-escaped.csv')]],
  ['a path that goes down and up again', [file('b/../../../escaped.csv')]],
  ['a path with a NUL', [file('a\0.csv')]],
  ['a content that is a path', [file('a.csv', '../../../../../etc/passwd')]],
  ['the id of other files', [file('a.csv')], 'e'.repeat(64)],
];

it.each(given)(
  'a bundle cannot write anywhere: %s in its listing is refused, and nothing is kept',
  async (_, files, id) => {
    const bundle = await bundleOf(files, id);
    const { code, stdout } = await slipway(['import', bundle], { cwd: other.workspace });
    expect(code).toBe(1);
    expect(stdout).toMatch(/names files that no dataset version can have|does not hold the list of files that version/);
    expect((await slipway(['dataset', 'list', '--json'], { cwd: other.workspace })).stdout).toContain('"items":[]');
    expect(existsSync(join(dirname(other.workspace), 'escaped.csv'))).toBe(false);
  },
  60_000,
);

it('a bundle with a folder, a single file and a SELECT over both is taken as it is', async () => {
  await using source = await startEngine();
  const at = (...args: string[]) => slipway(args, { cwd: source.workspace });
  writeFileSync(join(source.workspace, 'a.csv'), text);
  writeFileSync(join(source.workspace, 'b.csv'), text);
  expect((await at('dataset', 'add', 'all', '*.csv')).code).toBe(0);
  expect((await at('dataset', 'add', 'one/of them', 'a.csv')).code).toBe(0);
  const query = 'SELECT * FROM "all" UNION ALL SELECT * FROM "one/of them"';
  expect(await at('dataset', 'add', 'both', '--query', query)).toMatchObject({ stderr: '', code: 0 });
  const bundle = join(folder, 'whole.zip');
  expect((await at('export', bundle)).code).toBe(0);
  await using there = await startEngine();
  const imported = await slipway(['import', bundle, '--json'], { cwd: there.workspace });
  expect(JSON.parse(imported.stdout)).toMatchObject({ imported: { dataset: 3 }, refused: [] });
});

it('a command that comes with a bundle runs on nobody’s refresh, and what slipway.yaml does not name says so', async () => {
  const bundle = join(folder, 'command.zip');
  {
    await using source = await startEngine();
    const at = (...args: string[]) => slipway(args, { cwd: source.workspace });
    const made = ['--command', "printf 'a\\n1\\n'; echo ran >> ran", '--format', 'csv', '--schedule', 'every 1h'];
    expect(await at('dataset', 'add', 'made', ...made)).toMatchObject({ stderr: '', code: 0 });
    expect((await at('dataset', 'schedule', 'made', '--enable')).code).toBe(0);
    expect((await at('export', bundle)).code).toBe(0);
  }
  await using there = await startEngine();
  const at = (...args: string[]) => slipway(args, { cwd: there.workspace });
  expect((await at('import', bundle)).code).toBe(0);
  const refused = await at('dataset', 'refresh', 'made');
  expect([refused.code, refused.stderr]).toEqual([3, expect.stringContaining('nobody has allowed on this machine')]);
  expect(existsSync(join(there.workspace, 'ran'))).toBe(false);
  const shown = await at('dataset', 'show', 'made');
  expect(shown.stdout).toMatch(/Entry +none in slipway.yaml/);
  expect(shown.stdout).not.toMatch(/^Schedule/m);
  const { api } = there.client;
  await api.datasets.describe.mutate({ dataset: 'made' });
  expect((await at('dataset', 'show', 'made')).stdout).toMatch(/Schedule +every 1h, not enabled on this machine/);
  expect(await api.datasets.get.query({ dataset: 'made' })).toMatchObject({
    declared: true,
    command: { isAllowed: false },
  });
}, 60_000);
