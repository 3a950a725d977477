// What the page of a dataset asks its host to do.
import { l10n, type QuickPickItem, window } from 'vscode';
import type { CommandHandlers } from '../../panels/panel-host';
import { waysOn } from '../../panels/ways-on';
import { acceptRange } from '../acts/accept-range';
import type { ChosenVersion } from '../acts/chosen-rows';
import { addContract } from '../acts/contract-acts';
import { deleteDataset, describeDataset, openContract, refreshDataset, trackDataset } from '../acts/dataset-acts';
import { openNode } from '../acts/open-node';
import { disableSchedule, enableSchedule, writeEntry } from '../acts/schedule-acts';
import {
  copyVersionName,
  keepReference,
  labelVersion,
  makeReference,
  measureDrift,
  openRows,
  restoreVersion,
} from '../acts/version-acts';
import type { DatasetTools } from '../dataset-tools';
import { compareRows, sideOfVersion } from '../diff/compare-tables';

/** The handlers of one dataset's panel, each of which the log names. */
export function datasetPanelCommands(
  tools: DatasetTools,
  { folder, dataset }: { folder: string; dataset: string },
): Partial<CommandHandlers> {
  const { sessions, notices } = tools;
  const chosen = async (version: string): Promise<ChosenVersion> => {
    const session = sessions.get(folder);
    const { datasets } = session.requireClient().api;
    const [summary, found] = await Promise.all([
      datasets.get.query({ dataset }),
      datasets.version.query({ dataset, version }),
    ]);
    return { session, dataset: summary, version: found };
  };
  const attempt = (name: string, version: string, act: (chosen: ChosenVersion) => Promise<void>): Promise<void> =>
    notices.attempt(name, async () => act(await chosen(version)));
  return {
    ...waysOn({ folder, sessions, notices }),
    'dataset.more': ({ version }) => attempt('dataset.more', version, (of) => showMore(tools, of)),
    'dataset.openRows': ({ version }) => attempt('dataset.openRows', version, openRows),
    'dataset.addContract': ({ version }) => attempt('dataset.addContract', version, (of) => addContract(tools, of)),
    'dataset.openContract': ({ line }) => attempt('dataset.openContract', 'latest', (of) => openContract(of, line)),
    'dataset.acceptRange': ({ version, check }) =>
      attempt('dataset.acceptRange', version, (of) => acceptRange(of, check)),
    'dataset.compareRows': ({ version, reference }) =>
      attempt('dataset.compareRows', version, (of) => compareWith(tools, of, reference)),
    'dataset.makeReference': ({ version }) =>
      attempt('dataset.makeReference', version, (of) => makeReference(tools, of)),
    'dataset.keepReference': ({ version, reference }) =>
      attempt('dataset.keepReference', version, (of) => keepReference(tools, of, reference)),
    'dataset.openNode': (node) =>
      notices.attempt('dataset.openNode', () => openNode(tools, sessions.get(folder), { ...node, tab: 'lineage' })),
  };
}

/** What became of the reference, row by row; null: of what the user picks. */
async function compareWith(tools: DatasetTools, of: ChosenVersion, reference: string | null): Promise<void> {
  if (reference === null) return compareRows(tools, of);
  const { session, dataset, version } = of;
  const folder = session.folder.uri.toString();
  const asked = { dataset: dataset.name, version: reference };
  const other = await session.requireClient().api.datasets.version.query(asked);
  tools.diffs.show({ before: sideOfVersion(folder, other), after: sideOfVersion(folder, version) });
}

type Act = QuickPickItem & { act: () => Promise<void> };

/** What a dataset waits for: an entry in slipway.yaml, a word on its schedule. */
function heldActs(tools: DatasetTools, of: ChosenVersion): Act[] {
  const { schedule, declared } = of.dataset;
  const entry = { label: l10n.t('Write It to slipway.yaml'), act: () => writeEntry(tools, of) };
  const on = { label: l10n.t('Enable Schedule…'), act: () => enableSchedule(tools, of) };
  const off = { label: l10n.t('Disable Schedule'), act: () => disableSchedule(tools, of) };
  return [...(declared ? [] : [entry]), ...(schedule === null ? [] : [schedule.state === 'on' ? off : on])];
}

/** What can be done with a version, as a list. */
async function showMore(tools: DatasetTools, of: ChosenVersion): Promise<void> {
  const acts: Act[] = [
    { label: l10n.t('Refresh Dataset'), act: () => refreshDataset(tools, of) },
    { label: l10n.t('Label…'), act: () => labelVersion(tools, of) },
    { label: l10n.t('Compare With…'), act: () => compareRows(tools, of) },
    { label: l10n.t('Measure Drift Against…'), act: () => measureDrift(tools, of) },
    { label: l10n.t('Make It the Reference'), act: () => makeReference(tools, of) },
    { label: l10n.t('Restore To…'), act: () => restoreVersion(tools, of) },
    ...heldActs(tools, of),
    { label: l10n.t('Describe…'), act: () => describeDataset(tools, of) },
    { label: l10n.t('Add a Contract…'), act: () => addContract(tools, of) },
    { label: l10n.t('Track with DVC'), act: () => trackDataset(tools, of) },
    { label: l10n.t('Copy Name@Version'), act: () => copyVersionName(tools, of) },
    { label: l10n.t('Delete This Version'), act: () => deleteDataset(tools, of) },
  ];
  const picked = await window.showQuickPick(acts, { placeHolder: l10n.t('What is to be done?') });
  await picked?.act();
}
