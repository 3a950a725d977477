// Which dataset or version a command is about: the row of the menu, the one that is selected, else the one that is picked.
import { l10n, type QuickPickItem, window } from 'vscode';
import type { DatasetSummary, DatasetVersion } from '../../../protocol/datasets/dataset';
import { versionName } from '../../../protocol/datasets/panel/version-name';
import { everyPage } from '../../../protocol/every-page';
import type { EngineSession } from '../../session/engine-session';
import type { DatasetTools } from '../dataset-tools';
import { datasetWords, versionWords } from '../version-words';
import type { DatasetNode, DatasetsNode, VersionNode } from '../view/dataset-node';

/** One dataset of a folder. */
export interface ChosenDataset {
  session: EngineSession;
  dataset: DatasetSummary;
}

/** One version of it. */
export interface ChosenVersion extends ChosenDataset {
  version: DatasetVersion;
}

/** The dataset of a row, or the one that the user picks; undefined when there is none or the user turned away. */
export async function chosenDataset(
  { sessions, view }: DatasetTools,
  given: DatasetsNode | undefined,
): Promise<ChosenDataset | undefined> {
  const row = given ?? view.selected;
  if (isDataset(row)) return { session: row.session, dataset: row.dataset };
  const session = await sessions.chooseRunning();
  if (session === undefined) return undefined;
  const { list } = session.requireClient().api.datasets;
  const items = allOf((page) => list.query({ limit: 500, page })).then((all) =>
    all.map((dataset) => ({ label: dataset.name, description: datasetWords(dataset), dataset })),
  );
  const picked = await window.showQuickPick(items, { placeHolder: l10n.t('Which dataset?'), matchOnDescription: true });
  return picked === undefined ? undefined : { session, dataset: picked.dataset };
}

/** The version of a row, or the one that the user picks of the row's dataset. */
export async function chosenVersion(
  tools: DatasetTools,
  given: DatasetsNode | undefined,
): Promise<ChosenVersion | undefined> {
  const row = given ?? tools.view.selected;
  if (row?.kind === 'version') return { session: row.session, dataset: row.dataset, version: row.version };
  const chosen = await chosenDataset(tools, row);
  if (chosen === undefined) return undefined;
  const version = await pickVersion(chosen, l10n.t('Which version of {0}?', chosen.dataset.name));
  return version === undefined ? undefined : { ...chosen, version };
}

/** One of a dataset's versions but `except`; undefined when the user turned away. */
export async function pickVersion(
  chosen: ChosenDataset,
  placeHolder: string,
  except?: string,
): Promise<DatasetVersion | undefined> {
  const items = otherVersions(chosen, except);
  return (await window.showQuickPick(items, { placeHolder, matchOnDetail: true }))?.version;
}

/** The versions of a dataset but `except`, to pick one from. */
export async function otherVersions(
  { session, dataset }: ChosenDataset,
  except?: string,
): Promise<(QuickPickItem & { version: DatasetVersion })[]> {
  const { versions } = session.requireClient().api.datasets;
  const all = await allOf((page) => versions.query({ dataset: dataset.name, limit: 500, page }));
  return all
    .filter(({ id }) => id !== except)
    .map((version) => ({
      label: versionName(version),
      description: versionWords(version, 0),
      detail: version.id.slice(0, 12),
      version,
    }));
}

/** Everything of a list that comes in pages. */
async function allOf<T>(ask: (page: string | null) => Promise<{ items: T[]; next: string | null }>): Promise<T[]> {
  const all: T[] = [];
  for await (const { items } of everyPage(ask)) all.push(...items);
  return all;
}

function isDataset(row: DatasetsNode | undefined): row is DatasetNode | VersionNode {
  return row?.kind === 'dataset' || row?.kind === 'version';
}
