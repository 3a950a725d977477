// Spans of time on the command line: one grammar for every verb.
import { InvalidArgumentError, Option } from 'commander';
import { spanMilliseconds, type TimeSpan, unitWords } from '../base/time-span';

/** The shortest and the longest that an option takes. `bare`: a number without a unit is in milliseconds. */
export interface DurationLimits {
  least: TimeSpan;
  most: TimeSpan;
  bare?: boolean;
}

/** A parser for an option that takes a time; its value is in whole milliseconds, rounded up. */
export function durationOption({ least, most, bare = false }: DurationLimits): (text: string) => number {
  return (text) => {
    const value = spanMilliseconds(bare && /^\d+$/.test(text) ? `${text}ms` : text);
    if (value >= spanMilliseconds(least) && value <= spanMilliseconds(most)) return value;
    const others = bare ? `${unitWords}; ms when left out` : unitWords;
    throw new InvalidArgumentError(`It takes a time from ${least} to ${most} with its unit (${others}), such as 30s.`);
  };
}

/** An option that takes a time and has the usual one where none is given, which the help tells as it is typed. */
export function usualTime(flags: string, description: string, usual: TimeSpan, limits: DurationLimits): Option {
  return new Option(flags, description).argParser(durationOption(limits)).default(spanMilliseconds(usual), usual);
}
