// What is told of the engine of a window, and what a person sets for it.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Project } from './project';
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
    await expect.poll(() => attempt(status), { timeout: 20_000 }).toMatchObject(expected);
  });

  it('has a status bar item that counts running runs and offers log, restart and diagnostics without a token', async () => {
    const { editor, project } = shared;
    await editor.openView('Slipway');
    await editor.page.getByText('No runs yet.').waitFor({ timeout: 30_000 });
    project.startRun('long', 400, 0.1);
    const item = editor.page.locator('.statusbar-item', { hasText: 'Slipway' });
    await item.filter({ hasText: '1 running' }).waitFor({ timeout: 20_000 });
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

function attempt(ask: () => unknown): unknown {
  try {
    return ask();
  } catch {
    return undefined;
  }
}
