// Which lines are metrics, in a file meant for them and on stdout.
import { describe, expect, it } from 'vitest';
import { isStdoutMetricLine, parseMetricLine } from '../../src/protocol/recording/metric-line';
import { leftOutProblem, StdoutMetricReader } from '../../src/protocol/recording/stdout-metric';

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
    ['{"step":1.5,"loss":1}', { problem: '"step" is not an integer of 64 bits' }],
    ['{"step":9223372036854775807,"a":1}', { step: 9223372036854775807n, time: undefined, values: [['a', 1]] }],
    [
      '{"a":NaN, "step" : -9007199254740993}',
      { step: -9007199254740993n, time: undefined, values: [['a', Number.NaN]] },
    ],
    ['{"step":9223372036854775808,"a":1}', { problem: '"step" is not an integer of 64 bits' }],
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

describe('what a command prints, line by line', () => {
  const told = (...lines: string[]): string[] => {
    const reader = new StdoutMetricReader();
    const found = [...lines.map((line) => reader.read(line, 1)), reader.finish()];
    return found.flatMap((line) => (line === undefined ? [] : [leftOutProblem(line)?.split(' were ')[0] ?? line]));
  };

  it.each([
    ['numbers without a step', ['{"epoch":1,"loss":2}', '{"epoch":2,"loss":1}'], ['Lines on stdout with epoch, loss']],
    ['training and validation in turn', ['{"a":1}', '{"b":1}', '{"a":2}', '{"b":2}'], ['Lines on stdout with a']],
    ['one such line', ['{"accuracy":0.9}'], ['Lines on stdout with accuracy']],
    ['numbers without a step, and NaN', ['{"epoch":1,"loss":NaN}'], ['Lines on stdout with epoch, loss']],
    ['settings, then metrics', ['{"lr":0.1}', '{"step":1,"loss":2}', '{"lr":0.1}'], ['{"time":1,"step":1,"loss":2}']],
    ['a log in JSON', ['{"level":"info","at":3}', '{"level":"info","at":4}', '{}', '{"a":{"b":1}}', '[1]'], []],
    ['a step that is none', ['{"step":"1","loss":2}', '{"step":1.5,"loss":2}'], []],
  ])('%s', (_what, lines, expected) => {
    expect(told(...lines)).toEqual(expected);
  });

  it('is told once, however much of it there is', () => {
    expect(told(...Array.from({ length: 5000 }, (_, epoch) => `{"epoch":${epoch},"loss":1}`))).toHaveLength(1);
  });
});
