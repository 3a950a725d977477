// A recorded command may choose its experiment only while nothing of its run is filed under the first one.
import { describe, expect, it } from 'vitest';
import type { Recording } from './recorded';
import { RecordedWorkspace, until } from './recorded';

/** What the command itself would ask, as its MLflow client does: with the run's id behind the token. */
async function ask(workspace: RecordedWorkspace, method: string, path: string, body: string): Promise<Response> {
  const { url, token } = workspace.client.address;
  return fetch(`${url}/api/2.0/${path}`, {
    method,
    headers: { authorization: `Bearer ${token}.${workspace.runId}`, 'content-type': 'application/json' },
    body,
  });
}

async function startPatient(workspace: RecordedWorkspace): Promise<Recording> {
  await workspace.startEngine();
  const recording = workspace.start(['--', 'sh', '-c', 'echo ready; exec sleep 60']);
  await until(() => recording.shown().includes('ready'));
  return recording;
}

async function stop(recording: Recording): Promise<void> {
  recording.process.kill('SIGTERM');
  await recording.ended;
}

describe('a command that chooses its experiment after its run', () => {
  it('has artifacts stays where they are, and says so', async () => {
    await using workspace = new RecordedWorkspace();
    const recording = await startPatient(workspace);
    const path = `mlflow-artifacts/artifacts/0/${workspace.runId}/artifacts/note.txt`;
    expect((await ask(workspace, 'PUT', path, 'hello')).status).toBe(200);
    expect((await ask(workspace, 'POST', 'mlflow/experiments/create', '{"name":"late"}')).status).toBe(200);
    await stop(recording);
    const run = await workspace.run();
    expect(run.experimentName).toBe('Default');
    expect(run.recording?.problems.join()).toContain('chose the experiment late after the run had artifacts');
    expect((await workspace.client.api.artifacts.list.query({ runId: run.runId })).items).toHaveLength(1);
  });

  it('has a logged model stays too', async () => {
    await using workspace = new RecordedWorkspace();
    const recording = await startPatient(workspace);
    const model = JSON.stringify({ experiment_id: '0', source_run_id: workspace.runId, name: 'm' });
    expect((await ask(workspace, 'POST', 'mlflow/logged-models', model)).status).toBe(200);
    expect((await ask(workspace, 'POST', 'mlflow/experiments/create', '{"name":"late"}')).status).toBe(200);
    await stop(recording);
    const run = await workspace.run();
    expect(run.experimentName).toBe('Default');
    expect(run.recording?.problems).toHaveLength(1);
  });
});
