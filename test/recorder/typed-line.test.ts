// What is typed into Record a Run…, recorded as it is handed over.
import { describe, expect, it } from 'vitest';
import { commandText, commandWords } from '../../src/protocol/command-line';
import { RecordedWorkspace } from './recorded';

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
});
