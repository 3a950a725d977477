// One search over datasets, runs and models: for who knows a word and not where it stands.
import { l10n, type QuickPick, type QuickPickItem, ThemeIcon, window } from 'vscode';
import { messageOf } from '../../../base/errors';
import type { SearchFind } from '../../../protocol/datasets/dataset-api';
import type { EngineSession } from '../../session/engine-session';
import type { DatasetTools } from '../dataset-tools';
import { openNode } from './open-node';

/** Milliseconds without a key after which is searched. */
const rest = 120;
const icons: Readonly<Record<SearchFind['kind'], string>> = {
  dataset: 'database',
  version: 'versions',
  run: 'play',
  model: 'package',
  source: 'file',
  stage: 'gear',
};

interface FoundRow extends QuickPickItem {
  find: SearchFind;
}

/** Opens what is chosen. */
export async function searchWorkspace(tools: DatasetTools): Promise<void> {
  const session = await tools.sessions.chooseRunning();
  if (session === undefined) return;
  const pick = window.createQuickPick<FoundRow>();
  pick.title = l10n.t('Search Datasets, Runs, and Models');
  pick.placeholder = l10n.t('Part of a name, an owner, a tag, a description');
  pick.matchOnDescription = true;
  pick.matchOnDetail = true;
  let timer: NodeJS.Timeout | undefined;
  pick.onDidChangeValue(() => {
    clearTimeout(timer);
    timer = setTimeout(() => void search(tools, session, pick), rest);
  });
  pick.onDidAccept(() => {
    const [row] = pick.selectedItems;
    pick.hide();
    if (row !== undefined) void tools.notices.attempt('workspace.open', () => openNode(tools, session, row.find));
  });
  pick.onDidHide(() => {
    clearTimeout(timer);
    pick.dispose();
  });
  pick.show();
}

async function search({ log }: DatasetTools, session: EngineSession, pick: QuickPick<FoundRow>): Promise<void> {
  const text = pick.value.trim();
  if (text === '') {
    pick.items = [];
    return;
  }
  pick.busy = true;
  try {
    const finds = await session.requireClient().api.workspace.search.query({ text });
    // What was typed meanwhile is searched for by itself.
    if (pick.value.trim() !== text) return;
    pick.items = finds.map((find) => ({
      label: find.name,
      description: find.kind,
      detail: find.detail,
      iconPath: new ThemeIcon(icons[find.kind]),
      alwaysShow: true,
      find,
    }));
  } catch (error) {
    log.warn(messageOf(error));
  } finally {
    pick.busy = false;
  }
}
