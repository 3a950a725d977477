// The name of a registered model: one that is there, or a new one that is typed.
import { l10n, type QuickPickItem, window } from 'vscode';
import { modelName } from '../../../protocol/models/model-definition';
import type { EngineSession } from '../../session/engine-session';
import { modelWords } from '../tree/model-words';
import { allModels } from './chosen-models';

type NameItem = QuickPickItem & { name: string | null };

/** `suggested` is offered as a new name. Undefined when the user turned away. Throws the engine's SlipwayError. */
export async function pickName(session: EngineSession, suggested: string): Promise<string | undefined> {
  const known: NameItem[] = (await allModels(session)).map((model) => ({
    label: model.name,
    description: modelWords(model),
    name: model.name,
  }));
  const taken = new Set(known.map(({ name }) => name));
  const pick = window.createQuickPick<NameItem>();
  pick.title = l10n.t('Register as a Version Of');
  pick.placeholder = l10n.t('Choose a model, or type the name of a new one');
  const show = (): void => {
    const typed = pick.value.trim();
    pick.items = [...newNames(typed === '' ? suggested : typed, taken), ...known];
  };
  pick.onDidChangeValue(show);
  show();
  return new Promise((resolve) => {
    pick.onDidAccept(() => {
      const name = acceptedName(pick.value.trim(), pick.selectedItems[0]);
      if (name === null) return;
      resolve(name);
      pick.hide();
    });
    pick.onDidHide(() => {
      resolve(undefined);
      pick.dispose();
    });
    pick.show();
  });
}

/** Enter may come before the list has followed what was typed: then that counts, and not the item that stood there before. */
function acceptedName(typed: string, chosen: NameItem | undefined): string | null {
  const isBehind = chosen === undefined || (chosen.alwaysShow === true && typed !== '' && chosen.label !== typed);
  return isBehind ? (modelName.safeParse(typed).data ?? null) : chosen.name;
}

/** Stands there whatever the list is filtered by; one that is no name says why and cannot be chosen. */
function newNames(name: string, taken: ReadonlySet<string | null>): NameItem[] {
  if (taken.has(name)) return [];
  const read = modelName.safeParse(name);
  if (read.success) return [{ label: name, description: l10n.t('new model'), name, alwaysShow: true }];
  const why = read.error.issues[0]?.message ?? l10n.t('this is no name');
  return [{ label: name, description: why, name: null, alwaysShow: true }];
}
