// What the buttons of a run panel do.
import { createWriteStream } from 'node:fs';
import { basename, join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { commands, env, l10n, ProgressLocation, Uri, window } from 'vscode';
import { SlipwayError } from '../../base/errors';
import type { EngineClient } from '../../client/engine-client';
import type { Notices } from '../notices';
import type { EngineSessions } from '../session/engine-sessions';
import { confirmAndStop } from '../stop-run';
import type { CommandHandlers } from './panel-host';
import { runFileUri } from './run-files';

export interface RunPanelTarget {
  folder: string;
  runId: string;
  sessions: EngineSessions;
  notices: Notices;
}

/** The handlers for one run's panel. A failure is told to the user here, and to the panel. */
export function runPanelCommands(target: RunPanelTarget): CommandHandlers {
  const { folder, runId, sessions } = target;
  const client = (): EngineClient => {
    const found = sessions.find(folder)?.client;
    if (found === undefined) throw new SlipwayError('unavailable', l10n.t('The engine is not running.'));
    return found;
  };
  const open = async (kind: 'diff' | 'output' | 'artifact', path = ''): Promise<void> => {
    const { name } = await client().api.runs.get.query({ runId });
    await commands.executeCommand('vscode.open', runFileUri({ folder, runId, runName: name, kind, path }));
  };
  return {
    'run.stop': async () => {
      const run = await client().api.runs.get.query({ runId });
      await confirmAndStop(client(), run);
    },
    'run.copyId': () => env.clipboard.writeText(runId) as Promise<void>,
    'run.openDiff': () => open('diff'),
    'run.openLog': () => open('output'),
    'artifact.open': ({ path }) => open('artifact', path),
    'artifact.save': ({ path }) => saveArtifact(client(), target, path),
    'engine.restart': () => sessions.find(folder)?.restart(),
    'trust.manage': async () => {
      await commands.executeCommand('workbench.trust.manage');
    },
    'folder.open': async () => {
      await commands.executeCommand('vscode.openFolder', Uri.parse(folder), { forceNewWindow: true });
    },
    'workspace.initialize': () => sessions.find(folder)?.initialize(),
    'logs.show': async () => {
      await commands.executeCommand('slipway.showLogs');
    },
  };
}

async function saveArtifact(client: EngineClient, target: RunPanelTarget, path: string): Promise<void> {
  const root = target.sessions.find(target.folder)?.folder.uri;
  const proposed = root === undefined ? undefined : Uri.file(join(root.fsPath, basename(path)));
  const chosen = await window.showSaveDialog(proposed === undefined ? {} : { defaultUri: proposed });
  if (chosen === undefined) return;
  const progress = { location: ProgressLocation.Window, title: l10n.t('Saving {0}', basename(path)) };
  await window.withProgress(progress, async () => {
    const response = await client.artifact(target.runId, path);
    if (response.body === null) throw new SlipwayError('not-found', l10n.t('{0} holds no bytes.', path));
    await pipeline(Readable.fromWeb(response.body), createWriteStream(chosen.fsPath));
  });
}
