// When a schedule comes next. A day's time in a zone that sets its clocks on comes at the first moment after the hour that
// is missing, and once in the hour that comes twice; intervals count real hours.
import type { Schedule } from '../../../protocol/datasets/schedule/schedule';

/** How one schedule went so far, in epoch milliseconds. `due` is the next regular time. */
export interface ScheduleTimes {
  enabled: number;
  due: number;
  /** When the last fetch ended; null before the first. */
  ended: number | null;
  /** How many in a row went wrong. */
  failures: number;
}

const [firstPause, longestPause] = [5 * 60_000, 6 * 3_600_000];
/** A clock that was set back by no more than this waits for what it showed already. */
const smallStep = 86_400_000;

/** The first regular time after `from`; null for one that never comes, such as the 30th of February. */
export function timeAfter(schedule: Schedule, from: number): number | null {
  if (schedule.kind === 'every') return from + schedule.interval;
  // Loaded when something is scheduled: most workspaces have nothing that is.
  const { Cron } = require('croner') as typeof import('croner');
  const zone = schedule.zone === null ? {} : { timezone: schedule.zone };
  const times = new Cron(schedule.cron, { ...zone, paused: true, mode: '5-part' });
  return times.nextRun(new Date(from))?.getTime() ?? null;
}

/**
 * When it is to be fetched next, which is past for one that was missed, however often. After a failure that is five
 * minutes later, then twice as long each time up to six hours, whatever the schedule says.
 */
export function nextFetch(schedule: Schedule, times: ScheduleTimes, now: number): number | null {
  const { enabled, ended, failures } = times;
  const seen = ended ?? enabled;
  // The clock was wrong by more than a day when it was last looked at.
  const isBack = seen - now > smallStep;
  if (failures > 0 && ended !== null) {
    const pause = Math.min(longestPause, firstPause * 2 ** Math.min(failures - 1, 20));
    return (isBack ? now : ended) + pause;
  }
  return isBack ? timeAfter(schedule, now) : times.due;
}

/** The regular time that follows a fetch that ended at `now`; intervals keep their beat. */
export function dueAfter(schedule: Schedule, due: number, now: number): number {
  if (schedule.kind === 'times') return timeAfter(schedule, now) ?? Number.MAX_SAFE_INTEGER;
  const { interval } = schedule;
  const ahead = due - now;
  if (ahead > 0 && ahead <= interval) return due;
  if (ahead > interval) return now + interval;
  return due + (Math.floor(-ahead / interval) + 1) * interval;
}
