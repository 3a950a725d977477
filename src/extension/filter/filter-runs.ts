// Filter Runs…: what is typed is the filter, its title says how many runs it finds, its list how it could go on.
import { l10n, type QuickPick, type QuickPickItem, window } from 'vscode';
import type { EngineClient } from '../../client/engine-client';
import { lastFilterWord } from '../../protocol/runs/filter-word';
import { parseRunFilter, type RunFilter } from '../../protocol/runs/run-filter';
import { countText } from '../../protocol/wording';
import type { CommandTools } from '../commands/command-tools';
import { FilterWords } from './filter-words';

/** Milliseconds without a key after which runs are counted. */
const countRest = 80;

/** `text` is the filter after this row was chosen; `applies` ends the typing. */
interface FilterItem extends QuickPickItem {
  text: string;
  applies: boolean;
}

const presets: { text: string; says: () => string }[] = [
  { text: 'is:starred', says: () => l10n.t('runs with a star') },
  { text: 'state:failed', says: () => l10n.t('runs that failed') },
  { text: 'state:running', says: () => l10n.t('runs that are running') },
  { text: 'is:archived', says: () => l10n.t('archived runs') },
];

/** Shows the box until the user applies a filter or leaves; leaving changes nothing. */
export async function filterRuns({ sessions, listing }: CommandTools): Promise<void> {
  const clients = sessions.running.flatMap(({ client }) => client ?? []);
  const text = await typeFilter(clients, listing.text);
  if (text !== undefined) listing.filterBy(text);
}

/** The filter that the user types, over the runs of these engines; undefined when they leave. */
export function typeFilter(clients: readonly EngineClient[], text: string): Promise<string | undefined> {
  return new FilterTyping(clients, text).finished;
}

class FilterTyping {
  /** The filter that was applied; undefined when the user left. */
  readonly finished: Promise<string | undefined>;
  readonly #clients: readonly EngineClient[];
  readonly #words: FilterWords;
  readonly #pick: QuickPick<FilterItem>;
  #timer: NodeJS.Timeout | undefined;
  #turn = 0;

  constructor(clients: readonly EngineClient[], text: string) {
    this.#clients = clients;
    this.#words = new FilterWords(clients);
    const pick = window.createQuickPick<FilterItem>();
    this.#pick = pick;
    pick.title = l10n.t('Filter Runs');
    pick.placeholder = l10n.t('Part of a name, param or tag; or state:failed, tag:team=vision, is:starred, …');
    pick.value = text;
    this.finished = new Promise((resolve) => {
      pick.onDidAccept(() => {
        const item = pick.activeItems[0];
        if (item === undefined || !this.#take(item)) return;
        resolve(item.text);
        pick.hide();
      });
      pick.onDidHide(() => {
        clearTimeout(this.#timer);
        this.#turn += 1;
        pick.dispose();
        resolve(undefined);
      });
    });
    pick.onDidChangeValue(() => this.#typed());
    pick.show();
    this.#typed();
  }

  /** True when the row ends the typing; else the box goes on with its text. */
  #take(item: FilterItem): boolean {
    if (item.applies) return 'filter' in parseRunFilter(item.text);
    this.#pick.value = item.text;
    this.#typed();
    return false;
  }

  #typed(): void {
    this.#turn += 1;
    clearTimeout(this.#timer);
    const text = this.#pick.value;
    const turn = this.#turn;
    const read = parseRunFilter(text);
    this.#show(text, []);
    void this.#words.after(text).then((words) => {
      if (turn !== this.#turn) return;
      const begun = text.slice(0, lastFilterWord(text)?.start ?? text.length);
      this.#show(
        text,
        words.map((word) => ({
          label: plainLabel(word.text),
          description: word.says,
          text: begun + word.text,
          applies: false,
          alwaysShow: true,
        })),
      );
    });
    if ('filter' in read) this.#timer = setTimeout(() => void this.#count(read.filter, turn), countRest);
    else this.#pick.title = l10n.t('Filter Runs');
  }

  /** The row that applies what is typed stands first and is chosen by Enter. */
  #show(text: string, words: FilterItem[]): void {
    const read = parseRunFilter(text);
    const first: FilterItem =
      'problem' in read
        ? {
            label: plainLabel(text),
            description: `$(warning) ${plainLabel(read.problem)}`,
            text,
            applies: true,
            alwaysShow: true,
          }
        : applying(text);
    const ready =
      text === '' ? presets.map(({ text: preset, says }) => ({ ...applying(preset), description: says() })) : [];
    const further = words.filter((word) => !ready.some((each) => each.text === word.text));
    // A word that is only begun is no mistake yet: Enter completes it.
    const isBegun = 'problem' in read && further.length > 0;
    this.#pick.items = isBegun ? [...further, first] : [first, ...ready, ...further];
    this.#pick.activeItems = this.#pick.items.slice(0, 1);
  }

  async #count(filter: RunFilter, turn: number): Promise<void> {
    const totals = (asked: RunFilter) =>
      Promise.all(this.#clients.map((client) => client.api.runs.list.query({ ...asked, limit: 1 }))).then((pages) =>
        pages.reduce((sum, { total }) => sum + total, 0),
      );
    // Archived runs are part of the whole where the filter looks among them.
    const whole: RunFilter = (filter.archived ?? 'without') === 'without' ? {} : { archived: 'with' };
    const counted = await Promise.all([totals(filter), totals(whole)]).catch(() => undefined);
    if (counted === undefined || turn !== this.#turn) return;
    const [found, all] = counted;
    this.#pick.title = l10n.t('Filter Runs: {0} of {1}', found.toLocaleString('en-US'), countText(all, 'run'));
  }
}

/** Words such as `$(sync)` as they are, which VS Code would draw as icons. */
function plainLabel(text: string): string {
  return text.replaceAll('$(', '\\$(');
}

function applying(text: string): FilterItem {
  const label = text === '' ? l10n.t('All runs') : plainLabel(text);
  return { label, description: text === '' ? '' : l10n.t('show these runs'), text, applies: true, alwaysShow: true };
}
