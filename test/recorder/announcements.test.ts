// What a recorded run makes the engine tell its windows: that something moved, and nothing when nothing did.
import { appendFileSync } from 'node:fs';
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
