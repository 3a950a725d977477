// The nodes of the Runs tree. They keep their identity over refreshes, so that VS Code can update one row in place.
import type { Experiment, RunSummary } from '../../protocol/run';
import type { EngineSession } from '../session/engine-session';

/** A workspace folder; only in windows with several. */
export interface FolderNode {
  kind: 'folder';
  session: EngineSession;
}

export interface ExperimentNode {
  kind: 'experiment';
  session: EngineSession;
  experiment: Experiment;
}

export interface RunNode {
  kind: 'run';
  session: EngineSession;
  run: RunSummary;
}

/** "Load more": of one experiment's runs. */
export interface MoreNode {
  kind: 'more';
  session: EngineSession;
  experimentId: string;
  left: number;
}

export type RunsNode = FolderNode | ExperimentNode | RunNode | MoreNode;
