// How a schedule stands, in sentences for a terminal.
import type { DatasetSchedule } from '../protocol/datasets/schedule/schedule';
import { outcomeText } from '../protocol/datasets/schedule/schedule-words';
import { timeText } from './number-text';

/** One sentence each. */
export function scheduleLines({ text, state, next, isRunning, last }: DatasetSchedule): string[] {
  const stands = {
    on: `${text}, enabled on this machine.`,
    off: `${text}, not enabled on this machine.`,
    changed: `${text}, not enabled: slipway.yaml says something else than what was enabled.`,
  }[state];
  return [
    stands,
    ...(isRunning ? ['It is being fetched now.'] : []),
    ...(next === null || isRunning ? [] : [`Next: ${timeText(next)}.`]),
    ...(last === null
      ? []
      : [`Last: ${timeText(last.time)}, ${outcomeText(last)}${last.outcome === 'failed' ? '' : '.'}`]),
  ];
}
