// Several windows on one folder, several folders in one window.
import { mkdtempSync, realpathSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Editor } from './harness';
import { openRun } from './open-run';
import { Project } from './project';
import { message } from './seeded-tree';
import { sharedWindow } from './shared-window';

describe('a folder', () => {
  const shared = sharedWindow(() => {
    const project = Project.create();
    project.record('here', 3);
    return project;
  });

  it('renamed under its window is said to be gone, and its runs come back with it', async () => {
    const { project, editor } = shared;
    await editor.openView('Slipway');
    await editor.treeRow('here').waitFor();
    renameSync(project.root, `${project.root}-away`);
    try {
      await expect.poll(() => message(editor).innerText()).toContain('is not there');
    } finally {
      renameSync(`${project.root}-away`, project.root);
    }
    await expect.poll(() => message(editor).innerText()).toBe('1 run');
    project.record('again', 3);
    await editor.treeRow('again').waitFor();
  });

  it('in two windows has one engine and a live run, and one window goes on when the other is closed', async () => {
    const { project, editor: first } = shared;
    const second = await first.openSecond();
    for (const window of [first, second]) {
      await window.openView('Slipway');
      await window.treeRow('here').waitFor();
    }
    const engine = project.enginePid();
    project.startRun('shared', 3000, 0.1);
    for (const window of [first, second]) await window.treeRow('shared').waitFor();

    await second.page.close();
    const panel = await openRun(first, 'shared');
    const last = panel.locator('.metric-row', { hasText: 'loss' }).locator('td').first();
    const before = await last.innerText();
    await expect.poll(() => last.innerText(), { timeout: 10_000 }).not.toBe(before);
    expect(project.enginePid()).toBe(engine);
    expect(await first.notifications()).toEqual([]);
  });
});

describe('a window with two folders', () => {
  it('shows the runs of both, each from an engine of its own', async () => {
    await using left = Project.create();
    await using right = Project.create();
    left.record('from-left', 20);
    right.record('from-right', 20);
    right.record('its-equal', 20);
    const place = realpathSync(mkdtempSync(join(tmpdir(), 'slipway-windows-')));
    const workspace = join(place, 'both.code-workspace');
    writeFileSync(workspace, JSON.stringify({ folders: [{ path: left.root }, { path: right.root }] }));
    try {
      await using editor = await Editor.open({ workspace });
      for (const [name, project] of [['from-left', left] as const, ['from-right', right] as const]) {
        const panel = await openRun(editor, name);
        expect(await panel.locator('.head').innerText()).toContain(name);
        await panel.getByText('Open Log').click();
        await editor.page.locator('.tab', { hasText: new RegExp(`${name} output\\s*\\.log`) }).waitFor();
        expect(project.enginePid()).toBeGreaterThan(0);
      }
      expect(left.enginePid()).not.toBe(right.enginePid());
      await editor.screenshot('two-folders');

      // Asked of a row, its folder is known: nobody is asked for it, and no run of the other one is offered.
      await editor.chooseInMenuOf(editor.treeRow('from-right'), 'Compare Runs…');
      await editor.quickPickRow('its-equal').click();
      expect(await editor.quickPickRow('from-left').count()).toBe(0);
      await editor.page.keyboard.press('Enter');
      await editor.page.locator('.tab', { hasText: 'from-right → its-equal' }).waitFor();

      // A panel that has just loaded takes the keys.
      await openRun(editor, 'from-right');
      await editor.treeRow('from-right').click();
      await editor.page.keyboard.press('F2');
      await editor.answerInput('renamed');
      await editor.treeRow('renamed').waitFor();
      await expect.poll(() => right.slipway('runs', 'list')).toContain('renamed');
      expect(left.slipway('runs', 'list')).not.toContain('renamed');
      await editor.treeRow('renamed').click();
      await editor
        .treeRow('from-left')
        .locator('.label-name')
        .click({ modifiers: ['ControlOrMeta'] });
      await editor.chooseInMenuOf(editor.treeRow('from-left'), 'Archive');
      for (const each of [left, right]) {
        await expect.poll(() => each.slipway('runs', 'list', '--filter', 'is:archived')).toMatch(/from-left|renamed/);
      }

      // With a folder go the mistakes in its slipway.yaml, and what could be taken back of it.
      writeFileSync(join(right.root, 'slipway.yaml'), 'version: 1\nmetrics:\n  loss: sideways\n');
      await editor.runCommand('Problems: Focus on Problems View');
      const problem = editor.page.locator('.markers-panel .monaco-list-row', { hasText: 'slipway.yaml' });
      await problem.waitFor();
      writeFileSync(workspace, JSON.stringify({ folders: [{ path: left.root }] }));
      await editor.treeRow(basename(right.root)).waitFor({ state: 'detached' });
      await problem.waitFor({ state: 'detached' });
      await editor.runCommand('Slipway: Undo Change of Runs');
      await editor.treeRow('from-left').waitFor();
      expect(right.slipway('runs', 'list', '--filter', 'is:archived')).toContain('renamed');
      expect(await editor.notifications()).toEqual([]);
    } finally {
      rmSync(place, { recursive: true, force: true });
    }
  });
});
