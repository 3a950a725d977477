// The open panels of datasets; they come back after a reload and are never kept alive while hidden.
import { type Uri, ViewColumn, type WebviewPanel, window } from 'vscode';
import * as z from 'zod';
import { type Disposable, DisposableStore } from '../../../base/disposable';
import type { DatasetView } from '../../../protocol/datasets/panel/panel-api';
import {
  type DatasetPanelBoot,
  type DatasetTab,
  type DatasetWish,
  datasetTabs,
} from '../../../protocol/datasets/panel/panel-state';
import type { EngineEvent } from '../../../protocol/event';
import type { PanelEvent, PanelQuery } from '../../../protocol/panel';
import { KeptAnswers } from '../../panels/kept-answers';
import { type OpenPanel, OpenPanels, restorePanels } from '../../panels/open-panels';
import type { CommandHandlers } from '../../panels/panel-host';
import { openPage } from '../../panels/panel-page';
import type { EngineSessions } from '../../session/engine-sessions';

const viewType = 'slipway.dataset';
const savedState = z.object({
  folder: z.string(),
  dataset: z.string(),
  version: z.string().nullable().default(null),
  reference: z.string().nullable().default(null),
  tab: z.enum(datasetTabs).nullish(),
});
const asked: ReadonlySet<PanelQuery> = new Set([
  ...(['datasets.view', 'datasets.measureDrift', 'datasets.driftColumn', 'datasets.driftHistory'] as const),
  ...(['datasets.profile', 'datasets.measureProfile', 'datasets.work', 'datasets.lineage'] as const),
  ...([
    'datasets.check',
    'datasets.badRows',
    'datasets.anomalies',
    'datasets.batchHistory',
    'datasets.expect',
  ] as const),
]);

/** One dataset of a folder (a URI as text), and where in it to begin. */
export interface ShownDataset {
  folder: string;
  dataset: string;
  /** A version's id; null for the newest. */
  version?: string | null;
  tab?: DatasetTab | null;
  /** The version that drift is measured against. */
  reference?: string | null;
  /** The check whose bad rows are shown. */
  badRows?: string | null;
  /** Whether the keyboard stays where it is. */
  keepsFocus?: boolean;
  /** Whether a new panel stands beside the active editor. */
  isBeside?: boolean;
}

/** What panels are made with. `extension` is where Slipway is installed. */
export interface DatasetPanelsOptions {
  extension: Uri;
  sessions: EngineSessions;
  /** What the page of a dataset may ask its host to do. */
  commands: (of: { folder: string; dataset: string }) => Partial<CommandHandlers>;
}

interface OpenDataset extends OpenPanel {
  dataset: string;
  /** What is to be shown once the page hears it: a hidden panel has no page. */
  wish: DatasetWish | undefined;
}

/** Opens, restores and informs dataset panels. */
export class DatasetPanels implements Disposable {
  readonly #options: DatasetPanelsOptions;
  readonly #store = new DisposableStore();
  readonly #open: OpenPanels<OpenDataset>;

  constructor(options: DatasetPanelsOptions) {
    this.#options = options;
    const { sessions } = options;
    // Keys, labels, weights and contracts are written in slipway.yaml.
    this.#open = this.#store.add(new OpenPanels(sessions, { heard: told, configured: () => ({ type: 'changed' }) }));
    this.#store.add(
      restorePanels(viewType, savedState, (panel, saved) => this.#attach(panel, { ...saved, tab: null })),
    );
  }

  /** Shows a dataset in its panel, which then goes to what is asked for; else in a new one. */
  show(shown: ShownDataset): void {
    const known = this.#open.find(({ folder, dataset }) => folder === shown.folder && dataset === shown.dataset);
    if (known === undefined) {
      this.#attach(
        window.createWebviewPanel(viewType, shown.dataset, {
          viewColumn: shown.isBeside === true ? ViewColumn.Beside : ViewColumn.Active,
          preserveFocus: shown.keepsFocus ?? false,
        }),
        shown,
      );
      return;
    }
    known.wish = wishOf(shown);
    if (known.panel.visible) tellWish(known);
    known.panel.reveal(undefined, shown.keepsFocus);
  }

  dispose(): void {
    this.#store.dispose();
  }

  #attach(panel: WebviewPanel, shown: ShownDataset): void {
    const { folder, dataset } = shown;
    const { extension, sessions, commands } = this.#options;
    const answers = new KeptAnswers();
    const first = wishOf(shown);
    const host = openPage(panel, {
      extension,
      sessions,
      folder,
      name: 'dataset',
      boot: (engine): DatasetPanelBoot => ({ folder, dataset, ...first, engine, answers: answers.all }),
      mayAsk: (name, input) => asked.has(name) && isAboutDataset(input, dataset),
      commands: commands({ folder, dataset }),
      listening: () => tellWish(open),
      answered: (name, input, value) => {
        if (name !== 'datasets.work') answers.keep(name, input, value);
        // Once it has been drawn, what the page keeps by itself is newer.
        first.tab = null;
        first.badRows = null;
        if (name === 'datasets.view') panel.title = (value as DatasetView).dataset.name;
      },
    });
    const open: OpenDataset = { panel, host, folder, dataset, wish: undefined };
    this.#open.add(open);
  }
}

function told({ dataset }: OpenDataset, event: EngineEvent): PanelEvent | undefined {
  if (event.type === 'experiments') return undefined;
  return event.type === 'datasets' && !event.names.includes(dataset) ? undefined : { type: 'changed' };
}

function wishOf({ version = null, tab = null, reference = null, badRows = null }: ShownDataset): DatasetWish {
  return { version, tab, reference, badRows };
}

function tellWish(open: OpenDataset): void {
  const { wish, host } = open;
  open.wish = undefined;
  if (wish !== undefined) host.tell({ type: 'dataset', ...wish });
}

/** A page asks about its own dataset; the lineage of one of its versions is about it too. */
function isAboutDataset(input: unknown, dataset: string): boolean {
  const named = input as { dataset?: unknown; kind?: unknown; id?: unknown } | null;
  if (named?.dataset !== undefined) return named.dataset === dataset;
  return named?.kind === 'version' && typeof named.id === 'string' && named.id.startsWith(`${dataset}@`);
}
