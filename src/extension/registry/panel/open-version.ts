// Open Model…: a registered model in its panel, the one that is named or one that is picked.
import { commands, l10n, window } from 'vscode';
import type { Disposable } from '../../../base/disposable';
import { everyPage } from '../../../protocol/every-page';
import type { ModelSummary } from '../../../protocol/models/registry/registered-model';
import { countText } from '../../../protocol/wording';
import type { Notices } from '../../notices';
import type { EngineSession } from '../../session/engine-session';
import type { EngineSessions } from '../../session/engine-sessions';
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
  const acts = {
    'slipway.openModelVersion': (named?: NamedVersion) => open(tools, named),
  };
  const id = 'slipway.openModelVersion';
  return commands.registerCommand(id, (named?: NamedVersion) => tools.notices.attempt(id, () => acts[id](named)));
}

async function open({ sessions, panels }: OpenVersionTools, named: NamedVersion | undefined): Promise<void> {
  const session = named?.folder === undefined ? await sessions.chooseRunning() : sessions.get(named.folder);
  const model = session === undefined ? undefined : (named?.name ?? (await pickModel(session)));
  if (session === undefined || model === undefined) return;
  panels.show({ folder: session.folder.uri.toString(), model, version: named?.version ?? null });
}

async function pickModel(session: EngineSession): Promise<string | undefined> {
  const { list } = session.requireClient().api.registry;
  const models: ModelSummary[] = [];
  for await (const { items } of everyPage((page) => list.query({ limit: 500, page }))) models.push(...items);
  if (models.length === 0) {
    await window.showInformationMessage(l10n.t('No model is registered here yet: slipway register NAME FILE.'));
    return undefined;
  }
  const items = models.map(({ name, versions, champion }) => ({
    label: name,
    description: [
      countText(versions, 'version'),
      ...(champion === null ? [] : [l10n.t('champion v{0}', champion)]),
    ].join(' · '),
  }));
  return (await window.showQuickPick(items, { placeHolder: l10n.t('Which model?') }))?.label;
}
