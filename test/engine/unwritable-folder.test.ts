// A folder its user cannot write to: one sentence, nothing begun, nothing lost.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { EngineClient } from '../../src/client/engine-client';
import { maskedCrc32c } from '../../src/lifecycle/runs/import/tensorboard/crc32c';

const cli = resolve(import.meta.dirname, '../../dist/cli.js');
const isSuperuser = process.getuid?.() === 0;
/** The superuser may write everywhere, so the command line is run as a user who owns nothing else. */
const stranger = 65_534;
const asStranger = isSuperuser
  ? ['setpriv', `--reuid=${stranger}`, `--regid=${stranger}`, '--clear-groups', process.execPath]
  : [process.execPath];
const canRun = invoke(['-e', '0'], tmpdir()).status === 0;

describe.skipIf(!canRun)('a folder that cannot be written to', () => {
  let root = '';

  beforeEach(() => {
    root = realpathSync(mkdtempSync(join(tmpdir(), 'slipway-unwritable-')));
    if (isSuperuser) chownSync(root, stranger, stranger);
  });

  afterEach(() => {
    setWritable(root, true);
    slipway('engine', 'stop');
    rmSync(root, { recursive: true, force: true, maxRetries: 5 });
  });

  function slipway(...args: string[]): { status: number | null; stdout: string; stderr: string } {
    return invoke([cli, ...args], root);
  }

  it('may hold one that cannot be read: the import goes on beside it, and names it', () => {
    const closed = join(root, 'logs', 'closed');
    mkdirSync(closed, { recursive: true });
    const event = join(root, 'logs', 'events.out.tfevents.1');
    writeFileSync(event, eventFile('loss', 0.5));
    if (isSuperuser) chownSync(event, stranger, stranger);
    chmodSync(closed, 0o000);
    expect(slipway('init').status).toBe(0);
    const { status, stderr, stdout } = slipway('import', 'logs', '--json');
    expect([status, stderr]).toEqual([2, '']);
    const said = JSON.parse(stdout);
    expect(said.imported).toEqual({ run: 1, experiment: 1 });
    expect(said.problems.map(({ name }: { name: string }) => name)).toEqual([closed]);
    rmSync(event);
    const none = slipway('import', 'logs');
    expect([none.status, none.stderr]).toEqual([3, expect.stringContaining(`cannot be read (such as ${closed})`)]);
    chmodSync(closed, 0o755);
  });

  it('is refused in one sentence and left empty', () => {
    chmodSync(root, 0o555);
    for (const verb of [['init'], ['engine', 'start']]) {
      const { status, stderr } = slipway(...verb);
      expect([verb, status]).toEqual([verb, 3]);
      expect(stderr).toMatch(/^slipway: \S+ cannot be written to.*Check the folder's permissions\.\n$/);
    }
    expect(readdirSync(root)).toEqual([]);
  });

  it('keeps the runs it holds and says why no more can be added', () => {
    slipway('init');
    expect(slipway('run', '--name', 'kept', '--', 'echo', 'done').status).toBe(0);
    slipway('engine', 'stop');
    setWritable(root, false);
    const before = hashOf(root);

    const recorded = slipway('run', '--', 'echo', 'lost');
    expect(recorded).toMatchObject({ status: 125, stdout: '' });
    expect(recorded.stderr).toMatch(/^slipway: \S+ cannot be written, so nothing can be recorded there\. .+\n$/);
    const listed = slipway('runs', 'list');
    expect(listed).toMatchObject({ status: 3, stdout: '' });
    expect(listed.stderr).toMatch(/^slipway: \S+ cannot be opened for writing\. Check the folder's permissions\.\n$/);
    expect(hashOf(root)).toBe(before);

    setWritable(root, true);
    expect(slipway('runs', 'list').stdout).toContain('kept');
  });

  it.each(['engine.lock', 'slipway.db'])('or whose %s cannot: not "attempt to write a readonly database"', (file) => {
    slipway('init');
    slipway('engine', 'stop');
    chmodSync(join(root, '.slipway', file), 0o444);
    const { status, stderr } = slipway('engine', 'start');
    expect(stderr).toBe(
      `slipway: ${join(root, '.slipway', file)} cannot be opened for writing. Check the folder's permissions.\n`,
    );
    expect(status).toBe(3);
  });

  // Who may add files there and not replace those of others, as in /tmp.
  it.skipIf(!isSuperuser)('or whose slipway.yaml cannot be replaced: nothing is left beside it', async () => {
    slipway('init');
    chownSync(root, 0, 0);
    chmodSync(root, 0o1777);
    chownSync(join(root, 'slipway.yaml'), 0, 0);
    slipway('engine', 'start');
    const { api } = new EngineClient(JSON.parse(readFileSync(join(root, '.slipway/address.json'), 'utf8')));
    await expect(api.metrics.direct.mutate({ key: 'loss', direction: 'down' })).rejects.toThrow(
      `${join(root, 'slipway.yaml')} cannot be written. Check the folder's permissions.`,
    );
    expect(readdirSync(root).sort()).toEqual(['.slipway', 'slipway.yaml']);
  });
});

function invoke(args: string[], cwd: string): { status: number | null; stdout: string; stderr: string } {
  const [program = '', ...rest] = [...asStranger, ...args];
  return spawnSync(program, rest, { cwd, encoding: 'utf8', timeout: 30_000 });
}

function setWritable(folder: string, writable: boolean): void {
  if (writable) chmodSync(folder, 0o755);
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) setWritable(path, writable);
    else chmodSync(path, writable ? 0o644 : 0o444);
  }
  if (!writable) chmodSync(folder, 0o555);
}

function hashOf(root: string): string {
  return createHash('sha256')
    .update(readFileSync(join(root, '.slipway/slipway.db')))
    .digest('hex');
}

/** A file of TensorBoard events with one scalar. */
function eventFile(tag: string, value: number): Buffer {
  const float = Buffer.alloc(4);
  float.writeFloatLE(value);
  const field = (key: number, bytes: Buffer): Buffer => Buffer.concat([Buffer.from([key, bytes.length]), bytes]);
  const scalar = Buffer.concat([field(0x0a, Buffer.from(tag)), Buffer.from([0x15]), float]);
  const event = Buffer.concat([Buffer.from([0x09]), Buffer.alloc(8, 0x41), field(0x2a, field(0x0a, scalar))]);
  const length = Buffer.alloc(8);
  length.writeUInt32LE(event.length);
  const sum = (bytes: Buffer): Buffer => {
    const written = Buffer.alloc(4);
    written.writeUInt32LE(maskedCrc32c(bytes));
    return written;
  };
  return Buffer.concat([length, sum(length), event, sum(event)]);
}
