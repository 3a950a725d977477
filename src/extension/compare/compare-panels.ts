// The open comparisons of the window; they come back after a reload and are never kept alive while hidden.

import { isDeepStrictEqual } from 'node:util';
import { l10n, TabInputWebview, type Uri, ViewColumn, type WebviewPanel, window } from 'vscode';
import * as z from 'zod';
import { type Disposable, DisposableStore } from '../../base/disposable';
import { isolatedName } from '../../base/isolated-name';
import { type ComparePanelBoot, mostCurveMetrics } from '../../protocol/comparison/compare-panel';
import type { ComparedSide, Comparison } from '../../protocol/comparison/comparison';
import { isAbout } from '../../protocol/event';
import type { PanelQueries, PanelQuery } from '../../protocol/panel';
import { type RunMarks, withMarks } from '../../protocol/runs/run-marks';
import { countText } from '../../protocol/wording';
import type { Notices } from '../notices';
import { type OpenPanel, OpenPanels, restorePanels } from '../panels/open-panels';
import { openPage } from '../panels/panel-page';
import type { RunPanels } from '../panels/run-panels';
import type { SelectedRuns } from '../panels/selected-runs';
import type { EngineSessions } from '../session/engine-sessions';
import { tableViewType } from '../table/runs-tables';
import type { RunTasks } from '../tasks/run-tasks';
import { comparePanelCommands } from './compare-panel-commands';

const viewType = 'slipway.compare';
const savedState = z.object({
  folder: z.string(),
  runIds: z.array(z.string()).min(2),
  marks: z.array(z.tuple([z.string(), z.int().min(0)])).default([]),
  cluster: z.string().nullable().default(null),
  metrics: z.array(z.string()).default([]),
});
const asked: ReadonlySet<PanelQuery> = new Set([
  ...(['comparison.evidence', 'comparison.examples', 'comparison.files', 'comparison.table'] as const),
  ...([
    'comparison.preview',
    'comparison.runs',
    'comparison.values',
    'comparison.importance',
    'metrics.list',
    'metrics.buckets',
    'metrics.curves',
  ] as const),
]);

/** What comparisons are made with. `extension` is where Slipway is installed. */
export interface ComparePanelsOptions {
  extension: Uri;
  sessions: EngineSessions;
  notices: Notices;
  panels: RunPanels;
  /** What the runs of comparisons are marked with in the whole window. */
  selected: SelectedRuns;
  tasks: RunTasks;
}

/** Runs of one folder, the baseline first. `folder` is a URI as text. */
export interface ComparedRuns {
  folder: string;
  runIds: readonly string[];
  /** The marks that they had. */
  marks?: RunMarks;
  /** The column whose rows were resampled together. */
  cluster?: string | null;
  /** The metrics that were judged. */
  metrics?: string[];
}

type CurvesQuestion = PanelQueries['metrics.curves']['input'];

interface OpenComparison extends OpenPanel {
  /** What is compared now, the baseline first. */
  compared: readonly string[];
  /** The runs it may ask for: these, those that were added, and repeats that are offered. */
  known: ReadonlySet<string>;
}

/** Opens, restores and informs compare panels. */
export class ComparePanels implements Disposable {
  readonly #options: ComparePanelsOptions;
  readonly #store = new DisposableStore();
  readonly #open: OpenPanels<OpenComparison>;
  /** What a page asked last of curves: the next one, as wide and of the same metrics, will ask so too. */
  #asked: CurvesQuestion | undefined;

  constructor(options: ComparePanelsOptions) {
    this.#options = options;
    const { sessions } = options;
    this.#open = this.#store.add(
      new OpenPanels(sessions, {
        heard: ({ known }, event) =>
          [...known].some((runId) => isAbout(event, runId)) ? { type: 'changed' } : undefined,
      }),
    );
    this.#store.add(restorePanels(viewType, savedState, (panel, saved) => this.#attach(panel, saved)));
  }

  /** Shows a comparison beside the code or the runs table: the one of these very runs that is open, else a new one. */
  show(runs: ComparedRuns): void {
    const { folder, runIds } = runs;
    const known = this.#open.find((open) => open.folder === folder && isDeepStrictEqual(open.compared, runIds));
    if (known !== undefined) known.panel.reveal();
    else {
      this.#attach(window.createWebviewPanel(viewType, l10n.t('Compare'), placeBeside()), runs);
    }
  }

  dispose(): void {
    this.#store.dispose();
  }

  /** Runs that were made for a comparison whose page was left meanwhile. */
  async #offer({ folder, runIds }: ComparedRuns, more: readonly string[]): Promise<void> {
    if (more.length === 0) return;
    const compare = l10n.t('Compare');
    const done = l10n.t(
      '{0} done.',
      countText(more.length, l10n.t('run with another seed is'), l10n.t('runs with other seeds are')),
    );
    const chosen = await window.showInformationMessage(done, compare);
    if (chosen === compare) this.show({ folder, runIds: [...runIds, ...more] });
  }

  #attach(panel: WebviewPanel, { folder, runIds, marks = [], cluster = null, metrics = [] }: ComparedRuns): void {
    const { extension, sessions, selected } = this.#options;
    const agreed = selected.hold(panel, withMarks(marks, runIds));
    const known = new Set(runIds);
    const host = openPage(panel, {
      extension,
      sessions,
      folder,
      name: 'compare',
      boot: (engine): ComparePanelBoot => ({ folder, runIds: [...runIds], marks: agreed, engine }),
      mayAsk: (name, input) => asked.has(name) && runsIn(input).every((each) => known.has(each)),
      commands: comparePanelCommands({ ...this.#options, folder, known, panel }),
      answered: (name, input, value) => {
        if (name === 'metrics.curves' && isOfWholeRuns(input as CurvesQuestion)) this.#asked = input as CurvesQuestion;
        if (name !== 'comparison.runs') return;
        open.compared = runsIn(input);
        told(panel, known, value as Comparison);
      },
      unheard: (name, value) => {
        if (name === 'compare.moreSeeds') void this.#offer({ folder, runIds: open.compared }, value as string[]);
      },
    });
    host.askEarly('comparison.runs', { runIds: [...runIds], metrics, cluster });
    host.askEarly('metrics.list', { runId: runIds[0] ?? '', limit: mostCurveMetrics });
    if (this.#asked !== undefined)
      host.askEarly('metrics.curves', { ...this.#asked, curves: runIds.map((runId) => [runId]) });
    const open: OpenComparison = { panel, host, folder, compared: [...runIds], known };
    this.#open.add(open);
    panel.onDidDispose(() => selected.release(panel));
  }
}

/** Code and the table from which runs are chosen stay in sight; another panel is what this one follows on. */
function placeBeside(): ViewColumn {
  const shown = window.tabGroups.activeTabGroup.activeTab?.input;
  // VS Code writes a prefix of its own before the type.
  const isTable = shown instanceof TabInputWebview && shown.viewType.endsWith(tableViewType);
  return window.activeTextEditor === undefined && !isTable ? ViewColumn.Active : ViewColumn.Beside;
}

/** The title says what is compared; repeats that are offered may be asked for. */
function told(panel: WebviewPanel, known: Set<string>, comparison: Comparison): void {
  panel.title = titleOf(comparison);
  for (const { repeats } of sidesOf(comparison)) for (const { runId } of repeats) known.add(runId);
}

function sidesOf({ baseline, candidates }: Comparison): ComparedSide[] {
  return [baseline, ...candidates.map(({ candidate }) => candidate)];
}

function titleOf({ baseline, candidates }: Comparison): string {
  const [only, second] = candidates;
  const count = [baseline, ...candidates.map(({ candidate }) => candidate)].flatMap(({ runs }) => runs).length;
  if (only === undefined || second !== undefined) return l10n.t('Compare {0} runs', count);
  return l10n.t('{0} → {1}', isolatedName(baseline.name), isolatedName(only.candidate.name));
}

/** Whether a page that has just been opened could ask so: nobody has zoomed into it or made groups. */
function isOfWholeRuns({ from, to, group }: CurvesQuestion): boolean {
  return from === undefined && to === undefined && group === null;
}

/** The runs that a question is about. */
function runsIn(input: unknown): string[] {
  const { runId, runIds, curves } = input as { runId?: string; runIds?: string[]; curves?: string[][] };
  return [...(runId === undefined ? [] : [runId]), ...(runIds ?? []), ...(curves ?? []).flat()];
}
