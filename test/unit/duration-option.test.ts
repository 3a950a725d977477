import { describe, expect, it } from 'vitest';
import { durationOption } from '../../src/cli/duration-option';

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

  it.each(['', '5', '0s', '25h', '2d', '-1s', '1 h', '1w', '1e3s', 'soon'])(
    '%j is refused with what it takes',
    (text) => {
      expect(() => timeout(text)).toThrow(
        'It takes a time from 1ms to 24h with its unit (ms, s, m, h or d), such as 30s.',
      );
    },
  );
});
