// The open run panels of the window; they come back after a reload and are never kept alive while hidden.

import { type Uri, ViewColumn, type WebviewPanel, window } from 'vscode';
import * as z from 'zod';
import { type Disposable, DisposableStore } from '../../base/disposable';
import { isolatedName } from '../../base/isolated-name';
import { isAbout } from '../../protocol/event';
import type { RunPanelBoot } from '../../protocol/panel';
import type { Page, RunSummary } from '../../protocol/run';
import type { RunChange } from '../../protocol/runs/run-change';
import { changeWords } from '../edits/change-words';
import type { RunEdits } from '../edits/run-edits';
import type { RunStops } from '../edits/run-stops';
import type { Notices } from '../notices';
import type { EngineSessions } from '../session/engine-sessions';
import type { RunTasks } from '../tasks/run-tasks';
import { KeptAnswers } from './kept-answers';
import { type OpenPanel, OpenPanels, restorePanels } from './open-panels';
import { openPage } from './panel-page';
import { registerFileCommands } from './run/file-commands';
import type { NoteDrafts } from './run/note-drafts';
import { runPanelCommands } from './run/run-panel-commands';

const viewType = 'slipway.run';
const savedState = z.object({ runId: z.string(), folder: z.string() });

/** What panels are made with. `extension` is where Slipway is installed. */
export interface RunPanelsOptions {
  extension: Uri;
  sessions: EngineSessions;
  notices: Notices;
  edits: RunEdits;
  tasks: RunTasks;
  stops: RunStops;
  drafts: NoteDrafts;
}

interface OpenRun extends OpenPanel {
  runId: string;
  /** Its child runs, as far as its page knows them. */
  children: ReadonlySet<string>;
}

/** Opens, restores and informs run panels. */
export class RunPanels implements Disposable {
  readonly #options: RunPanelsOptions;
  readonly #store = new DisposableStore();
  readonly #open: OpenPanels<OpenRun>;

  constructor(options: RunPanelsOptions) {
    this.#options = options;
    const { sessions, notices } = options;
    this.#store.add(registerFileCommands(sessions, notices));
    this.#open = this.#store.add(
      new OpenPanels(sessions, {
        heard: ({ runId, children }, event) =>
          isAbout(event, runId) || (event.type === 'runs' && event.runIds.some((each) => children.has(each)))
            ? { type: 'changed' }
            : undefined,
      }),
    );
    this.#store.add(
      restorePanels(viewType, savedState, (panel, { folder, runId }) => this.#attach(panel, folder, runId)),
    );
  }

  /** Shows a run: the panel that already has it, else a new one. `preserveFocus`: the keyboard stays where it is. */
  show(run: { folder: string; runId: string; name: string }, { preserveFocus = false } = {}): void {
    const known = this.#open.find(({ folder, runId }) => folder === run.folder && runId === run.runId);
    if (known !== undefined) {
      known.panel.reveal(undefined, preserveFocus);
      return;
    }
    const panel = window.createWebviewPanel(viewType, isolatedName(run.name), {
      viewColumn: ViewColumn.Active,
      preserveFocus,
    });
    this.#attach(panel, run.folder, run.runId);
  }

  /** The run of the panel in front, if one is. */
  get active(): { folder: string; runId: string } | undefined {
    return this.#open.active;
  }

  dispose(): void {
    this.#store.dispose();
  }

  #attach(panel: WebviewPanel, folder: string, runId: string): void {
    const { extension, sessions, notices, tasks, stops, drafts } = this.#options;
    const answers = new KeptAnswers();
    const children = new Set<string>();
    const host = openPage(panel, {
      extension,
      sessions,
      folder,
      name: 'run',
      boot: (engine): RunPanelBoot => {
        const noteDraft = drafts.of(folder, runId);
        return { runId, folder, engine, noteDraft, answers: answers.all };
      },
      mayAsk: (name, input) =>
        runsNamedIn(input).every((each) => each === runId || (name === 'table.cells' && children.has(String(each)))),
      commands: {
        ...runPanelCommands({ folder, runId, sessions, notices, tasks, stops, panels: this }),
        'note.keep': (draft) => drafts.keep(folder, runId, draft),
      },
      answered: (name, input, value) => {
        // Of a search that goes on the question grows with each trial.
        if (name === 'table.cells') answers.drop(name);
        answers.keep(name, input, value);
        if (name === 'runs.get') panel.title = isolatedName((value as { name: string }).name);
        if (name === 'runs.list') for (const child of (value as Page<RunSummary>).items) children.add(child.runId);
        if (name === 'runs.change') this.#changed({ folder, name: panel.title }, input, value);
      },
    });
    this.#open.add({ panel, host, folder, runId, children });
  }

  /** What is changed in a panel is taken back like every other change. */
  #changed(run: { folder: string; name: string }, input: unknown, value: unknown): void {
    const session = this.#options.sessions.find(run.folder);
    const { changes } = input as { changes: RunChange[] };
    const { undo } = value as { undo: RunChange[] };
    const says = changes.map((change) => changeWords(run.name, change)).join(' ');
    if (session !== undefined) void this.#options.edits.adopt({ session, changes, says }, undo);
  }
}

/** Where questions of a panel name runs. */
interface NamingRuns {
  runId?: unknown;
  below?: unknown;
  changes?: { runId?: unknown }[];
  runIds?: unknown[];
  filter?: { parents?: unknown[] };
}

/** The runs a query is about, or below which it looks; one that names none is about nothing a run's panel may see. */
function runsNamedIn(input: unknown): unknown[] {
  const named = input as NamingRuns | null;
  const changed = Array.isArray(named?.changes) ? named.changes.map((change) => change?.runId) : [];
  const lists = [named?.runIds, named?.filter?.parents].filter((list) => Array.isArray(list)).flat();
  const all = [named?.runId, named?.below, ...changed, ...lists].filter((each) => each !== undefined);
  return all.length > 0 ? all : [undefined];
}
