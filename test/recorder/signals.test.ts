// Ctrl-C, kill, crash: the run ends as what it was, with its last output, and never stays running.
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { isProcessAlive } from '../../src/platform/process/process-mark';
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

describe('a run that was asked to stop', () => {
  it('is known as such to every window, also by the next engine, so that each can ask harder', async () => {
    await using workspace = new RecordedWorkspace();
    const recording = workspace.start(['--', 'sh', '-c', deaf]);
    await until(() => recording.shown().includes('ready'));
    expect((await workspace.run()).recording?.stopAsked).toBeNull();
    expect((await workspace.run()).isStopping).toBe(false);
    const before = Date.now();
    await workspace.client.api.runs.stop.mutate({ runId: workspace.runId });
    expect((await workspace.run()).isStopping).toBe(true);
    const asked = (await workspace.run()).recording?.stopAsked ?? 0;
    expect(asked).toBeGreaterThanOrEqual(before);
    await workspace.stopEngine();
    await workspace.startEngine();
    expect((await workspace.run()).recording?.stopAsked).toBe(asked);
    await workspace.client.api.runs.stop.mutate({ runId: workspace.runId, hard: true });
    expect((await recording.ended).code).toBe(137);
    expect(Date.now() - before).toBeLessThan(9000);
    expect(await workspace.run()).toMatchObject({ isStopping: false, recording: { stopAsked: asked } });
  });

  it('and whose recorder hangs is ended by the engine when asked harder, with all it started', async () => {
    await using workspace = new RecordedWorkspace();
    const recording = workspace.start(['--', 'sh', '-c', 'sleep 600 & echo ready $!; wait']);
    await until(() => recording.shown().includes('ready') && workspace.file('child.json') !== '');
    const grandchild = Number(/ready (\d+)/.exec(recording.shown())?.[1]);
    recording.process.kill('SIGSTOP');
    await workspace.client.api.runs.stop.mutate({ runId: workspace.runId });
    await workspace.client.api.runs.stop.mutate({ runId: workspace.runId, hard: true });
    await until(async () => (await workspace.run()).state === 'killed');
    expect(isProcessAlive(grandchild, null)).toBe(false);
    expect((await workspace.run()).recording?.lost).toMatch(/^It was asked to stop/);
  });

  it('and whose recorder was killed leaves no worker behind when it is stopped at once', async () => {
    await using workspace = new RecordedWorkspace();
    const recording = workspace.start(['--', 'sh', '-c', 'sleep 600 & echo ready $!; wait']);
    await until(() => recording.shown().includes('ready') && workspace.file('child.json') !== '');
    const worker = Number(/ready (\d+)/.exec(recording.shown())?.[1]);
    await until(async () => typeof (await workspace.run()).recording?.childPid === 'number');
    recording.process.kill('SIGKILL');
    await recording.ended;
    await workspace.client.api.runs.stop.mutate({ runId: workspace.runId, hard: true });
    await until(() => !isRunning(worker), 5000);
    await until(async () => (await workspace.run()).state === 'killed');
  });

  it('is not killed by a second window that asks gently too: it takes its time to save its work', async () => {
    await using workspace = new RecordedWorkspace();
    const saving = patient.replace('echo saving;', 'until [ -e asked-thrice ]; do sleep 0.1; done; echo saved;');
    const recording = workspace.start(['--', 'sh', '-c', saving]);
    await until(() => recording.shown().includes('ready'));
    const ask = () => workspace.client.api.runs.stop.mutate({ runId: workspace.runId });
    await Promise.all([ask(), ask()]);
    await workspace.stopEngine();
    await workspace.startEngine();
    await ask();
    writeFileSync(`${workspace.root}/asked-thrice`, '');
    const ended = await recording.ended;
    expect([ended.code, ended.stdout]).toEqual([5, 'ready\nsaved\n']);
  });

  it('and whose recorder was killed says that it was asked for', async () => {
    await using workspace = new RecordedWorkspace();
    const recording = workspace.start(['--', 'sh', '-c', patient.replace('exit 5', 'sleep 3; exit 5')]);
    await until(() => recording.shown().includes('ready'));
    await workspace.client.api.runs.stop.mutate({ runId: workspace.runId });
    // Its command has heard of it.
    await until(() => recording.shown().includes('saving'));
    recording.process.kill('SIGKILL');
    await until(async () => (await workspace.run()).state === 'killed');
    expect((await workspace.run()).recording?.lost).toMatch(/^It was asked to stop/);
  });
});

describe('a debugged run', () => {
  const started = async (workspace: RecordedWorkspace) => {
    const recording = workspace.start(['--debugged', '--', 'sh', '-c', 'echo ready; exec sleep 60']);
    await until(() => recording.shown().includes('ready') && workspace.file('child.json') !== '');
    return { recording, child: JSON.parse(workspace.file('child.json')).pid as number };
  };
  const end = async (workspace: RecordedWorkspace) => {
    await until(async () => (await workspace.run()).status === 'KILLED');
    const { signal = null, lost = null } = (await workspace.run()).recording ?? {};
    return { signal, lost };
  };

  it('whose debugger kills recorder and command in one was stopped, not lost', async () => {
    await using workspace = new RecordedWorkspace();
    const { recording, child } = await started(workspace);
    process.kill(child, 'SIGKILL');
    recording.process.kill('SIGKILL');
    expect(await end(workspace)).toEqual({ signal: 'SIGKILL', lost: null });
  });

  it('that went on without its recorder is lost like any other', async () => {
    await using workspace = new RecordedWorkspace();
    const { recording, child } = await started(workspace);
    recording.process.kill('SIGKILL');
    await recording.ended;
    // The engine looks, and finds the command alone.
    await workspace.client.api.recordings.takeIn.mutate({ runId: workspace.runId });
    process.kill(child, 'SIGKILL');
    expect(await end(workspace)).toEqual({ signal: null, lost: expect.stringContaining('The recorder ended before') });
  });
});

describe('a command that crashes in native code', () => {
  it.each(['SEGV', 'ABRT'])('has failed by SIG%s and was stopped by nobody', async (signal) => {
    await using workspace = new RecordedWorkspace();
    await workspace.record(['--', 'sh', '-c', `echo last words; kill -${signal} $$`]);
    const run = await workspace.run();
    expect([run.status, run.recording?.signal, run.recording?.exitCode]).toEqual(['FAILED', `SIG${signal}`, null]);
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
