// What passes between recorder and engine: windows hear that something moved, and nothing when nothing did; nobody ever
// asks for a run that is not known yet.
import { appendFileSync, cpSync, readFileSync, writeFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { listenForEvents } from '../../src/client/event-stream';
import { RecordedWorkspace, until } from './recorded';

it('a recording in which nothing moves makes no view look again; its next line does', async () => {
  await using workspace = new RecordedWorkspace();
  await workspace.startEngine();
  const recording = workspace.start(['--json', '--', 'sh', '-c', 'echo ready; exec sleep 60']);
  await until(() => recording.shown().includes('ready'));
  await until(async () => (await workspace.run()).recording?.environment !== null);
  // A recorder that is held writes no samples either.
  recording.process.kill('SIGSTOP');
  await new Promise((resolve) => setTimeout(resolve, 2500));
  const told: string[] = [];
  let isUp = false;
  const listening = listenForEvents(workspace.client, {
    event: (event) => {
      isUp = true;
      if (event.type === 'runs') told.push(event.type);
    },
    lost: () => undefined,
  });
  await until(() => isUp);
  await new Promise((resolve) => setTimeout(resolve, 5000));
  expect(told).toEqual([]);
  appendFileSync(`${workspace.root}/.slipway/runs/${workspace.runId}/output.log`, 'more\n');
  await until(() => told.length > 0);
  listening.dispose();
  recording.process.kill('SIGCONT');
  recording.process.kill('SIGTERM');
  await recording.ended;
});

it('a command whose first request is faster than its recorder finds its run', async () => {
  await using workspace = new RecordedWorkspace();
  await workspace.startEngine();
  // No program asks sooner: the shell itself opens the connection.
  const script = `address=\${MLFLOW_TRACKING_URI#http://}
exec 3<>"/dev/tcp/\${address%:*}/\${address#*:}"
printf 'GET /api/2.0/mlflow/runs/get?run_id=%s HTTP/1.0\\r\\nHost: localhost\\r\\nAuthorization: Bearer %s\\r\\n\\r\\n' \\
  "$MLFLOW_RUN_ID" "$MLFLOW_TRACKING_TOKEN" >&3
head -n 1 <&3`;
  const answers = new Set<string>();
  for (let round = 0; round < 5; round++) {
    answers.add((await workspace.record(['--', 'bash', '-c', script])).stdout.trim());
  }
  expect([...answers]).toEqual(['HTTP/1.1 200 OK']);
});

it('whoever asks sees what recorders have left by then; a command finds its own run in any case', async () => {
  await using elsewhere = new RecordedWorkspace();
  await elsewhere.record(['--name', 'early', '--', 'true']);
  await elsewhere.record(['--name', 'earlier', '--', 'true']);
  const [marked = '', unmarked = ''] = elsewhere.runIds;
  await using workspace = new RecordedWorkspace();
  await workspace.startEngine();
  const { url, token } = workspace.client.address;
  const ask = (runId: string, bearer: string) =>
    fetch(`${url}/api/2.0/mlflow/runs/get?run_id=${runId}`, { headers: { authorization: `Bearer ${bearer}` } });
  const [home, other] = [`${workspace.root}/.slipway`, `${elsewhere.root}/.slipway`];
  for (const runId of elsewhere.runIds) {
    cpSync(`${other}/runs/${runId}`, `${home}/runs/${runId}`, { recursive: true });
  }
  writeFileSync(`${home}/inbox/${marked}`, '');
  expect((await ask(marked, token)).status).toBe(200);
  expect((await ask(unmarked, token)).status).toBe(404);
  const answer = await ask(unmarked, `${token}.${unmarked}`);
  expect(answer.status).toBe(200);
  expect(await answer.json()).toMatchObject({ run: { info: { run_id: unmarked } } });
});

it('where no folder is watched the recorder speaks over HTTP, and the run is whole', async () => {
  await using workspace = new RecordedWorkspace();
  await workspace.startEngine();
  const file = `${workspace.root}/.slipway/engine.json`;
  writeFileSync(file, JSON.stringify({ ...JSON.parse(readFileSync(file, 'utf8')), watches: false }));
  await workspace.record(['--', 'sh', '-c', 'echo "{\\"step\\":1,\\"loss\\":2}"']);
  const { runId } = workspace;
  expect([(await workspace.run(runId)).state, await workspace.points('loss', runId)]).toMatchObject(['finished', [{}]]);
});

it('a run is finished in the engine as soon as its recorder has ended', async () => {
  await using workspace = new RecordedWorkspace();
  await workspace.startEngine();
  for (let round = 0; round < 10; round++) await workspace.record(['--', 'true']);
  for (const id of workspace.runIds.slice(0, -1)) expect((await workspace.run(id)).state).toBe('finished');
  await workspace.record(['--', 'sh', '-c', 'echo "{\\"step\\":1,\\"loss\\":2}"']);
  const last = workspace.runIds.at(-1) ?? '';
  expect([(await workspace.run(last)).state, await workspace.points('loss', last)]).toMatchObject(['finished', [{}]]);
});
