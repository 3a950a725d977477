// slipway export and import: one file, everything in it, nothing twice, nothing half.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ZipFile } from 'yazl';
import { openForReading } from '../../src/platform/sqlite/database';
import { ZipReader } from '../../src/platform/zip/zip-reader';
import type { ExportResult, ImportResult } from '../../src/protocol/jobs/job';
import { type BundleWorkspace, createRun, fillWorkspace, get, post, put } from './bundle-workspace';
import { cli, type EngineProcess, node, slipway, startEngine, temporaryFolder } from './engine-process';
import { pointCount } from './point-count';

let source: EngineProcess;
let made: BundleWorkspace;
let bundle: string;
const folders: string[] = [];

function folder(): string {
  const made = temporaryFolder();
  folders.push(made);
  return made;
}

/** What `export --json` says of what it left out. */
type LeftOut = Omit<ExportResult, 'leftOut'> & { left_out: ExportResult['leftOut'] };

async function json<T>(engine: EngineProcess, ...words: string[]): Promise<T> {
  const { stdout, stderr } = await slipway([...words, '--json', '--workspace', engine.workspace]);
  if (stdout === '') throw new Error(stderr);
  return JSON.parse(stdout) as T;
}

beforeAll(async () => {
  source = await startEngine();
  made = await fillWorkspace(source);
  bundle = join(folder(), 'all.zip');
  await json<ExportResult>(source, 'export', bundle);
}, 60_000);
afterAll(async () => {
  await source[Symbol.asyncDispose]();
  for (const each of folders) rmSync(each, { recursive: true, force: true });
});

describe('a round trip', () => {
  it('export, import into an empty workspace, export: the same manifest, and MLflow reads the same', async () => {
    await using other = await startEngine();
    const first = await json<ImportResult>(other, 'import', bundle);
    expect(first).toMatchObject({ refused: [], missing: [], skipped: { experiment: 1 } });
    expect(first.imported).toEqual({
      experiment: 1,
      run: 3,
      'logged-model': 1,
      trace: 1,
      'registered-model': 1,
    });
    const again = join(folder(), 'again.zip');
    await json<ExportResult>(other, 'export', again);
    expect(await manifestOf(again)).toEqual(await manifestOf(bundle));
    for (const runId of [made.richRun, made.plainRun, made.recordedRun]) {
      expect(await get(other, `runs/get?run_id=${runId}`)).toEqual(await get(source, `runs/get?run_id=${runId}`));
    }
    const history = `metrics/get-history?run_id=${made.richRun}&metric_key=auc`;
    expect(await get(other, history)).toEqual(await get(source, history));
    expect((await other.client.artifact(made.richRun, 'ünïcode/empty')).status).toBe(200);
    expect(await (await other.client.artifact(made.richRun, 'plots/roc.txt')).text()).toBe('a curve\n');
    const alias = 'registered-models/alias?name=delay&alias=champion';
    expect(await get(other, alias)).toEqual(await get(source, alias));
    const output = await other.client.api.output.read.query({ runId: made.recordedRun });
    expect(output.text).toBe('said\n');

    const second = await json<ImportResult>(other, 'import', bundle);
    expect([second.imported, second.refused]).toEqual([{}, []]);
    expect(second.skipped).toEqual({ experiment: 2, run: 3, 'logged-model': 1, trace: 1, 'registered-model': 1 });
    expect(count(other, 'spans')).toBe(250);
    await expectNoLeftovers(other);
  });

  it('joins an experiment of the same name that has another id, and logging goes on in an imported run', async () => {
    await using other = await startEngine();
    for (const name of ['first', 'delay']) await post(other, 'experiments/create', { name });
    await createRun(other, '2', 'own');
    await json<ImportResult>(other, 'import', bundle);
    const { run } = (await get(other, `runs/get?run_id=${made.richRun}`)) as { run: { info: object } };
    expect(run.info).toMatchObject({ experiment_id: '2' });
    const found = await get(other, 'experiments/get?experiment_id=2');
    expect(found).toMatchObject({ experiment: { name: 'delay', tags: [{ key: 'team', value: 'vision' }] } });
    await post(other, 'runs/update', { run_id: made.richRun, status: 'RUNNING' });
    const point = { run_id: made.richRun, key: 'auc', value: 1, timestamp: 1, step: 5000 };
    await post(other, 'runs/log-metric', point);
    const { metrics } = (await get(other, `metrics/get-history?run_id=${made.richRun}&metric_key=auc`)) as {
      metrics: object[];
    };
    expect(metrics).toHaveLength(901);
  });

  it('of chosen runs holds these and what belongs to them, and leaves out one that still runs by name', async () => {
    const chosen = join(folder(), 'chosen.zip');
    const running = await createRun(source, '0', 'still-going');
    const result = await json<LeftOut>(source, 'export', chosen, '--runs', 'plain', running);
    expect(result.counts).toEqual({ objects: 0, experiment: 1, run: 1 });
    expect(result.left_out).toEqual([{ name: 'still-going', why: 'it still runs' }]);
    const filtered = ['export', chosen, '--filter', "params.lr = '0.1'", '--experiment', 'delay', '--force'];
    const second = await json<ExportResult>(source, ...filtered);
    expect(second.counts).toMatchObject({ run: 1, 'logged-model': 1, 'registered-model': 1, objects: 3 });
    await post(source, 'runs/update', { run_id: running, status: 'FINISHED', end_time: 5 });
    await source.client.api.runs.change.mutate({
      changes: [{ runId: running, deleted: true, expected: { deleted: false } }],
    });
  });

  it('files that lie elsewhere are not in it, and are named', async () => {
    const root = folder();
    await using plain = await startEngine({ arguments: ['--artifact-root', root] });
    const runId = await createRun(plain, '0', 'plain-files');
    await put(plain, `0/${runId}/artifacts/a.txt`, 'a');
    await post(plain, 'runs/update', { run_id: runId, status: 'FINISHED', end_time: 5 });
    const result = await json<LeftOut>(plain, 'export', join(folder(), 'plain.zip'));
    expect(result.left_out).toEqual([{ name: 'plain-files', why: `its files lie in ${root}/0/${runId}/artifacts` }]);
    expect(result.counts).toMatchObject({ run: 1, objects: 0 });
  });

  it('a file that is there is left as it is without --force', async () => {
    const place = join(folder(), 'taken.zip');
    writeFileSync(place, 'mine');
    const { code, stderr } = await slipway(['export', place, '--workspace', source.workspace]);
    expect([code, stderr]).toEqual([3, expect.stringMatching(/^slipway: .*taken\.zip exists and was left as it is/)]);
    expect(readFileSync(place, 'utf8')).toBe('mine');
  });
});

describe('what is here already', () => {
  it('a run of the same id with other content is refused by name, the others come in, exit 1', async () => {
    await using other = await startEngine();
    await json<ImportResult>(other, 'import', bundle);
    await post(other, 'runs/set-tag', { run_id: made.richRun, key: 'own', value: 'word' });
    const before = await get(other, `runs/get?run_id=${made.richRun}`);
    const { code, stdout } = await slipway(['import', bundle, '--json', '--workspace', other.workspace]);
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({
      imported: {},
      refused: [{ name: `calm-elk (${made.richRun})`, why: 'another run with its id is here' }],
    });
    expect(await get(other, `runs/get?run_id=${made.richRun}`)).toEqual(before);
  });

  it('a part that the database will not have is refused by name, and the others come in', async () => {
    await using other = await startEngine();
    const path = join(folder(), 'odd.zip');
    copyFileSync(bundle, path);
    const edit = (text: string): string => {
      if (text.startsWith('["traces",')) return text.replace('"status":"UNSET"', '"status":"FINE"');
      if (text.startsWith('["registered_models",'))
        return text.replace(/"creation_time":\d+/, '"creation_time":"soon"');
      return text;
    };
    await rezip(path, { edit });
    const { code, stdout } = await slipway(['import', path, '--json', '--workspace', other.workspace]);
    const why = expect.stringContaining('does not fit into the database');
    expect(code).toBe(1);
    expect((JSON.parse(stdout) as ImportResult).refused).toEqual([
      { name: expect.stringMatching(/^tr-/), why },
      { name: 'delay', why },
    ]);
    const kept = ['traces', 'spans', 'registered_models'].map((table) => count(other, table));
    expect(kept).toEqual([0, 0, 0]);
    expect(count(other, 'runs')).toBe(3);
  });

  it("a run whose files would lie in another's folder is refused, so that erasing it takes nothing of the other", async () => {
    await using other = await startEngine();
    const { run } = (await get(source, `runs/get?run_id=${made.richRun}`)) as {
      run: { info: { artifact_uri: string } };
    };
    const rich = run.info.artifact_uri;
    for (const uri of [rich, `${rich}/${made.plainRun}/artifacts`, 'mlflow-artifacts:/0']) {
      const path = join(folder(), 'theirs.zip');
      copyFileSync(bundle, path);
      await rezip(path, {
        edit: (text) => text.replaceAll(`mlflow-artifacts:/0/${made.plainRun}/artifacts`, uri),
      });
      const { refused } = await json<ImportResult>(other, 'import', path);
      const why = `Its files lie at ${uri}, which is not its own folder.`;
      expect(refused).toEqual([{ name: `plain (${made.plainRun})`, why }]);
    }
  });

  it('--dry-run says what would come and changes nothing', async () => {
    await using other = await startEngine();
    const result = await json<ImportResult>(other, 'import', bundle, '--dry-run');
    expect(result).toMatchObject({ dry_run: true, imported: { experiment: 1, run: 3 } });
    expect(await get(other, `runs/get?run_id=${made.richRun}`)).toMatchObject({
      error_code: 'RESOURCE_DOES_NOT_EXIST',
    });
    await expectNoLeftovers(other);
  });
});

describe('a bundle that cannot be used is refused in one sentence and leaves nothing', () => {
  const broken: [name: string, make: (path: string) => Promise<void>, says: RegExp][] = [
    ['cut short', async (path) => truncateSync(path, 3000), /cut short, damaged or no zip file/],
    ['no zip file', async (path) => writeFileSync(path, 'hello'), /cut short, damaged or no zip file/],
    [
      'a wrong hash',
      (path) => rezip(path, { change: (m) => Object.assign(m.items[1] ?? {}, { sha256: '0'.repeat(64) }) }),
      /its hash says/,
    ],
    ['a wrong object', (path) => rezip(path, { flip: /^objects\// }), /its hash says/],
    [
      'a newer format',
      (path) => rezip(path, { change: (m) => (m.version = 2) }),
      /format 2; this Slipway reads up to 1/,
    ],
    ['a newer schema', (path) => rezip(path, { change: (m) => (m.schema = 999) }), /Update Slipway/],
    ['a name that leads out', (path) => rezip(path, { add: ['../evil', 'x'] }), /\.\.\/evil in it leads out/],
    ['an absolute name', (path) => rezip(path, { add: ['/tmp/evil', 'x'] }), /leads out of its folder/],
    ['a link', (path) => rezip(path, { add: ['link', '/etc/passwd'], mode: 0o120777 }), /is a link or a folder/],
    ['a name nobody knows', (path) => rezip(path, { add: ['extra', 'x'] }), /extra, which its manifest does not name/],
    ['a bomb', (path) => rezip(path, { add: ['zeros', Buffer.alloc(300_000_000)] }), /would unpack to \d+ MB/],
    [
      'one made for a repair',
      (path) => rezip(path, { change: (m) => Object.assign(m, { withoutObjects: true }) }),
      /lacks the contents/,
    ],
    ['a missing part', (path) => rezip(path, { drop: /^parts\/1/ }), /parts\/1\.jsonl is missing/],
    [
      'a file of no run',
      (path) => rezip(path, { change: (m) => Object.assign(m.files[0] ?? {}, { name: '../../x' }) }),
      /no file of a run/,
    ],
  ];
  let other: EngineProcess;
  beforeAll(async () => {
    other = await startEngine();
  });
  afterAll(() => other[Symbol.asyncDispose]());

  it.each(broken)('%s', async (_name, make, says) => {
    const path = join(folder(), 'broken.zip');
    copyFileSync(bundle, path);
    await make(path);
    const { code, stdout, stderr } = await slipway(['import', path, '--workspace', other.workspace]);
    expect([code, stdout]).toEqual([3, '']);
    expect(stderr).toMatch(says);
    expect(stderr.trim().split('\n')).toHaveLength(1);
    expect(await other.client.api.runs.list.query({})).toMatchObject({ total: 0 });
    await expectNoLeftovers(other);
  });
});

describe('an import that is cut off', () => {
  const points = 300_000;
  const file = join(folder(), 'large.zip');
  beforeAll(async () => {
    await using big = await startEngine();
    const large = await createRun(big, '0', 'large');
    for (let from = 0; from < points; from += 1000) {
      const metrics = Array.from({ length: 1000 }, (_, i) => ({
        key: 'm',
        value: Math.sin(from + i),
        step: from + i,
        timestamp: 1,
      }));
      await post(big, 'runs/log-batch', { run_id: large, metrics });
    }
    await post(big, 'runs/update', { run_id: large, status: 'FINISHED', end_time: 5 });
    await json<ExportResult>(big, 'export', file);
  }, 60_000);

  it('with Ctrl-C leaves whole runs or none, and the next one brings the rest', async () => {
    await using other = await startEngine();
    const child = spawn(node, [cli, 'import', file, '--workspace', other.workspace], { stdio: 'ignore' });
    const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
    await until(() => pointsOf(other) > 2000);
    child.kill('SIGINT');
    expect(await ended).toBe(3);
    await until(() => pointsOf(other) === 0 && count(other, 'loose_series') === 0);
    expect(count(other, 'runs')).toBe(0);
    await expectNoLeftovers(other);
    const result = await json<ImportResult>(other, 'import', file);
    expect(result).toMatchObject({ imported: { run: 1 }, refused: [] });
    expect(pointsOf(other)).toBe(points);
  }, 90_000);

  it('by SIGKILL of the engine leaves no half run, a sound database, and points that gc sweeps', async () => {
    const workspace = folder();
    const first = await startEngine({ workspace });
    const done = slipway(['import', file, '--workspace', workspace]);
    await until(() => pointsOf(first) > 2000);
    await first.end('SIGKILL');
    expect((await done).code).toBe(3);
    // It came in the middle: some points are there, not all, and no run has them.
    const left = pointsOf(first);
    expect([left > 2000, left < points]).toEqual([true, true]);
    expect([count(first, 'loose_series'), count(first, 'runs')]).toEqual([1, 0]);
    await using second = await startEngine({ workspace });
    expect(await second.client.api.engine.check.query()).toEqual({ problems: [] });
    await json(second, 'gc', '--older-than', '0d');
    expect([count(second, 'loose_series'), pointsOf(second)]).toEqual([0, 0]);
    const result = await json<ImportResult>(second, 'import', file);
    expect(result).toMatchObject({ imported: { run: 1 }, refused: [] });
    expect(pointsOf(second)).toBe(points);
  }, 90_000);
});

interface LooseManifest {
  version: number;
  schema: number;
  created?: number;
  items: { part: string; sha256: string; size: number }[];
  files: { name: string }[];
}

async function entriesOf(path: string): Promise<Map<string, Buffer>> {
  const zip = await ZipReader.open(path);
  const entries = new Map<string, Buffer>();
  for (const name of zip.names) {
    const pieces: Uint8Array[] = [];
    for await (const piece of zip.read(name)) pieces.push(piece);
    entries.set(name, Buffer.concat(pieces));
  }
  zip.close();
  return entries;
}

async function manifestOf(path: string): Promise<unknown> {
  const text = (await entriesOf(path)).get('manifest.json')?.toString() ?? '';
  const { created: _, ...rest } = JSON.parse(text) as LooseManifest;
  return rest;
}

/** Writes the bundle anew with one thing wrong in it. */
async function rezip(
  path: string,
  wrong: {
    change?: (manifest: LooseManifest) => unknown;
    /** Changes the text of parts, with hashes that are right. */
    edit?: (text: string) => string;
    add?: [name: string, content: string | Buffer];
    mode?: number;
    flip?: RegExp;
    drop?: RegExp;
  },
): Promise<void> {
  const entries = await entriesOf(path);
  const manifest = JSON.parse(entries.get('manifest.json')?.toString() ?? '') as LooseManifest;
  for (const item of wrong.edit === undefined ? [] : manifest.items) {
    const bytes = Buffer.from(wrong.edit?.(entries.get(item.part)?.toString() ?? '') ?? '');
    entries.set(item.part, bytes);
    Object.assign(item, { sha256: createHash('sha256').update(bytes).digest('hex'), size: bytes.length });
  }
  wrong.change?.(manifest);
  entries.set('manifest.json', Buffer.from(JSON.stringify(manifest)));
  const zip = new ZipFile();
  for (const [name, content] of entries) {
    if (wrong.drop?.test(name)) continue;
    if (wrong.flip?.test(name) && content.length > 0) content[0] = (content[0] ?? 0) ^ 1;
    zip.addBuffer(content, name);
  }
  // The library refuses to write such names itself: one of the same length is put in, and its bytes are changed after.
  const [name, content] = wrong.add ?? [];
  const stand = name?.replace(/[./]/g, '_');
  if (stand !== undefined) zip.addBuffer(Buffer.from(content ?? ''), stand, { mode: wrong.mode ?? 0o100644 });
  zip.end();
  const pieces: Buffer[] = [];
  for await (const piece of zip.outputStream) pieces.push(piece as Buffer);
  const bytes = Buffer.concat(pieces);
  if (stand !== undefined && name !== undefined && stand !== name) {
    for (let at = bytes.indexOf(stand); at >= 0; at = bytes.indexOf(stand, at + 1)) bytes.write(name, at);
  }
  writeFileSync(path, bytes);
}

/** Neither contents that nothing names, nor files on their way, nor folders of runs there are not. */
async function expectNoLeftovers(engine: EngineProcess): Promise<void> {
  const home = join(engine.workspace, '.slipway');
  const named = new Set(rows(engine, 'SELECT sha256 FROM artifacts').map(String));
  const objects = existsSync(join(home, 'objects')) ? readdirSync(join(home, 'objects'), { recursive: true }) : [];
  const files = objects.map(String).filter((path) => /^[0-9a-f]{2}\/[0-9a-f]{62}$|^tmp\//.test(path));
  expect(files.filter((path) => !named.has(path.replace('/', '')))).toEqual([]);
  const runs = new Set(rows(engine, 'SELECT run_id FROM runs').map(String));
  const below = existsSync(join(home, 'runs')) ? readdirSync(join(home, 'runs')) : [];
  expect(below.filter((name) => !runs.has(name))).toEqual([]);
  const incoming = join(home, 'incoming');
  expect(existsSync(incoming) ? readdirSync(incoming) : []).toEqual([]);
}

function rows(engine: EngineProcess, sql: string): unknown[] {
  const database = openForReading(join(engine.workspace, '.slipway/slipway.db'));
  try {
    return database.prepare(sql).pluck().all();
  } finally {
    database.close();
  }
}

function pointsOf(engine: EngineProcess): number {
  return Number(rows(engine, pointCount)[0]);
}

function count(engine: EngineProcess, table: string): number {
  return Number(rows(engine, `SELECT count(*) FROM ${table}`)[0]);
}

async function until(claim: () => boolean): Promise<void> {
  for (const deadline = Date.now() + 20_000; Date.now() < deadline; ) {
    if (claim()) return;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  throw new Error(`It did not come to hold: ${claim.toString()}`);
}
