/// <reference lib="dom" />
// What is offered to be imported: several stores at once, and nothing of folders that have left the window.
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { Editor } from './harness';
import { Project } from './project';

const patience = { timeout: 30_000 };

const toast = (editor: Editor, text: string | RegExp): Locator =>
  editor.page.locator('.notification-toast').filter({ hasText: text });

function write(root: string, path: string): void {
  mkdirSync(join(root, path, '..'), { recursive: true });
  writeFileSync(join(root, path), '');
}

describe('an import', () => {
  it('of several stores is offered once for all, and lets one be chosen', async () => {
    await using project = Project.create();
    write(project.root, 'logs/first/events.out.tfevents.1763000000.host');
    write(project.root, 'logs/second/events.out.tfevents.1763000001.host');
    mkdirSync(join(project.root, 'wandb/offline-run-20260101_120000-abcd1234'), { recursive: true });
    await using editor = await Editor.open({ folder: project.root });
    await editor.openView('Slipway');
    await editor.page.getByText('No runs yet.').waitFor(patience);
    const offer = toast(editor, 'This folder holds runs of other tools:');
    await offer.waitFor(patience);
    // The welcome names the tools, and how many runs each has stands beside the title of the view.
    await editor.page.locator('.pane-header', { hasText: '2 runs of TensorBoard, 1 run of W&B' }).waitFor();
    await editor.screenshot('stores-offered');
    const said = await offer.innerText();
    expect(said).toContain('wandb (1 run of W&B)');
    expect(said).toContain('logs (2 runs of TensorBoard)');
    await offer.getByRole('button', { name: 'Import…' }).click();
    await editor
      .quickPickRow(/^wandb\s*1 run/)
      .getByText('1 run of W&B')
      .waitFor(patience);
    await editor.quickPickRow('logs').getByText('2 runs of TensorBoard').waitFor();
    await editor.screenshot('stores-choice');
    await editor.page.keyboard.press('Escape');
    expect(await toast(editor, 'runs of other tools').count()).toBe(0);
  });

  it('is offered of folders that are in the window, and no longer of one that has left it', async () => {
    await using kept = Project.create();
    await using gone = Project.create();
    const place = realpathSync(mkdtempSync(join(tmpdir(), 'slipway-folders-')));
    const workspace = join(place, 'both.code-workspace');
    const folders = (...projects: Project[]): void =>
      writeFileSync(workspace, JSON.stringify({ folders: projects.map(({ root }) => ({ path: root })) }));
    folders(kept, gone);
    try {
      await using editor = await Editor.open({ workspace });
      await editor.openView('Slipway');
      await expect.poll(() => [kept, gone].map((each) => each.enginePid() > 0), patience).toEqual([true, true]);
      // Long enough for both to have been looked through.
      await editor.page.waitForTimeout(5000);
      folders(kept);
      const rows = editor.page.locator('.explorer-folders-view .monaco-list-row');
      await editor.openView('Explorer');
      await expect.poll(() => rows.filter({ hasText: gone.root.split('/').at(-1) ?? '' }).count(), patience).toBe(0);
      write(gone.root, 'logs/first/events.out.tfevents.1763000000.host');
      await editor.page.waitForTimeout(8000);
      expect(await toast(editor, 'TensorBoard').count()).toBe(0);
      mkdirSync(join(kept.root, 'wandb/offline-run-20260101_120000-abcd1234'), { recursive: true });
      await toast(editor, 'wandb holds 1 run of W&B.').waitFor(patience);
      expect(await toast(editor, 'TensorBoard').count()).toBe(0);
    } finally {
      rmSync(place, { recursive: true, force: true });
    }
  });
});
