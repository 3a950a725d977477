// Files of a run that are gone or cannot be opened: the run still ends, and nothing that is there is passed over.
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, symlinkSync, unlinkSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { RecordedWorkspace, until } from './recorded';

const metric = 'echo \'{"step":1,"loss":9}\' >> $SLIPWAY_METRICS';

/** Starts a command that prints on both streams, and kills its recorder and then the command itself. */
async function killBoth(workspace: RecordedWorkspace, before: (folder: string) => void): Promise<void> {
  const recording = workspace.start(['--', 'sh', '-c', 'echo out; echo err >&2; exec sleep 60']);
  await until(() => recording.shown().includes('out') && recording.shown().includes('err'));
  await until(() => workspace.file('child.json') !== '' && workspace.file('merged.txt') !== '');
  await until(async () => (await workspace.run()).recording?.childPid !== null);
  const { pid } = JSON.parse(workspace.file('child.json'));
  const folder = `${workspace.root}/.slipway/runs/${workspace.runId}`;
  recording.process.kill('SIGKILL');
  await recording.ended;
  before(folder);
  process.kill(pid, 'SIGKILL');
}

describe('a run whose recorder was killed does not stay running for ever', () => {
  it.each(['output.log', 'out.log', 'err.log', 'merged.txt'])('without %s', async (name) => {
    await using workspace = new RecordedWorkspace();
    await workspace.startEngine();
    await killBoth(workspace, (folder) => unlinkSync(`${folder}/${name}`));
    await until(async () => (await workspace.run()).status === 'KILLED');
    expect((await workspace.run()).recording?.lost).toContain('The recorder ended before the command did');
  });

  it('without its folder', async () => {
    await using workspace = new RecordedWorkspace();
    await workspace.startEngine();
    let id = '';
    await killBoth(workspace, (folder) => {
      id = workspace.runId;
      rmSync(folder, { recursive: true });
    });
    await until(async () => (await workspace.run(id)).status === 'KILLED');
    expect((await workspace.run(id)).recording?.lost).toContain("The run's folder was removed");
  });
});

describe('points without a time that nobody saw come', () => {
  it('are not taken to have been logged after the run had ended', async () => {
    await using workspace = new RecordedWorkspace();
    await workspace.startEngine();
    const command = `${metric}; sleep 2; ${metric.replace('1,', '2,')}; touch done`;
    const recording = workspace.start(['--', 'sh', '-c', command]);
    await until(() => workspace.runIds.length === 1);
    await until(() => workspace.file('child.json') !== '');
    process.kill(workspace.enginePid, 'SIGKILL');
    recording.process.kill('SIGKILL');
    await recording.ended;
    await until(() => existsSync(`${workspace.root}/done`));
    await new Promise((resolve) => setTimeout(resolve, 1500));
    await workspace.startEngine();
    await until(async () => (await workspace.run()).status === 'KILLED');
    const { endTime } = await workspace.run();
    const points = await workspace.points('loss');
    expect(points.map(({ step }) => step)).toEqual([1, 2]);
    for (const { time } of points) expect(time).toBeLessThanOrEqual(endTime ?? 0);
  });
});

describe('a run whose folder the command itself removes', () => {
  it.each([
    [0, 'FINISHED'],
    [3, 'FAILED'],
  ])('ends with its exit code %i and says what is lost', async (code, status) => {
    await using workspace = new RecordedWorkspace();
    await workspace.startEngine();
    const recorded = await workspace.record([
      '--json',
      '--',
      'sh',
      '-c',
      `echo hi; sleep 0.3; rm -rf .slipway/runs/*; sleep 0.3; exit ${code}`,
    ]);
    expect(recorded.code).toBe(code);
    const id = JSON.parse(recorded.stdout).run_id as string;
    await until(async () => (await workspace.run(id)).status === status);
    const { recording } = await workspace.run(id);
    expect([recording?.exitCode, recording?.lost]).toEqual([code, null]);
    expect(recording?.problems).toEqual([
      "The run's folder was removed while the command ran, so what was printed and logged until then may be missing.",
    ]);
  });

  it('does not bring back a workspace that is gone', async () => {
    await using workspace = new RecordedWorkspace();
    await workspace.record(['--', 'sh', '-c', 'rm -rf .slipway; exit 3']);
    expect(workspace.runIds).toEqual([]);
  });
});

describe('a file that cannot be opened', () => {
  it('is waited for: the run is not done until its points are in', async () => {
    await using workspace = new RecordedWorkspace();
    // No engine can start where its database is a folder.
    mkdirSync(`${workspace.root}/.slipway/slipway.db/in-the-way`, { recursive: true });
    await workspace.record(['--', 'sh', '-c', metric]);
    rmSync(`${workspace.root}/.slipway/slipway.db`, { recursive: true });
    const path = `${workspace.root}/.slipway/runs/${workspace.runId}/metrics.jsonl`;
    renameSync(path, `${path}.aside`);
    symlinkSync(path, path);
    await workspace.startEngine();
    await until(async () => (await workspace.client.api.runs.list.query({})).items.length === 1);
    const log = (): string => readFileSync(`${workspace.root}/.slipway/logs/engine.log`, 'utf8');
    await until(() => log().includes('ELOOP'));
    expect((await workspace.run()).status).toBe('RUNNING');
    renameSync(`${path}.aside`, path);
    await until(async () => (await workspace.run()).status === 'FINISHED');
    expect(await workspace.points('loss')).toHaveLength(1);
  });
});
