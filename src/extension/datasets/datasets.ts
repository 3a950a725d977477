// Everything about datasets in the editor, put together: the view, the panels, the commands.
import type { LogOutputChannel, Memento, Uri } from 'vscode';
import { type Disposable, DisposableStore } from '../../base/disposable';
import { ConfigHelp } from '../config/config-help';
import type { Notices } from '../notices';
import type { RunPanels } from '../panels/run-panels';
import type { EngineSessions } from '../session/engine-sessions';
import type { DatasetTools } from './dataset-tools';
import { DiffPanels } from './diff/diff-panels';
import { datasetPanelCommands } from './panel/dataset-panel-commands';
import { DatasetPanels, type DatasetPanelsOptions } from './panel/dataset-panels';
import { registerDatasetCommands } from './register-dataset-commands';
import { ScheduleNotices } from './schedule-notices';
import { DatasetsView } from './view/datasets-view';

/** What it stands on. `extension` is where Slipway is installed, `bundle` the folder of its scripts, `runs` the panels of runs. */
export interface DatasetsOptions {
  extension: Uri;
  bundle: string;
  sessions: EngineSessions;
  notices: Notices;
  log: LogOutputChannel;
  runs: RunPanels;
  /** What is kept of this workspace over reloads. */
  memory: Memento;
}

/** Lives until disposed of. */
export class Datasets implements Disposable {
  readonly #store = new DisposableStore();
  /** The panels of datasets. */
  readonly panels: DatasetPanels;

  constructor({ extension, bundle, memory, ...options }: DatasetsOptions) {
    const view = this.#store.add(new DatasetsView({ ...options, memory }));
    this.#store.add(new ConfigHelp());
    this.#store.add(new ScheduleNotices({ ...options, memory }));
    const commands: DatasetPanelsOptions['commands'] = (of) => datasetPanelCommands(tools, of);
    const panels = this.#store.add(new DatasetPanels({ extension, sessions: options.sessions, commands }));
    this.panels = panels;
    const diffs = this.#store.add(new DiffPanels({ extension, bundle, sessions: options.sessions }));
    const tools: DatasetTools = { ...options, view, panels, diffs };
    this.#store.add(registerDatasetCommands(tools));
  }

  dispose(): void {
    this.#store.dispose();
  }
}
