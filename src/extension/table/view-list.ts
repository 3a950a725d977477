// The saved views of a runs table: a list in which one is chosen, saved or deleted.
import { l10n, type QuickPickItem, QuickPickItemKind, ThemeIcon, window } from 'vscode';
import type { EngineClient } from '../../client/engine-client';
import { type SavedTableView, savedTableView, tableView } from '../../protocol/runs/run-table';
import type { TableCommands } from '../../protocol/runs/table-panel';

type ViewItem = QuickPickItem & { does?: 'save' | 'saveAs' | 'all'; saved?: SavedTableView };
const deleteButton = { iconPath: new ThemeIcon('trash'), tooltip: l10n.t('Delete View') };

/** The view to show, under its name, which is empty for all runs as they come; null when the user turned away. */
export async function chooseView(
  client: EngineClient,
  { view, name }: TableCommands['views.choose'],
): Promise<SavedTableView | null> {
  const item = await pick(client, name);
  if (item?.saved !== undefined) return item.saved;
  if (item?.does === 'all') return { name: '', view: tableView.parse({}) };
  const wanted = item?.does === 'saveAs' ? await askName() : item?.does === 'save' ? name : undefined;
  if (wanted === undefined || wanted === null) return null;
  await client.api.table.keepView.mutate({ name: wanted, view });
  return { name: wanted.trim(), view };
}

function pick(client: EngineClient, name: string | null): Promise<ViewItem | undefined> {
  const list = window.createQuickPick<ViewItem>();
  list.title = l10n.t('Views of the runs table');
  list.placeholder = l10n.t('A view keeps columns, order, filter, groups and baseline, for this workspace');
  const load = async (): Promise<void> => {
    list.busy = true;
    const views = await client.api.table.views.query();
    list.items = itemsOf(views, name);
    list.busy = false;
  };
  const remove = async ({ name: removed }: SavedTableView): Promise<void> => {
    await client.api.table.keepView.mutate({ name: removed, view: null });
    await load();
  };
  const chosen = new Promise<ViewItem | undefined>((resolve, reject) => {
    // A list that cannot be read or changed makes room for the reason.
    const fail = (error: unknown): void => {
      reject(error);
      list.hide();
    };
    list.onDidTriggerItemButton(({ item: { saved } }) => saved && remove(saved).catch(fail));
    list.onDidAccept(() => {
      resolve(list.selectedItems[0]);
      list.hide();
    });
    list.onDidHide(() => {
      list.dispose();
      resolve(undefined);
    });
    load().catch(fail);
  });
  list.show();
  return chosen;
}

function itemsOf(views: readonly SavedTableView[], name: string | null): ViewItem[] {
  const isKept = views.some((each) => each.name === name);
  return [
    { label: l10n.t('All runs'), description: l10n.t('as they come'), does: 'all' },
    ...views.map((saved): ViewItem => {
      const mark = saved.name === name ? { iconPath: new ThemeIcon('check') } : {};
      return { label: saved.name, description: saved.view.filter, saved, buttons: [deleteButton], ...mark };
    }),
    { label: '', kind: QuickPickItemKind.Separator },
    ...(isKept ? [{ label: l10n.t('Save {0}', name ?? ''), does: 'save' as const, alwaysShow: true }] : []),
    { label: l10n.t('Save as a New View…'), does: 'saveAs' as const, alwaysShow: true },
  ];
}

function askName(): Thenable<string | undefined> {
  return window.showInputBox({
    title: l10n.t('Save View'),
    prompt: l10n.t('Name of the view; one that has this name is written over'),
    ignoreFocusOut: true,
    validateInput: (text) =>
      savedTableView.shape.name.safeParse(text).success ? null : l10n.t('A name has 1 to 100 characters.'),
  });
}
