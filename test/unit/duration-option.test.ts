import { describe, expect, it } from 'vitest';
import { durationOption } from '../../src/cli/duration-option';
import { untilOption } from '../../src/cli/until-option';

describe('a time on the command line', () => {
  const timeout = durationOption({ least: '1ms', most: '24h' });

  it('is understood with every unit by every verb', () => {
    const times = ['500ms', '1.5s', '5m', '12h', '0.5d', '1d'].map(timeout);
    expect(times).toEqual([500, 1500, 300_000, 43_200_000, 43_200_000, 86_400_000]);
    expect(durationOption({ least: '0d', most: '36500d' })('0d')).toBe(0);
  });

  it('is in milliseconds without a unit where scripts give it so', () => {
    const silence = durationOption({ least: '0s', most: '366d', bare: true });
    expect(['0', '700', '10m'].map(silence)).toEqual([0, 700, 600_000]);
  });

  it.each(['', '5', '0s', '25h', '2d', '-1s', '1  h', '1w', '1y', '1e3s', 'soon'])(
    '%j is refused with what it takes',
    (text) => {
      expect(() => timeout(text)).toThrow(
        'It takes a time from 1ms to 24h with its unit (ms, s, m, h, d or w), such as 30s.',
      );
    },
  );
});

describe('an end on the command line', () => {
  const now = new Date(2026, 10, 23, 12).getTime();
  const until = untilOption(now);

  it('is after a while, or when a named day is over', () => {
    expect(until('12h')).toBe(now + 43_200_000);
    expect([until('2w'), until('14 d')]).toEqual([now + 14 * 86_400_000, now + 14 * 86_400_000]);
    expect(until('366d')).toBe(now + 366 * 86_400_000);
    expect(until('2026-11-23')).toBe(new Date(2026, 10, 24).getTime());
    expect(until('2027-01-31')).toBe(new Date(2027, 1, 1).getTime());
    expect(until('2027-01-31T12:00Z')).toBe(Date.UTC(2027, 0, 31, 12));
  });

  it.each(['367d', '53w', '2027-11-26'])('%s is later than a rule may be let pass', (text) => {
    expect(() => until(text)).toThrow(/^It takes a time from 1m to 366d |^That is more than 366d away/);
  });

  it.each(['', '0d', '7', 'tomorrow', '2027-02-29', '2027-13-01', '2026-11-22', '2027-01-31T', '-1d', '99999d'])(
    '%j is no end that is still to come',
    (text) => {
      expect(() => until(text)).toThrow(/^It takes a time|^That is over already/);
    },
  );
});
