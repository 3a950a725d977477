// The radix sort against the sort of the language.
import { expect, it } from 'vitest';
import { Random } from '../../../src/statistics/random';
import { sortNumbers } from '../../../src/statistics/sample/sorted-numbers';

const random = new Random(3);
const extremes = [0, -0, 1, -1, 5e-324, -5e-324, 1.7e308, -1.7e308, Infinity, -Infinity, 2 ** 53];
const draws: Record<string, () => number> = {
  'of both signs and all sizes': () => random.normal() * 10 ** (random.below(600) - 300),
  'all above zero': () => 1 + random.uniform(),
  'all below zero': () => -1 - random.uniform(),
  'few different': () => random.below(3) - 1,
  'one only': () => 7,
  extreme: () => extremes[random.below(extremes.length)] ?? 0,
};

it.each(Object.entries(draws))('numbers %s are in order', (_, draw) => {
  for (const count of [0, 1, 1000, 40_001]) {
    // Not at the beginning of its memory.
    const values = new Float64Array(count + 3).subarray(3);
    for (let at = 0; at < count; at += 1) values[at] = draw();
    const expected = values.slice().sort();
    const sorted = sortNumbers(values, new Float64Array(count + 5));
    expect(sorted.buffer).toBe(values.buffer);
    expect(expected.every((value, at) => Object.is(value, values[at]))).toBe(true);
  }
});
