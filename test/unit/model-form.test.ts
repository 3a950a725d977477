// What is written in a field of a model's form, and what is sent for it; rows of tables, sentences of predictions.
import { describe, expect, it } from 'vitest';
import { loggedSignature } from '../../src/lifecycle/inference/form/logged-signature';
import type { ColumnFacts } from '../../src/protocol/datasets/table/column-facts';
import type { ModelForm } from '../../src/protocol/inference/form/model-form';
import type { Prediction } from '../../src/protocol/inference/prediction';
import { dateForm } from '../../webview/model/try/date/date-form';
import { firstText, missingText } from '../../webview/model/try/form/field-facts';
import { type KnownFields, knownForm } from '../../webview/model/try/form/known-form';
import { readValue } from '../../webview/model/try/form/read-value';
import { formRequest } from '../../webview/model/try/form/request';
import { pictureInput } from '../../webview/model/try/image/pixels';
import { ofOneRow, readingOf } from '../../webview/model/try/result/reading';
import { tableTexts, takenWhole } from '../../webview/model/try/rows/given-rows';
import { inFieldOrder } from '../../webview/model/try/rows/named-columns';

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

  it('a missing number is sent as NaN', () => {
    expect(readValue(' ', 'float32')).toEqual({ json: '"NaN"', isMissing: true });
  });
});

const own: ModelForm = {
  signature: null,
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

const nothing = { chosen: null, training: null, signature: null };
const form = knownForm(own, nothing);

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

  it('of a model without an open number of rows is of all that it answers', () => {
    const type = { kind: 'tensor', element: 'float32', shape: [4] } as const;
    const found = prediction({ y: numbers([0.1, 0.2, 0.6, 0.1], [4]) }, 4);
    const fixed = ofOneRow(found, { inputs: [{ name: 'x', type: { ...type, shape: [4] }, doc: '' }] });
    expect(readingOf(fixed, [], 0).text).toBe('Class 2, 0.600');
    const open = ofOneRow(found, { inputs: [{ name: 'x', type: { ...type, shape: ['N'] }, doc: '' }] });
    expect(readingOf(open, [], 0).text).toBe('0.1');
    const taken = { format: 'plain', rows: 4, notes: [], feeds: { x: numbers([1, 2, 3, 4], [4]) } } as const;
    const input = { ...(own2.inputs[0] as KnownFields), name: 'x', shape: [4] };
    expect(takenWhole({ ...taken, notes: [], feeds: {} }, { inputs: [input] }).rows).toBe(1);
    expect(takenWhole({ ...taken, notes: [], feeds: {} }, { inputs: [{ ...input, shape: [1, 4] }] }).rows).toBe(4);
  });

  it('names what it cannot put into a sentence', () => {
    expect(readingOf(prediction({ y: numbers(Array(12).fill(2), [1, 12]) }), [], 0).text).toBe('12 values in y');
  });
});

/** What is known of a column, but for what a test says of it. */
function column(part: Partial<ColumnFacts> & { name: string }): ColumnFacts {
  return { kind: 'number', missing: 0, least: null, most: null, middle: null, values: [], written: null, ...part };
}

const trained = {
  rows: 100,
  isWhole: true,
  columns: [
    column({ name: 'id', kind: 'integer', middle: '50' }),
    column({ name: 'sepal width (cm)', least: '2', most: '4.4', middle: '3.0500000000000003', missing: 0.12 }),
    column({ name: 'height', kind: 'integer', least: '1', most: '9', middle: '4.5' }),
    column({ name: 'species', kind: 'text', values: ['setosa', 'virginica'] }),
  ],
};
const ofTraining = (apart: string[]) => ({ chosen: null, training: { facts: trained, apart }, signature: null });
const fieldsOf = (known: Parameters<typeof knownForm>[1]) => (knownForm(own2, known).inputs[0] as KnownFields).fields;
const own2: ModelForm = {
  signature: null,
  inputs: [
    {
      ...(own.inputs[0] as KnownFields),
      fields: [
        { key: 'X[0]', label: 'X[0]', choices: [] },
        { key: 'X[1]', label: 'X[1]', choices: [] },
      ],
    },
  ],
};

describe('what the training knows of a form', () => {
  it('columns without names have those of the features, in their order, without the label and the key', () => {
    expect(fieldsOf(ofTraining(['species', 'id'])).map(({ label }) => label)).toEqual(['sepal width (cm)', 'height']);
    // Neither the columns nor the numbers among them are as many as the model takes.
    expect(fieldsOf(ofTraining([])).map(({ label }) => label)).toEqual(['X[0]', 'X[1]']);
  });

  it('pasted rows that name them are put into their order, others are left', () => {
    const known = knownForm(own2, ofTraining(['species', 'id']));
    expect(inFieldOrder('species,height,sepal width (cm)\nsetosa,1,2\nvirginica,3,4\n', known)).toBe(
      'sepal width (cm),height\n2,1\n4,3',
    );
    expect(inFieldOrder('"species","height","sepal width (cm)"\n"a, ""b""\nc",1,"2"\nvirginica,3,4', known)).toBe(
      '"sepal width (cm)","height"\n"2",1\n4,3',
    );
    for (const text of ['1,2\n3,4', 'height,"sepal width (cm)\n1,2', 'height,width\n1,2', '[[1, 2]]'])
      expect(inFieldOrder(text, known)).toBe(text);
  });

  it('a field holds the median before anybody wrote in it, as its type can be sent', () => {
    const [width, height] = fieldsOf(ofTraining(['species', 'id']));
    if (width === undefined || height === undefined) throw new Error('There are two fields.');
    expect([firstText(width, 'float32'), firstText(height, 'int64')]).toEqual(['3.05', '5']);
    expect(missingText(width.facts)).toBe('sent as NaN; missing in 12 % of the training rows');
  });

  it('a signature that names as many columns goes before the order of the data, and its example before zeros', () => {
    const signature = {
      columns: [
        { name: 'petal length', kind: 'number' as const },
        { name: 'petal width', kind: 'number' as const },
      ],
      example: ['1.4', null],
    };
    const [length, width] = fieldsOf({ ...ofTraining(['species', 'id']), signature });
    if (length === undefined || width === undefined) throw new Error('There are two fields.');
    expect([length.label, width.label]).toEqual(['petal length', 'petal width']);
    expect([firstText(length, 'float32'), firstText(width, 'float32')]).toEqual(['1.4', '0']);
  });
});

describe('a date', () => {
  it.each([
    ['2013-01-05', 'timestamp', '2013-02-06T07:08', '2013-02-06'],
    ['2013-01-05 05:00:00', 'timestamp', '2013-02-06T07:08', '2013-02-06 07:08:00'],
    ['2013-01-05T05:00:00.000Z', 'timestamp', '2013-02-06T07:08:09', '2013-02-06T07:08:09.000Z'],
    ['2013/01/05', 'date', '2013-02-06', '2013/02/06'],
    ['05.01.2013', 'date', '2013-02-06', '06.02.2013'],
  ] as const)('is sent as the training has it: %s', (written, kind, shown, sent) => {
    const form = dateForm(column({ name: 'when', kind, written }), { element: 'string', label: 'when' });
    expect(form?.write(shown)).toBe(sent);
    expect(form?.read(sent)?.slice(0, 10)).toBe('2013-02-06');
  });

  it.each([
    ['1356998400', '1388534399', '1360134480', 'seconds since 1970, UTC'],
    ['1356998400000', '1388534399000', '1360134480000', 'milliseconds since 1970, UTC'],
    ['1356998400000000000', '1388534399000000000', '1360134480000000000', 'nanoseconds since 1970, UTC'],
  ])('of whole numbers has the unit in which they lie in our time: %s', (least, most, sent, said) => {
    const facts = column({ name: 'scheduled_time', kind: 'integer', least, most });
    const form = dateForm(facts, { element: 'int64', label: 'scheduled_time' });
    expect([form?.write('2013-02-06T07:08'), form?.said]).toEqual([sent, said]);
    expect(form?.read(sent)).toBe('2013-02-06T07:08');
    expect(dateForm(facts, { element: 'int64', label: 'distance' })).toBeNull();
  });

  it('as eight digits is one where the name says so', () => {
    const facts = column({ name: 'date', kind: 'integer', least: '20130101', most: '20131231' });
    expect(dateForm(facts, { element: 'int64', label: 'date' })?.write('2013-02-06')).toBe('20130206');
    expect(
      dateForm(column({ name: 'a', kind: 'text', values: ['LAX', 'JFK'] }), { element: 'string', label: 'a' }),
    ).toBeNull();
  });
});

describe('a signature of MLflow', () => {
  const mlmodel = [
    'flavors: {onnx: {data: model.onnx}}',
    'saved_input_example_info: {artifact_path: input_example.json, pandas_orient: split, type: dataframe}',
    'signature:',
    `  inputs: '[{"type": "double", "name": "width", "required": true}, {"type": "string", "name": "kind"}]'`,
  ].join('\n');

  it('names the columns, and its example has their values in their order', () => {
    const example = '{"columns": ["kind", "width"], "data": [["a", 1.5], ["b", 2]]}';
    expect(loggedSignature(mlmodel, (name) => (name === 'input_example.json' ? example : undefined))).toEqual({
      columns: [
        { name: 'width', kind: 'number' },
        { name: 'kind', kind: 'text' },
      ],
      example: ['1.5', 'a'],
    });
  });

  it('that is none, or whose example is gone, says what is left', () => {
    expect(loggedSignature(mlmodel, () => undefined)?.example).toBeNull();
    expect(loggedSignature('signature: {inputs: "[{]"}', () => undefined)).toBeNull();
    expect(loggedSignature(':\n\t- [', () => undefined)).toBeNull();
  });
});
