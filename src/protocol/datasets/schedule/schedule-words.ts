// How a schedule stands, in words for a row, a tooltip and a panel.
import { countText, timeText } from '../../wording';
import type { DatasetSchedule } from './schedule';

/** A few words: what is wrong or missing first. */
export function scheduleWord({ text, state, isRunning, last }: DatasetSchedule): string {
  if (state === 'off') return 'scheduled, not enabled';
  if (state === 'changed') return 'schedule changed, not enabled';
  if (isRunning) return 'is being fetched';
  if (last?.outcome === 'failed') return 'could not be fetched';
  return last?.outcome === 'refused' ? 'new batch refused' : `fetched ${text.trim()}`;
}

/** Sentences, one each. `now` in epoch milliseconds. */
export function scheduleSentences(schedule: DatasetSchedule, now: number): string[] {
  const { text, state, next, isRunning, last } = schedule;
  const stands = {
    on: `Fetched by schedule: ${text.trim()}`,
    off: `Scheduled (${text.trim()}), not enabled on this machine`,
    changed: `Scheduled (${text.trim()}), not enabled: slipway.yaml says something else than what was enabled`,
  }[state];
  return [
    stands,
    ...(isRunning ? ['It is being fetched now'] : next === null ? [] : [`Next fetch: ${timeText(next, now)}`]),
    ...(last === null ? [] : [`Last fetch: ${timeText(last.time, now)}, ${outcomeText(last)}`]),
  ];
}

/** The last result in a sentence without its time. */
export function outcomeText({ outcome, message, failures }: NonNullable<DatasetSchedule['last']>): string {
  if (outcome === 'fetched') return 'a new version came';
  if (outcome === 'unchanged') return 'nothing new';
  const times = failures > 1 ? ` (${countText(failures, 'time')} in a row)` : '';
  return `${outcome === 'refused' ? 'refused' : 'failed'}${times}: ${message}`;
}
