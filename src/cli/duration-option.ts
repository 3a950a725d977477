// Spans of time on the command line: one grammar for every verb.
import { InvalidArgumentError, Option } from 'commander';

const units = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

/** A time as it is typed, such as `500ms`, `30s`, `5m`, `12h`, `7d`. */
type Duration = `${number}${keyof typeof units}`;

/** The shortest and the longest that an option takes. `bare`: a number without a unit is in milliseconds. */
export interface DurationLimits {
  least: Duration;
  most: Duration;
  bare?: boolean;
}

/** A parser for an option that takes a time; its value is in whole milliseconds, rounded up. */
export function durationOption({ least, most, bare = false }: DurationLimits): (text: string) => number {
  return (text) => {
    const value = milliseconds(bare && /^\d+$/.test(text) ? `${text}ms` : text);
    if (value >= milliseconds(least) && value <= milliseconds(most)) return value;
    const others = bare ? 'ms, s, m, h or d; ms when left out' : 'ms, s, m, h or d';
    throw new InvalidArgumentError(`It takes a time from ${least} to ${most} with its unit (${others}), such as 30s.`);
  };
}

/** An option that takes a time and has the usual one where none is given, which the help tells as it is typed. */
export function usualTime(flags: string, description: string, usual: Duration, limits: DurationLimits): Option {
  return new Option(flags, description).argParser(durationOption(limits)).default(milliseconds(usual), usual);
}

/** NaN for what is no time. */
function milliseconds(text: string): number {
  const [, digits, unit] = /^(\d+(?:\.\d+)?)(ms|s|m|h|d)$/.exec(text) ?? [];
  return Math.ceil(Number(digits) * (units[unit as keyof typeof units] ?? Number.NaN));
}
