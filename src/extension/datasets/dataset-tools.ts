// What everything about datasets in the editor works with.
import type { LogOutputChannel } from 'vscode';
import type { Notices } from '../notices';
import type { RunPanels } from '../panels/run-panels';
import type { EngineSessions } from '../session/engine-sessions';
import type { DiffPanels } from './diff/diff-panels';
import type { DatasetPanels } from './panel/dataset-panels';
import type { DatasetsView } from './view/datasets-view';

/** The parts of the window that a command on datasets may use. */
export interface DatasetTools {
  sessions: EngineSessions;
  notices: Notices;
  log: LogOutputChannel;
  view: DatasetsView;
  panels: DatasetPanels;
  /** The panels of two tables. */
  diffs: DiffPanels;
  /** The panels of runs. */
  runs: RunPanels;
}
