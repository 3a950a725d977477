// Open Model…: a registered model in its panel, the one that is named or one that is picked.
import { commands } from 'vscode';
import type { Disposable } from '../../../base/disposable';
import type { Notices } from '../../notices';
import type { EngineSessions } from '../../session/engine-sessions';
import { pickedModel } from '../commands/chosen-models';
import type { RegistryPanels } from './registry-panels';

/** What a menu, a link or another extension names. `folder` is a URI as text; without it one is chosen. */
interface NamedVersion {
  name: string;
  version?: string;
  folder?: string;
}

/** What it works with. */
interface OpenVersionTools {
  sessions: EngineSessions;
  notices: Notices;
  panels: RegistryPanels;
}

/** Registers the command until disposed of. */
export function registerOpenVersion(tools: OpenVersionTools): Disposable {
  return commands.registerCommand('slipway.openModelVersion', (named?: NamedVersion) =>
    tools.notices.attempt('slipway.openModelVersion', () => open(tools, named)),
  );
}

async function open({ sessions, panels }: OpenVersionTools, named: NamedVersion | undefined): Promise<void> {
  const session = named?.folder === undefined ? await sessions.chooseRunning() : sessions.get(named.folder);
  const model = session === undefined ? undefined : (named?.name ?? (await pickedModel(session)));
  if (session === undefined || model === undefined) return;
  panels.show({ folder: session.folder.uri.toString(), model, version: named?.version ?? null });
}
