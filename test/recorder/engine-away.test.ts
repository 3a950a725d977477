// Without an engine a command is recorded all the same, and taken in later: once, and in order.
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { RecordedWorkspace, until } from './recorded';

/** No engine can start where its database is a folder. */
function blockEngine(workspace: RecordedWorkspace): () => void {
  mkdirSync(`${workspace.root}/.slipway/slipway.db/in-the-way`, { recursive: true });
  return () => rmSync(`${workspace.root}/.slipway/slipway.db`, { recursive: true });
}

const metric = (step: number): string => `echo '{"step":${step},"loss":${step}}' >> $SLIPWAY_METRICS`;

describe('engine away', () => {
  it('says so in one line, and the runs come in later, once and in order', async () => {
    await using workspace = new RecordedWorkspace();
    const unblock = blockEngine(workspace);
    for (const name of ['one', 'two', 'three']) {
      const script = `${metric(1)}; sleep 0.3; ${metric(2)}; echo ${name}`;
      const ended = await workspace.record(['--name', name, '--', 'sh', '-c', script]);
      expect(ended.code).toBe(0);
      expect(ended.stdout).toBe(`${name}\n`);
      expect(ended.stderr.trim().split('\n')).toHaveLength(1);
      expect(ended.stderr).toContain('no engine answers');
    }
    expect(readdirSync(`${workspace.root}/.slipway/inbox`)).toHaveLength(3);
    unblock();
    await workspace.startEngine();
    await until(() => readdirSync(`${workspace.root}/.slipway/inbox`).length === 0);
    const { items } = await workspace.client.api.runs.list.query({});
    expect(items.map(({ name, status }) => [name, status])).toEqual([
      ['three', 'FINISHED'],
      ['two', 'FINISHED'],
      ['one', 'FINISHED'],
    ]);
    const [first = ''] = workspace.runIds;
    const points = await workspace.points('loss', first);
    expect(points.map(({ step }) => step)).toEqual([1, 2]);
    // The times are of the logging, not of the taking in.
    const run = await workspace.run(first);
    for (const { time } of points) expect(time).toBeLessThanOrEqual(run.endTime ?? 0);
    expect((points[1]?.time ?? 0) - (points[0]?.time ?? 0)).toBeGreaterThan(150);
    await workspace.stopEngine();
    await workspace.startEngine();
    expect((await workspace.client.api.runs.list.query({})).items).toHaveLength(3);
  });

  it('an engine killed under a run loses nothing', async () => {
    await using workspace = new RecordedWorkspace();
    await workspace.startEngine();
    const script = `for i in $(seq 1 40); do echo "{\\"step\\":$i,\\"loss\\":$i}" >> $SLIPWAY_METRICS; echo "{\\"step\\":$i,\\"seen\\":$i}"; sleep 0.05; done`;
    const recording = workspace.start(['--', 'sh', '-c', script]);
    await until(() => recording.shown().includes('"step":10,'));
    process.kill(workspace.enginePid, 'SIGKILL');
    await until(() => recording.shown().includes('"step":25,'));
    await workspace.startEngine();
    expect((await recording.ended).code).toBe(0);
    await until(async () => (await workspace.run()).status === 'FINISHED');
    const steps = Array.from({ length: 40 }, (_, i) => i + 1);
    expect((await workspace.points('loss')).map(({ step }) => step)).toEqual(steps);
    expect((await workspace.points('seen')).map(({ step }) => step)).toEqual(steps);
  });

  it('an engine that is not up is started', async () => {
    await using workspace = new RecordedWorkspace();
    expect((await workspace.record(['--', 'true'])).stderr).toBe('');
    expect((await workspace.run()).status).toBe('FINISHED');
  });

  it('a database that was lost is filled again from the run folders', async () => {
    await using workspace = new RecordedWorkspace();
    await workspace.record(['--name', 'kept', '--', 'sh', '-c', metric(1)]);
    await workspace.stopEngine();
    for (const file of ['slipway.db', 'slipway.db-wal', 'slipway.db-shm']) {
      rmSync(`${workspace.root}/.slipway/${file}`, { force: true });
    }
    await workspace.startEngine();
    await until(async () => (await workspace.client.api.runs.list.query({})).items[0]?.status === 'FINISHED');
    expect((await workspace.run()).name).toBe('kept');
    expect(await workspace.points('loss')).toHaveLength(1);
  });
});

describe('what does not belong in the inbox', () => {
  it('is set aside with a reason, and hides nothing', async () => {
    await using workspace = new RecordedWorkspace();
    const unblock = blockEngine(workspace);
    await workspace.record(['--name', 'good', '--', 'true']);
    unblock();
    const home = `${workspace.root}/.slipway`;
    const good = workspace.runId;
    const other = 'a'.repeat(32);
    const foreign = 'b'.repeat(32);
    for (const id of [other, foreign]) {
      mkdirSync(`${home}/runs/${id}`);
      writeFileSync(`${home}/inbox/${id}`, '');
    }
    writeFileSync(`${home}/runs/${other}/run.json`, '{"v":1,');
    writeFileSync(`${home}/runs/${foreign}/run.json`, readFileSync(`${home}/runs/${good}/run.json`));
    writeFileSync(`${home}/inbox/not-a-run`, '');
    await workspace.startEngine();
    await until(() => readdirSync(`${home}/inbox`).join() === 'rejected');
    expect(readdirSync(`${home}/inbox/rejected`).sort()).toEqual(
      ['not-a-run', other, foreign].flatMap((name) => [name, `${name}.txt`]).sort(),
    );
    expect(readFileSync(`${home}/inbox/rejected/${other}.txt`, 'utf8')).toContain('run.json');
    const { items } = await workspace.client.api.runs.list.query({});
    expect(items.map(({ name }) => name)).toEqual(['good']);
    expect(existsSync(`${home}/runs/${other}/run.json`)).toBe(true);
  });

  it('a path for an id reaches no file', async () => {
    await using workspace = new RecordedWorkspace();
    await workspace.startEngine();
    const { recordings } = workspace.client.api;
    await expect(recordings.takeIn.mutate({ runId: '../../x' })).rejects.toThrow('not the id of a recorded run');
    await expect(recordings.takeIn.mutate({ runId: 'c'.repeat(32) })).rejects.toThrow('run.json');
  });
});
