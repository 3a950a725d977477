// The open panels of registered models; they come back after a reload and are never kept alive while hidden.
import { type Uri, ViewColumn, type WebviewPanel, window } from 'vscode';
import * as z from 'zod';
import { type Disposable, DisposableStore } from '../../../base/disposable';
import type { EngineEvent } from '../../../protocol/event';
import type { VersionDetail } from '../../../protocol/models/registry/model-version';
import type { RegistryPanelBoot } from '../../../protocol/models/registry/panel/panel-state';
import type { ModelDetail } from '../../../protocol/models/registry/registered-model';
import type { PanelEvent, PanelQuery } from '../../../protocol/panel';
import type { ComparePanels } from '../../compare/compare-panels';
import type { DatasetPanels } from '../../datasets/panel/dataset-panels';
import type { Notices } from '../../notices';
import { KeptAnswers } from '../../panels/kept-answers';
import { type OpenPanel, OpenPanels, restorePanels } from '../../panels/open-panels';
import { openPage } from '../../panels/panel-page';
import type { RunPanels } from '../../panels/run-panels';
import type { EngineSessions } from '../../session/engine-sessions';
import { PanelGate } from './panel-gate';
import { registryPanelCommands } from './registry-panel-commands';

const viewType = 'slipway.registry';
const savedState = z.object({ folder: z.string(), model: z.string(), version: z.string().nullable().default(null) });
const asked: ReadonlySet<PanelQuery> = new Set([
  'registry.get',
  'registry.version',
  'audit.list',
  'audit.verify',
  'metrics.list',
]);

/** What panels are made with. `extension` is where Slipway is installed, `storage` a folder for copies of models. */
export interface RegistryPanelsOptions {
  extension: Uri;
  storage: string;
  sessions: EngineSessions;
  notices: Notices;
  /** Where runs, datasets and comparisons are shown. */
  runs: RunPanels;
  datasets: DatasetPanels;
  comparisons: ComparePanels;
}

/** A registered model of a folder (a URI as text), and which version of it, by its number; the newest where none is named. */
export interface ShownModel {
  folder: string;
  model: string;
  version?: string | null;
  /** Whether the keyboard stays where it is. */
  keepsFocus?: boolean;
}

interface OpenModel extends OpenPanel {
  model: string;
  /** The version that its page last asked for; null before. */
  version: string | null;
  gate: PanelGate;
  /** What is to be shown once the page hears it: a hidden panel has no page. */
  wish: string | null;
}

/** Opens, restores and informs them: one a model. */
export class RegistryPanels implements Disposable {
  readonly #options: RegistryPanelsOptions;
  readonly #store = new DisposableStore();
  readonly #open: OpenPanels<OpenModel>;

  constructor(options: RegistryPanelsOptions) {
    this.#options = options;
    const { sessions } = options;
    // Rules are written in slipway.yaml.
    this.#open = this.#store.add(new OpenPanels(sessions, { heard: told, configured: () => ({ type: 'changed' }) }));
    // The page tells of a mistake in that file.
    this.#store.add(sessions.onWarningsChanged(() => this.#warned()));
    this.#store.add(
      restorePanels(viewType, savedState, (panel, saved) => this.#attach(panel, { ...saved, version: null })),
    );
  }

  /** Shows a model in its panel, which then goes to the version that is asked for; else in a new one. */
  show(shown: ShownModel): void {
    const known = this.#open.find(({ folder, model }) => folder === shown.folder && model === shown.model);
    if (known === undefined) {
      const place = { viewColumn: ViewColumn.Active, preserveFocus: shown.keepsFocus ?? false };
      this.#attach(window.createWebviewPanel(viewType, shown.model, place), shown);
      return;
    }
    known.wish = shown.version ?? null;
    if (known.panel.visible) tellWish(known);
    known.panel.reveal(undefined, shown.keepsFocus);
  }

  /** What the panel in front shows, where it is one of these. */
  get active(): { folder: string; name: string; version: string | null } | undefined {
    const open = this.#open.active;
    return open && { folder: open.folder, name: open.model, version: open.version };
  }

  dispose(): void {
    for (const { gate } of this.#open) gate.cancel();
    this.#store.dispose();
  }

  #attach(panel: WebviewPanel, { folder, model, version = null }: ShownModel): void {
    const { extension, sessions } = this.#options;
    const answers = new KeptAnswers();
    const gate = new PanelGate((work) => host.tell({ type: 'gate', work }));
    /** Of its versions. */
    const runs = new Set<unknown>();
    let first = version;
    const host = openPage(panel, {
      extension,
      sessions,
      folder,
      name: 'registry',
      boot: (engine): RegistryPanelBoot => ({
        ...{ folder, model, version: first, engine },
        ...{ gate: gate.work, answers: answers.all },
      }),
      mayAsk: (name, input) => asked.has(name) && isAboutModel(input, model, runs),
      commands: registryPanelCommands({ ...this.#options, folder, model, gate }),
      listening: () => tellWish(open),
      answered: (name, input, value) => {
        answers.keep(name, input, value);
        if (name === 'registry.get') for (const { runId } of (value as ModelDetail).items) runs.add(runId);
        if (name === 'registry.version') open.version = (value as VersionDetail).version;
        // Once it has been drawn, what the page keeps by itself is newer.
        first = null;
      },
    });
    panel.title = model;
    const open: OpenModel = { panel, host, folder, model, version: null, gate, wish: null };
    this.#open.add(open);
    panel.onDidDispose(() => gate.cancel());
  }

  #warned(): void {
    for (const { panel, host } of this.#open) if (panel.visible) host.tell({ type: 'changed' });
  }
}

function told({ model }: OpenModel, event: EngineEvent): PanelEvent | undefined {
  if (event.type === 'hello') return { type: 'changed' };
  if (event.type !== 'models') return undefined;
  return event.names.length === 0 || event.names.includes(model) ? { type: 'changed' } : undefined;
}

function tellWish(open: OpenModel): void {
  const { wish, host } = open;
  open.wish = null;
  if (wish !== null) host.tell({ type: 'version', version: wish });
}

/** A page asks about its own model, its versions and their runs, and whether the audit log is whole. */
function isAboutModel(input: unknown, model: string, runs: ReadonlySet<unknown>): boolean {
  const named = input as { name?: unknown; subject?: unknown; runId?: unknown } | null;
  if (named === null) return true;
  return named.runId === undefined ? (named.name ?? named.subject) === model : runs.has(named.runId);
}
