// What the tree says of a run: beside its name, and when the mouse rests on it.
import { l10n, MarkdownString } from 'vscode';
import type { RunSummary } from '../../protocol/run';
import { shownTags } from '../../protocol/runs/run-tag';
import { countText, directionArrow, durationText, numberText, stateWord, timeText } from '../../protocol/wording';

/** A longer note belongs in the run's panel. */
const noteLength = 400;

/**
 * What stands beside a run's name: the state unless all went well; headline metric, its value first, because a narrow view
 * cuts off what comes last; how long; how many runs are below it.
 */
export function runWords(run: RunSummary, now: number): string[] {
  const words = run.state === 'finished' ? [] : [runStateWord(run).toLowerCase()];
  if (run.override !== null) words.push(l10n.t('over failing data'));
  if (run.unchecked !== null) words.push(l10n.t('over unchecked data'));
  if (run.headline !== null) {
    const { key, value, direction } = run.headline;
    words.push([numberText(value), directionArrow(direction), key].filter((word) => word !== '').join(' '));
  }
  if (run.endTime !== null || run.state === 'running') words.push(durationText((run.endTime ?? now) - run.startTime));
  if (run.childCount > 0) words.push(countText(run.childCount, 'child run'));
  return words;
}

/** The word for how a run is: also of one that runs on for a while after it was asked to stop. */
export function runStateWord(run: RunSummary): string {
  return run.isStopping ? l10n.t('Stopping') : stateWord(run.state);
}

/** What stands beside the name of a run in the trash. */
export function deletedRunWords(run: RunSummary, now: number): string[] {
  return [l10n.t('deleted {0}', timeText(run.deletedTime ?? now, now)), run.experimentName];
}

/** A run's facts, the first of its tags, and the beginning of its note as the user formatted it. */
export function runTooltip(run: RunSummary, now: number): MarkdownString {
  // Names, tags and notes come from anywhere: no command links, no HTML.
  const text = new MarkdownString();
  text.appendMarkdown('**').appendText(run.name).appendMarkdown('**\n\n');
  for (const [name, value] of facts(run, now)) line(text, `${name}: ${value}`);
  const { count, first } = run.tagPreview;
  if (count > 0) text.appendMarkdown('\n---\n\n');
  for (const { key, value } of first) line(text, `${key}: ${cut(value, shownTags.valueLength)}`);
  if (count > first.length) line(text, l10n.t('and {0} tags more', count - first.length));
  if (run.note !== null && run.note !== '') text.appendMarkdown(`\n---\n\n${notePreview(run.note)}`);
  return text;
}

function facts(run: RunSummary, now: number): [string, string][] {
  const list: [string, string][] = [
    [l10n.t('State'), runStateWord(run)],
    [l10n.t('Started'), timeText(run.startTime, now)],
  ];
  if (run.override !== null)
    list.push([l10n.t('Data'), l10n.t('trained over failing data: {0}', cut(run.override, noteLength))]);
  if (run.unchecked !== null)
    list.push([l10n.t('Data'), l10n.t('trained over data that nobody checked: {0}', cut(run.unchecked, noteLength))]);
  if (run.endTime !== null) list.push([l10n.t('Took'), durationText(run.endTime - run.startTime)]);
  if (run.headline !== null) {
    const { key, value, direction } = run.headline;
    const better = { up: l10n.t(' (higher is better)'), down: l10n.t(' (lower is better)'), none: '' }[direction];
    list.push([key, `${numberText(value)}${better}`]);
  }
  if (run.parent !== null) list.push([l10n.t('Child of'), run.parent.name]);
  if (run.starred) list.push([l10n.t('Star'), l10n.t('yes')]);
  if (run.archived) list.push([l10n.t('Archived'), l10n.t('yes')]);
  if (run.deletedTime !== null) list.push([l10n.t('Deleted'), timeText(run.deletedTime, now)]);
  list.push([l10n.t('Experiment'), run.experimentName], [l10n.t('Run ID'), run.runId]);
  return list;
}

function line(text: MarkdownString, words: string): void {
  text.appendText(words).appendMarkdown('  \n');
}

/** An image would be fetched from where a note points; it stays a link. What stands before cannot undo an entity. */
function notePreview(note: string): string {
  return cut(note, noteLength).replaceAll('![', '&#33;[');
}

function cut(value: string, length: number): string {
  return value.length >= length ? `${value.slice(0, length - 1)}…` : value;
}
