// Ctrl-C, kill, crash: the run ends as what it was, with its last output, and never stays running.
import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { RecordedWorkspace, until } from './recorded';

const patient = 'trap "echo saving; exit 5" INT TERM; echo ready; while :; do sleep 0.1; done';
const deaf = 'trap "" INT TERM; echo ready; while :; do sleep 0.1; done';

describe('asking to stop', () => {
  it.each(['SIGINT', 'SIGTERM'] as const)('%s reaches the command, which may finish its work', async (signal) => {
    await using workspace = new RecordedWorkspace();
    const recording = workspace.start(['--', 'sh', '-c', patient]);
    await until(() => recording.shown().includes('ready'));
    recording.process.kill(signal);
    const ended = await recording.ended;
    expect(ended.code).toBe(5);
    expect(ended.stdout).toContain('saving');
    const run = await workspace.run();
    expect([run.status, run.recording?.exitCode]).toEqual(['KILLED', 5]);
    expect(workspace.file('output.log')).toBe('ready\nsaving\n');
  });

  it('a command that ends well when asked to stop has finished', async () => {
    await using workspace = new RecordedWorkspace();
    const recording = workspace.start(['--', 'sh', '-c', patient.replace('exit 5', 'exit 0')]);
    await until(() => recording.shown().includes('ready'));
    recording.process.kill('SIGINT');
    expect((await recording.ended).code).toBe(0);
    expect((await workspace.run()).status).toBe('FINISHED');
  });

  it('asking twice ends it at once, with all it started', async () => {
    await using workspace = new RecordedWorkspace();
    const recording = workspace.start(['--', 'sh', '-c', `sh -c '${deaf}' & echo child $!; ${deaf}`]);
    await until(() => recording.shown().split('ready').length === 3);
    const grandchild = Number(/child (\d+)/.exec(recording.shown())?.[1]);
    expect(isRunning(grandchild)).toBe(true);
    recording.process.kill('SIGINT');
    await new Promise((resolve) => setTimeout(resolve, 300));
    recording.process.kill('SIGINT');
    expect((await recording.ended).code).toBe(137);
    expect((await workspace.run()).status).toBe('KILLED');
    await until(() => !isRunning(grandchild));
  });

  it('a command that will not hear is ended after ten seconds', { timeout: 40_000 }, async () => {
    await using workspace = new RecordedWorkspace();
    const recording = workspace.start(['--', 'sh', '-c', deaf]);
    await until(() => recording.shown().includes('ready'));
    const before = Date.now();
    recording.process.kill('SIGTERM');
    expect((await recording.ended).code).toBe(137);
    expect(Date.now() - before).toBeGreaterThan(9000);
    expect((await workspace.run()).status).toBe('KILLED');
  });

  it('the editor can stop it through the engine', async () => {
    await using workspace = new RecordedWorkspace();
    const recording = workspace.start(['--', 'sh', '-c', patient]);
    await until(() => recording.shown().includes('ready'));
    await workspace.client.api.runs.stop.mutate({ runId: workspace.runId });
    expect((await recording.ended).code).toBe(5);
    await expect(workspace.client.api.runs.stop.mutate({ runId: workspace.runId })).rejects.toThrow(
      'has ended already',
    );
  });
});

describe('SIGKILL', () => {
  it('of the command: KILLED, 137, with its last output', async () => {
    await using workspace = new RecordedWorkspace();
    const ended = await workspace.record(['--', 'sh', '-c', 'echo last words; kill -KILL $$']);
    expect(ended.code).toBe(137);
    const run = await workspace.run();
    expect([run.status, run.recording?.signal, run.recording?.exitCode]).toEqual(['KILLED', 'SIGKILL', null]);
    const piece = await workspace.client.api.output.read.query({ runId: run.runId });
    expect(piece.text).toBe('last words\n');
  });

  it('of the recorder: the command goes on, its metrics come in, and the run ends with a reason', async () => {
    await using workspace = new RecordedWorkspace();
    const script =
      'echo \'{"step":1,"seen":1}\'; echo begun; echo trouble >&2; sleep 2; echo \'{"step":1,"loss":9}\' >> $SLIPWAY_METRICS; echo end; echo bye >&2; echo \'{"step":2,"time":1700000000000,"seen":2}\'';
    const recording = workspace.start(['--', 'sh', '-c', script]);
    await until(() => recording.shown().includes('begun') && recording.shown().includes('trouble'));
    await until(() => workspace.file('output.log').includes('trouble'));
    recording.process.kill('SIGKILL');
    await recording.ended;
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect((await workspace.run()).status).toBe('RUNNING');
    await until(async () => (await workspace.run()).status !== 'RUNNING');
    const run = await workspace.run();
    expect([run.status, run.recording?.exitCode]).toEqual(['KILLED', null]);
    expect(run.recording?.lost).toContain('The recorder ended before the command did');
    expect(await workspace.points('loss')).toHaveLength(1);
    expect((await workspace.points('seen')).map(({ step }) => step).sort()).toEqual([1, 2]);
    const lines = workspace
      .file('output.log')
      .trim()
      .split('\n')
      .filter((line) => !line.startsWith('{'));
    expect([...lines].sort()).toEqual(['begun', 'bye', 'end', 'trouble']);
    expect(lines.indexOf('begun')).toBeLessThan(lines.indexOf('end'));
    expect(run.endTime).toBeGreaterThan(run.startTime + 1500);
  });

  it('of recorder and command together', async () => {
    await using workspace = new RecordedWorkspace();
    const recording = workspace.start(['--', 'sh', '-c', 'echo $$; exec sleep 60']);
    await until(() => /^\d+\n/.test(workspace.runIds.length === 1 ? workspace.file('output.log') : ''));
    await until(() => workspace.file('child.json') !== '');
    recording.process.kill('SIGKILL');
    process.kill(JSON.parse(workspace.file('child.json')).pid, 'SIGKILL');
    await recording.ended;
    await until(async () => (await workspace.run()).status === 'KILLED', 10_000);
  });
});

/** Asked of `ps`, which every system has; a zombie has ended. */
function isRunning(pid: number): boolean {
  const { stdout } = spawnSync('ps', ['-o', 'stat=', '-p', String(pid)], { encoding: 'utf8' });
  return /^[^ZX\s]/.test(stdout.trim());
}
