// What is typed into Record a Run…, recorded as it is handed over.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { commandText, commandWords } from '../../src/protocol/recording/command-line';
import { RecordedWorkspace, until } from './recorded';

describe('a line that is typed with a pipe', () => {
  const crash = `python3 -c 'raise ValueError("no data")' 2>&1 | tee log.txt`;

  it('is a failed run when the training in front of `| tee` crashes', async () => {
    await using workspace = new RecordedWorkspace();
    const ended = await workspace.record(['--', ...commandWords(crash, 'bash')]);
    expect([ended.code, ended.stdout]).toEqual([1, expect.stringContaining('ValueError: no data')]);
    const run = await workspace.run();
    expect([run.status, commandText(run.recording?.command ?? [])]).toEqual(['FAILED', crash]);
    expect(await workspace.record(['--', ...commandWords('echo fine | tee log.txt', 'bash')])).toMatchObject({
      code: 0,
    });
  });

  it('asked to stop, its training saves its work and does not go on unseen behind the shell', async () => {
    await using workspace = new RecordedWorkspace();
    const save = 'signal.signal(15, lambda *_: (time.sleep(1), open("saved", "w").write("all"), sys.exit(0)))';
    writeFileSync(
      join(workspace.root, 'train.py'),
      `import os, signal, sys, time\n${save}\nopen("pid", "w").write(str(os.getpid()))\nprint("ready", flush=True)\ntime.sleep(600)\n`,
    );
    const recording = workspace.start(['--', ...commandWords('python3 train.py | tee log.txt', 'bash')]);
    await until(() => recording.shown().includes('ready'));
    recording.process.kill('SIGTERM');
    await recording.ended;
    expect(readFileSync(join(workspace.root, 'saved'), 'utf8')).toBe('all');
    const pid = Number(readFileSync(join(workspace.root, 'pid'), 'utf8'));
    // One that has ended may be there until the system has taken note of it.
    await until(() => {
      try {
        return !process.kill(pid, 0);
      } catch {
        return true;
      }
    }, 5000);
    expect((await workspace.run()).status).toBe('KILLED');
  });
});
