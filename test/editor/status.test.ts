// What is told of the engine of a window, and what a person sets for it.
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Editor } from './harness';
import { Project } from './project';
import { message } from './seeded-tree';
import { sharedWindow } from './shared-window';

const settings = {
  'slipway.engine.silence': 2.5,
  'slipway.engine.durability': 'FULL',
  'workbench.hover.delay': 200,
};

describe('the engine of a window', () => {
  const shared = sharedWindow(
    () => {
      const project = Project.create();
      project.slipway('engine', 'stop');
      return project;
    },
    () => ({ settings }),
  );

  it('is started with the silence and the durability that are set', async () => {
    const { editor, project } = shared;
    await editor.openView('Slipway');
    const status = (): unknown => JSON.parse(project.slipway('engine', 'status', '--json'));
    // Until an engine answers, the command ends with 1.
    const expected = { silence: 150_000, durability: 'FULL' };
    await expect.poll(() => attempt(status)).toMatchObject(expected);
  });

  it('has a status bar item that counts running runs and offers log, restart and diagnostics without a token', async () => {
    const { editor, project } = shared;
    await editor.openView('Slipway');
    await editor.page.getByText('No runs yet.').waitFor();
    project.startRun('long', 400, 0.1);
    const item = editor.page.locator('.statusbar-item', { hasText: 'Slipway' });
    await item.filter({ hasText: '1 running' }).waitFor();
    await item.hover();
    const tooltip = editor.page.locator('.monaco-hover:visible', { hasText: 'Restart Engine' });
    await tooltip.waitFor();
    await editor.screenshot('status-tooltip');
    const said = (await tooltip.innerText()).replaceAll('\u00a0', ' ');
    expect(said).toMatch(
      /Engine [\d.]+ answers \(pid \d+\)[\s\S]*Show Logs · Restart Engine · Record a Run… · Copy Diagnostics[\s\S]*Slipway [\d.]+ · /,
    );

    await editor.runCommand('Slipway: Refresh Runs');
    await editor.runCommand('Slipway: Copy Diagnostics');
    await editor.page.getByText('Diagnostics copied').waitFor();
    const text = (await editor.page.evaluate('navigator.clipboard.readText()')) as string;
    const { token } = JSON.parse(readFileSync(join(project.root, '.slipway/address.json'), 'utf8')) as {
      token: string;
    };
    expect(text).toMatch(/^Slipway [\d.]+, /);
    expect(text).toContain(`${project.root}: running, engine `);
    expect(text).toContain('slipway.engine.silence: 2.5');
    expect(text).toMatch(/\[info\] slipway\.refreshRuns: done in \d+ ms\./);
    expect(text).not.toContain(token);
  });
});

describe('what an engine warns of', () => {
  it('a database that could not be read and a mistake in slipway.yaml are told in the window, as long as they are', async () => {
    await using project = Project.create();
    project.record('kept', 3);
    project.slipway('engine', 'stop');
    const database = join(project.root, '.slipway/slipway.db');
    for (const rest of ['-wal', '-shm']) rmSync(database + rest, { force: true });
    writeFileSync(database, 'no database at all');
    await using editor = await Editor.open({ folder: project.root });
    await editor.openView('Slipway');
    // What was recorded comes back from its folder.
    await editor.treeRow('kept').waitFor();
    await expect
      .poll(() => message(editor).innerText())
      .toMatch(/could not be read and was kept as .+ doctor --repair/);
    const item = editor.page.locator('.statusbar-item', { hasText: 'Slipway' });
    await item.locator('.codicon-warning').waitFor();
    await editor.screenshot('engine-warning');

    writeFileSync(join(project.root, 'slipway.yaml'), 'version: 1\nmetrics:\n  loss: sideways\n');
    await expect.poll(() => message(editor).innerText()).toContain('slipway.yaml:3:');
    writeFileSync(join(project.root, 'slipway.yaml'), 'version: 1\n');
    await expect.poll(() => message(editor).innerText()).not.toContain('slipway.yaml:3:');
  });
});

function attempt(ask: () => unknown): unknown {
  try {
    return ask();
  } catch {
    return undefined;
  }
}
