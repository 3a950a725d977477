// How each row of the Datasets view looks: shape of the icon and a word first, colour last.
import { type Command, l10n, MarkdownString, ThemeColor, ThemeIcon, TreeItem, TreeItemCollapsibleState } from 'vscode';
import type { DatasetVersion, ResultVerdict } from '../../../protocol/datasets/dataset';
import { versionName } from '../../../protocol/datasets/panel/version-name';
import { wrongWords } from '../../../protocol/datasets/state-words';
import { datasetLines, datasetWords, stateOf, versionLines, versionWords } from '../version-words';
import type { DatasetNode, DatasetsNode, MistakeNode, VersionNode } from './dataset-node';

const datasetIcon = new ThemeIcon('database');
const icons: Readonly<Record<ResultVerdict, ThemeIcon>> = {
  pass: new ThemeIcon('pass', new ThemeColor('charts.green')),
  warning: new ThemeIcon('warning', new ThemeColor('list.warningForeground')),
  fail: new ThemeIcon('error', new ThemeColor('list.errorForeground')),
  error: new ThemeIcon('error', new ThemeColor('list.errorForeground')),
  drift: new ThemeIcon('graph-line', new ThemeColor('list.errorForeground')),
  'no drift': new ThemeIcon('graph-line'),
  'too small to tell': new ThemeIcon('question'),
};

/** The tree item of a row; `isOpen` says whether the rows below a dataset are shown. */
export function itemOfDatasets(node: DatasetsNode, isOpen: boolean): TreeItem {
  switch (node.kind) {
    case 'folder': {
      const item = new TreeItem(node.session.folder.name, TreeItemCollapsibleState.Expanded);
      item.id = `${node.session.folder.uri}#datasets`;
      item.iconPath = ThemeIcon.Folder;
      item.contextValue = 'folder';
      return item;
    }
    case 'dataset':
      return datasetItem(node, isOpen);
    case 'version':
      return versionItem(node);
    case 'mistake':
      return mistakeItem(node);
    case 'more': {
      const item = new TreeItem(l10n.t('Load More'), TreeItemCollapsibleState.None);
      item.id = `${node.session.folder.uri}#more/${node.key}`;
      item.iconPath = new ThemeIcon('ellipsis');
      item.contextValue = 'more';
      item.command = { command: 'slipway.loadMoreDatasets', title: l10n.t('Load More'), arguments: [node] };
      return item;
    }
  }
}

/** What is shown when the mouse rests on a row; undefined where its label says all. */
export function tooltipOfDatasets(node: DatasetsNode): MarkdownString | undefined {
  if (node.kind === 'dataset') return lines([node.dataset.name, ...datasetLines(node.dataset)]);
  if (node.kind === 'mistake') return lines([node.mistake.message, mistakeAdvice()]);
  if (node.kind !== 'version') return undefined;
  return lines([versionName(node.version), ...versionLines(node.version, node.users)]);
}

/** All that is seen of a row, as text. */
export function lookOfDatasets(node: DatasetsNode): string {
  const { id, label, description, contextValue, iconPath } = itemOfDatasets(node, false);
  return JSON.stringify([id, label, description, contextValue, iconPath, tooltipOfDatasets(node)?.value]);
}

function mistakeAdvice(): string {
  return l10n.t('The entry with the mistake is left out; what was read of its dataset before stays.');
}

function mistakeItem({ session, mistake: { file, line, column, message } }: MistakeNode): TreeItem {
  const item = new TreeItem(l10n.t('slipway.yaml, line {0}', line + 1), TreeItemCollapsibleState.None);
  item.id = `${session.folder.uri}#mistake/${line}:${column}`;
  item.description = message;
  item.iconPath = new ThemeIcon('warning', new ThemeColor('list.warningForeground'));
  item.contextValue = 'mistake';
  const place = { line, character: column };
  const open = { command: 'vscode.open', title: l10n.t('Open slipway.yaml') };
  item.command = { ...open, arguments: [file, { selection: { start: place, end: place } }] };
  return item;
}

function datasetItem({ session, dataset }: DatasetNode, isOpen: boolean): TreeItem {
  const { Expanded, Collapsed } = TreeItemCollapsibleState;
  const item = new TreeItem(dataset.name, isOpen ? Expanded : Collapsed);
  item.id = `${session.folder.uri}#dataset/${dataset.name}`;
  item.iconPath = dataset.latest === null ? datasetIcon : (wrongIcon(dataset.latest) ?? datasetIcon);
  item.description = datasetWords(dataset);
  const contract = dataset.definition.contract === undefined ? 'free' : 'bound';
  const tracked = dataset.tracked?.by === 'dvc' ? 'tracked' : 'untracked';
  const schedule = dataset.schedule === null ? 'unscheduled' : dataset.schedule.state === 'on' ? 'enabled' : 'disabled';
  item.contextValue = `dataset.${contract}.${tracked}.${schedule}.${dataset.declared ? 'declared' : 'unwritten'}`;
  item.accessibilityInformation = { label: `${dataset.name}, ${datasetWords(dataset)}` };
  item.command = openSelected();
  return item;
}

function versionItem(node: VersionNode): TreeItem {
  const { session, dataset, version, users } = node;
  const item = new TreeItem(versionName(version), TreeItemCollapsibleState.None);
  item.id = `${session.folder.uri}#version/${dataset.name}@${version.id}`;
  item.iconPath = iconOf(version);
  const newest = version.isLatest ? [l10n.t('newest')] : [];
  const words = [versionWords(version, users), ...newest].join(' · ');
  item.description = words;
  item.contextValue = `version.${dataset.definition.contract === undefined ? 'free' : 'bound'}`;
  item.accessibilityInformation = { label: `${versionName(version)}, ${words}` };
  item.command = openSelected();
  return item;
}

/** What its contract says comes before drift; neither known looks like neither. */
function iconOf(version: DatasetVersion): ThemeIcon {
  const verdict = stateOf(version, 'check')?.verdict ?? stateOf(version, 'drift')?.verdict;
  return wrongIcon(version) ?? (verdict == null ? new ThemeIcon('circle-outline') : icons[verdict]);
}

/** Without arguments: VS Code keeps those per rendering, so a click during a refresh would find them gone. */
function openSelected(): Command {
  return { command: 'slipway.openThisDataset', title: l10n.t('Open Dataset') };
}

/** Of a version that breaks its contract, else of one that drifted; undefined where nothing is known to be wrong. */
function wrongIcon(version: DatasetVersion): ThemeIcon | undefined {
  const wrong = (['check', 'drift'] as const)
    .map((kind) => stateOf(version, kind))
    .find((state) => state !== undefined && wrongWords(state) !== undefined);
  return wrong?.verdict == null ? undefined : icons[wrong.verdict];
}

function lines([head = '', ...rest]: readonly string[]): MarkdownString {
  const text = new MarkdownString();
  text.appendMarkdown('**').appendText(head).appendMarkdown('**\n\n');
  for (const line of rest) text.appendText(line).appendMarkdown('  \n');
  return text;
}
