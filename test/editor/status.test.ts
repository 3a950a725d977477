// The status bar item, the log and the diagnostics.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Editor } from './harness';
import { Project } from './project';

describe('the status bar item', () => {
  it('counts running runs and offers log, restart and diagnostics, which hold no token', async () => {
    await using project = Project.create();
    await using editor = await Editor.open({
      folder: project.root,
      settings: { 'slipway.engine.silence': 7, 'workbench.hover.delay': 200 },
    });
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
    expect(text).toContain('slipway.engine.silence: 7');
    expect(text).toMatch(/\[info\] slipway\.refreshRuns: done in \d+ ms\./);
    expect(text).not.toContain(token);
  });
});
