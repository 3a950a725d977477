/// <reference lib="dom" />
// Runs into one file and out of it again, from the palette and by dialogs.
import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../engine/engine-process';
import { SeededProject } from './seeded-project';
import { openRuns } from './seeded-tree';
import { sharedWindow } from './shared-window';

describe('bundles in the editor', () => {
  const shared = sharedWindow(() => SeededProject.small());

  it('exports all runs to a file that is named, and imports it: what is here already is said', async () => {
    const { editor } = shared;
    const folder = temporaryFolder();
    await openRuns(editor);
    await editor.choose('Slipway: Export Runs…', 'All Runs');
    await editor.quickPickRow('For Slipway').click();
    await editor.answerFileDialog(join(folder, 'kept.zip'));
    const toast = editor.page.locator('.notification-toast', { hasText: 'Exported' });
    await toast.getByText('Exported 2 experiments, 4 runs (').waitFor();
    expect(existsSync(join(folder, 'kept.zip'))).toBe(true);
    await editor.screenshot('bundle-exported');
    await editor.runCommand('Notifications: Clear All Notifications');

    await editor.choose('Slipway: Import Runs…', 'File…');
    await editor.answerFileDialog(join(folder, 'kept.zip'));
    const told = 'Nothing new was imported. Already here: 2 experiments, 4 runs.';
    await editor.page.locator('.notification-toast').getByText(told).waitFor();
    await editor.setTheme('Default Light Modern');
    await editor.screenshot('bundle-imported');
    await editor.setTheme('Default Dark Modern');
    rmSync(folder, { recursive: true, force: true });
  });

  it('exports runs for MLflow, and says where their files are', async () => {
    const { editor } = shared;
    const folder = temporaryFolder();
    await openRuns(editor);
    await editor.choose('Slipway: Export Runs…', 'All Runs');
    await editor.quickPickRow('For MLflow').click();
    await editor.answerFileDialog(join(folder, 'runs.db'));
    const toast = editor.page.locator('.notification-toast', { hasText: 'Exported' });
    await toast
      .getByText(/^Exported 2 experiments, 4 runs, 3 metric points \(.*\)\. For MLflow 2\.22 and 3\.$/)
      .waitFor({
        timeout: 30_000,
      });
    expect(existsSync(join(folder, 'runs.db'))).toBe(true);
    await editor.runCommand('Notifications: Clear All Notifications');
    rmSync(folder, { recursive: true, force: true });
  });
});
