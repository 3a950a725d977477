// When a source is fetched by itself: one line of text in slipway.yaml, and how that stands on this machine.
import * as z from 'zod';
import { longUnits, spanMilliseconds } from '../../../base/time-span';

/** `every`: by the clock that only counts, in milliseconds. `times`: five fields of cron, in a time zone (null: this machine's). */
export type Schedule = { kind: 'every'; interval: number } | { kind: 'times'; cron: string; zone: string | null };

/** What a schedule looks like, for messages and for completion. */
export const scheduleExamples = ['every 6h', 'daily 06:00', 'weekly mon 06:00', 'monthly 1 06:00', '30 6 * * 1-5'];

const every = new RegExp(`^\\d{1,6}\\s?(${longUnits})$`);
const limits = { least: '1m', most: '366d' } as const;
const days = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];
const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

interface Field {
  name: string;
  least: number;
  most: number;
  /** Words for numbers, from `least` on. */
  words: readonly string[];
}

const fields: readonly Field[] = [
  { name: 'minute', least: 0, most: 59, words: [] },
  { name: 'hour', least: 0, most: 23, words: [] },
  { name: 'day', least: 1, most: 31, words: [] },
  { name: 'month', least: 1, most: 12, words: months },
  { name: 'weekday', least: 0, most: 7, words: days },
];

/** Reads it. A text is what is wrong with it, to follow after a place. */
export function readSchedule(text: string): Schedule | string {
  const words = text.trim().toLowerCase().split(/\s+/);
  const [head = ''] = words;
  if (head === 'every') return readInterval(words.slice(1));
  const last = text.trim().split(/\s+/).at(-1) ?? '';
  const zone = /^[A-Za-z][A-Za-z_+\-0-9]*\/[A-Za-z_+\-/0-9]+$|^UTC$/.test(last) ? last : null;
  if (zone !== null && !isZone(zone)) return `there is no time zone ${zone}`;
  const rest = zone === null ? words : words.slice(0, -1);
  const cron = ['daily', 'weekly', 'monthly'].includes(head) ? readTime(rest) : readFields(rest);
  return typeof cron === 'string' ? cron : { kind: 'times', cron: cron.cron, zone };
}

/** A schedule in slipway.yaml. */
export const scheduleText = z
  .string({ error: `it is a text such as ${scheduleExamples.slice(0, 2).join(' or ')}` })
  .max(200)
  .superRefine((text, context) => {
    const read = readSchedule(text);
    if (typeof read === 'string') context.addIssue({ code: 'custom', message: read });
  });

function readInterval(words: readonly string[]): Schedule | string {
  const text = words.join(' ');
  if (!every.test(text)) return 'say how often like every 30m, every 6h or every 2d';
  const interval = spanMilliseconds(text);
  const isWithin = interval >= spanMilliseconds(limits.least) && interval <= spanMilliseconds(limits.most);
  return isWithin ? { kind: 'every', interval } : `every takes from ${limits.least} to ${limits.most}`;
}

function readTime([head = '', ...words]: readonly string[]): { cron: string } | string {
  const time = /^(\d{1,2}):(\d{2})$/.exec(words.at(-1) ?? '');
  const example = scheduleExamples.find((each) => each.startsWith(head)) ?? '';
  const isLong = words.length === (head === 'daily' ? 1 : 2);
  if (time === null || !isLong) return `say it like ${example}`;
  const [hour, minute] = [Number(time[1]), Number(time[2])];
  if (hour > 23 || minute > 59) return `there is no time ${words.at(-1)}`;
  const [which = ''] = words;
  if (head === 'daily') return { cron: `${minute} ${hour} * * *` };
  if (head === 'weekly') {
    const day = days.indexOf(which.slice(0, 3));
    return day < 0 || !/^[a-z]+$/.test(which) ? `say it like ${example}` : { cron: `${minute} ${hour} * * ${day}` };
  }
  const day = Number(which);
  if (!/^\d+$/.test(which) || day < 1 || day > 31) return `there is no day ${which} in a month`;
  return { cron: `${minute} ${hour} ${day} * *` };
}

function readFields(words: readonly string[]): { cron: string } | string {
  if (words.length !== fields.length) return `say when like ${scheduleExamples.join(', ')}`;
  for (const [index, field] of fields.entries()) {
    const problem = fieldProblem(words[index] ?? '', field);
    if (problem !== undefined) return problem;
  }
  return { cron: words.join(' ') };
}

/** Lists of `*`, numbers or words, and ranges, each with a step or not. */
function fieldProblem(text: string, { name, least, most, words }: Field): string | undefined {
  const numberOf = (word: string): number => {
    const at = words.indexOf(word);
    return at >= 0 ? at + least : /^\d{1,2}$/.test(word) ? Number(word) : Number.NaN;
  };
  for (const part of text.split(',')) {
    const [range = '', step, ...more] = part.split('/');
    const [from = '', to = from, ...others] = range.split('-');
    const [first, last] = from === '*' && !range.includes('-') ? [least, most] : [numberOf(from), numberOf(to)];
    const isStep = step === undefined || (/^\d{1,2}$/.test(step) && Number(step) > 0 && (first < last || from === '*'));
    const isIn = first >= least && last <= most && first <= last;
    if (!isIn || !isStep || more.length > 0 || others.length > 0) {
      return `${part === '' ? 'nothing' : part} is no ${name}: it takes ${least} to ${most}, *, lists, ranges and steps`;
    }
  }
  return undefined;
}

function isZone(zone: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).format(0) !== '';
  } catch {
    return false;
  }
}

/** How the last fetch by schedule ended. `refused`: it came, and its checks did not pass. */
export type FetchOutcome = 'fetched' | 'unchanged' | 'refused' | 'failed';

/** How the schedule of a dataset stands here. Times are epoch milliseconds. */
export interface DatasetSchedule {
  /** As slipway.yaml says it. */
  text: string;
  /** Names what would be run: the source and the schedule together. */
  fingerprint: string;
  /** `changed`: it was enabled, and what slipway.yaml says is another one now. Only `on` runs. */
  state: 'off' | 'changed' | 'on';
  /** When it is fetched next; null while it is not `on`. */
  next: number | null;
  isRunning: boolean;
  /** `failures` in a row, the first of them at `since`. */
  last: {
    time: number;
    outcome: FetchOutcome;
    message: string;
    failures: number;
    since: number | null;
  } | null;
}

/** What makes a dataset's bytes and has to be agreed to on this machine. */
export interface DatasetCommand {
  text: string;
  fingerprint: string;
  isAllowed: boolean;
}
