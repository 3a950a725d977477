// A disk that is full or fails: one sentence, nothing kept is lost, and everything goes on once there is room again.
import { spawn, spawnSync } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, openSync, readdirSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type EngineProcess, slipway, startEngine, temporaryFolder } from './engine-process';

const mlflow = '/api/2.0/mlflow';
const sentence = /^The disk that holds \S+ is full; nothing was saved\. Free some space, then try again\.$/;

const lossSentence = 'The disk was full while the command ran, so some of what it printed and logged may be missing.';

let place = '';
beforeEach(() => {
  place = temporaryFolder('slipway-disk-');
});
afterEach(() => rmSync(place, { recursive: true, force: true }));

async function createRun(engine: EngineProcess): Promise<string> {
  const { body } = await engine.json('POST', `${mlflow}/runs/create`, { experiment_id: '0', start_time: Date.now() });
  return (body as { run: { info: { run_id: string } } }).run.info.run_id;
}

async function log(engine: EngineProcess, runId: string, step: number) {
  const point = { run_id: runId, key: 'loss', value: step, timestamp: step, step };
  const { status, body } = await engine.json('POST', `${mlflow}/runs/log-metric`, point);
  return { status, message: body.message as string | undefined, code: body.error_code };
}

async function steps(engine: EngineProcess, runId: string): Promise<unknown[]> {
  const { body } = await engine.json('GET', `${mlflow}/metrics/get-history?run_id=${runId}&metric_key=loss`);
  return ((body.metrics ?? []) as { step: unknown }[]).map(({ step }) => Number(step));
}

/** Logs until it is refused; the steps that were acknowledged. */
async function logUntilRefused(engine: EngineProcess, runId: string) {
  const kept: number[] = [];
  for (let step = 0; step < 5000; step++) {
    const answer = await log(engine, runId, step);
    if (answer.status !== 200) return { kept, refusal: answer };
    kept.push(step);
  }
  throw new Error('Nothing was refused.');
}

/** The run once its end is in the database. */
async function savedRun(engine: EngineProcess, runId: string, status: string) {
  const get = () => engine.client.api.runs.get.query({ runId });
  const isSaved = async () => !JSON.stringify(await get()).includes('could not be saved yet');
  await expect.poll(async () => (await isSaved()) && (await get()).status, { timeout: 15_000 }).toBe(status);
  return get();
}

/** A small disk of its own below the test's folder. */
class SmallDisk implements Disposable {
  readonly root = join(place, 'disk');
  readonly #filler = join(this.root, 'filler');

  constructor(megabytes: number) {
    mkdirSync(this.root);
    mount(['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'none', this.root]);
  }

  fill(): void {
    const file = openSync(this.#filler, 'a');
    const block = Buffer.alloc(4096);
    try {
      for (;;) writeSync(file, block);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
    } finally {
      closeSync(file);
    }
  }

  free(): void {
    rmSync(this.#filler, { force: true });
  }

  [Symbol.dispose](): void {
    spawnSync('umount', [this.root]);
  }
}

function mount(args: readonly string[]): void {
  const { status, stderr } = spawnSync('mount', args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
}

/** Only the superuser may make a disk of its own. */
function canMount(): boolean {
  const folder = temporaryFolder('slipway-disk-');
  const isMade = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'none', folder]).status === 0;
  if (isMade) spawnSync('umount', [folder]);
  rmSync(folder, { recursive: true, force: true });
  return isMade;
}

describe.skipIf(!canMount())('a full disk', () => {
  it('refuses writes in one sentence, goes on reading, and takes writes again once there is room', async () => {
    using disk = new SmallDisk(12);
    await using engine = await startEngine({ workspace: disk.root });
    const runId = await createRun(engine);
    const ended = await createRun(engine);
    await engine.json('POST', `${mlflow}/runs/update`, { run_id: ended, status: 'FINISHED' });
    disk.fill();
    const { kept, refusal } = await logUntilRefused(engine, runId);
    expect([refusal.status, refusal.code]).toEqual([507, 'RESOURCE_EXHAUSTED']);
    expect(refusal.message).toMatch(sentence);
    const deleted = await slipway(['runs', 'delete', ended.slice(0, 8)], { cwd: disk.root });
    expect([deleted.code, deleted.stdout]).toEqual([3, '']);
    expect(deleted.stderr).toMatch(/is full; nothing was saved\. Free some space, then try again\.\n$/);

    const place = `/api/2.0/mlflow-artifacts/artifacts/0/${runId}/artifacts/model.bin`;
    const put = await engine.fetch(place, { method: 'PUT', body: Buffer.alloc(100_000) });
    expect([put.status, ((await put.json()) as { message: string }).message]).toEqual([
      507,
      expect.stringMatching(sentence),
    ]);
    expect((await engine.fetch(place)).status).toBe(404);
    expect(await steps(engine, runId)).toEqual(kept);

    disk.free();
    expect((await log(engine, runId, kept.length)).status).toBe(200);
    expect((await engine.fetch(place, { method: 'PUT', body: Buffer.alloc(100_000) })).status).toBe(200);
    expect(await steps(engine, runId)).toEqual([...kept, kept.length]);
    expect(await engine.client.api.engine.check.query()).toEqual({ problems: [] });
  });

  it('does not keep gc from saying what it would free, and what gc and artifacts get cannot write is told in words', async () => {
    using disk = new SmallDisk(12);
    await using engine = await startEngine({ workspace: disk.root });
    const runId = await createRun(engine);
    const tags = Array.from({ length: 100 }, (_, index) => ({ key: `${index}`, value: 'x'.repeat(5000) }));
    for (let batch = 0; batch < 4; batch++) {
      const renamed = tags.map(({ key, value }) => ({ key: `${batch}-${key}`, value }));
      await engine.json('POST', `${mlflow}/runs/log-batch`, { run_id: runId, tags: renamed });
    }
    const place = `/api/2.0/mlflow-artifacts/artifacts/0/${runId}/artifacts/model.bin`;
    const other = await createRun(engine);
    for (const put of [place, place.replace(runId, other)]) {
      await engine.fetch(put, { method: 'PUT', body: Buffer.alloc(100_000) });
    }
    await engine.json('POST', `${mlflow}/runs/delete`, { run_id: runId });
    disk.fill();
    const dry = await slipway(['gc', '--older-than', '0d', '--dry-run'], { cwd: disk.root });
    expect([dry.code, dry.stdout, dry.stderr]).toEqual([0, expect.stringContaining('1 run'), '']);
    const got = await slipway(['artifacts', 'get', other, '--to', disk.root, '--workspace', disk.root]);
    expect([got.code, got.stderr]).toEqual([3, expect.stringContaining('is full; model.bin was not saved.')]);
    const gc = await slipway(['gc', '--older-than', '0d'], { cwd: disk.root });
    if (gc.code !== 0) expect(gc.stderr).toMatch(/is full; nothing was saved\. Free some space, then try again\.\n$/);
    disk.free();
    expect((await slipway(['gc', '--older-than', '0d'], { cwd: disk.root })).code).toBe(0);
    expect((await engine.fetch(place)).status).toBe(404);
  });

  it('loses nothing acknowledged when the engine is killed on it', async () => {
    using disk = new SmallDisk(12);
    const first = await startEngine({ workspace: disk.root });
    const runId = await createRun(first);
    for (let step = 0; step < 20; step++) await log(first, runId, step);
    disk.fill();
    await logUntilRefused(first, runId);
    const kept = await steps(first, runId);
    expect(kept.length).toBeGreaterThanOrEqual(20);
    await first.end('SIGKILL');
    // What a start leaves behind that finds no room would never be removed.
    expect((await slipway(['engine', 'start'], { cwd: disk.root })).stderr).toMatch(
      /is full, so the engine cannot start/,
    );
    expect(readdirSync(join(disk.root, '.slipway')).filter((name) => name.endsWith('.tmp'))).toEqual([]);
    disk.free();
    await using engine = await startEngine({ workspace: disk.root });
    expect(await steps(engine, runId)).toEqual(kept);
  });

  it('lets the engine end as it should, and the next one finds all that was acknowledged', async () => {
    using disk = new SmallDisk(12);
    const first = await startEngine({ workspace: disk.root });
    const runId = await createRun(first);
    disk.fill();
    const { kept } = await logUntilRefused(first, runId);
    const stopped = await slipway(['engine', 'stop'], { cwd: disk.root });
    expect([stopped.code, existsSync(join(disk.root, '.slipway/engine.json'))]).toEqual([0, false]);
    await expect.poll(() => first.child.exitCode).toBe(0);
    disk.free();
    await using engine = await startEngine({ workspace: disk.root });
    expect(await steps(engine, runId)).toEqual(kept);
  });

  it('lets no engine begin, and says why', async () => {
    using disk = new SmallDisk(4);
    await slipway(['init'], { cwd: disk.root });
    await slipway(['engine', 'stop'], { cwd: disk.root });
    disk.fill();
    const started = await slipway(['engine', 'start'], { cwd: disk.root });
    expect([started.code, started.stdout]).toEqual([3, '']);
    expect(started.stderr).toMatch(/^slipway: \S+ .*(is full|full: ).*\n$/);
    const read = await slipway(['runs', 'list'], { cwd: disk.root });
    expect([read.code, read.stderr]).toEqual([
      3,
      expect.stringMatching(/is full, so the engine cannot start\. Free some space/),
    ]);
    const recorded = await slipway(['run', '--', 'echo', 'not run'], { cwd: disk.root });
    expect([recorded.code, recorded.stdout]).toEqual([125, '']);
    expect(recorded.stderr.trimEnd().split('\n').at(-1)).toMatch(
      /cannot be written.*Its disk is full: free some space\.$/,
    );

    disk.free();
    expect((await slipway(['run', '--', 'echo', 'run'], { cwd: disk.root })).stdout).toBe('run\n');
    await slipway(['engine', 'stop'], { cwd: disk.root });
  });

  it('is what doctor names, and a run that ends on it is told as ended, not as running', async () => {
    using disk = new SmallDisk(6);
    await using engine = await startEngine({ workspace: disk.root });
    const doctor = async () => {
      const { code, stdout } = await slipway(['doctor', '--json'], { cwd: disk.root });
      const { checks } = JSON.parse(stdout) as { checks: { name: string; result: string; detail: string }[] };
      return { code, found: checks.filter(({ result }) => result !== 'ok') };
    };
    expect((await doctor()).found).toEqual([]);
    const command = 'sleep 2; dd if=/dev/zero of=filler bs=4096 2> /dev/null; exit 7';
    const recorded = await slipway(['run', '--json', '--', 'sh', '-c', command], { cwd: disk.root });
    expect(recorded.code).toBe(7);
    const runId = JSON.parse(recorded.stdout).run_id as string;
    const ends = async () => {
      const { items } = await engine.client.api.runs.list.query({});
      const { status, recording } = await engine.client.api.runs.get.query({ runId });
      return [items[0]?.state, status, recording?.exitCode, recording?.problems.at(-1)];
    };
    const unsaved =
      'The disk is full, so the end of this run could not be saved yet. Free some space: it is saved then.';
    await expect.poll(ends, { timeout: 15_000 }).toEqual(['failed', 'FAILED', 7, unsaved]);
    const { body } = await engine.json('GET', `${mlflow}/runs/get?run_id=${runId}`);
    expect(body).toMatchObject({ run: { info: { status: 'FAILED', end_time: expect.any(Number) } } });
    const { code, found } = await doctor();
    expect([code, found.map(({ name }) => name)]).toEqual([1, ['Warning', 'Disk']]);
    expect(found[0]?.detail).toMatch(/is full, so what a recorded run did could not be saved\. Free some space/);
    expect(found[1]?.detail).toMatch(/^The disk that holds \S+ is full, so nothing can be saved\. Free some space/);
    disk.free();
    await expect.poll(ends, { timeout: 15_000 }).toEqual(['failed', 'FAILED', 7, lossSentence]);
    expect((await doctor()).found).toEqual([]);
  });

  it('that swallows what a command prints leaves a sentence in its run, though the command ended well', async () => {
    using disk = new SmallDisk(6);
    await using engine = await startEngine({ workspace: disk.root });
    const program = `import os, time
def show(text):
    try: os.write(1, text)
    except OSError: pass
show(b"before")
with open("filler", "ab", 0) as file:
    try:
        while True: file.write(b"x" * 4096)
    except OSError: pass
for i in range(60):
    show(b"a" * 4096)
    time.sleep(0.005)
`;
    const recorded = await slipway(['run', '--json', '--', 'python3', '-c', program], { cwd: disk.root });
    expect(recorded.code).toBe(0);
    disk.free();
    const runId = JSON.parse(recorded.stdout).run_id as string;
    const { recording } = await savedRun(engine, runId, 'FINISHED');
    expect(recording?.outputBytes).toBeLessThan(60 * 4096);
    expect(recording?.problems).toContain(lossSentence);
  });

  it('is no reason to refuse a bundle whose runs are here already, and one for new ones', async () => {
    using disk = new SmallDisk(16);
    const other = join(disk.root, 'other');
    mkdirSync(other);
    await using engine = await startEngine({ workspace: disk.root });
    await using second = await startEngine({ workspace: other });
    const runId = await createRun(engine);
    const model = `/api/2.0/mlflow-artifacts/artifacts/0/${runId}/artifacts/model.bin`;
    await engine.fetch(model, { method: 'PUT', body: Buffer.alloc(8 * 1024 * 1024, 'x') });
    await engine.json('POST', `${mlflow}/runs/update`, { run_id: runId, status: 'FINISHED', end_time: 5 });
    const bundle = join(place, 'runs.slipway');
    expect((await slipway(['export', bundle], { cwd: disk.root })).code).toBe(0);
    const again = await slipway(['import', bundle, '--json'], { cwd: disk.root });
    expect([again.code, JSON.parse(again.stdout).skipped]).toEqual([0, expect.objectContaining({ run: 1 })]);
    const refused = await slipway(['import', bundle], { cwd: other });
    expect([refused.code, refused.stderr]).toEqual([
      3,
      expect.stringMatching(/needs \d+ MB, and the disk has \d+ MB free\./),
    ]);
    expect((await second.client.api.runs.list.query({})).items).toEqual([]);
  });

  it('for a tenth of a second is told of as well', async () => {
    using disk = new SmallDisk(6);
    await using engine = await startEngine({ workspace: disk.root });
    const program = `import os, time
time.sleep(0.5)
file = open("filler", "ab", 0)
try:
    while True: file.write(b"x" * 4096)
except OSError: pass
try: os.write(1, b"lost")
except OSError: pass
time.sleep(0.1)
os.remove("filler")
file.close()
time.sleep(0.5)
`;
    const recorded = await slipway(['run', '--json', '--', 'python3', '-c', program], { cwd: disk.root });
    expect(recorded.code).toBe(0);
    const { recording } = await savedRun(engine, JSON.parse(recorded.stdout).run_id as string, 'FINISHED');
    expect(recording?.outputBytes).toBe(0);
    expect(recording?.problems).toContain(lossSentence);
  });

  it('filled by the command that is recorded ends neither: the run has its exit code and all that found room', async () => {
    using disk = new SmallDisk(4);
    const program = `import sys
for i in range(20000):
    try:
        print("line %d %s" % (i, "a" * 200), flush=True)
    except OSError: pass
sys.stderr.close()
sys.exit(3)
`;
    await using engine = await startEngine({ workspace: disk.root });
    const recorded = await slipway(['run', '--', 'python3', '-c', program], { cwd: disk.root });
    expect(recorded.code).toBe(3);
    expect(recorded.stderr.split('the disk is full, so what the command prints is not kept whole.')).toHaveLength(2);
    const shown = recorded.stdout.split('\n');
    expect(shown[100]).toMatch(/^line 100 a{200}$/);
    const { items } = await engine.client.api.runs.list.query({});
    const runId = items[0]?.runId ?? '';

    // Another program frees what it holds: here the log that the command filled is what holds it.
    mount(['-o', 'remount,size=16m', disk.root]);
    const { recording } = await savedRun(engine, runId, 'FAILED');
    expect([recording?.exitCode, recording?.problems[0]]).toEqual([3, lossSentence]);
    expect(readFileSync(join(disk.root, '.slipway/runs', runId, 'output.log'), 'utf8')).toBe(recorded.stdout);
  });
});

/** A folder that a program serves as another computer would, without memory that programs share. */
class RemoteFolder implements Disposable {
  readonly root = join(place, 'remote');

  constructor() {
    const kept = join(place, 'kept');
    for (const folder of [this.root, kept]) mkdirSync(folder);
    // Each reads what the other writes.
    const program =
      'mkfifo "$3" && /usr/lib/openssh/sftp-server < "$3" | exec sshfs ":$1" "$2" -f -o passive,direct_io > "$3"';
    const paths = [kept, this.root, join(place, 'answers')];
    spawn('sh', ['-c', program, 'sh', ...paths], { stdio: 'ignore', detached: true }).unref();
    const isThere = 'for i in $(seq 50); do mountpoint -q "$1" && exit; sleep 0.1; done; exit 1';
    if (spawnSync('sh', ['-c', isThere, 'sh', this.root]).status !== 0) throw new Error('It was not mounted.');
  }

  [Symbol.dispose](): void {
    spawnSync('umount', [this.root]);
  }
}

const canServe =
  canMount() && existsSync('/usr/lib/openssh/sftp-server') && spawnSync('sshfs', ['--version']).status === 0;

describe.skipIf(!canServe)('a folder on another computer', () => {
  it('works where programs cannot share memory, also what a log holds that was made elsewhere, and doctor names it', async () => {
    using remote = new RemoteFolder();
    const elsewhere = await startEngine({ workspace: join(place, 'kept') });
    const runId = await createRun(elsewhere);
    await log(elsewhere, runId, 0);
    await elsewhere.end('SIGKILL');

    const first = await startEngine({ workspace: remote.root });
    await log(first, runId, 1);
    await first.end('SIGKILL');
    await using engine = await startEngine({ workspace: remote.root });
    const recorded = await slipway(['run', '--json', '--', 'echo', 'hello'], { cwd: remote.root });
    await savedRun(engine, JSON.parse(recorded.stdout).run_id as string, 'FINISHED');
    expect(
      (await slipway(['sql', 'SELECT count(*) FROM runs', '--format', 'csv'], { cwd: remote.root })).stdout,
    ).toContain('2');
    const bundle = await slipway(['export', join(place, 'all.zip'), '--json'], { cwd: remote.root });
    expect([bundle.code, bundle.stderr]).toEqual([0, '']);
    for (const verb of [['backup'], ['gc', '--older-than', '0d']]) {
      expect([verb, (await slipway(verb, { cwd: remote.root })).code]).toEqual([verb, 0]);
    }
    await log(engine, runId, 2);
    expect(await steps(engine, runId)).toEqual([0, 1, 2]);

    const { code, stdout } = await slipway(['doctor'], { cwd: remote.root });
    expect([code, stdout]).toEqual([2, expect.stringMatching(/^! Place +\S+ lies on another computer \(sshfs\)\. /m)]);
    expect(stdout).toMatch(/^! Place +The file system under \S+ lets programs share no memory/m);
    expect(stdout).toMatch(/^✓ Database/m);
  });
});

const hasLimits = spawnSync('prlimit', ['--version']).status === 0;

describe.skipIf(!hasLimits)('a disk that fails', () => {
  it('is named with what the system says, nothing acknowledged is lost, and writes go on when it works again', async () => {
    await using engine = await startEngine({ workspace: place });
    const runId = await createRun(engine);
    const limit = (bytes: string): void => {
      const { status, stderr } = spawnSync('prlimit', ['--pid', String(engine.pid), `--fsize=${bytes}`]);
      if (status !== 0) throw new Error(String(stderr));
    };
    limit('600000:unlimited');
    const { kept, refusal } = await logUntilRefused(engine, runId);
    expect([refusal.status, refusal.code]).toEqual([500, 'INTERNAL_ERROR']);
    expect(refusal.message).toMatch(
      /^The disk that holds \S+ could not be written \(SQLITE_IOERR_WRITE\); nothing was saved\./,
    );
    expect(await steps(engine, runId)).toEqual(kept);
    limit('unlimited:unlimited');
    expect((await log(engine, runId, kept.length)).status).toBe(200);
    expect(await steps(engine, runId)).toEqual([...kept, kept.length]);
    expect(await engine.client.api.engine.check.query()).toEqual({ problems: [] });
  });
});
