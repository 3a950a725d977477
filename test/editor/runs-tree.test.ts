/// <reference lib="dom" />
// The rows of the Runs tree under the mouse: they stay put while a run goes on, their menus say what they do, and a run is
// stopped gently first, and at once when asked again.
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Editor } from './harness';
import { openRun } from './open-run';
import { Project } from './project';
import { runNamed } from './project-engine';
import { sharedWindow } from './shared-window';

/** Ignores the gentle request, so that only the hard one ends it in less than ten seconds. */
const deafScript = `#!/bin/sh
trap '' TERM
i=0
while [ "$i" -lt 600 ]; do i=$((i + 1)); sleep 0.1; done
`;

const shared = sharedWindow(() => {
  const project = Project.create();
  project.record('first', 3);
  project.record('second', 3);
  return project;
});

describe('a row of the Runs tree', () => {
  it('keeps its Stop button under a mouse that presses slowly, while metrics arrive', async () => {
    const { editor, project } = shared;
    project.startRun('live', 3000, 0.1);
    await editor.openView('Slipway');
    const row = editor.treeRow('live');
    await row.getByText(/running · /).waitFor();
    await row.hover();
    const stop = row.getByRole('button', { name: 'Stop Run' });
    await stop.waitFor();

    // Ten metric points a second; each drawing puts a new button in the old one's place.
    const words = await row.innerText();
    expect(await timesReplaced(editor, { within: 10_000 })).toBeLessThanOrEqual(6);
    expect(await row.innerText()).not.toBe(words);

    await timesReplaced(editor, { within: 10_000, atMost: 1 });
    await stop.click({ delay: 300 });
    const dialog = editor.page.locator('.monaco-dialog-box');
    await dialog.getByText('Stop live?').waitFor();
    await dialog.getByRole('button', { name: 'Stop Run' }).click();
    await row.getByText(/stopped · /).waitFor();
  });

  it('stays selected with others while a run of the list goes on', async () => {
    const { editor, project } = shared;
    project.startRun('going on', 3000, 0.1);
    await editor.openView('Slipway');
    const row = editor.treeRow('going on');
    await row.getByText(/running · /).waitFor();
    await openRun(editor, 'second');
    await editor.treeRow('second').click();
    for (const name of ['going on', 'first']) {
      await editor
        .treeRow(name)
        .locator('.label-name')
        .click({ modifiers: ['ControlOrMeta'] });
    }
    const selected = () => editor.page.locator('.sidebar .monaco-list-row.selected .label-name').allInnerTexts();
    await expect.poll(selected).toEqual(['going on', 'second', 'first']);
    const words = await row.innerText();
    await expect.poll(() => row.innerText()).not.toBe(words);
    expect(await selected()).toEqual(['going on', 'second', 'first']);
  });

  it("has a menu whose entries end in … only when more is asked, and files under the run's name", async () => {
    const { editor } = shared;
    await editor.openView('Slipway');
    await editor.treeRow('first').click({ button: 'right', timeout: 30_000 });
    const entries = editor.page.locator('.monaco-menu .action-label');
    await entries.first().waitFor();
    expect((await entries.allInnerTexts()).filter((text) => text.trim() !== '')).toEqual([
      'Open Run',
      'Open Script or Notebook',
      'Compare Runs…',
      'Rename Run…',
      'Edit Note…',
      'Edit Tags…',
      'Star',
      'Archive',
      'Move to Trash',
      'Register Model Version…',
      'Copy Run ID',
      'Copy Link to Run',
    ]);
    await editor.screenshot('row-menu');
    await editor.page.keyboard.press('Escape');

    const panel = await openRun(editor, 'first');
    await panel.getByText('Open Log').click();
    await editor.page.locator('.tab', { hasText: /first output\s*\.log/ }).waitFor();
    await editor.page.locator('.monaco-editor .view-lines', { hasText: 'step 3 done' }).waitFor();
    await editor.screenshot('run-log');
    expect(await editor.page.locator('.breadcrumbs-control').innerText()).not.toMatch(/[0-9a-f]{32}/);
  });
});

describe('a run that does not hear that it is to stop', () => {
  it('is ended at once when Stop is chosen again, and cannot be thrown away before', async () => {
    const { editor, project } = shared;
    startDeaf(project, 'deaf');
    await editor.openView('Slipway');
    const row = editor.treeRow('deaf');
    await row.getByText(/running · /).waitFor();
    await row.click({ button: 'right' });
    const entry = (name: string) => editor.page.locator('.monaco-menu .action-item', { hasText: name });
    await entry('Move to Trash').waitFor();
    expect(await entry('Move to Trash').getAttribute('class')).toContain('disabled');
    await editor.page.keyboard.press('Escape');
    await editor.chooseInMenuOf(row, 'Stop Run');
    const dialog = editor.page.locator('.monaco-dialog-box');
    await dialog.getByRole('button', { name: 'Stop Run' }).click();

    await row.hover();
    await row.getByRole('button', { name: 'Stop Run' }).click();
    await dialog.getByText('Stop deaf at once?').waitFor();
    await editor.screenshot('stop-at-once');
    await dialog.getByRole('button', { name: 'Stop at Once' }).click();
    await row.getByText(/stopped · /).waitFor({ timeout: 8000 });
  });

  it('is offered to be ended at once when its recorder hangs', async () => {
    const { editor, project } = shared;
    startDeaf(project, 'hanging');
    await editor.openView('Slipway');
    const row = editor.treeRow('hanging');
    await row.getByText(/running · /).waitFor();
    const { runId } = await runNamed(project, 'hanging');
    const run = JSON.parse(readFileSync(join(project.root, '.slipway/runs', runId, 'run.json'), 'utf8'));
    process.kill(run.recorderPid, 'SIGSTOP');
    await editor.chooseInMenuOf(row, 'Stop Run');
    const dialog = editor.page.locator('.monaco-dialog-box');
    await dialog.getByRole('button', { name: 'Stop Run' }).click();
    const offer = editor.page.locator('.notification-list-item', {
      hasText: 'hanging was asked to end and still runs.',
    });
    await offer.getByRole('button', { name: 'Stop at Once…' }).click();
    // An engine that has just died cannot pass the word on, and who clicked is told.
    await dialog.getByText('Stop hanging at once?').waitFor();
    const engine = project.enginePid();
    process.kill(engine, 'SIGKILL');
    await dialog.getByRole('button', { name: 'Stop at Once' }).click();
    await editor.page.locator('.notification-toast', { hasText: /[Tt]he engine .*(not running|not answer)/ }).waitFor();
    await editor.screenshot('stop-without-engine');
    await expect.poll(() => project.enginePid()).not.toBe(engine);
    await row.hover();
    await row.getByRole('button', { name: 'Stop Run' }).click();
    await dialog.getByRole('button', { name: 'Stop at Once' }).click();
    await row.getByText(/stopped · /).waitFor();
  });
});

describe('a row that is opened', () => {
  it('while the engine is away is filled once it is back', async () => {
    const { editor, project } = shared;
    await editor.openView('Slipway');
    await editor.treeRow('first').waitFor();
    project.slipway('runs', 'delete', 'first');
    await editor.treeRow('first').waitFor({ state: 'detached' });
    const engine = project.enginePid();
    process.kill(engine, 'SIGKILL');
    await editor.treeRow('Trash').click();
    await editor.treeRow('first').waitFor();
    await editor.screenshot('trash-after-engine');
  });

  it('or closed is so after a reload', async () => {
    const { editor, project } = shared;
    await editor.openView('Slipway');
    project.record('kept', 1);
    project.slipway('runs', 'delete', 'second');
    await editor.treeRow('kept').waitFor();
    const trash = editor.treeRow('Trash');
    await trash.waitFor();
    if ((await trash.getAttribute('aria-expanded')) === 'false') await trash.click();
    await editor.treeRow('second').waitFor();
    await editor.treeRow('sample').click();
    await editor.treeRow('kept').waitFor({ state: 'detached' });
    await editor.reload();
    await editor.openView('Slipway');
    await editor.treeRow('second').waitFor();
    expect(await editor.treeRow('kept').count()).toBe(0);
    await editor.screenshot('tree-reloaded');
  });
});

/** Starts a run that does not hear. What runs already goes on with the script that it has open. */
function startDeaf(project: Project, name: string): void {
  const script = join(project.root, 'train.sh');
  writeFileSync(`${script}.new`, deafScript);
  renameSync(`${script}.new`, script);
  project.startRun(name, 1, 0);
}

/** How often the Stop button of the tree became another element `within` milliseconds; returns early after `atMost`. */
function timesReplaced(editor: Editor, options: { within: number; atMost?: number }): Promise<number> {
  return editor.page.evaluate(async ({ within, atMost = Number.POSITIVE_INFINITY }) => {
    const find = () => document.querySelector('.sidebar .monaco-list-row .action-label[aria-label="Stop Run"]');
    const until = performance.now() + within;
    let [current, count] = [find(), 0];
    while (performance.now() < until && count < atMost) {
      await new Promise((resolve) => setTimeout(resolve, 20));
      const now = find();
      if (now === null || now === current) continue;
      current = now;
      count += 1;
    }
    return count;
  }, options);
}
