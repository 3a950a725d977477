// The nodes of the Runs tree. They keep their identity over refreshes, so that VS Code can update one row in place.
import type { Experiment, RunSummary } from '../../protocol/run';
import type { EngineSession } from '../session/engine-session';

/** A workspace folder; only in windows with several. */
export interface FolderNode {
  kind: 'folder';
  session: EngineSession;
}

/** `found`: how many of its runs a filter let through so far, and whether those are all; null without a filter. */
export interface ExperimentNode {
  kind: 'experiment';
  session: EngineSession;
  experiment: Experiment;
  found: { count: number; isAll: boolean } | null;
}

/** A run, in use or in the trash. `opens`: its row has those of its child runs below it. */
export interface RunNode {
  kind: 'run';
  session: EngineSession;
  run: RunSummary;
  opens?: boolean;
}

/** "Load more": of the list of runs with this key. */
export interface MoreNode {
  kind: 'more';
  session: EngineSession;
  key: string;
  left: number;
}

/** The runs that were thrown away, below everything else. */
export interface TrashNode {
  kind: 'trash';
  session: EngineSession;
  count: number;
}

/** A row of the Runs view. */
export type RunsNode = FolderNode | ExperimentNode | RunNode | MoreNode | TrashNode;
