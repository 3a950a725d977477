// Golden cases: what counts as the same answer, against numpy.allclose(actual, expected, rtol, atol, equal_nan=True).
import { describe, expect, test } from 'vitest';
import { disagreement } from '../../src/lifecycle/inference/golden/agreement';
import { readGoldenFile } from '../../src/lifecycle/inference/golden/golden-file';
import type { GoldenTerms } from '../../src/protocol/inference/golden/golden-case';
import type { FlatTensor, TensorElement, TensorItem } from '../../src/protocol/inference/tensor';

const usual: GoldenTerms = { mode: 'close', rtol: 1e-5, atol: 1e-8, top: 2, cosine: 0.999 };

function row(type: TensorElement, ...data: TensorItem[]): FlatTensor {
  return { type, shape: [1, data.length], data };
}

// Every verdict is numpy 2's.
describe('close is numpy.allclose', () => {
  test.each([
    [1.00001, 1, true],
    [1.00002, 1, false],
    [1, 1.00001, true],
    [1e-9, 0, true],
    [1e-7, 0, false],
    [-1e10, -1.00001e10, true],
    ['NaN', 'NaN', true],
    ['NaN', 1, false],
    ['Infinity', 'Infinity', true],
    ['Infinity', '-Infinity', false],
    ['Infinity', 1e300, false],
    [0, -0, true],
  ])('%s for %s: %s', (actual, wanted, isClose) => {
    expect(disagreement(row('float64', wanted), row('float64', actual), usual) === null).toBe(isClose);
  });

  test('a decimal stands for the nearest float32 and float16, even without tolerance', () => {
    const strict = { ...usual, rtol: 0, atol: 0 };
    expect(disagreement(row('float32', 0.1), row('float32', Math.fround(0.1)), strict)).toBeNull();
    expect(disagreement(row('float16', 0.1), row('float16', 0.0999755859375), strict)).toBeNull();
    expect(disagreement(row('float64', 0.1), row('float64', Math.fround(0.1)), strict)).not.toBeNull();
  });

  test('whole numbers, texts and truth values are equal or not, whatever the tolerance', () => {
    const loose = { ...usual, rtol: 10, atol: 10 };
    expect(disagreement(row('int64', '9007199254740993'), row('int64', '9007199254740992'), loose)).toBe(
      '1 of 1 value differs; the first at [0, 0]: expected 9007199254740993, got 9007199254740992',
    );
    expect(disagreement(row('string', 'a', 'b'), row('string', 'a', 'c'), loose)).toContain('expected b, got c');
    expect(disagreement(row('bool', true), row('bool', false), loose)).toContain('expected true, got false');
  });

  test('the worst value is named, and a shape that differs', () => {
    const found = disagreement(row('float32', 1, 2, 3), row('float32', 1, 2.5, 4), usual);
    expect(found).toBe('2 of 3 values differ; the worst at [0, 2]: expected 3, got 4 (off by 1.00)');
    expect(disagreement(row('float32', 1, 2), row('float32', 1), usual)).toBe(
      'expected the shape 1 × 2, got the shape 1 × 1',
    );
  });
});

describe('other modes look at rows', () => {
  const told = (terms: Partial<GoldenTerms>, wanted: number[], actual: TensorItem[]): string | null =>
    disagreement(row('float32', ...wanted), row('float32', ...actual), { ...usual, ...terms });

  test('argmax: the first of equals, and a row with NaN is never as expected', () => {
    expect(told({ mode: 'argmax' }, [0.1, 0.9], [0.4, 0.6])).toBeNull();
    expect(told({ mode: 'argmax' }, [0.5, 0.5], [0.9, 0.1])).toBeNull();
    expect(told({ mode: 'argmax' }, [0.1, 0.9], [0.6, 0.4])).toContain('expected column 1 to be the highest, got 0');
    expect(told({ mode: 'argmax' }, [0.1, 0.9], ['NaN', 0.9])).toContain('column 0 is NaN');
    expect(told({ mode: 'argmax' }, [0.9, 0.1], ['NaN', 'NaN'])).toContain('column 0 is NaN');
  });

  test('top-k: the same columns in any order', () => {
    expect(told({ mode: 'top-k' }, [3, 2, 1], [2, 3, 1])).toBeNull();
    expect(told({ mode: 'top-k' }, [3, 2, 1], [3, 1, 2])).toContain(
      'expected columns 0, 1 to be the highest, got 0, 2',
    );
  });

  test('cosine: at least so alike; rows of zeros are alike, NaN is like nothing', () => {
    expect(told({ mode: 'cosine' }, [1, 2], [100, 200])).toBeNull();
    expect(told({ mode: 'cosine' }, [1, 0], [0, 1])).toContain('the cosine is 0.00000, expected at least 0.999');
    expect(told({ mode: 'cosine' }, [0, 0], [0, 0])).toBeNull();
    expect(told({ mode: 'cosine' }, [1e200, 0], [1e200, 0])).toBeNull();
    expect(told({ mode: 'cosine' }, [1, 0], ['NaN', 0])).toContain('NaN');
  });

  test('a mode that cannot fail is refused, and labels are equal in every mode', () => {
    expect(told({ mode: 'argmax' }, [1], [2])).toContain('nothing to choose among 1 column');
    expect(told({ mode: 'top-k' }, [1, 2], [2, 1])).toContain('nothing to choose among 2 columns');
    const label = (value: number): FlatTensor => ({ type: 'int64', shape: [1], data: [value] });
    expect(disagreement(label(1), label(2), { ...usual, mode: 'argmax' })).toContain('expected 1, got 2');
  });
});

describe('the file', () => {
  const problems = (text: string): string[] =>
    readGoldenFile(text, 'm.golden.yaml').problems.map(({ line, column, message }) => `${line}:${column} ${message}`);

  test('a case takes the terms of the file and its own; whole numbers of any size stay exact', () => {
    const text =
      'rtol: 0.1\ncases:\n  - {name: a, input: [9007199254740993], expected: {y: [.nan, 1]}, mode: argmax}\n';
    const { cases } = readGoldenFile(text, 'm.golden.yaml');
    expect(cases[0]).toMatchObject({ line: 3, terms: { mode: 'argmax', rtol: 0.1, atol: 1e-6 } });
    expect(cases[0]?.input).toEqual({ value: [9007199254740993n] });
    expect(cases[0]?.expected).toEqual({ values: { y: [Number.NaN, 1] } });
  });

  test.each([
    ['cases:\n  - {name: a, input: 1, expected: {y: 1}, tolerance: 3}', '2:43 There is no key tolerance here.'],
    ['case: []', '1:1 There is no key case here. Did you mean cases?'],
    ['cases:\n  - {name: a, expected: {y: 1}}', '2:5 The case a needs either input or inputFile.'],
    ['cases:\n  - {name: a, input: 1, inputFile: x.json, expected: {y: 1}}', 'inputFile, and has both.'],
    ['cases:\n  - {name: a, input: 1, expected: {}}', 'expects nothing'],
    [
      'cases:\n  - {name: a, input: 1, expected: {y: 1}, mode: near}',
      'mode must be one of close, argmax, top-k and cosine.',
    ],
    ['cases:\n  - {name: a, input: 1, expected: {y: 1}, rtol: -1}', '2:49 rtol: it is 0 or more.'],
    [
      'cases:\n  - {name: a, input: 1, expected: {y: 1}}\n  - {name: a, input: 1, expected: {y: 1}}',
      '3:5 Another case is named a too.',
    ],
    ['cases: [', '1:9'],
    ['', 'must be a map of keys'],
  ])('%j is told with its place', (text, sentence) => {
    expect(problems(text).join('\n')).toContain(sentence);
  });
});
