// Every command on datasets, by its id. A failure becomes one sentence, once.
import { commands, type Uri } from 'vscode';
import { type Disposable, DisposableStore } from '../../base/disposable';
import type { DatasetTab } from '../../protocol/datasets/panel/panel-state';
import { type ChosenDataset, type ChosenVersion, chosenDataset, chosenVersion } from './acts/chosen-rows';
import { addContract, checkFile, checkVersion } from './acts/contract-acts';
import { deleteDataset, describeDataset, openContract, refreshDataset, trackDataset } from './acts/dataset-acts';
import { expectNumbers } from './acts/expect-numbers';
import { openTable } from './acts/open-table';
import { registerDataset } from './acts/register-dataset';
import { disableSchedule, enableSchedule, writeEntry } from './acts/schedule-acts';
import { searchWorkspace } from './acts/search-workspace';
import {
  copyVersionName,
  labelVersion,
  makeReference,
  measureDrift,
  openRows,
  restoreVersion,
} from './acts/version-acts';
import type { DatasetTools } from './dataset-tools';
import { compareFiles, compareRows } from './diff/compare-tables';
import type { DatasetsNode, MoreDatasetsNode } from './view/dataset-node';

type Given = DatasetsNode | undefined;

/** Registers them until disposed of. */
export function registerDatasetCommands(tools: DatasetTools): Disposable {
  const store = new DisposableStore();
  for (const [id, handler] of Object.entries({ ...wholeCommands(tools), ...rowCommands(tools) })) {
    const run = handler as (...given: unknown[]) => unknown;
    store.add(commands.registerCommand(id, (...given) => tools.notices.attempt(id, () => run(...given))));
  }
  return store;
}

/** Those that are about no dataset in particular, or about a file. */
function wholeCommands(tools: DatasetTools) {
  return {
    'slipway.registerDataset': () => registerDataset(tools),
    'slipway.registerThis': (file: Uri) => registerDataset(tools, file),
    'slipway.checkThis': (file: Uri) => checkFile(tools, file),
    'slipway.openAsTable': (file?: Uri) => openTable(file),
    'slipway.compareTables': (file: Uri, files?: Uri[]) => compareFiles(tools, file, files),
    'slipway.refreshDatasets': () => tools.view.refresh(),
    'slipway.loadMoreDatasets': (node: MoreDatasetsNode) => tools.view.loadMore(node),
    'slipway.searchWorkspace': () => searchWorkspace(tools),
  };
}

/** Those about a row of the view, or a dataset and a version that are picked. */
function rowCommands(tools: DatasetTools) {
  const dataset = async (given: Given, act: (chosen: ChosenDataset) => unknown): Promise<void> => {
    const chosen = await chosenDataset(tools, given);
    if (chosen !== undefined) await act(chosen);
  };
  const version = async (given: Given, act: (chosen: ChosenVersion) => unknown): Promise<void> => {
    const chosen = await chosenVersion(tools, given);
    if (chosen !== undefined) await act(chosen);
  };
  /** A version where the row is one. */
  const either = (given: Given, act: (chosen: ChosenDataset | ChosenVersion) => unknown): Promise<void> =>
    (given ?? tools.view.selected)?.kind === 'version' ? version(given, act) : dataset(given, act);
  return {
    'slipway.openDataset': (given: Given) => dataset(given, (chosen) => open(tools, chosen, null)),
    // From a click or Enter, which name no row, the keyboard stays in the view.
    'slipway.openThisDataset': (given: Given) =>
      either(given, (chosen) => open(tools, chosen, null, given === undefined)),
    'slipway.showDatasetLineage': (given: Given) => either(given, (chosen) => open(tools, chosen, 'lineage')),
    'slipway.refreshDataset': (given: Given) => dataset(given, (chosen) => refreshDataset(tools, chosen)),
    'slipway.describeDataset': (given: Given) => dataset(given, (chosen) => describeDataset(tools, chosen)),
    'slipway.trackDataset': (given: Given) => dataset(given, (chosen) => trackDataset(tools, chosen)),
    'slipway.enableSchedule': (given: Given) => dataset(given, (chosen) => enableSchedule(tools, chosen)),
    'slipway.disableSchedule': (given: Given) => dataset(given, (chosen) => disableSchedule(tools, chosen)),
    'slipway.writeDatasetEntry': (given: Given) => dataset(given, (chosen) => writeEntry(tools, chosen)),
    'slipway.openDatasetContract': (given: Given) => dataset(given, (chosen) => openContract(chosen)),
    'slipway.addDatasetContract': (given: Given) => version(given, (chosen) => addContract(tools, chosen)),
    'slipway.deleteDataset': (given: Given) => dataset(given, (chosen) => deleteDataset(tools, chosen)),
    'slipway.deleteVersion': (given: Given) => version(given, (chosen) => deleteDataset(tools, chosen)),
    'slipway.openVersionRows': (given: Given) => version(given, (chosen) => openRows(chosen)),
    'slipway.checkVersion': (given: Given) => version(given, (chosen) => checkVersion(tools, chosen)),
    'slipway.labelVersion': (given: Given) => version(given, (chosen) => labelVersion(tools, chosen)),
    'slipway.expectNumbers': (given: Given) => version(given, (chosen) => expectNumbers(tools, chosen)),
    'slipway.makeReference': (given: Given) => version(given, (chosen) => makeReference(tools, chosen)),
    'slipway.restoreVersion': (given: Given) => version(given, (chosen) => restoreVersion(tools, chosen)),
    'slipway.compareVersion': (given: Given) => version(given, (chosen) => compareRows(tools, chosen)),
    'slipway.measureDrift': (given: Given) => version(given, (chosen) => measureDrift(tools, chosen)),
    'slipway.copyVersionName': (given: Given) => version(given, (chosen) => copyVersionName(tools, chosen)),
  };
}

function open(
  { panels }: DatasetTools,
  chosen: ChosenDataset | ChosenVersion,
  tab: DatasetTab | null,
  keepsFocus = false,
): void {
  const { session, dataset } = chosen;
  const version = 'version' in chosen ? chosen.version.id : null;
  panels.show({ folder: session.folder.uri.toString(), dataset: dataset.name, version, tab, keepsFocus });
}
