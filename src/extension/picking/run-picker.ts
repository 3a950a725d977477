// A list that runs are picked from. The engine searches: a folder may have more runs than a list can hold.
import { l10n, type QuickPick, window } from 'vscode';
import type { RunQuery } from '../../protocol/api';
import { parseRunFilter, type RunFilter } from '../../protocol/runs/run-filter';
import { countText } from '../../protocol/wording';
import type { EngineSession } from '../session/engine-session';
import type { RunNode } from '../views/run-node';
import { type RunRow, runRow } from './run-row';

/** So many runs stand in the list at once. */
const mostListed = 200;
/** Milliseconds without a key after which runs are searched for. */
const searchRest = 80;

/** `likely` holds the ids of the runs that the user is probably thinking of: they stand first. */
export interface RunPickerOptions {
  session: EngineSession;
  question: string;
  query: RunQuery;
  likely: ReadonlySet<string>;
  many: boolean;
}

/** One opening of the list, until the user has picked or left. */
export class RunPicker {
  /** What was picked; nothing when the user left. Rejects when the runs cannot be read. */
  readonly picked: Promise<RunNode[]>;
  readonly #options: RunPickerOptions;
  readonly #pick: QuickPick<RunRow>;
  #settle: (nodes: RunNode[]) => void = () => undefined;
  #fail: (error: unknown) => void = () => undefined;
  /** The runs that are ticked, by id: they stay in the list whatever is searched for. */
  #ticked = new Map<string, RunRow>();
  #timer: NodeJS.Timeout | undefined;
  #turn = 0;
  #isAccepted = false;

  constructor(options: RunPickerOptions) {
    this.#options = options;
    const pick = window.createQuickPick<RunRow>();
    this.#pick = pick;
    pick.title = options.question;
    pick.placeholder = l10n.t('Part of a name, param or tag; or experiment:NAME, state:failed, is:starred, …');
    pick.canSelectMany = options.many;
    this.picked = new Promise((resolve, reject) => {
      this.#settle = resolve;
      this.#fail = reject;
    });
    pick.onDidChangeValue(() => this.#typed());
    pick.onDidChangeSelection((rows) => this.#tick(rows));
    pick.onDidAccept(() => this.#accept());
    pick.onDidHide(() => {
      clearTimeout(this.#timer);
      this.#turn += 1;
      pick.dispose();
      this.#settle([]);
    });
    pick.show();
    void this.#search(true);
  }

  #typed(): void {
    this.#turn += 1;
    this.#isAccepted = false;
    this.#pick.busy = true;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#search(), searchRest);
  }

  #tick(rows: readonly RunRow[]): void {
    if (this.#options.many) this.#ticked = new Map(rows.map((row) => [row.node.run.runId, row]));
  }

  #accept(): void {
    if (this.#options.many) this.#end([...this.#ticked.values()]);
    // Who types fast presses Enter before the list follows: a row of an earlier list is not what was chosen.
    else if (this.#pick.busy) this.#isAccepted = true;
    else this.#endWithActive();
  }

  #endWithActive(): void {
    const { items, activeItems } = this.#pick;
    const row = items.find((each) => activeItems.includes(each)) ?? items[0];
    if (row !== undefined) this.#end([row]);
  }

  #end(rows: readonly RunRow[]): void {
    this.#settle(rows.map(({ node }) => node));
    this.#pick.hide();
  }

  async #search(isFirst = false): Promise<void> {
    const turn = this.#turn;
    const { session, query } = this.#options;
    const text = this.#pick.value.trim();
    this.#pick.busy = true;
    try {
      const asked = { ...filterOf(text), ...query, limit: mostListed };
      const { items, total } = await session.requireClient().api.runs.list.query(asked);
      if (turn !== this.#turn) return;
      // VS Code must not look for the text once more: it knows less of a run than the engine.
      const rows = items.map((run) => ({ ...runRow({ kind: 'run', session, run }), alwaysShow: true }));
      this.#show(rows, { total, isFirst });
    } catch (error) {
      if (turn !== this.#turn) return;
      this.#fail(error);
      this.#pick.hide();
    }
  }

  #show(rows: readonly RunRow[], { total, isFirst }: { total: number; isFirst: boolean }): void {
    const { likely, many, question } = this.#options;
    const isLikely = ({ node }: RunRow): boolean => likely.has(node.run.runId);
    if (isFirst && many) this.#tick(rows.filter(isLikely));
    const first = many ? [...this.#ticked.values()] : rows.filter(isLikely);
    const known = new Set(first.map(({ node }) => node.run.runId));
    const rest = rows.filter(({ node }) => !known.has(node.run.runId));
    this.#pick.items = [...first, ...rest];
    if (many) this.#pick.selectedItems = first;
    this.#pick.title = `${question} · ${countWords(rows.length, total)}`;
    this.#pick.busy = false;
    if (this.#isAccepted) this.#endWithActive();
  }
}

/** What is typed is a filter; text that is none is searched for as it stands. */
function filterOf(text: string): RunFilter {
  const read = parseRunFilter(text);
  return 'filter' in read ? read.filter : { text: text.slice(0, 1000) };
}

function countWords(listed: number, total: number): string {
  if (total === 0) return l10n.t('no run matches');
  const all = countText(total, 'run');
  return listed < total ? l10n.t('the newest {0} of {1}', listed, all) : all;
}
