// An end in the future on the command line: after a while, or on a day.
import { InvalidArgumentError } from 'commander';
import { longestWaiver, spanMilliseconds } from '../base/time-span';
import { durationOption } from './duration-option';

const lasting = durationOption({ least: '1m', most: longestWaiver });

/** A parser for `7d`, `2027-01-31` (through that day, in the machine's time zone) and `2027-01-31T12:00`; its value is in epoch milliseconds. */
export function untilOption(now: number): (text: string) => number {
  return (text) => {
    if (/^[\d.]+\s?[a-z]+$/.test(text)) return now + lasting(text);
    const end = dayEnd(text) ?? Date.parse(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}/.test(text) ? text : '');
    if (Number.isNaN(end)) throw new InvalidArgumentError('It takes a time such as 7d, or a day such as 2027-01-31.');
    if (end <= now) throw new InvalidArgumentError('That is over already.');
    if (end > now + spanMilliseconds(longestWaiver)) {
      throw new InvalidArgumentError(`That is more than ${longestWaiver} away, the longest there is.`);
    }
    return end;
  };
}

/** Undefined for what is written in another way, NaN for a day that no calendar has. */
function dayEnd(text: string): number | undefined {
  const [, year, month, day] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text)?.map(Number) ?? [];
  if (year === undefined || month === undefined || day === undefined) return undefined;
  const exists = new Date(year, month - 1, day).getDate() === day && month >= 1 && month <= 12;
  return exists ? new Date(year, month - 1, day + 1).getTime() : Number.NaN;
}
