// The runs tables of the window, one a folder; they come back after a reload and are never kept alive while hidden.
import { type Event, l10n, type Uri, ViewColumn, type WebviewPanel, window } from 'vscode';
import * as z from 'zod';
import { type Disposable, DisposableStore } from '../../base/disposable';
import type { EngineEvent } from '../../protocol/event';
import type { PanelEvent, PanelQuery } from '../../protocol/panel';
import type { RunChange } from '../../protocol/runs/run-change';
import type { TableAct, TablePanelBoot } from '../../protocol/runs/table-panel';
import { countText } from '../../protocol/wording';
import { changeWords } from '../edits/change-words';
import type { RunEdits } from '../edits/run-edits';
import type { Notices } from '../notices';
import { type OpenPanel, OpenPanels, restorePanels } from '../panels/open-panels';
import { openPage } from '../panels/panel-page';
import type { RunPanels } from '../panels/run-panels';
import type { SelectedRuns } from '../panels/selected-runs';
import type { EngineSession } from '../session/engine-session';
import type { EngineSessions } from '../session/engine-sessions';
import type { RunNode } from '../views/run-node';
import { tableCommands } from './table-commands';

/** What VS Code knows a runs table by. */
export const tableViewType = 'slipway.table';
const savedState = z.object({ folder: z.string() });
/** What the page may ask: the runs of its own folder's engine, all of them. */
const asked: ReadonlySet<PanelQuery> = new Set([
  ...(['table.rows', 'table.cells', 'table.summaries', 'table.columns', 'comparison.repeats', 'runs.change'] as const),
]);

/** What tables are made with. `extension` is where Slipway is installed. */
export interface RunsTablesOptions {
  extension: Uri;
  sessions: EngineSessions;
  notices: Notices;
  edits: RunEdits;
  panels: RunPanels;
  /** What is selected in them, for other views to show. */
  selected: SelectedRuns;
  /** Fires with runs that are selected in the tree. */
  chosen: Event<readonly RunNode[]>;
}

interface OpenTable extends OpenPanel {
  /** What was selected in the tree since the page last heard of it, and what it heard; a page that is not there hears nothing. */
  tree: { chosen: string[] | null; told: string[]; isHeard: boolean };
}

/** Opens, restores and informs the tables. */
export class RunsTables implements Disposable {
  readonly #options: RunsTablesOptions;
  readonly #store = new DisposableStore();
  readonly #open: OpenPanels<OpenTable>;

  constructor(options: RunsTablesOptions) {
    this.#options = options;
    const { sessions } = options;
    this.#open = this.#store.add(new OpenPanels<OpenTable>(sessions, { heard: told }));
    this.#store.add(options.chosen((runs) => this.#chosenInTree(runs)));
    this.#store.add(
      restorePanels(tableViewType, savedState, (panel, { folder }) => {
        if (this.#of(folder) === undefined) this.#attach(panel, folder);
        else panel.dispose();
      }),
    );
  }

  /** Shows the table of a folder: the one that is open, else a new one. */
  show(session: EngineSession): void {
    const folder = session.folder.uri.toString();
    const known = this.#of(folder);
    if (known !== undefined) known.panel.reveal();
    else this.#attach(window.createWebviewPanel(tableViewType, l10n.t('Runs'), ViewColumn.Active), folder);
  }

  /** Asks the page of the table in front to do what a menu says. */
  act(act: TableAct): void {
    const front = this.#open.active ?? this.#open.find(() => true);
    front?.host.tell({ type: 'act', ...act });
  }

  /** The folder of the table in front, if one is. */
  get active(): string | undefined {
    return this.#open.active?.folder;
  }

  dispose(): void {
    this.#store.dispose();
  }

  #of(folder: string): OpenTable | undefined {
    return this.#open.find((open) => open.folder === folder);
  }

  #attach(panel: WebviewPanel, folder: string): void {
    const { extension, sessions } = this.#options;
    const host = openPage(panel, {
      extension,
      sessions,
      folder,
      name: 'table',
      boot: (engine): TablePanelBoot => ({ folder, engine }),
      listening: () => this.#tellChosen(folder),
      mayAsk: (name) => asked.has(name),
      commands: tableCommands({ ...this.#options, folder, panel }),
      answered: (name, input, value) => {
        if (name === 'runs.change') this.#changed(folder, input, value);
      },
    });
    this.#open.add({ panel, host, folder, tree: { chosen: null, told: [], isHeard: false } });
    panel.onDidChangeViewState(() => this.#viewStateChanged(folder));
    panel.onDidDispose(() => this.#options.selected.release(panel));
    const isOneOfMany = sessions.all.length > 1;
    panel.title = isOneOfMany ? l10n.t('Runs: {0}', sessions.find(folder)?.folder.name ?? '') : l10n.t('Runs');
    this.#warm(folder);
  }

  /** The engine's reading threads start while the page does; what they answer is nothing. */
  #warm(folder: string): void {
    const { client } = this.#options.sessions.find(folder) ?? {};
    const nothing = { runIds: [], columns: [] };
    for (let thread = 0; thread < 2; thread++) void client?.api.table.cells.mutate(nothing).catch(() => undefined);
  }

  /** What is changed in the table is taken back like every other change. */
  #changed(folder: string, input: unknown, value: unknown): void {
    const session = this.#options.sessions.find(folder);
    const { changes } = input as { changes: RunChange[] };
    const { undo } = value as { undo: RunChange[] };
    const [first] = changes;
    if (session === undefined || first === undefined) return;
    const says = changeWords(countText(changes.length, l10n.t('run'), l10n.t('runs')), first);
    void this.#options.edits.adopt({ session, changes, says }, undo);
  }

  #viewStateChanged(folder: string): void {
    const { panel, tree } = this.#of(folder) ?? {};
    if (tree !== undefined && panel?.visible === false) tree.isHeard = false;
  }

  /** Each folder's table hears of its own runs; a hidden one when it is shown again. */
  #chosenInTree(runs: readonly RunNode[]): void {
    for (const { folder, panel, tree } of this.#open) {
      const own = runs.filter(({ session }) => session.folder.uri.toString() === folder);
      if (own.length === 0) continue;
      tree.chosen = own.map(({ run }) => run.runId);
      if (panel.visible && tree.isHeard) this.#tellChosen(folder);
    }
  }

  #tellChosen(folder: string): void {
    const { host, tree } = this.#of(folder) ?? {};
    if (host === undefined || tree === undefined) return;
    tree.isHeard = true;
    if (tree.chosen === null) return;
    host.tell({ type: 'chosen', runIds: tree.chosen, before: tree.told });
    tree.told = tree.chosen;
    tree.chosen = null;
  }
}

function told(_: unknown, event: EngineEvent): PanelEvent | undefined {
  if (event.type === 'hello') return { type: 'changed' };
  return event.type === 'runs' ? { type: 'changed', runIds: event.runIds } : undefined;
}
