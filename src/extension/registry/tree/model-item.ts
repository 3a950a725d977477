// How each row of the Models view looks: shape of the icon and a word first, colour last.
import { type Command, l10n, MarkdownString, ThemeColor, ThemeIcon, TreeItem, TreeItemCollapsibleState } from 'vscode';
import type { GateState, VersionDetail } from '../../../protocol/models/registry/model-version';
import { gateWord, stageWord } from '../../../protocol/models/registry/registry-words';
import { modelLines, modelWords, versionLines, versionWords } from './model-words';
import type { ModelNode, ModelsNode, MoreModelsNode, RulesNode, StageNode, VersionNode } from './models-node';

const failed = new ThemeColor('list.errorForeground');
const warned = new ThemeColor('list.warningForeground');
const icons: Readonly<Record<GateState, ThemeIcon>> = {
  pass: new ThemeIcon('pass', new ThemeColor('charts.green')),
  warn: new ThemeIcon('warning', warned),
  fail: new ThemeIcon('error', failed),
  error: new ThemeIcon('error', failed),
  inconclusive: new ThemeIcon('question'),
  outdated: new ThemeIcon('history'),
  unjudged: new ThemeIcon('circle-outline'),
  ungated: new ThemeIcon('circle-outline'),
};

/** The tree item of a row; `isOpen` says whether the rows below it are shown. */
export function itemOfModels(node: ModelsNode, isOpen: boolean): TreeItem {
  switch (node.kind) {
    case 'folder': {
      const item = new TreeItem(node.session.folder.name, stateOf(isOpen));
      item.iconPath = ThemeIcon.Folder;
      item.contextValue = 'folder';
      return named(item, node);
    }
    case 'model':
      return named(modelItem(node, isOpen), node);
    case 'rules':
      return named(rulesItem(node), node);
    case 'stage':
      return named(stageItem(node, isOpen), node);
    case 'version':
      return named(versionItem(node), node);
    case 'more':
      return named(moreItem(node), node);
  }
}

/** What names a row over refreshes and reloads. */
export function rowOfModels(node: ModelsNode): string {
  const folder = node.session.folder.uri.toString();
  switch (node.kind) {
    case 'folder':
      return `${folder}#models`;
    case 'model':
      return `${folder}#model/${node.model.name}`;
    case 'rules':
      return `${folder}#rules/${node.model.name}`;
    case 'stage':
      return `${folder}#stage/${node.model.name}@${node.stage}`;
    case 'version':
      return `${folder}#version/${node.model.name}@${node.version.version}`;
    case 'more':
      return `${folder}#more/${node.key}`;
  }
}

/** What is shown when the mouse rests on a row; undefined where its label says all. */
export function tooltipOfModels(node: ModelsNode, detail?: VersionDetail): MarkdownString | undefined {
  if (node.kind === 'model') return lines([node.model.name, ...modelLines(node.model)]);
  if (node.kind === 'rules') return lines([l10n.t('Changed rules of {0}', node.model.name), ...rulesLines(node)]);
  if (node.kind !== 'version') return undefined;
  const { name, version } = node.version;
  return lines([`${name}@${version}`, ...versionLines(node.version, detail)]);
}

function rulesLines({ pending }: RulesNode): string[] {
  return [pending, l10n.t('Until people agree, both the rules that were accepted and the changed ones count.')];
}

function named(item: TreeItem, node: ModelsNode): TreeItem {
  item.id = rowOfModels(node);
  const { label, description } = item;
  if (typeof label === 'string' && typeof description === 'string') {
    item.accessibilityInformation ??= { label: `${label}, ${description}` };
  }
  return item;
}

function stateOf(isOpen: boolean): TreeItemCollapsibleState {
  return isOpen ? TreeItemCollapsibleState.Expanded : TreeItemCollapsibleState.Collapsed;
}

function modelItem({ model }: ModelNode, isOpen: boolean): TreeItem {
  const item = new TreeItem(model.name, stateOf(isOpen));
  item.iconPath = model.pendingRules === null ? new ThemeIcon('package') : icons.warn;
  item.description = modelWords(model);
  const rules = model.pendingRules === null ? 'settled' : 'pending';
  item.contextValue = `model.${model.isGated ? 'gated' : 'ungated'}.${rules}`;
  item.command = openSelected();
  return item;
}

function rulesItem({ pending }: RulesNode): TreeItem {
  const item = new TreeItem(l10n.t('Rules wait for approval'), TreeItemCollapsibleState.None);
  item.iconPath = icons.warn;
  // A narrow view shows the first words: what differs.
  item.description = pending.replace(/^slipway\.yaml differs[^:]*: /, '');
  item.contextValue = 'modelRules';
  item.command = { command: 'slipway.openModelRules', title: l10n.t('Open Rules') };
  return item;
}

function stageItem({ stage, versions, isWhole }: StageNode, isOpen: boolean): TreeItem {
  const item = new TreeItem(stageWord(stage), stateOf(isOpen));
  item.description = isWhole ? String(versions.length) : l10n.t('{0} so far', versions.length);
  item.contextValue = 'modelStage';
  return item;
}

function versionItem({ version }: VersionNode): TreeItem {
  const item = new TreeItem(`v${version.version}`, TreeItemCollapsibleState.None);
  const words = versionWords(version, Date.now());
  item.iconPath = icons[version.gate];
  item.description = words;
  const rules = version.gate === 'ungated' ? 'ungated' : 'gated';
  item.contextValue = `modelVersion.${rules}.${version.stage}`;
  const said = version.gate === 'ungated' ? `${gateWord('ungated')}, ${words}` : words;
  item.accessibilityInformation = { label: `${version.name} v${version.version}, ${said}` };
  item.command = openSelected();
  return item;
}

function moreItem(node: MoreModelsNode): TreeItem {
  const item = new TreeItem(l10n.t('Load More'), TreeItemCollapsibleState.None);
  item.iconPath = new ThemeIcon('ellipsis');
  item.contextValue = 'more';
  item.command = { command: 'slipway.loadMoreModels', title: l10n.t('Load More'), arguments: [node] };
  return item;
}

/** Without arguments: VS Code keeps those per rendering, so a click during a refresh would find them gone. */
function openSelected(): Command {
  return { command: 'slipway.openThisModel', title: l10n.t('Open Model') };
}

function lines([head = '', ...rest]: readonly string[]): MarkdownString {
  const text = new MarkdownString();
  text.appendMarkdown('**').appendText(head).appendMarkdown('**\n\n');
  for (const line of rest) text.appendText(line).appendMarkdown('  \n');
  return text;
}
