/// <reference lib="dom" />
// Stores of other tools in the folder: offered once, imported at a click, and taken back.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../engine/engine-process';
import { writeMlflow } from '../imports/written-store';
import { Editor } from './harness';
import { Project } from './project';
import { sharedWindow } from './shared-window';

const size = { runs: 2, metrics: 2, steps: 50 };
const patience = { timeout: 30_000 };

const toast = (editor: Editor, text: string | RegExp): Locator =>
  editor.page.locator('.notification-toast').filter({ hasText: text });

describe('stores of other tools in the editor', () => {
  it('are offered once, imported at a click, reported, and known when they come again', async () => {
    await using project = Project.create();
    await writeMlflow(3, { uri: `file://${project.root}/mlruns`, cwd: project.root, size });
    await using editor = await Editor.open({ folder: project.root });
    await editor.openView('Slipway');
    await editor.page.getByText('Runs of MLflow are in this folder.').waitFor(patience);
    const offer = toast(editor, 'mlruns holds 3 runs of MLflow.');
    await offer.waitFor(patience);
    await editor.screenshot('store-offered');
    await offer.getByRole('button', { name: 'Import', exact: true }).click();

    const done = toast(
      editor,
      'Imported 1 experiment, 3 runs, 1 logged model, 217 metric points. Not taken: deleted runs.',
    );
    await done.waitFor(patience);
    await editor.page
      .getByRole('treeitem', { name: /^run-1/ })
      .first()
      .waitFor(patience);
    await editor.screenshot('store-imported');
    await done.getByRole('button', { name: 'Show Report' }).click();
    const report = editor.page.locator('.editor-instance');
    await report.getByText("- deleted runs: they are in MLflow's trash").waitFor(patience);
    await editor.screenshot('store-report');

    await editor.runCommand('Slipway: Import Runs…');
    await editor
      .quickPickRow(/^mlruns\s*3 runs/)
      .getByText('3 runs of MLflow')
      .waitFor(patience);
    await editor.screenshot('store-choice');
    await editor.quickPickRow(/^mlruns\s*3 runs/).click();
    await toast(editor, 'Nothing new was imported. Already here: 3 runs, 1 logged model.').waitFor(patience);

    await editor.runCommand('Notifications: Clear All Notifications');
    await editor.page.reload();
    await editor.waitForWorkbench();
    await editor.page
      .getByRole('treeitem', { name: /^run-1/ })
      .first()
      .waitFor(patience);
    await editor.page.waitForTimeout(6000);
    expect(await toast(editor, 'runs of MLflow').count()).toBe(0);
  });

  it('are named before the folder is a workspace, and offered when it is one', async () => {
    await using project = Project.create({ initialize: false });
    mkdirSync(join(project.root, 'wandb/offline-run-20260101_120000-abcd1234'), { recursive: true });
    await using editor = await Editor.open({ folder: project.root });
    await editor.openView('Slipway');
    await editor.page.getByText('Runs of W&B are in this folder.').waitFor(patience);
    await editor.page.getByText('They can be imported when the workspace is initialized.').waitFor(patience);
    await editor.screenshot('store-before-initializing');
    expect(await toast(editor, 'W&B').count()).toBe(0);
    await editor.page.getByRole('button', { name: 'Initialize Workspace' }).click();
    await toast(editor, 'wandb holds 1 run of W&B.').waitFor(patience);
  });
});

describe('stores of other tools, in a window that is open already,', () => {
  const shared = sharedWindow(() => Project.create());

  it('are offered when they come later, unless the folder wants no offers', async () => {
    const { project, editor } = shared;
    await editor.openView('Slipway');
    await editor.page.getByText('No runs yet.').waitFor(patience);
    const write = (path: string): void => {
      mkdirSync(join(project.root, path, '..'), { recursive: true });
      writeFileSync(join(project.root, path), '');
    };
    write('logs/first/events.out.tfevents.1763000000.host');
    const offer = toast(editor, 'logs holds 1 run of TensorBoard.');
    await offer.waitFor(patience);
    await offer.getByRole('button', { name: "Don't Ask Again for This Folder" }).click();
    write('wandb/offline-run-20260101_120000-abcd1234/run-abcd1234.wandb');
    await editor.page.getByText('Runs of W&B are in this folder.').waitFor(patience);
    await editor.page.waitForTimeout(2000);
    expect(await toast(editor, 'runs of other tools').or(toast(editor, 'W&B')).count()).toBe(0);
  });

  it('a store that was found while File… was clicked was imported instead; a file is chosen, and what came in goes to the trash again', async () => {
    const cwd = temporaryFolder('slipway-elsewhere-');
    const { project, editor } = shared;
    await writeMlflow(3, { uri: `sqlite:///${cwd}/tracked.db`, cwd, size, flags: ['--plain'] });
    await editor.openView('Slipway');
    await editor.page.getByText('No runs yet.').waitFor(patience);
    await editor.choose('Slipway: Import Runs…', 'File…');
    await editor.answerFileDialog(join(cwd, 'tracked.db'));
    const done = toast(editor, 'Imported 1 experiment, 2 runs, 216 metric points.');
    await done.waitFor(patience);
    await done.getByRole('button', { name: 'Undo Import' }).click();
    await editor.page
      .getByText('No runs yet.')
      .or(editor.page.getByText('Every run is in the trash.'))
      .first()
      .waitFor(patience);
    await editor.screenshot('store-undone');
    const { items } = JSON.parse(project.slipway('runs', 'query', '--deleted', '--json')) as {
      items: { name: string }[];
    };
    expect(items.map(({ name }) => name).sort()).toEqual(['run-0', 'run-1']);
    rmSync(cwd, { recursive: true, force: true });
  });
});
