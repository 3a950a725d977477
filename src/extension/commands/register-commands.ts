// Every command of the manifest, by its id, but those of a panel's files. A failure becomes one sentence, once.
import { commands, type Uri } from 'vscode';
import { type Disposable, DisposableStore } from '../../base/disposable';
import { exportRuns } from '../bundles/export-runs';
import { type ImportOffer, importRuns } from '../bundles/import-runs';
import { copyRunLink } from '../links/copy-run-link';
import { insertConnectionCell, openRunSource } from '../notebooks/notebook-commands';
import type { Given } from '../picking/given-rows';
import { tableMenu } from '../table/table-menu';
import type { RunNode } from '../views/run-node';
import type { CommandTools } from './command-tools';
import { copyDiagnostics } from './copy-diagnostics';
import { editTable } from './edit-table';
import { initialize, restartEngine, toggleTerminals } from './engine-commands';
import { debugScript, recordRun, recordScript, recordScriptWith } from './record-run';
import { copyRunId, openRun, openSelectedRun, stopRun } from './run-commands';

/** Registers all commands until disposed of. */
export function registerCommands(tools: CommandTools): Disposable {
  const table = {
    ...editTable(tools),
    ...tableMenu(tools),
    'slipway.initialize': () => initialize(tools),
    'slipway.refreshRuns': () => tools.view.refresh(),
    'slipway.loadMoreRuns': () => tools.view.loadMore(),
    'slipway.openSelectedRun': () => openSelectedRun(tools),
    'slipway.openRun': () => openRun(tools),
    'slipway.openThisRun': (...given: Given) => openRun(tools, ...given),
    'slipway.openRunSource': (node: RunNode) => openRunSource(node),
    'slipway.copyRunLink': (node?: RunNode) => copyRunLink(tools.panels, node),
    'slipway.copyRunId': (...given: Given) => copyRunId(tools, ...given),
    'slipway.stopRun': () => stopRun(tools),
    'slipway.stopThisRun': (node: RunNode) => stopRun(tools, node),
    'slipway.recordRun': () => recordRun(tools),
    'slipway.debugScript': (script: Uri) => debugScript(tools, script),
    'slipway.recordScript': (script: Uri) => recordScript(tools, script),
    'slipway.recordScriptWith': (script: Uri) => recordScriptWith(tools, script),
    'slipway.exportRuns': (...given: Given) => exportRuns(tools, ...given),
    'slipway.importRuns': (offer?: ImportOffer) => importRuns(tools, offer),
    'slipway.restartEngine': () => restartEngine(tools),
    'slipway.insertConnectionCell': () => insertConnectionCell(),
    'slipway.copyDiagnostics': () => copyDiagnostics(tools),
    'slipway.showLogs': () => tools.log.show(),
    'slipway.toggleTerminals': () => toggleTerminals(tools),
  };
  const store = new DisposableStore();
  for (const [id, handler] of Object.entries(table)) {
    const run = handler as (...given: unknown[]) => unknown;
    store.add(commands.registerCommand(id, (...given) => tools.notices.attempt(id, () => run(...given))));
  }
  return store;
}
