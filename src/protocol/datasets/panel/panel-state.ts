// What crosses between the dataset panel and its host, and what it keeps over a reload.

import type { PanelEngine } from '../../panel';
import type { LineageKind } from '../lineage';

export const datasetTabs = ['profile', 'contract', 'drift', 'lineage', 'history'] as const;
export type DatasetTab = (typeof datasetTabs)[number];

/** What a dataset panel keeps over a reload: where it was, never what it showed. `folder` is a URI. */
export interface DatasetPanelState {
  v: 1;
  folder: string;
  dataset: string;
  /** A version's id; null follows the newest. */
  version: string | null;
  /** Null while nobody chose: that which has something to show. */
  tab: DatasetTab | null;
  /** The version drift is measured against; null leaves the choice to the engine. */
  reference: string | null;
  /** The column whose drift is shown; null for the first. */
  column: string | null;
  /** The check whose bad rows are shown. */
  badRows: string | null;
  /** What was opened or closed of what can be, by name. */
  open: Record<string, boolean>;
}

/** The state with the part that is in sight. */
export type ShownState = DatasetPanelState & { tab: DatasetTab };

/** What of a dataset is to be shown; null leaves it as it is. */
export interface DatasetWish {
  version: string | null;
  tab: DatasetTab | null;
  reference: string | null;
  /** The check whose bad rows are shown. */
  badRows: string | null;
}

/** What the host writes into the page of a dataset panel. */
export interface DatasetPanelBoot extends DatasetWish {
  folder: string;
  dataset: string;
  engine: PanelEngine;
  /** What the panel was told before it was hidden, by question. */
  answers: Record<string, unknown>;
}

/** What only a dataset panel asks its host to do. */
export interface DatasetCommands {
  /** The menu of what can be done with the version in sight. */
  'dataset.more': { version: string };
  /** The rows of the version in the grid. */
  'dataset.openRows': { version: string };
  /** What differs row by row from another version; null lets the user choose it. */
  'dataset.compareRows': { version: string; reference: string | null };
  /** Lets the user choose a contract for the dataset, or writes a draft of one from this version. */
  'dataset.addContract': { version: string };
  /** The contract's file, at the line of a check where one is named. */
  'dataset.openContract': { line: number | null };
  /** The new range of a check as a change of the contract that is reviewed first. */
  'dataset.acceptRange': { version: string; check: string };
  /** Drift is measured against this version from now on; undoable. */
  'dataset.makeReference': { version: string };
  /** Drift is measured against the versions before, `last:N`, from now on: written to slipway.yaml; undoable. */
  'dataset.keepReference': { version: string; reference: string };
  /** What stands in the lineage: a run, a version, a file, a model. */
  'dataset.openNode': { kind: LineageKind; id: string };
}
