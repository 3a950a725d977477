// Which lines are metrics, in a file meant for them and on stdout.
import { describe, expect, it } from 'vitest';
import { isStdoutMetricLine, parseMetricLine } from '../../src/protocol/recording/metric-line';

describe('a metric line', () => {
  it.each([
    ['{"step":1,"loss":0.5}', { step: 1, time: undefined, values: [['loss', 0.5]] }],
    [
      '{"loss":"NaN","a":"-Infinity"}',
      {
        step: 0,
        time: undefined,
        values: [
          ['loss', Number.NaN],
          ['a', Number.NEGATIVE_INFINITY],
        ],
      },
    ],
    ['{"loss":NaN,"step":2}', { step: 2, time: undefined, values: [['loss', Number.NaN]] }],
    ['{"step":1,"loss":"constructor"}', { problem: '"loss" is not a number' }],
    ['{"step":1,"loss":"__proto__"}', { problem: '"loss" is not a number' }],
    ['{"step":1,"loss":"toString"}', { problem: '"loss" is not a number' }],
    ['{"step":1,"loss":true}', { problem: '"loss" is not a number' }],
    ['{"step":1.5,"loss":1}', { problem: '"step" is not an integer' }],
    ['{"step":1}', { problem: 'holds no metric' }],
    ['[1]', { problem: 'is not a JSON object' }],
  ])('%s', (text, expected) => {
    expect(parseMetricLine(text)).toEqual(expected);
  });

  it.each([
    ['{"step":1,"loss":0.5}', true],
    ['  {"step":-3,"loss":0.5,"time":1700000000000}', true],
    ['{"loss":0.5}', false],
    ['{"step":"1","loss":0.5}', false],
    ['{"step":1,"loss":"NaN"}', false],
    ['{"step":1,"loss":NaN}', false],
    ['{"step":1,"loss":0.5,"note":"text"}', false],
    ['{"step":1}', false],
    ['loss {"step":1,"loss":0.5}', false],
  ])('on stdout %s counts: %j', (text, counts) => {
    expect(isStdoutMetricLine(text)).toBe(counts);
  });
});
