// What crosses between the panel of a registered model and its host, and what it keeps over a reload.
import type { JobProgress } from '../../../jobs/job';
import type { PanelEngine } from '../../../panel';
import type { DecisionAnswer } from '../model-version';

/** What the panel keeps over a reload: where it was, never what it showed. `folder` is a URI. */
export interface RegistryPanelState {
  v: 1;
  folder: string;
  model: string;
  /** A version's number; null follows the newest. */
  version: string | null;
  /** What was opened or closed of what can be, by name. */
  open: Record<string, boolean>;
  /** The gate that went on when this was kept, and since when (epoch milliseconds). */
  gate: { version: string; since: number } | null;
}

/** A gate that the host runs for the panel, or ran. `progress` is null until the first word of it. */
export type GateWork =
  | { state: 'works'; version: string; progress: JobProgress | null }
  | { state: 'cancelled'; version: string }
  | { state: 'failed'; version: string; message: string };

/** What the host writes into the page. */
export interface RegistryPanelBoot {
  folder: string;
  model: string;
  /** Null leaves it to what was kept. */
  version: string | null;
  engine: PanelEngine;
  gate: GateWork | null;
  /** What the panel was told before it was hidden, by question. */
  answers: Record<string, unknown>;
}

/** What only the panel of a registered model asks its host to do. Versions are numbers. */
export interface RegistryCommands {
  /** Who git says the user is, for what they may do. */
  'registry.identity': null;
  /** What it finds is then the version's; how far it is comes as events. */
  'registry.runGate': { version: string };
  'registry.cancelGate': null;
  'registry.approve': { version: string };
  'registry.reject': { version: string };
  /** To production where `to` says so, else where the user picks. */
  'registry.promote': { version: string; to: 'production' | null };
  'registry.rollBack': null;
  /** Also answers a rule that asks people. `rule` null: one that the user picks. */
  'registry.waive': { version: string; rule: string | null };
  /** `pending`: what differs. */
  'registry.approveRules': { pending: string };
  /** Its model, in the editor of models. */
  'registry.try': { version: string };
  /** The menu of what else can be done with a version. */
  'registry.more': { version: string };
  /** slipway.yaml, at a line from 1 where one is named. */
  'registry.openRules': { line: number | null };
  /** Why slipway.yaml changes no rule just now. */
  'registry.mistake': null;
  'registry.openRun': { runId: string };
  /** The predictions that a version was judged by, in the grid. */
  'registry.openPredictions': { runId: string; path: string };
  /** Every record of the model and its versions, into a file that the user chooses. */
  'registry.exportAudit': null;
  'registry.openData': { dataset: string; version: string };
  /** Two runs side by side, the baseline first. */
  'registry.compare': { runIds: string[] };
}

/** What they answer where it is more than that it is done; null where the user turned away. */
export interface RegistryAnswers {
  /** A line from 1; null where the file is sound, or nobody has looked at it yet. */
  'registry.mistake': { line: number; message: string } | null;
  'registry.identity': string | null;
  'registry.approve': DecisionAnswer | null;
  'registry.reject': DecisionAnswer | null;
  'registry.promote': DecisionAnswer | null;
  'registry.rollBack': DecisionAnswer | null;
  'registry.waive': DecisionAnswer | null;
  'registry.approveRules': DecisionAnswer | null;
  'registry.more': DecisionAnswer | null;
}

/** What the host tells the page: a version that is to be shown, and how far a gate is; null once it found something. */
export type RegistryEvent = { type: 'version'; version: string } | { type: 'gate'; work: GateWork | null };
