/// <reference lib="dom" />
// What is done to a run while it runs: asked first where that harms a training, and told as what it is from then on.
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openRun } from './open-run';
import { SeededProject } from './seeded-project';
import { message, openRuns } from './seeded-tree';
import { sharedWindow } from './shared-window';

const cli = resolve(import.meta.dirname, '../../dist/cli.js');
const live = '9'.repeat(32);

function liveProject(): SeededProject {
  return SeededProject.create(({ runs, clock }) => {
    const experimentId = runs.createExperiment({ name: 'delay' });
    for (const [index, name] of ['three', 'live-mlp'].entries()) {
      const startTime = clock.now - 60_000 + index;
      const runId = index === 0 ? '3'.repeat(32) : live;
      runs.createRun({ runId, experimentId, userId: 'ada', name, startTime });
      const metrics = [0.5, 0.4].map((value, step) => ({ key: 'loss', value, time: startTime, step }));
      runs.logBatch(runId, { metrics });
      if (name === 'three') runs.updateRun(runId, { status: 'FINISHED', endTime: startTime + 48_000 });
    }
  });
}

describe('a run that a client still logs to', () => {
  const shared = sharedWindow(liveProject);
  const dialog = () => shared.editor.page.locator('.monaco-dialog-box');
  const trash = () => shared.project.slipway('runs', 'query', '--deleted');

  /** As the training does that knows nothing of the editor. */
  async function post(route: string, body: object): Promise<void> {
    const address = readFileSync(join(shared.project.root, '.slipway/address.json'), 'utf8');
    const { url, token } = JSON.parse(address) as { url: string; token: string };
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
    const answer = await fetch(`${url}/api/2.0/mlflow/${route}`, {
      method: 'POST',
      headers,
      body: JSON.stringify(body),
    });
    expect(answer.status).toBe(200);
  }

  it('goes to the trash only after a question, from the tree and from the table', async () => {
    const { editor } = shared;
    const { keyboard } = editor.page;
    await openRuns(editor);
    await editor.treeRow('live-mlp').click();
    await editor.page.locator('.tab', { hasText: 'live-mlp' }).waitFor();
    await keyboard.press('Delete');
    const sentence = 'live-mlp is running. Its training fails at its next call once the run lies in the trash.';
    await dialog().getByText(sentence).waitFor();
    await editor.screenshot('trash-question');
    await dialog().getByRole('button', { name: 'Cancel' }).click();
    await editor.treeRow('live-mlp').waitFor();
    expect(trash()).not.toContain('live-mlp');
    await editor.chooseInMenuOf(editor.treeRow('live-mlp'), 'Archive');
    await editor.treeRow('live-mlp').waitFor({ state: 'detached' });
    await post('runs/log-parameter', { run_id: live, key: 'lr', value: '0.1' });
    await editor.runCommand('Slipway: Undo');
    await editor.treeRow('live-mlp').waitFor();

    await editor.runCommand('Slipway: Open Runs Table');
    const table = await editor.webviewFrame('.rows tr');
    await editor.page.waitForFunction('document.activeElement.matches("iframe.webview.ready")');
    await table.locator('.grid').focus();
    await keyboard.press('Control+a');
    await keyboard.press('Delete');
    await dialog().getByText('Move 2 runs to the trash?').waitFor();
    await dialog().getByText(sentence).waitFor();
    await dialog().getByRole('button', { name: 'Cancel' }).click();
    expect(trash()).not.toContain('live-mlp');
    await table.locator('.grid').focus();
    await keyboard.press('Delete');
    await dialog().getByRole('button', { name: 'Move to Trash' }).click();
    await expect.poll(trash).toContain('live-mlp');
    await editor.runCommand('Slipway: Undo');
    await expect.poll(trash).not.toContain('live-mlp');
  });

  it('thrown away elsewhere, is no longer told as running where it is open', async () => {
    const { editor } = shared;
    const panel = await openRun(editor, 'live-mlp');
    await panel.getByText('Provisional while running.').waitFor();
    const numbers = 'best 0.4000 at step 1 · min 0.4000 · max 0.5000 · 2 points';
    await expect.poll(() => panel.locator('.metric-more').innerText()).toBe(numbers);
    await post('runs/delete', { run_id: live });
    await panel.getByText('It had not ended when it went to the trash').waitFor();
    expect(await panel.locator('header').innerText()).toContain('Unknown');
    expect(await panel.getByText(/running/i).count()).toBe(0);
    expect(await panel.locator('.turning').count()).toBe(0);
    await editor.screenshot('live-run-in-trash');
    await post('runs/restore', { run_id: live });
    await panel.getByText('Provisional while running.').waitFor();
  });

  it('is marked as ended by whoever knows that its process is gone, and taken back', async () => {
    const { editor } = shared;
    const panel = await openRun(editor, 'live-mlp');
    await panel.getByRole('button', { name: 'Mark as Ended…' }).click();
    const sentence = 'Slipway did not start live-mlp and cannot end its process. Mark it as…';
    await dialog().getByText(sentence).waitFor();
    await editor.screenshot('run-mark-ended');
    await dialog().getByRole('button', { name: 'Failed' }).click();
    await editor.treeRow('live-mlp').filter({ hasText: 'failed' }).waitFor();
    await expect.poll(() => panel.locator('.opening h1').innerText()).toMatch(/^Failed after/);
    expect(await panel.getByRole('button', { name: 'Mark as Ended…' }).count()).toBe(0);
    await message(editor).getByText('Marked live-mlp as failed. Undo: Ctrl+Z').waitFor();
    // A training that went on all the same is not harmed.
    await post('runs/log-parameter', { run_id: live, key: 'late', value: '1' });
    await editor.runCommand('Slipway: Undo');
    await panel.getByText('Provisional while running.').waitFor();
    await editor.chooseInMenuOf(editor.treeRow('live-mlp'), 'Stop Run');
    await dialog().getByText(sentence).waitFor();
    await dialog().getByRole('button', { name: 'Stopped' }).click();
    await editor.treeRow('live-mlp').filter({ hasText: 'stopped' }).waitFor();
  });
});

describe('a recorded run that does not hear', () => {
  const shared = sharedWindow(liveProject);

  it('is said to be stopping until it has ended, in the tree and in its panel', async () => {
    const { editor, project } = shared;
    const lines = '{"step":1,"loss":0.5}\n{"step":2,"loss":0.4}\n';
    const script = `trap "" INT TERM; printf '${lines}' >> $SLIPWAY_METRICS; while :; do sleep 0.1; done`;
    const command = ['run', '--name', 'deaf', '--', 'sh', '-c', script];
    spawn(process.execPath, [cli, ...command], { cwd: project.root, detached: true, stdio: 'ignore' }).unref();
    const panel = await openRun(editor, 'deaf');
    const answer = (name: string) => editor.page.locator('.monaco-dialog-box').getByRole('button', { name }).click();
    await panel.getByRole('button', { name: 'Stop', exact: true }).click();
    await answer('Stop Run');
    await editor.treeRow('deaf').filter({ hasText: 'stopping' }).waitFor();
    await expect.poll(() => panel.locator('.head').innerText()).toContain('Stopping after');
    await editor.screenshot('run-stopping');
    await panel.getByRole('button', { name: 'Stop at Once…' }).click();
    await answer('Stop at Once');
    await editor.treeRow('deaf').filter({ hasText: 'stopped' }).waitFor();
    await expect.poll(() => panel.locator('.opening h1').innerText()).toMatch(/^Stopped after/);
  });
});
