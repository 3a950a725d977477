// What a run panel says while it has nothing to show, shows something old, or shows a run that was thrown away.
import { join } from 'node:path';
import Database from 'better-sqlite3';
import type { Frame } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import type { Theme } from './code-server';
import { Editor } from './harness';
import { openRun } from './open-run';
import { faultsOf } from './panel-faults';
import { Project } from './project';
import { engineOf, runNamed } from './project-engine';

const themes: [string, Theme][] = [
  ['dark', 'Default Dark Modern'],
  ['hc-light', 'Default High Contrast Light'],
];

/** Looks for accessibility faults of what a panel shows, and draws it, in each theme. */
async function expectFaultless(editor: Editor, panel: Frame, state: string): Promise<void> {
  for (const [name, theme] of themes) {
    await editor.setTheme(theme);
    await editor.screenshot(`panel-${state}-${name}`);
    expect(await faultsOf(panel)).toEqual([]);
  }
}

describe('a run panel without its run', () => {
  it('says what it waits for, what is old and what is in the trash, for everybody', async () => {
    await using project = Project.create();
    project.record('first', 20);
    project.record('second', 20);
    await using editor = await Editor.open({ folder: project.root });
    const panel = await openRun(editor, 'first');

    const { runId } = await runNamed(project, 'first');
    await engineOf(project).api.runs.change.mutate({ changes: [{ runId, deleted: true }] });
    await panel.getByText('In the trash since').waitFor();
    await expectFaultless(editor, panel, 'trash');
    await engineOf(project).api.runs.change.mutate({ changes: [{ runId, deleted: false }] });
    await panel.locator('.run-name').waitFor();

    const engine = project.enginePid();
    process.kill(engine, 'SIGSTOP');
    try {
      await editor.treeRow('second').click();
      const waiting = await editor.webviewFrame('.message');
      await waiting.getByRole('status').getByText('Reading the run').waitFor();
      await expectFaultless(editor, waiting, 'waiting');
    } finally {
      process.kill(engine, 'SIGCONT');
    }
    const second = await editor.webviewFrame('.chart canvas');

    // An engine does not come back to a database of a newer Slipway.
    const database = new Database(join(project.root, '.slipway/slipway.db'));
    database.pragma('user_version = 9999');
    database.close();
    process.kill(engine, 'SIGKILL');
    const banner = second.getByRole('status').filter({ hasText: /Numbers are from \d\d:\d\d:\d\d\./ });
    await banner.getByText('Restart').waitFor();
    expect(await second.locator('.opening h1').innerText()).toContain('roc_auc');
    await expectFaultless(editor, second, 'stale');

    await editor.reload();
    const away = await editor.webviewFrame('.message[role="alert"]');
    expect(await away.getByRole('button', { name: 'Restart Engine' }).isVisible()).toBe(true);
    await expectFaultless(editor, away, 'away');
  });
});
