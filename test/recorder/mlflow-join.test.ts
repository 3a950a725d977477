// Code that logs to MLflow, recorded as it is: it joins the recorded run, whatever experiment it chooses itself.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../engine/engine-process';
import { RecordedWorkspace, until } from './recorded';

const clients = { 'MLflow 3': 'SLIPWAY_TEST_PYTHON_MLFLOW3', 'MLflow 2': 'SLIPWAY_TEST_PYTHON_MLFLOW2' };
const patience = { timeout: 120_000 };
const quiet = { GIT_PYTHON_REFRESH: 'quiet', PYTHONWARNINGS: 'ignore' };

function interpreter(variable: string): string {
  const path = process.env[variable];
  if (path === undefined || path === '') throw new Error(`${variable} must name a Python with that MLflow client.`);
  return path;
}

describe.each(Object.entries(clients))('%s', (_name, variable) => {
  const folder = temporaryFolder('slipway-python-');
  const warmed = [join(import.meta.dirname, 'warm_python.py'), 'run', join(folder, 'socket')];
  let warm: ChildProcess;
  beforeAll(async () => {
    const host = [join(import.meta.dirname, 'warm_python.py'), 'serve', join(folder, 'socket')];
    warm = spawn(interpreter(variable), host, {
      env: { ...process.env, ...quiet },
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    if (warm.stdout !== null) await once(warm.stdout, 'data');
  });
  afterAll(() => {
    warm.stdin?.end();
    rmSync(folder, { recursive: true, force: true });
  });

  /** Records a script, in a fork of a Python that has imported MLflow or in one of its own. */
  const record = (workspace: RecordedWorkspace, program: string, words: string[] = [], isOwn = false) => {
    writeFileSync(`${workspace.root}/train.py`, program);
    const command = [interpreter(variable), ...(isOwn ? [] : warmed), 'train.py'];
    return workspace.record([...words, '--', ...command], { env: quiet });
  };
  /** Records a program that is to end well; says what it printed where it does not. */
  const complete = async (...args: Parameters<typeof record>) => {
    const { code, stderr } = await record(...args);
    expect(code === 0 ? '' : stderr).toBe('');
  };

  it('a script that knows nothing of Slipway joins its run', patience, async () => {
    await using workspace = new RecordedWorkspace();
    const program = `import mlflow
with mlflow.start_run():
    mlflow.log_param("depth", 3)
    mlflow.log_metric("loss", 0.5, step=1)
    mlflow.log_text("hello", "note.txt")
`;
    await complete(workspace, program, ['--experiment', 'flights', '--name', 'mine', '--param', 'lr=1'], true);
    const run = await workspace.run();
    expect([run.experimentName, run.name, run.status]).toEqual(['flights', 'mine', 'FINISHED']);
    expect(run.params.map(({ key }) => key)).toEqual(['depth', 'lr']);
    expect(await workspace.points('loss')).toHaveLength(1);
    const { items: artifacts } = await workspace.client.api.artifacts.list.query({ runId: run.runId });
    expect(artifacts.map(({ path }) => path)).toEqual(['note.txt']);
    expect((await workspace.client.api.runs.list.query({})).total).toBe(1);
  });

  it('a script that chooses its experiment and names its run takes the recorded run along', patience, async () => {
    await using workspace = new RecordedWorkspace();
    const program = `import mlflow
mlflow.set_experiment("of its own")
with mlflow.start_run(run_name="best"):
    mlflow.log_metric("loss", 0.5)
    mlflow.log_text("hello", "note.txt")
    with mlflow.start_run(run_name="inner", nested=True):
        mlflow.log_metric("loss", 2)
mlflow.set_experiment("another")
with mlflow.start_run():
    mlflow.log_metric("loss", 3)
`;
    await complete(workspace, program);
    const run = await workspace.run();
    expect([run.experimentName, run.status, run.recording?.problems]).toEqual(['of its own', 'FINISHED', []]);
    expect((await workspace.points('loss')).map(({ value }) => value)).toEqual([0.5]);
    const { items: artifacts } = await workspace.client.api.artifacts.list.query({ runId: run.runId });
    expect(artifacts.map(({ path }) => path)).toEqual(['note.txt']);
    const { items } = await workspace.client.api.runs.list.query({});
    expect(items.map((item) => item.experimentName).sort()).toEqual(['another', 'of its own', 'of its own']);
  });

  it('the name typed on the command line is kept, whatever the script calls its run', patience, async () => {
    await using workspace = new RecordedWorkspace();
    const program = `import mlflow
with mlflow.start_run(run_name="always the same"):
    mlflow.log_metric("loss", 0.5)
`;
    await complete(workspace, program, ['--name', 'typed']);
    const run = await workspace.run();
    expect([run.name, run.tags.find(({ key }) => key === 'mlflow.runName')?.value]).toEqual(['typed', 'typed']);
    expect((await workspace.client.api.runs.list.query({})).total).toBe(1);
  });

  it('with --experiment too, the script’s choice stands and the other is named', patience, async () => {
    await using workspace = new RecordedWorkspace();
    const program = `import mlflow
mlflow.set_experiment("of its own")
mlflow.log_metric("loss", 0.5)
`;
    await complete(workspace, program, ['--experiment', 'asked']);
    const run = await workspace.run();
    expect(run.experimentName).toBe('of its own');
    expect(run.recording?.problems).toEqual(['The command chose the experiment of its own, so asked was not used.']);
  });

  it('a look at another experiment does not move a run that was asked where it is', patience, async () => {
    await using workspace = new RecordedWorkspace();
    const program = `import mlflow
mlflow.create_experiment("baseline")
mlflow.set_experiment("asked")
mlflow.search_runs(experiment_names=["baseline"])
with mlflow.start_run():
    mlflow.log_metric("loss", 0.5)
`;
    await complete(workspace, program, ['--experiment', 'asked']);
    const run = await workspace.run();
    expect([run.experimentName, run.recording?.problems]).toEqual(['asked', []]);
    await complete(workspace, 'import mlflow; mlflow.set_experiment("baseline")');
    expect((await workspace.run(workspace.runIds[1])).experimentName).toBe('Default');
  });

  it('how the process ended decides, whatever the script said before', patience, async () => {
    await using workspace = new RecordedWorkspace();
    const program = `import mlflow, sys
with mlflow.start_run():
    mlflow.log_metric("loss", 0.5)
raise SystemExit(7)
`;
    expect((await record(workspace, program)).code).toBe(7);
    const run = await workspace.run();
    expect([run.status, run.recording?.exitCode]).toEqual(['FAILED', 7]);
  });

  it('an engine killed in the middle is bridged by the client’s retries', patience, async () => {
    await using workspace = new RecordedWorkspace();
    await workspace.startEngine();
    const program = `import mlflow, time
with mlflow.start_run():
    for i in range(30):
        mlflow.log_metric("loss", i, step=i)
        print("logged", i)
        time.sleep(0.1)
`;
    const ended = record(workspace, program);
    await until(() => workspace.runIds.length === 1 && workspace.file('output.log').includes('logged 8'), 60_000);
    process.kill(workspace.enginePid, 'SIGKILL');
    await workspace.startEngine();
    expect((await ended).code).toBe(0);
    expect((await workspace.points('loss')).map(({ step }) => step)).toEqual(Array.from({ length: 30 }, (_, i) => i));
    expect((await workspace.run()).status).toBe('FINISHED');
  });
});
