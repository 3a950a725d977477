// slipway artifacts put and get with what lies on real disks: pipes, links without end, names as long as they may be.
import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createRun } from './bundle-workspace';
import { type EngineProcess, slipway, startEngine } from './engine-process';

let engine: EngineProcess;
let from: string;

beforeAll(async () => {
  engine = await startEngine();
  from = join(engine.workspace, 'from');
  mkdirSync(from);
});
afterAll(() => engine[Symbol.asyncDispose]());

function artifacts(...words: string[]) {
  return slipway(['artifacts', ...words, '--workspace', engine.workspace], { cwd: from });
}

async function files(runId: string): Promise<string[]> {
  const { items } = await engine.client.api.artifacts.list.query({ runId, path: '', limit: 100, page: null });
  return items.map(({ path }) => path);
}

describe('slipway artifacts put', () => {
  it('refuses a pipe and a device at once instead of waiting for their end', async () => {
    const runId = await createRun(engine, '0', 'pipes');
    execFileSync('mkfifo', [join(from, 'pipe')]);
    for (const file of ['pipe', '/dev/zero']) {
      const { code, stderr } = await artifacts('put', runId, file);
      expect([code, stderr]).toEqual([3, expect.stringContaining('is a pipe, a socket or a device')]);
    }
    expect(await files(runId)).toEqual([]);
  });

  it('names the link that makes a folder endless', async () => {
    const runId = await createRun(engine, '0', 'endless');
    mkdirSync(join(from, 'folder'));
    writeFileSync(join(from, 'folder/a.txt'), 'a');
    symlinkSync('.', join(from, 'folder/up'));
    const { code, stderr } = await artifacts('put', runId, 'folder');
    expect([code, stderr]).toEqual([3, expect.stringMatching(/folder\/up is a link to a folder above it/)]);
    expect(await files(runId)).toEqual([]);
  });

  it('does not put files into another run by a folder that leads out of the first', async () => {
    const runId = await createRun(engine, '0', 'first');
    const other = await createRun(engine, '0', 'second');
    writeFileSync(join(from, 'a.txt'), 'a');
    for (const folder of [`../../${other}/artifacts`, '..', 'x/../../y']) {
      const { code, stderr } = await artifacts('put', runId, 'a.txt', '--to', folder);
      expect([code, stderr]).toEqual([3, expect.stringContaining('leads elsewhere')]);
    }
    expect([await files(runId), await files(other)]).toEqual([[], []]);
  });
});

describe('slipway artifacts get', () => {
  it('copies a file whose name is as long as a name may be', async () => {
    const runId = await createRun(engine, '0', 'long');
    const name = 'x'.repeat(255);
    writeFileSync(join(from, name), 'long');
    expect((await artifacts('put', runId, name)).code).toBe(0);
    expect((await artifacts('get', runId, '--to', 'got')).code).toBe(0);
    expect(readdirSync(join(from, 'got'))).toEqual([name]);
    expect(readFileSync(join(from, 'got', name), 'utf8')).toBe('long');
  });
});
