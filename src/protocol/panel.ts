// What passes between a panel and its host: the engine's own queries relayed, commands, and
// "look again" events. The host answers only what stands here, and only for the panel's own runs.
import type { inferRouterInputs, inferRouterOutputs } from '@trpc/server';
import type { ApiRouter } from './api';
import type { CompareAnswers, CompareCommands } from './comparison/compare-panel';
import type { DatasetQueries } from './datasets/panel/panel-queries';
import type { DatasetCommands, DatasetWish } from './datasets/panel/panel-state';
import type { RegistryQueries } from './models/registry/panel/panel-queries';
import type { RegistryAnswers, RegistryCommands, RegistryEvent } from './models/registry/panel/panel-state';
import type { ChartLook } from './runs/chart-look';
import type { TableAct, TableAnswers, TableCommands, TreeChoice } from './runs/table-panel';

type Inputs = inferRouterInputs<ApiRouter>;
type Outputs = inferRouterOutputs<ApiRouter>;

/** The procedures of the engine a panel may call, by their name there. */
export interface PanelQueries extends DatasetQueries, RegistryQueries {
  'runs.get': { input: Inputs['runs']['get']; output: Outputs['runs']['get'] };
  'runs.list': { input: Inputs['runs']['list']; output: Outputs['runs']['list'] };
  'runs.change': { input: Inputs['runs']['change']; output: Outputs['runs']['change'] };
  'runs.filesNow': { input: Inputs['runs']['filesNow']; output: Outputs['runs']['filesNow'] };
  'metrics.list': { input: Inputs['metrics']['list']; output: Outputs['metrics']['list'] };
  'metrics.names': { input: Inputs['metrics']['names']; output: Outputs['metrics']['names'] };
  'metrics.buckets': { input: Inputs['metrics']['buckets']; output: Outputs['metrics']['buckets'] };
  'metrics.curves': { input: Inputs['metrics']['curves']; output: Outputs['metrics']['curves'] };
  'artifacts.list': { input: Inputs['artifacts']['list']; output: Outputs['artifacts']['list'] };
  'artifacts.count': { input: Inputs['artifacts']['count']; output: Outputs['artifacts']['count'] };
  'traces.list': { input: Inputs['traces']['list']; output: Outputs['traces']['list'] };
  'traces.get': { input: Inputs['traces']['get']; output: Outputs['traces']['get'] };
  'traces.span': { input: Inputs['traces']['span']; output: Outputs['traces']['span'] };
  'output.read': { input: Inputs['output']['read']; output: Outputs['output']['read'] };
  'table.rows': { input: Inputs['table']['rows']; output: Outputs['table']['rows'] };
  'table.cells': { input: Inputs['table']['cells']; output: Outputs['table']['cells'] };
  'table.summaries': { input: Inputs['table']['summaries']; output: Outputs['table']['summaries'] };
  'table.columns': { input: Inputs['table']['columns']; output: Outputs['table']['columns'] };
  'output.find': { input: Inputs['output']['find']; output: Outputs['output']['find'] };
  'comparison.repeats': { input: Inputs['comparison']['repeats']; output: Outputs['comparison']['repeats'] };
  'comparison.runs': { input: Inputs['comparison']['runs']; output: Outputs['comparison']['runs'] };
  'comparison.progress': { input: Inputs['comparison']['progress']; output: Outputs['comparison']['progress'] };
  'comparison.values': { input: Inputs['comparison']['values']; output: Outputs['comparison']['values'] };
  'comparison.importance': { input: Inputs['comparison']['importance']; output: Outputs['comparison']['importance'] };
  'comparison.evidence': { input: Inputs['comparison']['evidence']; output: Outputs['comparison']['evidence'] };
  'comparison.examples': { input: Inputs['comparison']['examples']; output: Outputs['comparison']['examples'] };
  'comparison.files': { input: Inputs['comparison']['files']; output: Outputs['comparison']['files'] };
  'comparison.table': { input: Inputs['comparison']['table']; output: Outputs['comparison']['table'] };
  'comparison.preview': { input: Inputs['comparison']['preview']; output: Outputs['comparison']['preview'] };
}
export type PanelQuery = keyof PanelQueries;

/** What a panel may ask its host to do; each answers once it is done or refused. */
export interface PanelCommands extends TableCommands, CompareCommands, DatasetCommands, RegistryCommands {
  'run.stop': null;
  'run.copyId': null;
  /** Another run, its parent or a child. */
  'run.open': { runId: string };
  /** Child runs of it, the baseline first. */
  'run.compare': { runIds: string[] };
  'run.openDiff': null;
  'run.openLog': null;
  /** The same command again, recorded, in a terminal. */
  'run.again': null;
  'run.openEnvironment': null;
  /** A file and a line of it (from 1) that the output names; refused outside the run's folder and the workspace. */
  'source.open': { path: string; line: number };
  /** As a person would type it. */
  'run.copyCommand': null;
  'text.copy': { text: string };
  /** What is being written as the run's note, to be there when its panel is opened again; null when nothing is. */
  'note.keep': NoteDraft | null;
  /** Lets the user choose one of `keys`. */
  'metric.pick': { title: string; keys: string[] };
  /** Asks which way a metric is better and writes it into slipway.yaml. */
  'metric.direct': { key: string };
  /**
   * Saves a chart in the format and place the user chooses; `png` is base64, null where the page could not draw it. The
   * points come from the engine, unless `csv` is the table behind the chart.
   */
  'chart.export': { name: string; keys: string[]; svg: string; png: string | null; csv?: string };
  'artifact.open': { path: string };
  /** Every file of the run, into a folder the user chooses. */
  'artifact.saveAll': null;
  'engine.restart': null;
  'trust.manage': null;
  'folder.open': null;
  'workspace.initialize': null;
  'logs.show': null;
}
export type PanelCommand = keyof PanelCommands;

/** What a command answers where it is more than that it is done. */
export interface PanelAnswers extends TableAnswers, CompareAnswers, RegistryAnswers {
  /** Null when the user turned away. */
  'metric.pick': string | null;
}
export type PanelAnswer<C extends PanelCommand> = C extends keyof PanelAnswers ? PanelAnswers[C] : null;

/** Why no engine answers: it is down, or none may run for the run's folder as things are. */
export type AwayReason = 'down' | 'restricted' | 'closed' | 'uninitialized' | 'virtual';

/** How the engine behind a panel is; `message` is one sentence when it is away. */
export type PanelEngine =
  | { state: 'starting' | 'running'; message: null }
  | { state: 'away'; message: string; reason: AwayReason };

/**
 * `changed`: this panel's runs may have changed, those named, else any. `engine`: the engine came or went. `act`: a menu
 * of the editor asks the runs table for something. `chosen`: runs were selected in the tree, told to the runs table. `dataset`: the panel
 * of a dataset is asked to show something of it. `version` and `gate` are of the panel of a registered model.
 */
export type PanelEvent =
  | { type: 'changed'; runIds?: string[] }
  | ({ type: 'act' } & TableAct)
  | ({ type: 'chosen' } & TreeChoice)
  | ({ type: 'dataset' } & DatasetWish)
  | RegistryEvent
  | ({ type: 'engine' } & PanelEngine);

/**
 * From panel to host. `page` is a name that each page gives itself when it is drawn: ids count from 1 on each. `listening`:
 * events are heard from now on; what was told before, while the page loaded, is lost.
 */
export type ToHost =
  | { type: 'listening'; page: string }
  | { type: 'query'; page: string; id: number; name: string; input: unknown }
  | { type: 'command'; page: string; id: number; name: string; input: unknown }
  | { type: 'cancel'; page: string; id: number }
  | { type: 'still'; still: Still };

/** What a page looked like when it last came to rest: its markup, and how far it was scrolled in CSS pixels. */
export interface Still {
  markup: string;
  top: number;
}

/** From host to panel, an answer to the page that asked. `code` is a SlipwayError's. */
export type ToPanel =
  | { type: 'answer'; page: string; id: number; value: unknown }
  | { type: 'failure'; page: string; id: number; code: string; message: string }
  | { type: 'event'; event: PanelEvent };

/** What a run panel keeps over a reload: where it was, never what it showed. `folder` is a URI. */
export interface RunPanelState extends ChartLook {
  v: 2;
  runId: string;
  folder: string;
  /** The metrics of each chart; null until the user has chosen. */
  charts: string[][] | null;
  /** What was opened (true) or closed (false) of what can be, by name. */
  open: Record<string, boolean>;
  scroll: number;
  /** The trace that is shown, and which of its spans; null when none is. */
  trace: ShownTrace | null;
  /** A note that is being written; null when none is. */
  noteDraft: NoteDraft | null;
}

/** A trace that is shown, and the span whose details are. */
export interface ShownTrace {
  traceId: string;
  spanId: string | null;
}

/** A note that is being written, and the note that was there when that began. */
export interface NoteDraft {
  text: string;
  base: string;
}

/** What the host writes into the page of a run panel. */
export interface RunPanelBoot {
  runId: string;
  folder: string;
  engine: PanelEngine;
  /** A note that was being written when the panel was closed; null when none was. */
  noteDraft: NoteDraft | null;
  /** What the panel was told before it was hidden, by question (`["name",input]`): drawn first, then asked anew. */
  answers: Record<string, unknown>;
}
