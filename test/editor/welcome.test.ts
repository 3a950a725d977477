// Why there is nothing to see: one text for each reason.
import {
  chmodSync,
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { Editor } from './harness';
import { openFile } from './open-file';
import { Project } from './project';

async function welcomeOf(editor: Editor, text: string | RegExp): Promise<void> {
  await editor.openView('Slipway');
  await editor.page.locator('.sidebar').getByText(text).first().waitFor();
}

describe('the Runs view, when it is empty', () => {
  it('starts no engine, and runs no model, in Restricted Mode', async () => {
    await using project = Project.create();
    project.slipway('engine', 'stop');
    copyFileSync(join(process.env.SLIPWAY_TEST_MODELS ?? '', 'lda/model.onnx'), join(project.root, 'lda.onnx'));
    await using editor = await Editor.open({ folder: project.root, trust: 'restricted' });
    await welcomeOf(editor, /This folder is in Restricted Mode/);
    await editor.page.waitForTimeout(2000);
    expect(() => project.slipway('engine', 'status', '--json')).toThrow(expect.objectContaining({ status: 1 }));
    await openFile(editor, 'lda.onnx');
    const page = await editor.webviewFrame('.model-panel');
    expect(await page.getByRole('alert').innerText()).toMatch(/Restricted Mode[\s\S]*Manage Workspace Trust/);
    await editor.screenshot('try-restricted');
    await page.getByRole('button', { name: 'Model', exact: true }).click();
    await expect.poll(() => page.locator('h1').innerText()).toBe('Classifier of 3 classes over 4 numbers');
  });

  it('asks for a folder in a workspace that has none', async () => {
    const place = realpathSync(mkdtempSync(join(tmpdir(), 'slipway-welcome-')));
    try {
      const workspace = join(place, 'none.code-workspace');
      writeFileSync(workspace, JSON.stringify({ folders: [] }));
      await using editor = await Editor.open({ workspace });
      await welcomeOf(editor, /Open the folder of your project/);
    } finally {
      rmSync(place, { recursive: true, force: true });
    }
  });

  it('says that a folder cannot be written to, and goes on once it can', async () => {
    await using project = Project.create({ initialize: false });
    chmodSync(project.root, 0o555);
    await using editor = await Editor.open({ folder: project.root, unprivileged: true });
    try {
      await editor.openView('Slipway');
      await editor.page.getByRole('button', { name: 'Initialize Workspace' }).click();
      await welcomeOf(editor, /This folder cannot be written to/);
      await editor.screenshot('read-only');
      expect(readdirSync(project.root)).toEqual(['train.sh']);
    } finally {
      chmodSync(project.root, 0o755);
    }
    await editor.page.getByRole('button', { name: 'Try Again' }).click();
    await editor.page.getByRole('button', { name: 'Initialize Workspace' }).click();
    await welcomeOf(editor, 'No runs yet.');
  });

  it('starts the engine as soon as the setting of its Node is corrected', async () => {
    await using project = Project.create();
    project.slipway('engine', 'stop');
    mkdirSync(join(project.root, '.vscode'), { recursive: true });
    const nodeAt = (path: string) =>
      writeFileSync(join(project.root, '.vscode/settings.json'), JSON.stringify({ 'slipway.node.path': path }));
    nodeAt('/nowhere/node');
    await using editor = await Editor.open({ folder: project.root });
    await welcomeOf(editor, /The engine is not running/);
    nodeAt('');
    await welcomeOf(editor, 'No runs yet.');
  });

  it('says that a folder of the window is not there, instead of not initialized', async () => {
    const place = realpathSync(mkdtempSync(join(tmpdir(), 'slipway-missing-')));
    const workspace = join(place, 'missing.code-workspace');
    writeFileSync(workspace, JSON.stringify({ folders: [{ path: 'missing' }] }));
    try {
      await using editor = await Editor.open({ workspace });
      await welcomeOf(editor, /The engine is not running/);
      await expect.poll(() => editor.notifications()).toEqual([expect.stringContaining('missing is not there')]);
    } finally {
      rmSync(place, { recursive: true });
    }
  });

  it('says why an engine does not start, here for a newer database, and how to try again', async () => {
    await using project = Project.create();
    project.slipway('engine', 'stop');
    const database = new Database(join(project.root, '.slipway/slipway.db'));
    database.pragma('user_version = 9999');
    database.close();
    await using editor = await Editor.open({ folder: project.root, settings: { 'workbench.hover.delay': 200 } });
    await welcomeOf(editor, /The engine is not running/);
    await expect.poll(() => editor.notifications(), { timeout: 10_000 }).toEqual([expect.stringMatching(/newer/)]);
    await editor.screenshot('newer-database');
    await editor.page
      .getByRole('region', { name: 'Welcome' })
      .getByRole('button', { name: 'Restart Engine' })
      .waitFor();

    await editor.runCommand('Notifications: Clear All Notifications');
    // The palette offers nothing that needs an engine; the tooltip of the status bar does.
    await editor.page.locator('.statusbar-item', { hasText: 'Slipway' }).hover();
    await editor.page.locator('.monaco-hover:visible').getByRole('link', { name: 'Record a Run…' }).click();
    const told = editor.page.locator('.notification-toast', { hasText: /The engine of .* is not running/ });
    await told.getByRole('button', { name: 'Restart Engine' }).waitFor();
    await editor.screenshot('command-without-engine');
  });
});
