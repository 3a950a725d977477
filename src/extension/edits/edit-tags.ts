// The tags of one run or several: a list to change and remove them, and a box to type new ones into.
import { l10n, type QuickPick, type QuickPickItem, ThemeIcon, window } from 'vscode';
import { isOwnTag, typedTag } from '../../protocol/runs/run-tag';
import type { CommandTools } from '../commands/command-tools';
import type { Given } from '../picking/given-rows';
import { bySession, runsText } from '../picking/run-groups';
import { runsFor } from '../picking/runs-for';
import type { EngineSession } from '../session/engine-session';
import type { RunNode } from '../views/run-node';
import { changeWords } from './change-words';

/** How many runs are asked for at once. */
const slice = 20;
const removeButton = { iconPath: new ThemeIcon('trash'), tooltip: l10n.t('Remove Tag') };

/** A tag that is there, or the one that was typed. */
interface TagItem extends QuickPickItem {
  tag?: { key: string; value: string };
  isNew?: boolean;
}

/** Shows the tags of runs until the user leaves; each change is made at once and can be undone. */
export async function editTags(tools: CommandTools, given: Given): Promise<void> {
  const nodes = await runsFor(tools, given, { question: l10n.t('Whose tags are edited?') });
  for (const [session, group] of bySession(nodes)) await new TagEditing(tools, session, group).show();
}

class TagEditing {
  readonly #tools: CommandTools;
  readonly #session: EngineSession;
  readonly #nodes: readonly RunNode[];
  readonly #pick: QuickPick<TagItem>;
  /** Value → number of runs, by key. */
  #tags = new Map<string, Map<string, number>>();

  constructor(tools: CommandTools, session: EngineSession, nodes: readonly RunNode[]) {
    this.#tools = tools;
    this.#session = session;
    this.#nodes = nodes;
    this.#pick = window.createQuickPick<TagItem>();
    this.#pick.title = l10n.t('Tags of {0}', runsText(nodes));
    this.#pick.placeholder = l10n.t('Type key=value to add a tag, or choose one to change it');
    this.#pick.ignoreFocusOut = true;
  }

  /** Settles when the user has left. Throws SlipwayError `unavailable` when the tags cannot be read. */
  async show(): Promise<void> {
    const pick = this.#pick;
    pick.show();
    const hidden = new Promise<void>((resolve) => pick.onDidHide(resolve));
    pick.onDidChangeValue(() => this.#offer());
    pick.onDidAccept(() => this.#accept(pick.activeItems[0]));
    pick.onDidTriggerItemButton(({ item }) => void (item.tag && this.#set(item.tag.key, null)));
    try {
      await this.#load();
      await hidden;
    } finally {
      pick.dispose();
    }
  }

  /** Who types fast presses Enter before the list follows: a row of an earlier list is not what was chosen. */
  #accept(item: TagItem | undefined): void {
    const typed = typedTag(this.#pick.value);
    const isStale = item === undefined || !this.#pick.items.includes(item);
    const chosen = typed !== undefined && (isStale || item.isNew === true) ? newItem(typed) : item;
    if (chosen?.tag === undefined) return;
    const { key, value } = chosen.tag;
    if (chosen.isNew !== true) this.#pick.value = `${key}=${value}`;
    else void this.#set(key, value);
    this.#offer();
  }

  async #set(key: string, value: string | null): Promise<void> {
    this.#pick.value = '';
    const runs = runsText(this.#nodes);
    const changes = this.#nodes.map(({ run }) => ({ runId: run.runId, tags: { [key]: value } }));
    const says = changeWords(runs, { tags: { [key]: value } });
    const before = this.#tags.get(key);
    if (value === null) this.#tags.delete(key);
    else this.#tags.set(key, new Map([[value, this.#nodes.length]]));
    this.#offer();
    const refusal = await this.#tools.edits.make({ session: this.#session, changes, says });
    if (refusal === undefined) return;
    if (before === undefined) this.#tags.delete(key);
    else this.#tags.set(key, before);
    this.#offer();
    this.#pick.title = refusal;
  }

  async #load(): Promise<void> {
    this.#pick.busy = true;
    const client = await this.#session.awaitClient();
    for (let from = 0; from < this.#nodes.length; from += slice) {
      const part = this.#nodes
        .slice(from, from + slice)
        .map(({ run }) => client.api.runs.get.query({ runId: run.runId }));
      for (const { tags } of await Promise.all(part)) for (const tag of tags.filter(isOwnTag)) this.#count(tag);
    }
    this.#pick.busy = false;
    this.#offer();
  }

  #count({ key, value }: { key: string; value: string }): void {
    const values = this.#tags.get(key) ?? new Map<string, number>();
    values.set(value, (values.get(value) ?? 0) + 1);
    this.#tags.set(key, values);
  }

  #offer(): void {
    const typed = typedTag(this.#pick.value);
    const known = [...this.#tags].sort(([a], [b]) => a.localeCompare(b));
    const items = known.flatMap(([key, values]) => [...values].map(([value, count]) => this.#item(key, value, count)));
    this.#pick.items = typed === undefined ? items : [newItem(typed), ...items];
  }

  #item(key: string, value: string, count: number): TagItem {
    const all = this.#nodes.length;
    const description = all > 1 ? l10n.t('{0} of {1} runs', count, all) : '';
    return { label: `${key}=${value}`, description, tag: { key, value }, buttons: [removeButton] };
  }
}

function newItem(tag: { key: string; value: string }): TagItem {
  return { label: `$(add) ${tag.key}=${tag.value}`, alwaysShow: true, tag, isNew: true };
}
