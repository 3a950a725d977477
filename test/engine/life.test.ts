// One engine for each folder: how it starts, is found, is replaced and ends.
import {
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ensureEngine, findEngine, stopEngine } from '../../src/client/ensure-engine';
import { isProcessAlive } from '../../src/platform/process/process-mark';
import { repository, slipway, startEngine, temporaryFolder } from './engine-process';

const bundle = join(repository, 'dist');
const version = (JSON.parse(readFileSync(join(repository, 'package.json'), 'utf8')) as { version: string }).version;

let folder: string;
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(async () => {
  const engine = await findEngine(folder, '999.0.0').catch(() => undefined);
  if (engine !== undefined) process.kill(engine.pid, 'SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

const ensure = (options: { bundle?: string; version?: string; arguments?: string[] } = {}) =>
  ensureEngine(folder, { bundle, version, ...options });
const readJson = (path: string): Record<string, unknown> =>
  JSON.parse(readFileSync(path, 'utf8')) as Record<string, unknown>;

describe('one engine per folder', () => {
  it('six starts at once are one engine', async () => {
    const engines = await Promise.all(Array.from({ length: 6 }, () => ensure()));
    expect(new Set(engines.map((engine) => engine.pid)).size).toBe(1);
    expect(new Set(engines.map((engine) => engine.url)).size).toBe(1);
  });

  it('a killed engine is replaced at the same address with the same token', async () => {
    const first = await ensure();
    process.kill(first.pid, 'SIGKILL');
    const second = await ensure();
    expect(second.pid).not.toBe(first.pid);
    expect({ url: second.url, token: second.token }).toEqual({ url: first.url, token: first.token });
  });

  it('its address is readable by its owner only, and stays when it ends; the liveness file goes', async () => {
    const engine = await ensure();
    const { mode } = await import('node:fs').then((fs) => fs.statSync(join(folder, '.slipway/address.json')));
    expect(mode & 0o777).toBe(0o600);
    expect(readJson(join(folder, '.slipway/engine.json')).pid).toBe(engine.pid);
    await stopEngine(engine);
    expect(existsSync(join(folder, '.slipway/engine.json'))).toBe(false);
    expect(existsSync(join(folder, '.slipway/address.json'))).toBe(true);
  });

  it('a copied folder gets an engine, a port and a token of its own', async () => {
    const original = await ensure();
    const copy = temporaryFolder();
    try {
      cpSync(folder, copy, { recursive: true });
      const second = await ensureEngine(copy, { bundle, version });
      expect(second.pid).not.toBe(original.pid);
      expect(second.url).not.toBe(original.url);
      expect(second.token).not.toBe(original.token);
      await stopEngine(second);
    } finally {
      rmSync(copy, { recursive: true, force: true });
    }
  });

  it('a moved folder: the old engine ends by itself and the new place gets one', async () => {
    const original = await ensure();
    const moved = `${folder}-moved`;
    renameSync(folder, moved);
    try {
      const second = await ensureEngine(moved, { bundle, version });
      expect(second.pid).not.toBe(original.pid);
      await stopEngine(second);
      await expect.poll(() => isProcessAlive(original.pid, null), { timeout: 10_000 }).toBe(false);
    } finally {
      rmSync(moved, { recursive: true, force: true });
    }
  });

  it('a port taken by another program: it is sent no token, and with the other port comes a new one', async () => {
    const first = await ensure();
    const killed = readFileSync(join(folder, '.slipway/engine.json'));
    await stopEngine(first);
    // As a killed engine leaves it.
    writeFileSync(join(folder, '.slipway/engine.json'), killed);
    let heard = '';
    const squatter = createServer((socket) => socket.on('error', () => {}).on('data', (text) => (heard += text)));
    squatter.listen(Number(new URL(first.url).port), '127.0.0.1');
    await new Promise((resolve) => squatter.once('listening', resolve));
    try {
      expect((await slipway(['engine', 'status'], { cwd: folder })).code).toBe(1);
      expect((await slipway(['run', '--', 'true'], { cwd: folder })).code).toBe(0);
      const second = await ensure();
      expect(heard).not.toMatch(/authorization/i);
      expect(second.url).not.toBe(first.url);
      expect(second.token).not.toBe(first.token);
      expect(readJson(join(folder, '.slipway/address.json'))).toMatchObject({ url: second.url, token: second.token });
      const ask = (token: string) =>
        fetch(`${second.url}/api/2.0/mlflow/experiments/get?experiment_id=0`, {
          headers: { authorization: `Bearer ${token}` },
        });
      expect([(await ask(first.token)).status, (await ask(second.token)).status]).toEqual([401, 200]);
    } finally {
      squatter.close();
    }
  });

  it('a .slipway that is a link to that of another folder, whose engine runs: told whose it is, at once', async () => {
    const owner = await ensure();
    const linked = temporaryFolder();
    symlinkSync(join(folder, '.slipway'), join(linked, '.slipway'));
    try {
      const sentence = `${linked}/.slipway is that of another folder, ${folder}, whose engine serves it. Open that folder, or give this one a .slipway of its own.`;
      const listed = await slipway(['runs', 'list'], { cwd: linked });
      expect([listed.code, listed.stderr]).toEqual([3, `slipway: ${sentence}\n`]);
      const ran = await slipway(['run', '--', 'echo', 'ran'], { cwd: linked });
      expect([ran.code, ran.stdout]).toEqual([0, 'ran\n']);
      expect(ran.stderr).toContain(sentence);
      expect((await ensure()).pid).toBe(owner.pid);
    } finally {
      rmSync(linked, { recursive: true, force: true });
    }
  });

  it('a port asked for by hand that is taken: one sentence, exit 3', async () => {
    const squatter = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => squatter.once('listening', resolve));
    const { port } = squatter.address() as { port: number };
    try {
      const { code, stderr } = await slipway(['engine', 'start', '--workspace', folder, '--port', String(port)]);
      expect(stderr).toBe(
        `slipway: Port ${port} is taken by another program. Choose another with --port, or leave it out.\n`,
      );
      expect(code).toBe(3);
    } finally {
      squatter.close();
    }
  });

  it('ends when nobody uses it, and not while a window listens', async () => {
    const engine = await ensure({ arguments: ['--idle-exit=1500'] });
    const abort = new AbortController();
    const stream = await fetch(`${engine.url}/api/events?client=window`, {
      headers: { authorization: `Bearer ${engine.token}` },
      signal: abort.signal,
    });
    expect(stream.status).toBe(200);
    await pause(4000);
    process.kill(engine.pid, 0);
    abort.abort();
    await expect.poll(() => isProcessAlive(engine.pid, null), { timeout: 10_000 }).toBe(false);
  });
});

describe('versions', () => {
  it('an older engine hands over to a newer client', async () => {
    const old = await ensureEngine(folder, { bundle: dressedAs('0.0.9'), version: '0.0.9' });
    const current = await ensure();
    expect(current.pid).not.toBe(old.pid);
    expect(current.url).toBe(old.url);
  });

  it('a newer engine is left alone: the older client is told to reload', async () => {
    const newer = await ensureEngine(folder, { bundle: dressedAs('99.1.0'), version: '99.1.0' });
    await expect(ensure()).rejects.toThrow(/is Slipway 99\.1\.0, this is .* Reload the window/);
    process.kill(newer.pid, 0);
  });

  it('an engine whose program was removed ends by itself; while a run goes on it waits for the next client', async () => {
    const idle = await ensureEngine(folder, { bundle: dressedAs(version), version });
    rmSync(join(folder, `build-${version}`), { recursive: true });
    await expect.poll(() => isProcessAlive(idle.pid, null), { timeout: 10_000 }).toBe(false);
    const busy = await ensureEngine(folder, { bundle: dressedAs(version), version });
    const rest = (path: string, body: unknown): Promise<Response> =>
      fetch(`${busy.url}/api/2.0/mlflow/runs/${path}`, {
        method: 'POST',
        headers: { authorization: `Bearer ${busy.token}`, 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
    const { run } = (await (await rest('create', { experiment_id: '0' })).json()) as {
      run: { info: { run_id: string } };
    };
    rmSync(join(folder, `build-${version}`), { recursive: true });
    const isWhole = async (): Promise<boolean | undefined> => (await findEngine(folder, version))?.isWhole;
    await expect.poll(isWhole).toBe(false);
    await pause(2500);
    expect(isProcessAlive(busy.pid, null)).toBe(true);
    const listed = await slipway(['runs', 'list', '--json'], { cwd: folder });
    expect([listed.code, listed.stdout]).toEqual([0, expect.stringContaining(run.info.run_id)]);
    expect((await findEngine(folder, version))?.pid).not.toBe(busy.pid);
    const logged = { run_id: run.info.run_id, key: 'loss', value: 1, timestamp: Date.now(), step: 0 };
    expect((await rest('log-metric', logged)).status).toBe(200);
  });

  /** A copy of this build that says it is another version. */
  function dressedAs(other: string): string {
    const copy = join(folder, `build-${other}/dist`);
    mkdirSync(copy, { recursive: true });
    symlinkSync(join(repository, 'node_modules'), join(copy, '../node_modules'));
    cpSync(bundle, copy, { recursive: true });
    for (const file of ['engine-core.js', 'verbs.js']) {
      writeFileSync(join(copy, file), readFileSync(join(copy, file), 'utf8').replaceAll(`"${version}"`, `"${other}"`));
    }
    return copy;
  }
});

describe('what cannot be served is told in one sentence', () => {
  it('a database of a newer schema', async () => {
    const engine = await startEngine({ workspace: folder });
    await engine.end();
    const { default: Database } = await import('better-sqlite3');
    const database = new Database(join(folder, '.slipway/slipway.db'));
    database.pragma('user_version = 999');
    database.close();
    const { code, stderr } = await slipway(['engine', 'start', '--workspace', folder]);
    expect(stderr).toMatch(
      /^slipway: This folder's database has schema 999; this Slipway knows up to \d+\. Update Slipway/,
    );
    expect(code).toBe(3);
  });

  it('a damaged database is kept aside and reported by status', async () => {
    mkdirSync(join(folder, '.slipway'));
    writeFileSync(join(folder, '.slipway/slipway.db'), 'not a database but surely long enough to look at');
    await using engine = await startEngine({ workspace: folder });
    const status = await engine.client.api.engine.status.query();
    expect(status.warnings.join()).toMatch(/could not be read and was kept as .*slipway\.db\.damaged-/);
  });

  it('a database that was emptied is kept aside and reported, with the way to its backup', async () => {
    const first = await startEngine({ workspace: folder });
    await first.end();
    const database = join(folder, '.slipway/slipway.db');
    copyFileSync(database, `${database}.backup-schema-1`);
    truncateSync(database);
    await using engine = await startEngine({ workspace: folder });
    const status = await engine.client.api.engine.status.query();
    expect(status.warnings.join()).toMatch(
      /^The database was empty, though this folder had one before, and was kept as .*slipway\.db\.damaged-.*Z; a new one was started\. `slipway doctor --repair` brings back what can be read, also of the backup .*slipway\.db\.backup-schema-1\.$/,
    );
  });

  it('a folder in the place of the database', async () => {
    mkdirSync(join(folder, '.slipway/slipway.db'), { recursive: true });
    const { code, stderr } = await slipway(['engine', 'start', '--workspace', folder]);
    expect(stderr).toBe(
      `slipway: ${folder}/.slipway/slipway.db is not a file, so no database can be kept there. Move it away.\n`,
    );
    expect(code).toBe(3);
  });

  it('an engine whose address is drowned by what else prints', async () => {
    const noise = join(folder, 'noise.cjs');
    writeFileSync(noise, "if (process.argv[1].endsWith('engine.js')) console.log('hello');");
    const env = { NODE_OPTIONS: `--require ${noise}` };
    const { code, stderr } = await slipway(['engine', 'start', '--workspace', folder], { env });
    expect(stderr).toMatch(
      /^slipway: The engine began with "hello" and not with its address\. See whether NODE_OPTIONS /,
    );
    expect(code).toBe(3);
    // It goes on to start, and is ended with the folder.
    await expect.poll(() => findEngine(folder, version)).toBeDefined();
  });

  it('a folder that is none', async () => {
    const { code, stderr } = await slipway(['engine', 'start', '--workspace', join(folder, 'missing')]);
    expect(stderr).toBe(`slipway: ${join(folder, 'missing')} is not a folder.\n`);
    expect(code).toBe(3);
  });

  it('a folder in which .slipway cannot be made', async () => {
    writeFileSync(join(folder, '.slipway'), 'a file stands here');
    const { code, stderr } = await slipway(['engine', 'start', '--workspace', folder]);
    expect(stderr).toMatch(/^slipway: .* cannot be written to, so runs cannot be kept there\./);
    expect(code).toBe(3);
  });

  it('an engine that cannot finish its start ends, and holds neither the lock nor a port', async () => {
    mkdirSync(join(folder, '.slipway/engine.json'), { recursive: true });
    const first = await slipway(['engine', 'start', '--workspace', folder]);
    expect(first.code).toBe(3);
    rmSync(join(folder, '.slipway/engine.json'), { recursive: true });
    const engine = await ensure();
    expect(readJson(join(folder, '.slipway/engine.json')).pid).toBe(engine.pid);
  });

  it.each([
    ['a port that is none', { port: 99_999 }],
    ['an empty token', { token: '' }],
    ['no JSON', undefined],
  ])('an address file with %s is replaced by a good one', async (_name, change) => {
    const engine = await ensure();
    await stopEngine(engine);
    const path = join(folder, '.slipway/address.json');
    writeFileSync(path, change === undefined ? '{"port":' : JSON.stringify({ ...readJson(path), ...change }));
    const second = await ensure();
    expect(second.token.length).toBeGreaterThan(30);
    await stopEngine(second);
  });

  it('a verb outside a workspace names slipway init', async () => {
    const { code, stderr } = await slipway(['doctor'], { cwd: folder });
    expect(stderr).toBe(
      `slipway: ${folder} is not in a Slipway workspace. Run \`slipway init\` in your project's folder first.\n`,
    );
    expect(code).toBe(3);
  });
});

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
