// The thread of a long work: cancelled while the engine still does what it asked for last, and one that cannot start.
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { runJobThread } from '../../src/engine/jobs/job-thread';
import { temporaryFolder } from './engine-process';

it('a job is over only when what it asked for last is, so that the next one meets nothing half', async () => {
  const folder = temporaryFolder();
  const script = join(folder, 'thread.cjs');
  writeFileSync(
    script,
    `const { parentPort } = require('node:worker_threads');
     parentPort.on('message', () => undefined);
     parentPort.postMessage({ call: 1, name: 'settle', input: null });`,
  );
  const ended: string[] = [];
  const abort = new AbortController();
  const settle = async (): Promise<void> => {
    abort.abort();
    await pause(500);
    ended.push('settle');
  };
  const job = runJobThread({
    thread: script,
    data: null,
    calls: { settle },
    onProgress: () => undefined,
    signal: abort.signal,
    patience: 10,
  });
  await expect(job.finally(() => ended.push('job'))).rejects.toThrow('The work was cut short');
  expect(ended).toEqual(['settle', 'job']);
  rmSync(folder, { recursive: true, force: true });
});

it('an engine that outlived its installation says so, instead of naming a module that cannot be found', async () => {
  const script = join(import.meta.dirname, 'gone.js');
  const job = runJobThread({
    thread: script,
    data: null,
    calls: {},
    onProgress: () => undefined,
    signal: new AbortController().signal,
  });
  await expect(job).rejects.toThrow('The Slipway that this engine was started from is gone. End it with `slipway');
});
