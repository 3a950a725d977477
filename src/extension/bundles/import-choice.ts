// What Import Runs… brings in: a store that lies in the folder, or any file or folder the user names.
import { l10n, type OpenDialogOptions, type QuickPickItem, QuickPickItemKind, type Uri, window } from 'vscode';
import type { EngineSession } from '../session/engine-session';
import { type SeenStore, storeWords } from '../stores/seen-store';
import type { StoreOffers } from '../stores/store-offers';

interface Choice extends QuickPickItem {
  path?: string;
  dialog?: OpenDialogOptions;
}

/** The absolute path; undefined when the user chose none. */
export async function chosenSource(offers: StoreOffers, session: EngineSession): Promise<string | undefined> {
  const picked = await pickedChoice(offers, session);
  if (picked?.dialog === undefined) return picked?.path;
  const base = { defaultUri: session.folder.uri, openLabel: l10n.t('Import') };
  const title = l10n.t('Import runs into {0}', session.folder.name);
  const [place]: readonly Uri[] = (await window.showOpenDialog({ ...base, title, ...picked.dialog })) ?? [];
  return place?.fsPath;
}

/**
 * The list is there at once, with the stores of the last look on top; those of a new one are added below, and closing it ends
 * the search. No row changes its place: VS Code tells of a row by its place, so that a click in that moment would choose
 * another one.
 */
function pickedChoice(offers: StoreOffers, session: EngineSession): Promise<Choice | undefined> {
  const pick = window.createQuickPick<Choice>();
  const closed = new AbortController();
  pick.placeholder = l10n.t('Import runs of which store into {0}?', session.folder.name);
  const known = offers.seen(session);
  pick.items = choices(known, []);
  pick.busy = true;
  void offers.look(session, closed.signal).then((stores) => {
    if (closed.signal.aborted) return;
    pick.busy = false;
    const later = stores.filter(({ path }) => !known.some((store) => store.path === path));
    if (later.length > 0) pick.items = choices(known, later);
  });
  return new Promise((resolve) => {
    pick.onDidAccept(() => {
      resolve(pick.selectedItems[0]);
      pick.hide();
    });
    pick.onDidHide(() => {
      closed.abort();
      resolve(undefined);
      pick.dispose();
    });
    pick.show();
  });
}

function choices(known: readonly SeenStore[], later: readonly SeenStore[]): Choice[] {
  const separator = (label: string): Choice => ({ label, kind: QuickPickItemKind.Separator });
  const inFolder = (stores: readonly SeenStore[]): Choice[] =>
    stores.length === 0 ? [] : [separator(l10n.t('seen in this folder')), ...stores.map(storeChoice)];
  const filters = {
    [l10n.t('Runs')]: ['zip', 'db', 'sqlite', 'sqlite3', 'wandb'],
    [l10n.t('All files')]: ['*'],
  };
  return [
    ...inFolder(known),
    ...(known.length === 0 ? [] : [separator(l10n.t('elsewhere'))]),
    {
      label: l10n.t('File…'),
      description: l10n.t('a .zip of Slipway, a database, TensorBoard events'),
      dialog: { canSelectFiles: true, canSelectFolders: false, filters },
    },
    {
      label: l10n.t('Folder…'),
      description: l10n.t('mlruns, TensorBoard events, wandb, dvclive, projects of Trackio'),
      dialog: { canSelectFiles: false, canSelectFolders: true },
    },
    ...inFolder(later),
  ];
}

function storeChoice(store: SeenStore): Choice {
  return { label: store.name, description: storeWords(store), path: store.path };
}
