// Spans of time on the command line.
import { InvalidArgumentError } from 'commander';

const units: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 };
const longest = 24;

/** Milliseconds of `500ms`, `30s`, `5m`, `1h`; more than nothing, at most a day. */
export function durationOption(text: string): number {
  const [, digits, unit = ''] = /^(\d+(?:\.\d+)?)(ms|s|m|h)$/.exec(text) ?? [];
  const milliseconds = Math.ceil(Number(digits) * (units[unit] ?? Number.NaN));
  if (milliseconds > 0 && milliseconds <= longest * 3_600_000) return milliseconds;
  throw new InvalidArgumentError(`It takes a time such as 500ms, 30s or 5m, at most ${longest}h.`);
}
