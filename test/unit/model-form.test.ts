// What is written in a field of a model's form, and what is sent for it; rows of tables, sentences of predictions.
import { describe, expect, it } from 'vitest';
import type { ModelForm } from '../../src/protocol/inference/form/model-form';
import type { Prediction } from '../../src/protocol/inference/prediction';
import { readValue } from '../../webview/model/try/form/read-value';
import { formRequest } from '../../webview/model/try/form/request';
import { pictureInput } from '../../webview/model/try/image/pixels';
import { readingOf } from '../../webview/model/try/result/reading';
import { tableTexts } from '../../webview/model/try/rows/given-rows';

describe('a value of the form', () => {
  it.each([
    ['9007199254740993', 'int64', '9007199254740993'],
    ['18446744073709551615', 'uint64', '18446744073709551615'],
    ['3.0', 'int32', '3'],
    ['.5', 'float32', '0.5'],
    ['1e-3', 'float64', '1e-3'],
    ['-inf', 'float32', '"-Infinity"'],
    ['', 'float32', '"NaN"'],
    ['', 'string', '""'],
    ['a "b"', 'string', '"a \\"b\\""'],
    ['yes', 'bool', 'true'],
  ] as const)('%s as %s is sent as %s', (text, element, json) => {
    expect(readValue(text, element)).toMatchObject({ json });
  });

  it.each([
    ['1.5', 'int64', '1.5 is no whole number, which int64 needs.'],
    ['', 'int64', 'A whole number is needed: it cannot be missing.'],
    ['300', 'uint8', '300 is not within 0 and 255, as uint8 needs.'],
    [
      '9223372036854775808',
      'int64',
      '9223372036854775808 is not within -9223372036854775808 and 9223372036854775807, as int64 needs.',
    ],
    ['0,5', 'float32', '0,5 is no number. Write 0.5, or the number without a comma.'],
    ['abc', 'float32', 'abc is no number.'],
  ] as const)('%s as %s is refused: %s', (text, element, problem) => {
    expect(readValue(text, element)).toEqual({ problem });
  });

  it('a missing number is said to be sent as NaN', () => {
    expect(readValue(' ', 'float32')).toEqual({ json: '"NaN"', note: 'sent as NaN' });
  });
});

const form: ModelForm = {
  inputs: [
    {
      kind: 'fields',
      name: 'X',
      element: 'float32',
      shape: [1, 2],
      fields: [
        { key: 'X[0]', label: 'width', choices: [] },
        { key: 'X[1]', label: 'height', choices: [] },
      ],
    },
    { kind: 'values', name: 'mask', element: 'bool', shape: ['N', 2, 2], example: '[[[false,false],[false,false]]]' },
  ],
};

describe('the form as a request', () => {
  it('fields go into their tensor in order, JSON as deep as it is', () => {
    const { text } = formRequest(form, { 'X[1]': '2' }, {});
    expect(JSON.parse(text ?? '')).toEqual({
      inputs: [
        { name: 'X', shape: [1, 2], datatype: 'FP32', data: [0, 2] },
        {
          name: 'mask',
          shape: [1, 2, 2],
          datatype: 'BOOL',
          data: [
            [
              [false, false],
              [false, false],
            ],
          ],
        },
      ],
    });
  });

  it('names each field with what is wrong with it, and sends nothing', () => {
    const { text, problems } = formRequest(form, { 'X[1]': 'tall', mask: '[[' }, {});
    expect(text).toBeNull();
    expect(problems).toEqual({ 'X[1]': 'tall is no number.', mask: expect.stringMatching(/^This is no JSON: /) });
  });

  it('a word that objects answer to is no number', () => {
    expect(formRequest(form, { 'X[1]': 'constructor' }, {}).problems).toEqual({ 'X[1]': 'constructor is no number.' });
  });

  it('a row of a table goes to the fields of its names, whatever the order', () => {
    expect(tableTexts(form, { height: '3', other: 'x', width: null })).toEqual({
      texts: { 'X[0]': '', 'X[1]': '3' },
      notes: [],
    });
    expect(tableTexts(form, { height: '3' }).notes).toEqual(['Not in the table, and left as they were: width.']);
    expect(tableTexts(form, { a: '1', b: '2', c: '3' })).toEqual({
      texts: { 'X[0]': '1', 'X[1]': '2' },
      notes: ['No column has the name of an input: taken in their order, a, b.'],
    });
  });
});

describe('a picture as numbers', () => {
  const pixels = { data: Uint8ClampedArray.of(255, 0, 51, 255, 0, 102, 255, 255), width: 2, height: 1 } as ImageData;
  const input = {
    kind: 'image',
    name: 'x',
    element: 'float32',
    layout: 'NCHW',
    channels: 3,
    height: 1,
    width: 2,
  } as const;
  const choice = { fit: 'stretch', order: 'RGB', scale: 'unit', height: 1, width: 2 } as const;
  const values = (given: Partial<typeof input | { layout: 'NHWC' }>, chosen: object): number[] =>
    JSON.parse(
      pictureInput({ ...input, ...given } as never, pixels, { ...choice, ...chosen } as never).data,
    ) as number[];

  it('channels lie apart or together, in RGB or BGR', () => {
    expect(values({}, { scale: 'bytes' })).toEqual([255, 0, 0, 102, 51, 255]);
    expect(values({ layout: 'NHWC' }, { scale: 'bytes' })).toEqual([255, 0, 51, 0, 102, 255]);
    expect(values({}, { scale: 'bytes', order: 'BGR' })).toEqual([51, 255, 0, 102, 255, 0]);
  });

  it('is scaled as chosen; ImageNet’s means stay with their colours in BGR', () => {
    expect(values({}, {})).toEqual([1, 0, 0, 0.4, 0.2, 1].map(Math.fround));
    expect(values({}, { scale: 'signed' })[1]).toBe(-1);
    expect(values({}, { scale: 'imagenet' })[0]).toBeCloseTo((1 - 0.485) / 0.229, 5);
    expect(values({}, { scale: 'imagenet', order: 'BGR' })[4]).toBeCloseTo((1 - 0.485) / 0.229, 5);
  });
});

describe('the sentence of a prediction', () => {
  const prediction = (outputs: Prediction['outputs'], rows = 1): Prediction => ({
    outputs,
    labels: {},
    milliseconds: 1,
    isFirst: false,
    taken: { format: 'oip', rows, notes: [] },
    changes: [],
  });
  const numbers = (data: number[], shape: number[]) => ({ type: 'float32', shape, data }) as const;

  it('is the class that the model chose, with its score, and not always the highest one', () => {
    const found = prediction({
      label: { type: 'string', shape: [1], data: ['late'] },
      scores: numbers([0.4, 0.6], [1, 2]),
    });
    const labels = [{ output: 'scores', from: 'ZipMap', kind: 'string' as const, classes: ['late', 'on time'] }];
    expect(readingOf(found, labels, 0)).toMatchObject({ text: 'late, 0.400', answer: 'late' });
  });

  it('a label is the answer where the scores have no names: a model says the same as its own copy', () => {
    const found = prediction({
      label: { type: 'string', shape: [1], data: ['malignant'] },
      probabilities: numbers([0.1, 0.9], [1, 2]),
    });
    expect(readingOf(found, [], 0)).toMatchObject({ text: 'malignant, 0.900', answer: 'malignant' });
    const labels = [{ output: 'probabilities', from: 'X', kind: 'string' as const, classes: ['benign', 'malignant'] }];
    expect(readingOf(found, labels, 0).answer).toBe('malignant');
  });

  it('is of the row that is asked for', () => {
    const found = prediction({ y: numbers([1.5, -2.25], [2, 1]) }, 2);
    expect(readingOf(found, [], 1)).toMatchObject({ text: '−2.25', value: -2.25 });
  });

  it('names what it cannot put into a sentence', () => {
    expect(readingOf(prediction({ y: numbers(Array(12).fill(2), [1, 12]) }), [], 0).text).toBe('12 values in y');
  });
});
