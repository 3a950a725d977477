// The words for durations, numbers and sizes, the same in the tree, the panels and the command line.
import { describe, expect, it } from 'vitest';
import { bytesText, countText, durationText, numberText } from '../../src/protocol/wording';

describe('wording', () => {
  it.each([
    [0, '0.0 s'],
    [440, '0.4 s'],
    [9_949, '9.9 s'],
    [9_960, '10 s'],
    [59_400, '59 s'],
    [59_600, '1 min'],
    [123_000, '2 min 3 s'],
    [3_600_000, '1 h'],
    [3_840_000, '1 h 4 min'],
    [183_600_000, '2 d 3 h'],
  ])('%i ms is %s', (milliseconds, text) => expect(durationText(milliseconds)).toBe(text));

  it.each([
    [0.28604, '0.2860'],
    [-0.0014, '−0.0014'],
    [0.00012, '1.200e−4'],
    [0, '0'],
    [1204, '1,204'],
    [1950.5, '1950.50'],
    [123456.78, '123,456.8'],
    [2.5e9, '2.500e+9'],
    ['NaN', 'NaN'],
    ['-Infinity', '−Infinity'],
  ] as const)('the value %s is %s', (value, text) => expect(numberText(value)).toBe(text));

  it.each([
    [0, '0 B'],
    [999, '999 B'],
    [6_100, '6 kB'],
    [999_600, '1.0 MB'],
    [311_000_000, '311 MB'],
    [25_300_000_000, '25.3 GB'],
  ])('%i bytes are %s', (bytes, text) => expect(bytesText(bytes)).toBe(text));

  it('counts in the singular and the plural', () => {
    expect([countText(1, 'run'), countText(1204, 'run')]).toEqual(['1 run', '1,204 runs']);
  });
});
