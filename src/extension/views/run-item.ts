// How each node of the Runs tree looks: shape of the icon and a word first, colour last.

import { l10n, type MarkdownString, ThemeColor, ThemeIcon, TreeItem, TreeItemCollapsibleState } from 'vscode';
import { isolatedName } from '../../base/isolated-name';
import type { RunState, RunSummary } from '../../protocol/run';
import { countText } from '../../protocol/wording';
import type { EngineState } from '../session/engine-state';
import { runMarksUri } from './run-marks';
import type { ExperimentNode, FolderNode, MoreNode, RunNode, RunsNode, TrashNode } from './run-node';
import { deletedRunWords, runStateWord, runTooltip, runWords } from './run-words';

const icons: Record<RunState, ThemeIcon> = {
  running: new ThemeIcon('loading~spin', new ThemeColor('charts.blue')),
  queued: new ThemeIcon('clock'),
  finished: new ThemeIcon('pass', new ThemeColor('charts.green')),
  failed: new ThemeIcon('error', new ThemeColor('list.errorForeground')),
  killed: new ThemeIcon('circle-slash'),
  unknown: new ThemeIcon('question'),
};

/** The tree item of a node, as of `now` in epoch milliseconds; `isOpen`: the rows below it are shown, where it has any. */
export function itemOf(node: RunsNode, now: number, isOpen: boolean): TreeItem {
  const item = closedItemOf(node, now);
  item.id = rowOf(node);
  if (item.collapsibleState !== TreeItemCollapsibleState.None && isOpen)
    item.collapsibleState = TreeItemCollapsibleState.Expanded;
  return item;
}

function closedItemOf(node: RunsNode, now: number): TreeItem {
  switch (node.kind) {
    case 'folder':
      return folderItem(node);
    case 'experiment':
      return experimentItem(node);
    case 'run':
      return node.run.deletedTime === null ? runItem(node, now) : deletedRunItem(node, now);
    case 'more':
      return moreItem(node);
    case 'trash':
      return trashItem(node);
  }
}

/** What a row is known by, over reloads too. */
export function rowOf(node: RunsNode): string {
  const folder = node.session.folder.uri.toString();
  switch (node.kind) {
    case 'folder':
      return folder;
    case 'experiment':
      return `${folder}#experiment/${node.experiment.experimentId}`;
    case 'run':
      return `${folder}#${node.run.deletedTime === null ? 'run' : 'trash'}/${node.run.runId}`;
    case 'more':
      return `${folder}#more/${node.key}`;
    case 'trash':
      return `${folder}#trash`;
  }
}

/** Whether a row is open as long as nobody touched it. */
export function beginsOpen({ kind }: RunsNode): boolean {
  return kind === 'folder' || kind === 'experiment';
}

/** What is shown when the mouse rests on a node's row; undefined where its label says all. */
export function tooltipOf(node: RunsNode, now: number): MarkdownString | undefined {
  return node.kind === 'run' ? runTooltip(node.run, now) : undefined;
}

function folderItem(node: FolderNode): TreeItem {
  const item = new TreeItem(node.session.folder.name, TreeItemCollapsibleState.Collapsed);
  item.contextValue = 'folder';
  item.iconPath = ThemeIcon.Folder;
  item.description = engineWords(node.session.state);
  return item;
}

function experimentItem({ experiment, found }: ExperimentNode): TreeItem {
  const item = new TreeItem(isolatedName(experiment.name), TreeItemCollapsibleState.Collapsed);
  item.contextValue = 'experiment';
  item.iconPath = new ThemeIcon('beaker');
  const count = countText(experiment.runCount, 'run');
  if (found !== null)
    item.description = found.isAll ? l10n.t('{0} found', found.count) : l10n.t('{0} shown', found.count);
  else
    item.description = experiment.runningCount > 0 ? l10n.t('{0}, {1} running', count, experiment.runningCount) : count;
  return item;
}

function runItem({ run, opens }: RunNode, now: number): TreeItem {
  const item = new TreeItem(isolatedName(run.name), TreeItemCollapsibleState[opens === true ? 'Collapsed' : 'None']);
  item.contextValue = contextOf(run);
  item.iconPath = icons[run.state];
  item.resourceUri = runMarksUri(run);
  const words = runWords(run, now);
  item.description = words.join(' · ');
  const state = runStateWord(run);
  // The row's own words may begin with its state; read out, it is said once.
  const others = words.filter((word) => word !== state.toLowerCase());
  item.accessibilityInformation = { label: [run.name, state, ...markWords(run), ...others].join(', ') };
  // Without arguments: VS Code keeps those per rendering, so a click during a refresh would find them gone.
  item.command = { command: 'slipway.openSelectedRun', title: l10n.t('Open Run') };
  return item;
}

function deletedRunItem({ run }: RunNode, now: number): TreeItem {
  const item = new TreeItem(isolatedName(run.name), TreeItemCollapsibleState.None);
  item.contextValue = 'deletedRun';
  item.iconPath = icons[run.state];
  item.description = deletedRunWords(run, now).join(' · ');
  item.command = { command: 'slipway.openSelectedRun', title: l10n.t('Open Run') };
  return item;
}

function trashItem({ count }: TrashNode): TreeItem {
  const item = new TreeItem(l10n.t('Trash'), TreeItemCollapsibleState.Collapsed);
  item.contextValue = 'trash';
  item.iconPath = new ThemeIcon('trash');
  item.description = countText(count, 'run');
  return item;
}

function moreItem({ left }: MoreNode): TreeItem {
  const item = new TreeItem(l10n.t('Load more ({0} left)', left.toLocaleString('en-US')));
  item.contextValue = 'more';
  item.iconPath = new ThemeIcon('ellipsis');
  item.command = { command: 'slipway.loadMoreRuns', title: l10n.t('Load More Runs') };
  return item;
}

/** What the manifest's menus ask about a row: `run.running.recorded.starred.archived`. */
function contextOf(run: RunSummary): string {
  const marks = [run.starred ? 'starred' : 'unstarred', run.archived ? 'archived' : 'unarchived'];
  return ['run', run.state, run.recorded ? 'recorded' : 'logged', ...marks].join('.');
}

function markWords(run: RunSummary): string[] {
  return [...(run.starred ? [l10n.t('starred')] : []), ...(run.archived ? [l10n.t('archived')] : [])];
}

/** A few words on a folder's engine; empty when all is well. */
function engineWords(state: EngineState): string {
  switch (state.kind) {
    case 'running':
      return '';
    case 'starting':
      return l10n.t('engine starting');
    case 'lost':
      return l10n.t('engine restarting');
    case 'down':
      return l10n.t('engine not running');
    case 'readOnly':
      return l10n.t('read-only');
    case 'uninitialized':
      return l10n.t('not initialized');
    case 'untrusted':
      return l10n.t('restricted');
    case 'virtual':
      return l10n.t('virtual folder');
  }
}
