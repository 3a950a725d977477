// What the extension sets for others, and how much it lets people set.
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
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

describe('settings', () => {
  it('are at most twelve, each explained in whole sentences', () => {
    const root = resolve(import.meta.dirname, '../..');
    const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
    const texts = JSON.parse(readFileSync(join(root, 'package.nls.json'), 'utf8')) as Record<string, string>;
    const sections = manifest.contributes.configuration as {
      properties: Record<string, { markdownDescription: string }>;
    }[];
    const settings = sections.flatMap(({ properties }) => Object.values(properties));
    expect(settings.length).toBeLessThanOrEqual(12);
    const said = settings.map(({ markdownDescription }) => texts[markdownDescription.replaceAll('%', '')] ?? '');
    expect(said.filter((text) => !text.endsWith('.'))).toEqual([]);
  });
});
