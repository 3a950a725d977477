// What everything about registered models in the editor works with.
import type { LogOutputChannel } from 'vscode';
import type { Notices } from '../notices';
import type { EngineSessions } from '../session/engine-sessions';
import type { InterruptedGates } from './commands/interrupted-gates';
import type { RegistryPanels } from './panel/registry-panels';
import type { ModelsView } from './tree/models-view';

/** The parts of the window that a command on models may use. */
export interface RegistryTools {
  sessions: EngineSessions;
  notices: Notices;
  log: LogOutputChannel;
  view: ModelsView;
  panels: RegistryPanels;
  interrupted: InterruptedGates;
  /** Where Slipway's scripts are. */
  bundle: string;
  /** A folder for copies of models. */
  storage: string;
}
