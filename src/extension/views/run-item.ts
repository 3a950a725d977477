// How each node of the Runs tree looks: shape of the icon and a word first, colour last.
import { l10n, MarkdownString, ThemeColor, ThemeIcon, TreeItem, TreeItemCollapsibleState } from 'vscode';
import type { RunState, RunSummary } from '../../protocol/run';
import { countText, directionArrow, durationText, numberText, stateWord, timeText } from '../../protocol/wording';
import type { EngineState } from '../session/engine-state';
import type { ExperimentNode, FolderNode, MoreNode, RunNode, RunsNode } from './run-node';

const icons: Record<RunState, ThemeIcon> = {
  running: new ThemeIcon('loading~spin', new ThemeColor('charts.blue')),
  queued: new ThemeIcon('clock'),
  finished: new ThemeIcon('pass', new ThemeColor('charts.green')),
  failed: new ThemeIcon('error', new ThemeColor('list.errorForeground')),
  killed: new ThemeIcon('circle-slash'),
  unknown: new ThemeIcon('question'),
};

/** The tree item of a node, as of `now` in epoch milliseconds. */
export function itemOf(node: RunsNode, now: number): TreeItem {
  switch (node.kind) {
    case 'folder':
      return folderItem(node);
    case 'experiment':
      return experimentItem(node);
    case 'run':
      return runItem(node, now);
    case 'more':
      return moreItem(node);
  }
}

function folderItem(node: FolderNode): TreeItem {
  const item = new TreeItem(node.session.folder.name, TreeItemCollapsibleState.Expanded);
  item.id = node.session.folder.uri.toString();
  item.contextValue = 'folder';
  item.iconPath = ThemeIcon.Folder;
  item.description = engineWords(node.session.state);
  return item;
}

function experimentItem({ session, experiment }: ExperimentNode): TreeItem {
  const item = new TreeItem(experiment.name, TreeItemCollapsibleState.Expanded);
  item.id = `${session.folder.uri}#experiment/${experiment.experimentId}`;
  item.contextValue = 'experiment';
  item.iconPath = new ThemeIcon('beaker');
  const count = countText(experiment.runCount, 'run');
  item.description = experiment.runningCount > 0 ? l10n.t('{0}, {1} running', count, experiment.runningCount) : count;
  return item;
}

function runItem({ session, run }: RunNode, now: number): TreeItem {
  const item = new TreeItem(run.name, TreeItemCollapsibleState.None);
  item.id = `${session.folder.uri}#run/${run.runId}`;
  item.contextValue = `run.${run.state}.${run.recorded ? 'recorded' : 'logged'}`;
  item.iconPath = icons[run.state];
  const words = runWords(run, now);
  item.description = words.join(' · ');
  item.tooltip = runTooltip(run, now);
  item.accessibilityInformation = { label: [run.name, stateWord(run.state), ...words].join(', ') };
  // Without arguments: VS Code keeps those per rendering, so a click during a refresh would find them gone.
  item.command = { command: 'slipway.openSelectedRun', title: l10n.t('Open Run') };
  return item;
}

function moreItem(node: MoreNode): TreeItem {
  const item = new TreeItem(l10n.t('Load more ({0} left)', node.left.toLocaleString('en-US')));
  item.id = `${node.session.folder.uri}#more/${node.experimentId}`;
  item.contextValue = 'more';
  item.iconPath = new ThemeIcon('ellipsis');
  item.command = { command: 'slipway.loadMoreRuns', title: l10n.t('Load More Runs') };
  return item;
}

/** What stands beside a run's name: the state unless all went well, which is never cut off; headline metric; how long. */
function runWords(run: RunSummary, now: number): string[] {
  const words = run.state === 'finished' ? [] : [stateWord(run.state).toLowerCase()];
  if (run.headline !== null) words.push(`${run.headline.key} ${numberText(run.headline.value)}`);
  if (run.endTime !== null || run.state === 'running') words.push(durationText((run.endTime ?? now) - run.startTime));
  return words;
}

function runTooltip(run: RunSummary, now: number): MarkdownString {
  const text = new MarkdownString();
  text.appendMarkdown('**').appendText(run.name).appendMarkdown('**\n\n');
  const facts: [string, string][] = [
    [l10n.t('State'), stateWord(run.state)],
    [l10n.t('Started'), timeText(run.startTime, now)],
  ];
  if (run.endTime !== null) facts.push([l10n.t('Took'), durationText(run.endTime - run.startTime)]);
  if (run.headline !== null) {
    const { key, value, direction } = run.headline;
    facts.push([`${key} ${directionArrow(direction)}`.trim(), numberText(value)]);
  }
  facts.push([l10n.t('Experiment'), run.experimentName], [l10n.t('Run ID'), run.runId]);
  for (const [name, value] of facts) text.appendText(`${name}: ${value}`).appendMarkdown('  \n');
  return text;
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
