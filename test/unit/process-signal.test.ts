import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { killTree, signalProcess } from '../../src/platform/process/process-signal';

async function ended(): Promise<number> {
  const child: ChildProcess = spawn('true');
  await once(child, 'exit');
  return child.pid as number;
}

describe('a process that ended between the look and the signal', () => {
  it('is told and not thrown', async () => {
    expect(signalProcess(await ended(), 'SIGTERM')).toBe(false);
    await expect(killTree(await ended())).resolves.toBeUndefined();
  });

  it('one that runs hears it', async () => {
    const child = spawn('sleep', ['60']);
    expect(signalProcess(child.pid as number, 'SIGTERM')).toBe(true);
    expect(await once(child, 'exit')).toEqual([null, 'SIGTERM']);
  });
});
