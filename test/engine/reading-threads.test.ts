// The pool of reader threads: none before they are needed, few, gone when idle, and a death that is told.
import { rmSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Database } from '../../src/platform/sqlite/database';
import { ReaderPool } from '../../src/workspace/readers';
import { temporaryFolder } from './engine-process';

/** A thread that sleeps, fails or dies as it is asked to. */
const script = `
const { parentPort, threadId, workerData } = require('node:worker_threads');
parentPort.on('message', ({ id, name, query }) => {
  if (name === 'die') process.exit(7);
  if (name === 'crash') throw new Error('out of order');
  if (name === 'fail') return parentPort.postMessage({ id, ok: false, code: 'not-found', message: 'There is none.' });
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, query);
  parentPort.postMessage({ id, ok: true, value: [threadId, workerData.database] });
});`;

type Table = {
  sleep: (database: Database, milliseconds: number) => [number, string];
  die: (database: Database, query: null) => never;
  crash: (database: Database, query: null) => never;
  fail: (database: Database, query: null) => never;
};

describe('reader threads', () => {
  let folder: string;
  beforeAll(() => {
    folder = temporaryFolder();
    writeFileSync(`${folder}/reader.js`, script);
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  const pool = (idle = 60_000) =>
    new ReaderPool<Table>({ script: `${folder}/reader.js`, database: '/some/file', idle });

  it('start when asked, two at most, and share the work', async () => {
    const readers = pool();
    expect(readers.size).toBe(0);
    const answers = await Promise.all(Array.from({ length: 6 }, () => readers.run('sleep', 100)));
    expect(readers.size).toBe(2);
    expect(new Set(answers.map(([thread]) => thread)).size).toBe(2);
    expect(answers.every(([, database]) => database === '/some/file')).toBe(true);
    readers.dispose();
    expect(readers.size).toBe(0);
  });

  it('end when nothing is asked for a while, and start again', async () => {
    const readers = pool(100);
    await readers.run('sleep', 1);
    expect(readers.size).toBe(1);
    await expect.poll(() => readers.size).toBe(0);
    await readers.run('sleep', 1);
    expect(readers.size).toBe(1);
    readers.dispose();
  });

  it('pass on what a reading throws', async () => {
    const readers = pool();
    await expect(readers.run('fail', null)).rejects.toMatchObject({ code: 'not-found', message: 'There is none.' });
    expect(readers.size).toBe(1);
    readers.dispose();
  });

  it.each(['die', 'crash'] as const)('a thread that ends (%s) fails its own reading and no other', async (how) => {
    const readers = pool();
    const others = [readers.run('sleep', 200), readers.run('sleep', 1), readers.run('sleep', 1)];
    await expect(readers.run(how, null)).rejects.toMatchObject({ code: 'unavailable' });
    await expect(Promise.all(others)).resolves.toHaveLength(3);
    await expect(readers.run('sleep', 1)).resolves.toBeDefined();
    readers.dispose();
  });

  it('what waits when the engine ends is told so', async () => {
    const readers = pool();
    const asked = Array.from({ length: 4 }, () => readers.run('sleep', 5000).catch((error: Error) => error.message));
    readers.dispose();
    for (const answer of await Promise.all(asked)) expect(answer).toContain('The engine is ending');
    await expect(readers.run('sleep', 1)).rejects.toThrow('The engine is ending');
  });
});
