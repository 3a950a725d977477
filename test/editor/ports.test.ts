// The engine's port is a matter between programs of one machine.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Editor } from './harness';
import { Project } from './project';

describe('the engine’s port', () => {
  it('is never announced or forwarded where other ports are', async () => {
    await using project = Project.create();
    await using editor = await Editor.open({ folder: project.root, settings: { 'remote.autoForwardPorts': true } });
    await editor.openView('Slipway');
    await editor.page.getByText('No runs yet.').waitFor({ timeout: 30_000 });
    await editor.openTerminal();
    await editor.type('python3 -m http.server 0 --bind 127.0.0.1');
    await editor.runCommand('Ports: Focus on Ports View');
    const rows = editor.page.locator('.monaco-table .monaco-list-row');
    await rows.filter({ hasText: 'http.server' }).waitFor({ timeout: 60_000 });
    await editor.screenshot('ports');
    const { url } = JSON.parse(readFileSync(join(project.root, '.slipway/address.json'), 'utf8')) as { url: string };
    expect((await rows.allInnerTexts()).filter((row) => row.includes(new URL(url).port))).toEqual([]);
    expect(await editor.notifications()).toEqual([]);
  });
});
