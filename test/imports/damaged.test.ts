// Stores that were cut off or damaged after the tools wrote them: what can be read comes in, the rest is named by its place.
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openForReading } from '../../src/platform/sqlite/database';
import { temporaryFolder } from '../engine/engine-process';
import { type ImportSaid, type ImportWorkspace, importWorkspace, type RunSeen } from './imported';
import { writeMlflow, writeTracker } from './written-store';

const size = { runs: 1, metrics: 2, steps: 3000 };
const root = temporaryFolder('slipway-damaged-');
const copies: string[] = [];
const stores = {
  mlruns: join(root, 'mlruns'),
  database: join(root, 'mlflow.db'),
  tensorboardx: join(root, 'events'),
  wandb: join(root, 'wandb-runs'),
  trackio: join(root, 'trackio'),
};

beforeAll(async () => {
  for (const folder of [stores.tensorboardx, stores.wandb, stores.trackio]) mkdirSync(folder);
  await writeMlflow(3, { uri: `file://${stores.mlruns}`, cwd: root, size, flags: ['--plain'] });
  await writeMlflow(3, { uri: `sqlite:///${stores.database}`, cwd: root, size, flags: ['--plain'] });
  await writeTracker('tensorboardx', stores.tensorboardx, size);
  await writeTracker('wandb', stores.wandb, size);
  await writeTracker('trackio', stores.trackio, size);
}, 180_000);

afterAll(() => {
  for (const folder of [root, ...copies]) rmSync(folder, { recursive: true, force: true });
});

/** A copy of a store with one of its files changed. */
function broken(store: keyof typeof stores, isFile: (name: string) => boolean, change: (path: string) => void): string {
  const folder = temporaryFolder('slipway-broken-');
  copies.push(folder);
  const copy = join(folder, basename(stores[store]));
  // As they are: W&B's link to its latest run would else lead to the whole store.
  cpSync(stores[store], copy, { recursive: true, verbatimSymlinks: true });
  if (store === 'database') change(copy);
  else change(fileIn(copy, isFile));
  return copy;
}

function fileIn(folder: string, isFile: (name: string) => boolean): string {
  const entries = readdirSync(folder, { withFileTypes: true, recursive: true }).filter((entry) => entry.isFile());
  const found = entries.find((entry) => isFile(entry.name) && !/trial|latest-run/.test(entry.parentPath));
  if (found === undefined) throw new Error(`No such file in ${folder}.`);
  return join(found.parentPath, found.name);
}

function cut(bytes: number): (path: string) => void {
  return (path) => truncateSync(path, bytes);
}

function flip(at: number, count = 1): (path: string) => void {
  return (path) => {
    const bytes = readFileSync(path);
    for (let place = at; place < at + count; place += 1) bytes[place] = (bytes[place] ?? 0) ^ 0xff;
    writeFileSync(path, bytes);
  };
}

async function lives(workspace: ImportWorkspace): Promise<void> {
  expect((await workspace.engine.fetch('/health')).status).toBe(200);
}

/** Byte offsets that the problems name. */
function places({ problems }: ImportSaid): number[] {
  return problems.flatMap(({ name }) => {
    const [, at] = /, byte (\d+)$/.exec(name) ?? [];
    return at === undefined ? [] : [Number(at)];
  });
}

describe('a file that is cut off', () => {
  it('of events: the records before the cut come in', async () => {
    await using workspace = await importWorkspace();
    const said = await workspace.import(broken('tensorboardx', (name) => name.includes('tfevents'), cut(50_001)));
    expect(said).toMatchObject({ code: 2, refused: [] });
    const [at = 0] = places(said);
    expect(at).toBeGreaterThan(49_900);
    expect(at).toBeLessThan(50_001);
    const points = await workspace.points((await workspace.run('run-0')).id, 'group/m0');
    expect(points.length).toBeGreaterThan(400);
    expect(points.map(([step]) => Number(step))).toEqual(points.map((_, index) => index));
  });

  it('of W&B: the records before the cut come in', async () => {
    await using workspace = await importWorkspace();
    const said = await workspace.import(broken('wandb', (name) => name.endsWith('.wandb'), cut(100_001)));
    expect(said).toMatchObject({ code: 2, refused: [], imported: { run: 1 } });
    expect(places(said)[0]).toBeGreaterThan(65_000);
    const run = await workspace.run('run-0');
    expect(run.status).toBe('KILLED');
    expect((await workspace.points(run.id, 'm1')).length).toBeGreaterThan(300);
  });

  it('of mlruns: the lines before the cut come in, and not the half one', async () => {
    await using workspace = await importWorkspace();
    const path = broken('mlruns', (name) => name === 'm0', cut(1000));
    const said = await workspace.import(path);
    expect(said).toMatchObject({ code: 2, refused: [], imported: { run: 1 } });
    const text = readFileSync(
      fileIn(path, (name) => name === 'm0'),
      'utf8',
    );
    expect(places(said)).toEqual([text.lastIndexOf('\n') + 1]);
    const points = await workspace.points((await workspace.run('run-0')).id, 'm0');
    expect(points).toHaveLength(text.split('\n').length - 1);
  });

  it('meta.yaml of a run: the others come in, and the file is named', async () => {
    await using workspace = await importWorkspace();
    const path = broken(
      'mlruns',
      () => false || true,
      () => undefined,
    );
    const run = readdirSync(path, { recursive: true, encoding: 'utf8' }).find((name) =>
      /[0-9a-f]{32}\/meta\.yaml$/.test(name),
    );
    writeFileSync(join(path, run ?? ''), '');
    const said = await workspace.import(path);
    expect(said).toMatchObject({ code: 2, imported: {} });
    expect(said.problems[0]?.name).toContain('meta.yaml');
  });

  it.each([20_000, 60_000, 100_000, 200_000])(
    'mlflow.db after %i bytes: it is told and the engine lives',
    async (bytes) => {
      await using workspace = await importWorkspace();
      const said = await workspace.import(broken('database', () => true, cut(bytes)));
      const told = said.stderr + JSON.stringify([said.problems ?? [], said.refused ?? []]);
      expect([1, 2, 3]).toContain(said.code);
      expect(told).toContain('mlflow.db');
      await lives(workspace);
    },
  );
});

describe('a database of which pages are lost', () => {
  const many = { runs: 30, metrics: 2, steps: 200 };
  const cwd = temporaryFolder('slipway-pages-');
  const sound = join(cwd, 'mlflow.db');
  let all: Map<string, RunSeen>;
  let points: number;
  copies.push(cwd);

  beforeAll(async () => {
    await writeMlflow(3, { uri: `sqlite:///${sound}`, cwd, size: many, flags: ['--plain'] });
    await using workspace = await importWorkspace();
    const said = await workspace.import(sound);
    expect(said).toMatchObject({ code: 0, problems: [] });
    points = said.points;
    all = await workspace.runs();
  }, 180_000);

  function changed(change: (bytes: Buffer) => Buffer): string {
    const folder = temporaryFolder('slipway-broken-');
    copies.push(folder);
    writeFileSync(join(folder, 'mlflow.db'), change(readFileSync(sound)));
    return join(folder, 'mlflow.db');
  }

  function leaves(name: string): number[] {
    const database = openForReading(sound);
    const sql = `SELECT pageno FROM dbstat WHERE name = ? AND pagetype = 'leaf' ORDER BY path`;
    const pages = database.prepare<[string], number>(sql).pluck().all(name);
    database.close();
    return pages;
  }

  function without(...pages: number[]): string {
    return changed((bytes) => {
      for (const page of pages) bytes.fill(0xa5, (page - 1) * 4096, page * 4096);
      return bytes;
    });
  }

  it('because it is cut off by ten pages: every run that can be read comes in, and the others are named', async () => {
    await using workspace = await importWorkspace();
    const path = changed((bytes) => bytes.subarray(0, bytes.length - 10 * 4096));
    const said = await workspace.import(path);
    const runs = await workspace.runs();
    expect(said).toMatchObject({ code: 2, refused: [] });
    expect(said.problems[0]?.name).toBe(`${path}, byte ${readFileSync(path).length}`);
    expect(said.problems[0]?.why).toContain('the file is cut off here');
    const told = JSON.stringify(said.problems);
    for (const { id, name } of all.values()) {
      if (!runs.has(id)) expect(told).toMatch(new RegExp(`run (${id}|${name} )`));
    }
    expect(runs.size).toBeGreaterThan(25);
    const again = await workspace.import(path);
    expect([again.imported, again.updated]).toEqual([{}, {}]);
  });

  it('in the middle of the points: an index that holds them gives them back', async () => {
    await using workspace = await importWorkspace();
    const pages = leaves('metrics');
    const said = await workspace.import(without(pages[5] ?? 0, pages[40] ?? 0, pages.at(-1) ?? 0));
    expect(said).toMatchObject({ code: 0, refused: [], problems: [], imported: { run: all.size } });
    expect(said.points).toBe(points);
  });

  it('in the points and in their index: one bad page loses what lies in it, and nothing else', async () => {
    await using workspace = await importWorkspace();
    const [own, index] = [leaves('metrics'), leaves('sqlite_autoindex_metrics_1')];
    const lost = [own[5], own[6], own[90], own.at(-1), index[3], index[30], index[31], index.at(-1)];
    const said = await workspace.import(without(...lost.map((page) => page ?? 0)));
    expect(said).toMatchObject({ code: 2, refused: [], imported: { run: all.size } });
    expect(said.problems.map(({ name }) => name).join()).toContain('mlflow.db, table metrics');
    // A row is lost only where its place in the index is lost, too.
    expect(said.points).toBeLessThan(points);
    expect(said.points).toBeGreaterThan(points * 0.99);
  });

  it('of Trackio, cut off: the runs before the cut come in, and the file is named', async () => {
    for (const kept of [0.9, 0.6, 0.3]) {
      await using workspace = await importWorkspace();
      let cutFile = '';
      const isFile = (name: string): boolean => name.endsWith('.db');
      const path = broken('trackio', isFile, (file) => {
        cutFile = file;
        truncateSync(file, Math.floor((readFileSync(file).length * kept) / 4096) * 4096 + 100);
      });
      const said = await workspace.import(path);
      expect([kept, said.code, said.stderr]).toEqual([kept, 2, '']);
      expect(said.problems[0]?.name).toContain(`${cutFile}, byte`);
      expect(said.refused).toEqual([]);
      if (kept > 0.5) expect(said.imported.run).toBeGreaterThan(0);
    }
  });
});

describe('a file in which bytes are damaged', () => {
  it('of events: only the record is lost, by its place', async () => {
    await using workspace = await importWorkspace();
    const isFile = (name: string): boolean => name.includes('tfevents');
    const said = await workspace.import(broken('tensorboardx', isFile, flip(30_000 + 20)));
    const all = broken('tensorboardx', isFile, () => undefined);
    const other = await workspace.import(all);
    expect(said.code).toBe(2);
    expect(said.problems).toHaveLength(1);
    expect(places(said)[0]).toBeGreaterThan(29_900);
    expect(other.code).toBe(0);
  });

  it('of W&B: reading goes on with the next block', async () => {
    await using workspace = await importWorkspace();
    const said = await workspace.import(broken('wandb', (name) => name.endsWith('.wandb'), flip(40_000, 3)));
    expect(said).toMatchObject({ code: 2, imported: { run: 1 } });
    const run = await workspace.run('run-0');
    const steps = (await workspace.points(run.id, 'm0')).map(([step]) => Number(step));
    expect(run.status).toBe('FINISHED');
    expect(steps.length).toBeLessThan(size.steps);
    expect(steps.at(-1)).toBe(size.steps - 1);
  });

  it.each([
    ['tensorboardx', 'tfevents'],
    ['wandb', '.wandb'],
    ['trackio', '.db'],
    ['database', '.db'],
  ] as const)('anywhere in a store of %s: something is said, and the engine lives', async (store, name) => {
    await using workspace = await importWorkspace();
    for (let seed = 1; seed <= 6; seed += 1) {
      const at = (seed * 7919 * 31) % 150_000;
      const said = await workspace.import(broken(store, (each) => each.includes(name), flip(at, 1 + seed * 40)));
      expect([0, 1, 2, 3]).toContain(said.code);
      if (said.code === 3) expect(said.stderr).toMatch(/^slipway: .+\.$/m);
      await lives(workspace);
    }
  });
});

describe('what is no store', () => {
  it.each([
    ['a text file', 'notes.txt', 'hello'],
    ['an empty file', 'empty.bin', ''],
    ['a folder of other things', 'folder', undefined],
  ])('%s is told for what it is', async (_what, name, text) => {
    await using workspace = await importWorkspace();
    const folder = temporaryFolder('slipway-none-');
    copies.push(folder);
    const path = join(folder, name);
    if (text === undefined) {
      mkdirSync(path);
      writeFileSync(join(path, 'a.csv'), '1');
    } else writeFileSync(path, text);
    const said = await workspace.import(path);
    expect(said.code).toBe(3);
    expect(said.stderr).toMatch(/is no store that can be imported: .+\./);
    expect(await workspace.runs()).toEqual(new Map());
  });
});
