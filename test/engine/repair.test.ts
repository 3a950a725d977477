// slipway doctor --repair: what is left of a damaged or lost database comes back, the rest is named, nothing is thrown away.
import {
  closeSync,
  cpSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import BetterSqlite3 from 'better-sqlite3';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { RepairResult } from '../../src/protocol/jobs/job';
import type { SalvageReport } from '../../src/protocol/jobs/salvage';
import { type BundleWorkspace, createRun, fillWorkspace, get, post, put } from './bundle-workspace';
import { type EngineProcess, slipway, startEngine, temporaryFolder } from './engine-process';

const page = 4096;
let sound: string;
let made: BundleWorkspace;
let manyRun: string;
let before: Record<string, unknown>;
let folder: string;

beforeAll(async () => {
  const engine = await startEngine();
  made = await fillWorkspace(engine);
  manyRun = await createRun(engine, '0', 'many');
  for (let batch = 0; batch < 150; batch++) {
    const metrics = Array.from({ length: 1000 }, (_, i) => ({
      key: 'm',
      value: Math.sin(i),
      step: batch * 1000 + i,
      timestamp: 1,
    }));
    await post(engine, 'runs/log-batch', { run_id: manyRun, metrics });
  }
  await put(engine, `0/${manyRun}/artifacts/only.txt`, 'only here');
  await post(engine, 'runs/update', { run_id: manyRun, status: 'FINISHED', end_time: 5 });
  before = await get(engine, `runs/get?run_id=${made.richRun}`);
  await engine.end();
  sound = temporaryFolder();
  cpSync(engine.workspace, sound, { recursive: true });
  rmSync(engine.workspace, { recursive: true });
}, 60_000);
afterAll(() => rmSync(sound, { recursive: true, force: true }));
beforeEach(() => {
  folder = temporaryFolder();
  cpSync(sound, folder, { recursive: true });
});
afterEach(async () => {
  await slipway(['engine', 'stop', '--workspace', folder]);
  rmSync(folder, { recursive: true, force: true });
});

const database = (): string => join(folder, '.slipway/slipway.db');

function overwrite(from: number, bytes: Buffer): void {
  const file = openSync(database(), 'r+');
  writeSync(file, bytes, 0, bytes.length, from);
  closeSync(file);
}

/** As the command line prints it. */
type Salvage = Omit<SalvageReport, 'tables'> & { tables: { table: string; has_gaps: boolean }[] };

async function repair(): Promise<{ code: number | null; result: RepairResult & { salvage: Salvage } }> {
  const { code, stdout, stderr } = await slipway(['doctor', '--repair', '--json', '--workspace', folder]);
  if (stdout === '') throw new Error(stderr);
  return { code, result: JSON.parse(stdout) };
}

function aside(): string[] {
  return readdirSync(join(folder, '.slipway')).filter((name) => /\.damaged-[^.]+Z$/.test(name));
}

async function opened<T>(look: (engine: EngineProcess) => Promise<T>): Promise<T> {
  await slipway(['engine', 'stop', '--workspace', folder]);
  await using engine = await startEngine({ workspace: folder });
  expect(await engine.client.api.engine.check.query()).toEqual({ problems: [] });
  return await look(engine);
}

describe('slipway doctor --repair', () => {
  it('a database whose header was overwritten comes back whole', async () => {
    const damaged = Buffer.alloc(100, 'x');
    overwrite(0, damaged);
    const bytes = readFileSync(database());
    const { code, result } = await repair();
    expect(result.missing).toEqual([]);
    expect(result.refused).toEqual([]);
    expect(code).toBe(0);
    expect(result.salvage.tables.filter(({ has_gaps: hasGaps }) => hasGaps)).toEqual([]);
    expect(aside()).toHaveLength(1);
    expect(readFileSync(join(folder, '.slipway', aside()[0] ?? '')).equals(bytes)).toBe(true);
    await opened(async (engine) => {
      expect(await get(engine, `runs/get?run_id=${made.richRun}`)).toEqual(before);
      const many = await engine.client.api.metrics.list.query({ runId: manyRun });
      expect(many.items).toMatchObject([{ key: 'm', count: 150_000 }]);
      const alias = await get(engine, 'registered-models/alias?name=delay&alias=champion');
      expect(alias).toMatchObject({ model_version: { version: '1', run_id: made.richRun } });
      const told = await engine.client.api.runs.get.query({ runId: made.recordedRun });
      expect(told).toMatchObject({ name: 'told', state: 'failed', recording: { exitCode: 3 } });
      expect(await (await engine.client.artifact(manyRun, 'only.txt')).text()).toBe('only here');
    });
    expect(existsSync(join(folder, '.slipway/repair'))).toBe(false);
  });

  it('a database with broken pages: what can be read comes back, the table with gaps is named, exit 2', async () => {
    const pages = Math.floor(statSync(database()).size / page);
    // The many points fill most of the file; some of their pages are lost.
    for (const at of [0.5, 0.6, 0.7]) overwrite(Math.floor(pages * at) * page, Buffer.alloc(page, 0xff));
    const doctor = await slipway(['doctor', '--workspace', folder]);
    expect([doctor.code, doctor.stdout]).toEqual([1, expect.stringContaining('`slipway doctor --repair`')]);
    const { code, result } = await repair();
    expect(code).toBe(2);
    const gaps = result.salvage.tables.filter(({ has_gaps: hasGaps }) => hasGaps).map(({ table }) => table);
    expect(gaps).toEqual(['metric_packs']);
    expect(aside()).toHaveLength(1);
    await opened(async (engine) => {
      expect(await get(engine, `runs/get?run_id=${made.richRun}`)).toEqual(before);
      expect(await get(engine, `runs/get?run_id=${manyRun}`)).toMatchObject({ run: { info: { run_name: 'many' } } });
      const { items } = await engine.client.api.metrics.history.query({ runId: manyRun, key: 'm', limit: 25_000 });
      expect(items.length).toBeGreaterThan(1000);
    });
  });

  it('a recorded run keeps its experiment, its files and its place in the trash, which its folder does not tell', async () => {
    const record = async (name: string): Promise<string> => {
      const words = ['run', '--json', '--name', name, '--experiment', 'typed', '--', 'true'];
      return (JSON.parse((await slipway(words, { cwd: folder })).stdout) as { run_id: string }).run_id;
    };
    const [kept, binned] = [await record('kept'), await record('binned')];
    const info = async (engine: EngineProcess, runId: string) => {
      const { run } = (await get(engine, `runs/get?run_id=${runId}`)) as { run: { info: Record<string, string> } };
      return run.info;
    };
    await slipway(['engine', 'stop', '--workspace', folder]);
    const told = await opened(async (engine) => {
      const { experiment_id: id = '', artifact_uri: uri = '' } = await info(engine, kept);
      await post(engine, 'experiments/update', { experiment_id: id, new_name: 'renamed' });
      await put(engine, `${uri.replace('mlflow-artifacts:/', '')}/model.txt`, 'weights');
      await post(engine, 'runs/delete', { run_id: binned });
      await engine.end();
      return uri;
    });
    overwrite(0, Buffer.alloc(100, 0xff));
    await repair();
    await opened(async (engine) => {
      const { experiment_id: id, artifact_uri: uri } = await info(engine, kept);
      expect(await get(engine, `experiments/get?experiment_id=${id}`)).toMatchObject({
        experiment: { name: 'renamed' },
      });
      expect(uri).toBe(told);
      expect(await (await engine.client.artifact(kept, 'model.txt')).text()).toBe('weights');
      expect(await info(engine, binned)).toMatchObject({ lifecycle_stage: 'deleted' });
    });
  });

  it('points that changed on the disk are told of and never shown, the others come back', async () => {
    const file = new BetterSqlite3(database());
    const spoil = file.prepare('UPDATE metric_packs SET points = ? WHERE pack = ?');
    const [pack, points] = file
      .prepare('SELECT pack, points FROM metric_packs ORDER BY series DESC, pack')
      .raw()
      .get() as [number, Buffer];
    points[points.length >> 1] = (points[points.length >> 1] ?? 0) ^ 1;
    spoil.run(points, pack);
    file.close();
    const doctor = await slipway(['doctor', '--workspace', folder]);
    expect([doctor.code, doctor.stdout]).toEqual([1, expect.stringContaining('points of m of many are damaged')]);
    const shown = await slipway(['metrics', manyRun, '--key', 'm', '--workspace', folder]);
    expect([shown.code, shown.stderr]).toEqual([3, expect.stringContaining('`slipway doctor --repair`')]);
    const { code, result } = await repair();
    expect(code).toBe(2);
    const gaps = result.salvage.tables.filter(({ has_gaps: hasGaps }) => hasGaps).map(({ table }) => table);
    expect(gaps).toEqual(['metric_packs']);
    await opened(async (engine) => {
      const { items } = await engine.client.api.metrics.history.query({ runId: manyRun, key: 'm', limit: 25_000 });
      expect(items).toHaveLength(25_000);
    });
  });

  it('a lost database: recorded runs come back from their folders, contents without a name become files', async () => {
    for (const suffix of ['', '-wal', '-shm']) rmSync(database() + suffix, { force: true });
    const told = `The database ${database()} is missing, though this folder had one before`;
    const doctor = await slipway(['doctor', '--workspace', folder]);
    expect([doctor.code, doctor.stdout]).toEqual([2, expect.stringContaining(told)]);
    // As long as nothing was brought back, whichever engine is asked.
    await slipway(['engine', 'stop', '--workspace', folder]);
    const again = await slipway(['doctor', '--workspace', folder]);
    expect([again.code, again.stdout]).toEqual([2, expect.stringContaining('lost and not brought back')]);
    const { result } = await repair();
    expect(result.salvage.source).toBe(null);
    expect(result.unnamed).toEqual({ count: 4, run: 'recovered files' });
    expect((await slipway(['doctor', '--workspace', folder])).code).toBe(0);
    await opened(async (engine) => {
      const told = await engine.client.api.runs.get.query({ runId: made.recordedRun });
      expect(told).toMatchObject({ name: 'told', state: 'failed' });
      const [found] = await engine.client.api.runs.find.query({ wanted: 'recovered files' });
      const files = await engine.client.api.artifacts.list.query({ runId: found?.runId ?? '', path: 'unnamed' });
      const texts = files.items.map(async ({ path }) =>
        (await engine.client.artifact(found?.runId ?? '', path)).text(),
      );
      expect((await Promise.all(texts)).sort()).toEqual(['', 'a curve\n', 'flavors: {}\n', 'only here']);
    });
  });

  it('a lost database: all comes back from the newest backup that lies in the folder', async () => {
    expect((await slipway(['backup'], { cwd: folder })).code).toBe(0);
    const [backup = ''] = readdirSync(folder).filter((name) => name.startsWith('slipway-backup-'));
    await slipway(['engine', 'stop', '--workspace', folder]);
    rmSync(database());
    const doctor = await slipway(['doctor', '--workspace', folder]);
    expect(doctor.stdout).toContain(`run folders and kept files and from the backup ${join(folder, backup)}.`);
    const { code, result } = await repair();
    expect([code, result.salvage.source]).toEqual([0, join(folder, backup)]);
    await opened(async (engine) => {
      expect(await get(engine, `runs/get?run_id=${made.richRun}`)).toEqual(before);
    });
  });

  it('a content that is gone is named by its path, and what else there is comes back', async () => {
    overwrite(0, Buffer.alloc(100, 'x'));
    const home = join(folder, '.slipway/objects');
    const [lost = ''] = readdirSync(home, { recursive: true })
      .map(String)
      .filter((path) => /^..\/.{62}$/.test(path) && readFileSync(join(home, path), 'utf8') === 'only here');
    rmSync(join(home, lost));
    const { code, result } = await repair();
    expect([code, result.missing]).toEqual([2, [`0/${manyRun}/artifacts/only.txt`]]);
    expect(result.imported.run).toBe(4);
  });

  it('says in words what was read, and at once which folder of a recorded run cannot be taken in', async () => {
    overwrite(0, Buffer.alloc(100, 'x'));
    const broken = 'f'.repeat(32);
    mkdirSync(join(folder, '.slipway/runs', broken));
    writeFileSync(join(folder, '.slipway/runs', broken, 'run.json'), '{');
    const { code, stdout } = await slipway(['doctor', '--repair', '--workspace', folder]);
    expect(code).toBe(2);
    expect(stdout).toMatch(/^Read from \S+: .*\b4 rows of runs\b/m);
    expect(stdout).toMatch(new RegExp(`^Did not come back:\n  ${broken}: its folder could not be taken in; `, 'm'));
  });

  it('what was logged since the damage stays, and a second repair changes nothing', async () => {
    overwrite(0, Buffer.alloc(100, 'x'));
    const since = await (async () => {
      await using engine = await startEngine({ workspace: folder });
      return await createRun(engine, '0', 'since');
    })();
    await repair();
    const second = await repair();
    expect(second.result).toMatchObject({ imported: {}, refused: [], recorded: [], salvage: { source: null } });
    expect(second.code).toBe(0);
    await opened(async (engine) => {
      expect(await get(engine, `runs/get?run_id=${since}`)).toMatchObject({ run: { info: { run_name: 'since' } } });
      expect(await get(engine, `runs/get?run_id=${made.richRun}`)).toEqual(before);
    });
  });
});
