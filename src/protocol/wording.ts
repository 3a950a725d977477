// How states, durations, numbers and sizes are put into words: the same in the tree, the panels and the CLI.
import type { WireNumber } from './number';
import type { MetricDirection, RunState } from './run';

const stateWords: Record<RunState, string> = {
  running: 'Running',
  queued: 'Queued',
  finished: 'Finished',
  failed: 'Failed',
  killed: 'Stopped',
  unknown: 'Unknown',
};

// Made once, as making one takes longer than a hundred uses, and when first used, as most processes never do.
const oneDecimal = whenUsed(
  () => new Intl.NumberFormat('en-US', { minimumFractionDigits: 1, maximumFractionDigits: 1 }),
);
const dayOfMonth = whenUsed(() => new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short' }));
const hourAndMinute = whenUsed(() => new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' }));

function whenUsed<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => {
    made ??= make();
    return made;
  };
}

/** The word for a run's state. */
export function stateWord(state: RunState): string {
  return stateWords[state];
}

/** Milliseconds as the two largest units: `0.4 s`, `48 s`, `2 min 3 s`, `1 h 4 min`, `2 d 3 h`. */
export function durationText(milliseconds: number): string {
  const seconds = Math.max(0, milliseconds) / 1000;
  if (seconds < 9.95) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  const pairs: [number, string, number, string][] = [
    [3600, 'min', 60, 's'],
    [86_400, 'h', 3600, 'min'],
    [Number.POSITIVE_INFINITY, 'd', 86_400, 'h'],
  ];
  const smaller = [1, 60, 3600];
  const index = pairs.findIndex(([below]) => whole < below);
  const [, large, unit, small] = pairs[index] ?? [0, 's', 1, ''];
  const rest = Math.floor((whole % unit) / (smaller[index] ?? 1));
  return rest === 0 ? `${Math.floor(whole / unit)} ${large}` : `${Math.floor(whole / unit)} ${large} ${rest} ${small}`;
}

/**
 * A metric's value: four decimals; whole numbers with thousands commas; an exponent where four decimals would hide
 * the value; NaN and infinities by name; a real minus sign.
 */
export function numberText(value: WireNumber): string {
  if (typeof value === 'string') return value.replace('-', '−');
  const size = Math.abs(value);
  let text: string;
  if (Number.isInteger(value) && size < 1e9) text = value.toLocaleString('en-US');
  else if (size !== 0 && (size < 1e-3 || size >= 1e7)) text = value.toExponential(3);
  else if (size >= 1e4) text = oneDecimal().format(value);
  else text = value.toFixed(size >= 100 ? 2 : 4);
  return text.replaceAll('-', '−');
}

/** A count with thousands commas and its noun: `1 run`, `1,204 runs`. */
export function countText(count: number, one: string, many = `${one}s`): string {
  return `${count.toLocaleString('en-US')} ${count === 1 ? one : many}`;
}

/** Bytes in decimal units: `6 kB`, `1.3 MB`. */
export function bytesText(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  let value = bytes;
  let unit = 0;
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1000;
    unit += 1;
  }
  return `${unit < 2 || value >= 99.95 ? Math.round(value) : value.toFixed(1)} ${units[unit]}`;
}

/** Epoch milliseconds as `20 Nov 17:42`, with the year when it is not this one; as they are where no calendar has them. */
export function timeText(time: number, now: number): string {
  const date = new Date(time);
  if (Number.isNaN(date.getTime())) return String(time);
  const year = date.getFullYear();
  const isThisYear = year === new Date(now).getFullYear();
  return [dayOfMonth().format(date), ...(isThisYear ? [] : [year]), hourAndMinute().format(date)].join(' ');
}

/** Milliseconds since then as the largest unit: `just now`, `3 min ago`, `2 h ago`, `5 d ago`. */
export function agoText(milliseconds: number): string {
  const minutes = Math.floor(milliseconds / 60_000);
  if (minutes < 1) return 'just now';
  if (minutes < 60) return `${minutes} min ago`;
  return minutes < 1440 ? `${Math.floor(minutes / 60)} h ago` : `${Math.floor(minutes / 1440)} d ago`;
}

/** `↑` where more is better, `↓` where less is, nothing where nobody said. */
export function directionArrow(direction: MetricDirection): string {
  return direction === 'up' ? '↑' : direction === 'down' ? '↓' : '';
}
