// When schedules come: their texts, summer time, intervals, what was missed, what failed, and clocks that are set.
import { describe, expect, it } from 'vitest';
import { dueAfter, nextFetch, timeAfter } from '../../src/lifecycle/datasets/schedule/fetch-times';
import { readSchedule, type Schedule } from '../../src/protocol/datasets/schedule/schedule';
import { aboutConfigKey, configWords } from '../../src/protocol/folder/config-help';
import { parseConfig } from '../../src/workspace/config';

const [minute, hour, day] = [60_000, 3_600_000, 86_400_000];
const at = (text: string): number => Date.parse(text);
const schedule = (text: string): Schedule => {
  const read = readSchedule(text);
  if (typeof read === 'string') throw new Error(read);
  return read;
};
const following = (text: string, from: string, count: number): string[] => {
  const found: string[] = [];
  for (let time: number | null = at(from); found.length < count; ) {
    time = timeAfter(schedule(text), time ?? 0);
    found.push(time === null ? 'never' : new Date(time).toISOString().slice(0, 16));
  }
  return found;
};

describe('the text of a schedule', () => {
  it.each([
    ['every 6h', { kind: 'every', interval: 6 * hour }],
    ['Every 30 m', { kind: 'every', interval: 30 * minute }],
    ['every 2w', { kind: 'every', interval: 14 * day }],
    ['daily 06:00', { kind: 'times', cron: '0 6 * * *', zone: null }],
    ['weekly mon 6:05', { kind: 'times', cron: '5 6 * * 1', zone: null }],
    ['weekly Sunday 23:59 Europe/Berlin', { kind: 'times', cron: '59 23 * * 0', zone: 'Europe/Berlin' }],
    ['monthly 31 00:00 UTC', { kind: 'times', cron: '0 0 31 * *', zone: 'UTC' }],
    ['*/15 6-18 * jan,mar mon-fri', { kind: 'times', cron: '*/15 6-18 * jan,mar mon-fri', zone: null }],
  ])('%s', (text, read) => expect(readSchedule(text)).toEqual(read));

  it.each([
    ['every 5s', 'say how often'],
    ['every 0m', 'from 1m to 366d'],
    ['every 400d', 'from 1m to 366d'],
    ['daily 24:00', 'no time 24:00'],
    ['daily', 'say it like daily 06:00'],
    ['weekly 06:00', 'say it like weekly mon 06:00'],
    ['weekly someday 06:00', 'say it like weekly mon 06:00'],
    ['monthly 32 06:00', 'no day 32'],
    ['61 * * * *', '61 is no minute'],
    ['* * * * 5-1', '5-1 is no weekday'],
    ['*/0 * * * *', '*/0 is no minute'],
    ['1,, * * * *', 'nothing is no minute'],
    ['0 6 * *', 'say when like'],
    ['daily 06:00 Mars/Base', 'no time zone Mars/Base'],
    ['', 'say when like'],
  ])('%s is refused', (text, why) => expect(readSchedule(text)).toContain(why));

  it('a mistake is told with its line and column, and so is a schedule of what is no source', () => {
    const text = `version: 1\ndatasets:\n  a:\n    source: { url: 'https://x.y/a.csv' }\n    schedule: daily 25:00\n`;
    expect(parseConfig(text).problems).toEqual(['slipway.yaml:5:15: datasets.a.schedule: there is no time 25:00']);
    const other = 'version: 1\ndatasets:\n  a: { path: a.csv, schedule: daily 05:00 }\n';
    expect(parseConfig(other).problems).toEqual([expect.stringContaining('slipway.yaml:3:31')]);
  });
});

describe('what is offered in slipway.yaml', () => {
  it('are the keys of a dataset and of its source, with what they mean, and examples of a schedule', () => {
    const keys = (...path: string[]) => configWords(path, 'key').map(({ word }) => word);
    expect(keys()).toContain('datasets');
    expect(keys('datasets', 'a')).toEqual(expect.arrayContaining(['path', 'source', 'schedule', 'contract']));
    expect(keys('datasets', 'a', 'source')).toEqual(['url', 'command', 'format', 'sqlite', 'query']);
    expect(keys('datasets', 'a', 'owner')).toEqual([]);
    const values = (...path: string[]) => configWords(path, 'value').map(({ word }) => word);
    expect(values('metrics', 'auc', 'direction')).toEqual(['up', 'down']);
    expect(values('datasets', 'a', 'source', 'format')).toContain('jsonl');
    for (const example of values('datasets', 'a', 'schedule')) expect(readSchedule(example)).toBeTypeOf('object');
    expect(aboutConfigKey(['datasets', 'a', 'schedule'])).toContain('once that is enabled on a machine');
  });
});

describe('what is offered for the rules of a gate', () => {
  const words = (at: 'key' | 'value', rule: string | undefined, ...path: (string | number)[]) =>
    configWords(path, at, rule).map(({ word }) => word);

  it('are all kinds, then the keys and values of the one that was written', () => {
    expect(words('key', undefined, 'models', 'm')).toEqual(['data', 'approvals', 'protects', 'gates']);
    expect(words('value', undefined, 'models', 'm', 'gates', 0, 'kind')).toEqual(
      expect.arrayContaining(['metric', 'delta', 'slice', 'signature', 'manual']),
    );
    const keys = words('key', 'delta', 'models', 'm', 'gates', 0);
    expect(keys).toEqual(expect.arrayContaining(['id', 'kind', 'against', 'metric', 'test']));
    expect(keys).not.toContain('max_drop');
    expect(words('value', 'delta', 'models', 'm', 'gates', 0, 'test')).toContain('delong');
    expect(words('value', 'latency', 'models', 'm', 'gates', 0, 'quantile')).toContain('0.95');
    expect(aboutConfigKey(['models', 'm', 'gates', 0, 'margin'], 'noninferior')).toContain('how much worse');
  });
});

describe('the times of a schedule', () => {
  it('a time that summer time skips comes at the first moment after, and one that comes twice comes once', () => {
    const text = 'daily 02:30 Europe/Berlin';
    expect(following(text, '2026-03-28T00:00Z', 3)).toEqual([
      '2026-03-28T01:30',
      '2026-03-29T01:00',
      '2026-03-30T00:30',
    ]);
    expect(following(text, '2026-10-24T00:00Z', 3)).toEqual([
      '2026-10-24T00:30',
      '2026-10-25T00:30',
      '2026-10-26T01:30',
    ]);
  });

  it('an interval counts real hours over the change of the clocks', () => {
    expect(following('every 6h', '2026-10-24T22:00Z', 2)).toEqual(['2026-10-25T04:00', '2026-10-25T10:00']);
  });

  it('the 30th of February never comes', () => {
    expect(following('0 0 30 2 *', '2026-01-01T00:00Z', 1)).toEqual(['never']);
  });
});

describe('the next fetch', () => {
  const six = schedule('daily 06:00 UTC');
  const now = at('2026-06-10T12:00Z');
  const times = { enabled: now - 9 * day, due: at('2026-06-05T06:00Z'), ended: now - 6 * day, failures: 0 };

  it('what was missed for days is due once, and then comes at its time', () => {
    expect(nextFetch(six, times, now)).toBe(times.due);
    expect(dueAfter(six, times.due, now)).toBe(at('2026-06-11T06:00Z'));
    const every = schedule('every 1h');
    expect(dueAfter(every, now - 10.5 * hour, now)).toBe(now + 0.5 * hour);
    expect(dueAfter(every, now + 0.5 * hour, now)).toBe(now + 0.5 * hour);
  });

  it('failures wait 5 minutes, then twice as long each time, and six hours at most', () => {
    const waits = [1, 2, 3, 7, 8, 1000].map((failures) => {
      const next = nextFetch(six, { ...times, ended: now, failures }, now);
      return ((next ?? 0) - now) / minute;
    });
    expect(waits).toEqual([5, 10, 20, 320, 360, 360]);
  });

  it('a clock set back by an hour fetches nothing twice; one that was years ahead does not stop a schedule', () => {
    const due = at('2026-06-11T06:00Z');
    const back = { ...times, due, ended: at('2026-06-10T06:00:05Z') };
    expect(nextFetch(six, back, at('2026-06-10T05:30Z'))).toBe(due);
    const ahead = { ...times, due: at('2036-06-11T06:00Z'), ended: at('2036-06-10T06:00Z') };
    expect(nextFetch(six, ahead, now)).toBe(at('2026-06-11T06:00Z'));
    expect(nextFetch(six, { ...ahead, failures: 3 }, now)).toBe(now + 20 * minute);
  });
});
