// What commands work with, apart from their register so that neither imports the other.
import type { LogOutputChannel } from 'vscode';
import type { ImportReports } from '../bundles/import-reports';
import type { ComparePanels } from '../compare/compare-panels';
import type { RunDebugging } from '../debug/run-debugging';
import type { RunEdits } from '../edits/run-edits';
import type { RunStops } from '../edits/run-stops';
import type { RunsListing } from '../filter/runs-listing';
import type { Notices } from '../notices';
import type { RunPanels } from '../panels/run-panels';
import type { EngineSessions } from '../session/engine-sessions';
import type { StoreOffers } from '../stores/store-offers';
import type { RunsTables } from '../table/runs-tables';
import type { RecentCommands } from '../tasks/recent-commands';
import type { RunTasks } from '../tasks/run-tasks';
import type { TerminalEnvironment } from '../terminals/terminal-environment';
import type { RunsView } from '../views/runs-view';

/** The parts of the window that a command may use. */
export interface CommandTools {
  sessions: EngineSessions;
  view: RunsView;
  listing: RunsListing;
  edits: RunEdits;
  panels: RunPanels;
  tables: RunsTables;
  comparisons: ComparePanels;
  stops: RunStops;
  terminals: TerminalEnvironment;
  notices: Notices;
  log: LogOutputChannel;
  tasks: RunTasks;
  debugging: RunDebugging;
  recent: RecentCommands;
  offers: StoreOffers;
  reports: ImportReports;
  /** The file behind `log`. */
  logFile: string;
  /** Slipway's own. */
  version: string;
}
