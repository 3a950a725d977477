// What a terminal of the workspace is given, that it can be switched off, and which ports it is told of.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Editor } from './harness';
import { Project } from './project';
import { sharedWindow } from './shared-window';

async function printed(editor: Editor, project: Project, name: string): Promise<string> {
  const out = join(project.root, name);
  await editor.openTerminal();
  await editor.type(
    `echo "$MLFLOW_TRACKING_URI|$MLFLOW_TRACKING_TOKEN|$MLFLOW_HTTP_REQUEST_MAX_RETRIES|$MLFLOW_HTTP_REQUEST_TIMEOUT|$(command -v slipway)" > ${name}.part && mv ${name}.part ${name}`,
  );
  await expect.poll(() => existsSync(out)).toBe(true);
  return readFileSync(out, 'utf8').trim();
}

describe('integrated terminals', () => {
  const shared = sharedWindow(
    () => Project.create(),
    () => ({ settings: { 'remote.autoForwardPorts': true } }),
  );

  it('carry the engine address and the command, until that is switched off', async () => {
    const { editor, project } = shared;
    await editor.openView('Slipway');
    await editor.page.getByText('No runs yet.').waitFor();
    const address = JSON.parse(readFileSync(join(project.root, '.slipway/address.json'), 'utf8')) as {
      url: string;
      token: string;
    };
    const [uri, token, retries, limit, command] = (await printed(editor, project, 'on')).split('|');
    expect({ uri, token, retries, limit }).toEqual({
      uri: address.url,
      token: address.token,
      retries: '4',
      limit: '20',
    });
    expect(command).toMatch(/dist\/bin\/slipway$/);

    await editor.type('slipway run --name from-a-terminal -- sh train.sh 3 0');
    await editor.treeRow('from-a-terminal').waitFor();

    await editor.runCommand('Slipway: Toggle Recording in Terminals');
    await editor.page.getByText('New terminals are no longer told where to log.').waitFor();
    expect(await printed(editor, project, 'off')).toBe('||||');
  });

  it('are told of the ports of their programs, never of the engine’s', async () => {
    const { editor, project } = shared;
    await editor.openTerminal();
    await editor.type('python3 -m http.server 0 --bind 127.0.0.1');
    await editor.runCommand('Ports: Focus on Ports View');
    const rows = editor.page.locator('.monaco-table .monaco-list-row');
    await rows.filter({ hasText: 'http.server' }).waitFor();
    await editor.screenshot('ports');
    const { url } = JSON.parse(readFileSync(join(project.root, '.slipway/address.json'), 'utf8')) as { url: string };
    expect((await rows.allInnerTexts()).filter((row) => row.includes(new URL(url).port))).toEqual([]);
    expect(await editor.notifications()).toEqual([]);
  });
});
