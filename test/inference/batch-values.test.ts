// What stands in a table as CSV, Parquet, Arrow or JSON is for a model what the same value is in a single row.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type DataType,
  DurationMicrosecond,
  Field,
  Float16,
  Schema,
  Table,
  tableToIPC,
  vectorFromArray,
} from 'apache-arrow';
import { afterAll, describe, expect, test } from 'vitest';
import { ownModelProcesses } from '../../src/client/model/model-processes';
import { joined, lengthField, numberField } from '../../src/lifecycle/inference/derived/message-bytes';
import { dataTypes, nodeBytes } from '../../src/lifecycle/inference/derived/model-edits';
import { halfToNumber, numberToHalf } from '../../src/lifecycle/inference/tensor/half';
import type { BatchQuery } from '../../src/protocol/inference/batch';
import type { Prediction } from '../../src/protocol/inference/prediction';
import type { NestedItems } from '../../src/protocol/inference/tensor';
import { duck } from './duck-statements';

const bundle = join(import.meta.dirname, '../../dist');
const models = process.env.SLIPWAY_TEST_MODELS ?? '';
const iris = join(models, 'logistic-iris/model.onnx');
const folder = mkdtempSync(join(tmpdir(), 'slipway-batch-values-'));
const pool = ownModelProcesses(() => ({ bundle }));
afterAll(() => {
  pool.dispose();
  rmSync(folder, { recursive: true });
});

const csvCell = (value: unknown): string => {
  const text = value === null ? '' : String(value);
  return /[",\n]|^$|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};

/** What the model says of a whole table in a file of the folder; the file's ending is its format. */
async function ofTable(path: string, file: string, more: Partial<BatchQuery> = {}): Promise<Prediction['outputs']> {
  const format = /[a-z]+$/.exec(file)?.[0] as 'csv' | 'parquet' | 'jsonl' | 'arrow';
  const source = { files: [join(folder, file)], format };
  const query = { path, source, output: join(folder, `${file}.out.parquet`), id: null, label: null, slices: [] };
  const { answer } = await pool.ask('batch', { ...query, ...more });
  return answer?.outputs ?? {};
}

async function ofText(path: string, text: string): Promise<Prediction['outputs']> {
  return (await pool.ask('predict', { path, given: { kind: 'text', text, format: null }, outputs: null })).outputs;
}

const told = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'nothing was refused',
    (error: Error) => error.message,
  );

/** Types of their own, and every third of the others. */
const special = /^(mixed-columns|text|strings|int64|bytes|float16|float64|bfloat16|comparison|missing-|imputed-)/;

/** Exported models whose inputs are rows of one value or of several. */
const tabular = (
  JSON.parse(readFileSync(join(models, 'models.json'), 'utf8')) as { name: string; inputs: Record<string, string> }[]
).flatMap(({ name }) => {
  const { inputs } = JSON.parse(readFileSync(join(models, name, 'input.json'), 'utf8')) as {
    inputs: Record<string, NestedItems>;
  };
  const rows = Object.values(inputs).map((value) => (Array.isArray(value) ? value : []));
  const isRows = rows.every((value) => value.length > 0 && value.length === rows[0]?.length);
  const isFlat = rows.flat().every((row) => !Array.isArray(row) || row.every((value) => !Array.isArray(value)));
  const isWide = rows.some(([row]) => Array.isArray(row) && row.length > 1);
  return isRows && isFlat && !(isWide && rows.length > 1) && name !== 'sequence' ? [{ name, inputs }] : [];
});
const chosen = tabular.filter(({ name }, at) => at % 3 === 0 || special.test(name));

/** The rows as columns with names: those of the inputs, or made up where one input takes several. */
function columnsOf(inputs: Record<string, NestedItems>): { names: string[]; rows: unknown[][] } {
  const given = Object.entries(inputs).map(([name, value]) => ({
    name,
    rows: (value as NestedItems[]).map((row) => [row].flat()),
  }));
  const names = given.flatMap(({ name, rows }) => {
    const width = (rows[0] as unknown[]).length;
    return width === 1 ? [name] : Array.from({ length: width }, (_, at) => `column ${at}`);
  });
  return { names, rows: (given[0]?.rows ?? []).map((_, row) => given.flatMap(({ rows }) => rows[row] as unknown[])) };
}

test('the exported models that take rows are many', () => {
  expect(tabular.length).toBeGreaterThan(45);
  expect(chosen.length).toBeGreaterThan(22);
});

describe('a whole table is what its rows are alone, bit for bit', () => {
  test.each(chosen)('$name', async ({ name, inputs }) => {
    const path = join(models, name, 'model.onnx');
    const { names, rows } = columnsOf(inputs);
    const text = [names, ...rows].map((row) => row.map(csvCell).join(',')).join('\n');
    writeFileSync(join(folder, 'all.csv'), text);
    const single = await ofText(path, text);
    expect(await ofTable(path, 'all.csv')).toEqual(single);
  });
});

/** A model that answers what it is given. */
function echo(element: keyof typeof dataTypes): string {
  const path = join(folder, `echo-${element}.onnx`);
  writeFileSync(path, modelOf('Identity', element, ['N']));
  return path;
}

/** One operator from x to y, which are said to be of the same type. */
function modelOf(operator: string, element: keyof typeof dataTypes, shape: (string | number)[]): Uint8Array {
  const sizes = shape.map((size) =>
    lengthField(1, [typeof size === 'number' ? numberField(1, size) : lengthField(2, size)]),
  );
  const tensor = [numberField(1, dataTypes[element]), lengthField(2, sizes)];
  const value = (field: number, name: string): Uint8Array =>
    lengthField(field, [lengthField(1, name), lengthField(2, [lengthField(1, tensor)])]);
  const node = lengthField(1, [nodeBytes({ operator, inputs: ['x'], outputs: ['y'] })]);
  const graph = lengthField(7, [node, lengthField(2, 'echo'), value(11, 'x'), value(12, 'y')]);
  const opset = lengthField(8, [lengthField(1, ''), numberField(2, 17)]);
  return joined([numberField(1, 8), opset, graph]);
}

const cells = [
  ...[
    '0',
    '1',
    '-1',
    '007',
    '-0',
    '+5',
    ' 5 ',
    '2',
    '1.0',
    '1.50',
    '5.',
    '.5',
    '2.5',
    '1e3',
    '1E-3',
    '1e400',
    '4.9e-324',
  ],
  ...['127', '128', '-128', '-129', '255', '256', '32768', '65504', '65520', '65536', '16777217', '2147483648'],
  ...['4294967295', '4294967296', '9007199254740993', '9223372036854775807', '9223372036854775808'],
  ...[
    '18446744073709551615',
    '18446744073709551616',
    '-9223372036854775808',
    '0.1',
    '0.30000000000000004',
    '1.00000006',
  ],
  ...['nan', 'NaN', 'NA', 'null', 'None', '#N/A', 'inf', '-Infinity', '+inf', 'true', 'False', 'yes', 'no', 'TRUE'],
  ...['1_000', '0x10', '1,000', 'abc', 'a"b', '2013-01-05', '05/01/2013', '2013-01-05T10:00:00Z', '10:00', '3d', 'é'],
];
const elements = Object.keys(dataTypes).filter((element) => element !== 'bfloat16') as (keyof typeof dataTypes)[];

describe('a value is taken, or refused, as it is in a row alone', () => {
  test.each(elements)('written in a CSV, for %s', async (element) => {
    const path = echo(element);
    const alone = new Map<string, unknown>();
    const refused = new Map<string, string>();
    for (const cell of cells) {
      const asked = ofText(path, `x\n${csvCell(cell)}\n`);
      const answer = await asked.catch((error: Error) => error.message);
      if (typeof answer === 'string') refused.set(cell, answer);
      else alone.set(cell, (answer.y as { data: unknown[] }).data[0]);
    }
    expect(alone.size).toBeGreaterThan(5);
    writeFileSync(join(folder, 'cells.csv'), ['x', ...[...alone.keys()].map(csvCell)].join('\n'));
    const { y } = (await ofTable(path, 'cells.csv')) as Record<string, { data: unknown[] }>;
    expect(Object.fromEntries([...alone.keys()].map((cell, at) => [cell, y?.data[at]]))).toEqual(
      Object.fromEntries(alone),
    );
    if (!['int64', 'float32', 'bool'].includes(element)) return;
    for (const [cell, message] of refused) {
      writeFileSync(join(folder, 'cells.csv'), ['x', '1', csvCell(cell)].join('\n'));
      const said = await told(ofTable(path, 'cells.csv'));
      expect([cell, said]).toEqual([cell, message.replace('row 1', 'row 2')]);
    }
  });
});

/** What one column of a Parquet file is for the model that answers what it is given, or why it is refused. */
async function ofParquet(element: keyof typeof dataTypes, type: string, values: string): Promise<unknown> {
  const path = join(folder, 'typed.parquet');
  const rows = `SELECT CAST(v AS ${type}) AS x FROM (SELECT unnest([${values}]) AS v)`;
  await duck(`COPY (${rows}) TO '${path}' (FORMAT parquet)`);
  const answer = await ofTable(echo(element), 'typed.parquet').catch((error: Error) => error.message);
  return typeof answer === 'string' ? answer : (answer.y as { data: unknown[] }).data;
}

/** Element, column type, values, and what they are. float32 as the double of the same value. */
const typed: [keyof typeof dataTypes, string, string, unknown][] = [
  ['int64', 'DOUBLE', '1, 2.5', '"2.5" in row 2, column x is not a whole number, which int64 needs.'],
  [
    'int64',
    'DOUBLE',
    '3.0, -0.0, 9007199254740992',
    [3, 0, 9007199254740992].map((each) => (each > 2 ** 52 ? String(each) : each)),
  ],
  ['int64', 'DOUBLE', "'1', 'nan'", '"NaN" in row 2, column x is not a whole number, which int64 needs.'],
  [
    'int64',
    'DOUBLE',
    '1e300',
    '"1e+300" in row 1, column x is not within -9223372036854775808 and 9223372036854775807, as int64 needs.',
  ],
  ['int64', 'DECIMAL(10, 2)', '1.00, 1.50', '"1.5" in row 2, column x is not a whole number, which int64 needs.'],
  ['int64', 'BIGINT', '9007199254740993, -9223372036854775808', ['9007199254740993', '-9223372036854775808']],
  [
    'int64',
    'UBIGINT',
    '18446744073709551615',
    '"18446744073709551615" in row 1, column x is not within -9223372036854775808 and 9223372036854775807, as int64 needs.',
  ],
  [
    'int64',
    'DECIMAL(38, 0)',
    "'9223372036854775807', '9223372036854775808'",
    '"9223372036854775808" in row 2, column x is not within -9223372036854775808 and 9223372036854775807, as int64 needs.',
  ],
  ['int64', 'BIGINT', '1, NULL', 'Row 2 has no x, and the input x (int64) cannot take a missing value.'],
  ['int64', 'BOOLEAN', 'true, false', [1, 0]],
  ['int64', 'VARCHAR', "'7', ' 8 ', '9.0'", [7, 8, 9]],
  ['uint64', 'UBIGINT', '18446744073709551615', ['18446744073709551615']],
  ['int8', 'INTEGER', '127, 128', '"128" in row 2, column x is not within -128 and 127, as int8 needs.'],
  ['uint8', 'TINYINT', '1, -1', '"-1" in row 2, column x is not within 0 and 255, as uint8 needs.'],
  ['bool', 'INTEGER', '0, 1, 2', '"2" in row 3, column x is not true or false.'],
  ['bool', 'DOUBLE', '0, 1', [false, true]],
  ['bool', 'DOUBLE', '0.5', '"0.5" in row 1, column x is not true or false.'],
  ['float32', 'BOOLEAN', 'true, false, NULL', [1, 0, 'NaN']],
  ['float32', 'DOUBLE', '0.1, 1e300, -1e-50, NULL', [Math.fround(0.1), 'Infinity', -0, 'NaN']],
  ['float32', 'BIGINT', '9007199791611905', [Math.fround(2 ** 53 + 2 ** 29)]],
  ['float32', 'DECIMAL(38, 20)', "'0.30000000000000004441'", [Math.fround(0.3)]],
  ['float64', 'DECIMAL(38, 30)', "'0.123456789012345678901234567890'", [0.12345678901234568]],
  ['float64', 'DECIMAL(18, 17)', "'0.30000000000000004'", [0.30000000000000004]],
  ['float32', 'VARCHAR', "'1.5', 'abc'", '"abc" in row 2, column x is not a number.'],
  ['float32', 'DATE', "'2013-01-05'", 'The column x holds no numbers (DATE), and the input x takes float32.'],
  // Rounding to float32 first would make it 1.
  ['float16', 'DOUBLE', '1.0004882812500002', [1.0009765625]],
  ['string', 'INTEGER', '7, NULL', ['7', '']],
  ['string', 'DOUBLE', "5, 0.1, 'nan', 1e16", ['5.0', '0.1', 'nan', '1e+16']],
  ['string', 'DECIMAL(10, 2)', '1.5', ['1.50']],
  ['string', 'BOOLEAN', 'true', ['true']],
  ['string', 'DATE', "'2013-01-05'", ['2013-01-05']],
  [
    'string',
    'TIMESTAMP',
    "'2013-01-05 10:00:00.0045', '2013-01-05', NULL",
    ['2013-01-05 10:00:00.004500', '2013-01-05 00:00:00', ''],
  ],
  [
    'string',
    'TIMESTAMP_NS',
    "'2013-01-05 10:00:00.1234567', '2013-01-05 10:00:00.5'",
    ['2013-01-05 10:00:00.123456700', '2013-01-05 10:00:00.500000'],
  ],
  ['string', 'TIMESTAMPTZ', "'2013-01-05 10:00:00.25+02'", ['2013-01-05 08:00:00.250000+00:00']],
  ['string', 'TIME', "'01:02:03.0004', '01:02:03'", ['01:02:03.000400', '01:02:03']],
  ['string', 'TIMETZ', "'01:02:03.5+00'", ['01:02:03.500000']],
  [
    'string',
    'INTERVAL',
    "'1 day'",
    'The column x holds durations, and the input x takes texts. Write them as the texts that the model was trained with.',
  ],
  [
    'string',
    'VARCHAR',
    "'a', 'b' || chr(0) || 'c'",
    'The text in row 2, column x has a NUL character, at which onnxruntime would cut it off. Take it out.',
  ],
  ['string', 'TIMESTAMPTZ', "'2013-01-05 10:00:00+02'", ['2013-01-05 08:00:00+00:00']],
  ['string', 'INTEGER[]', '[1]', 'The column x holds no texts (INTEGER[]), and the input x takes string.'],
];

describe('a value of Parquet is taken exactly, or refused', () => {
  test.each(typed)('%s from %s of %s', async (element, type, values, expected) => {
    expect(await ofParquet(element, type, values)).toEqual(expected);
  });

  test('float16 is as short as numpy writes it, and a duration is no number: Arrow tells of both', async () => {
    const schema = (type: DataType): string => {
      const empty = tableToIPC(new Table(new Schema([new Field('x', type, true)])), 'stream');
      return Buffer.from(empty).toString('base64');
    };
    const ofArrow = async (type: DataType, rows: string): Promise<unknown> => {
      const path = join(folder, 'kept.parquet');
      await duck(`COPY (${rows}) TO '${path}' (FORMAT parquet, KV_METADATA {'ARROW:schema': '${schema(type)}'})`);
      return told(
        ofTable(echo('string'), 'kept.parquet').then(({ y }) => Promise.reject(new Error(JSON.stringify(y)))),
      );
    };
    const halves = [0.0999755859375, 65504, 2 ** -24, 1 / 3, -0.0001, 5, 0.28125, 2 ** -6]
      .map(numberToHalf)
      .map(halfToNumber);
    const data = ['0.1', '65500.0', '6e-08', '0.3333', '-0.0001', '5.0', '0.2812', '0.01563'];
    const said = await ofArrow(new Float16(), `SELECT CAST(unnest([${halves.join(', ')}]) AS FLOAT) AS x`);
    expect(JSON.parse(String(said))).toMatchObject({ data });
    const durations = new DurationMicrosecond();
    expect(await ofArrow(durations, 'SELECT CAST(86405000000 AS BIGINT) AS x')).toContain(
      'The column x holds durations',
    );
    const half = vectorFromArray([0.0999755859375, null], new Float16());
    writeFileSync(join(folder, 'half.arrow'), tableToIPC(new Table({ x: half }), 'file'));
    expect(await ofTable(echo('string'), 'half.arrow')).toMatchObject({ y: { data: ['0.1', ''] } });
  });
});

describe('a table of JSON is taken as its rows are', () => {
  const written = ['7', '-7', '9007199254740993', '1.0', '1e3', '2.5', '-0.0', 'true', '"1.50"', '"a"'];
  test.each(written)('%s for a text: the same text, or refused in both', async (value) => {
    const path = echo('string');
    writeFileSync(join(folder, 'value.jsonl'), `{"x": ${value}}\n`);
    const asked = [ofText(path, `[{"x": ${value}}]`), ofTable(path, 'value.jsonl')].map((answer) =>
      answer.then(
        ({ y }) => (y as { data: unknown[] }).data[0],
        (error: Error) => error.message.replace(/^"[^"]*"/, 'It'),
      ),
    );
    const [alone, inTable] = await Promise.all(asked);
    expect(inTable).toBe(alone);
    const isText = /^(-?\d+|true|".*")$/.test(value);
    expect(alone).toBe(
      isText
        ? value.replaceAll('"', '')
        : 'It in row 1, column x is not a text, and the model takes one: 1, 1.0 and 1e0 are three of them. Write it in quotes.',
    );
  });

  test('whole numbers beyond 2^53, dates and digits in texts', async () => {
    writeFileSync(join(folder, 'far.jsonl'), '{"x": 9007199254740993}\n{"x": -4}\n');
    expect(await ofTable(echo('int64'), 'far.jsonl')).toMatchObject({ y: { data: ['9007199254740993', -4] } });
    writeFileSync(
      join(folder, 'said.jsonl'),
      '{"x": "2013-01-05T10:00:00Z"}\n{"x": "007"}\n{"x": "NA"}\n{"x": null}\n',
    );
    const data = ['2013-01-05T10:00:00Z', '007', 'NA', ''];
    expect(await ofTable(echo('string'), 'said.jsonl')).toMatchObject({ y: { data } });
    writeFileSync(join(folder, 'half.jsonl'), '{"x": 1}\n{"x": 2.5}\n');
    expect(await told(ofTable(echo('int32'), 'half.jsonl'))).toBe(
      '"2.5" in row 2, column x is not a whole number, which int32 needs.',
    );
  });
});

describe('text and table are read alike', () => {
  test.each([
    ['an empty line between rows of one column is a missing value', 'x\n1\n\n3\n', [1, 'NaN', 3]],
    ['so is one that is quoted at the end', 'x\n1\n""\n', [1, 'NaN']],
    ['lines may end with a carriage return alone', 'x\r1\r3\r', [1, 3]],
  ])('%s', async (_, text, data) => {
    const path = echo('float32');
    writeFileSync(join(folder, 'lines.csv'), text);
    expect(await ofText(path, text)).toMatchObject({ y: { data } });
    expect(await ofTable(path, 'lines.csv')).toMatchObject({ y: { data } });
  });

  test('empty lines below pasted rows are none of them', async () => {
    expect(await ofText(echo('float32'), 'x\n1\n3\n\n\n')).toMatchObject({ y: { data: [1, 3] } });
  });

  test.each([
    ['a first line of numbers, some of them missing, is a row', '1,nan,1,0.2\n5,3,1,1\n', 2],
    ['a first line by which pandas counts columns names them', '0,1,2,3\n5,3,1,1\n', 1],
    ['a line that counts is a row where none follows', '0,1,2,3\n', 1],
  ])('%s', async (_, text, rows) => {
    writeFileSync(join(folder, 'headless.csv'), text);
    const given = { kind: 'text', text, format: null } as const;
    expect((await pool.ask('takeInput', { path: iris, given })).rows).toBe(rows);
    const source = { files: [join(folder, 'headless.csv')], format: 'csv' as const };
    const terms = { output: join(folder, 'headless.parquet'), id: null, label: null, slices: [] };
    expect((await pool.ask('batch', { path: iris, source, ...terms })).rows).toBe(rows);
  });

  test('single rows of a file in UTF-16, as Excel writes text, are those of the same file in UTF-8', async () => {
    for (const order of ['utf16le', 'utf16be']) {
      const bytes = Buffer.from('\ufeffx\n1\n3\n', 'utf16le');
      const path = join(folder, `${order}.csv`);
      writeFileSync(path, order === 'utf16le' ? bytes : bytes.swap16());
      const given = { kind: 'file', path, format: null } as const;
      const { outputs } = await pool.ask('predict', { path: echo('float32'), given, outputs: null });
      expect(outputs).toMatchObject({ y: { data: [1, 3] } });
    }
  });

  test('a whole number may have an exponent, in JSON and CSV alike', async () => {
    for (const text of ['[1e3]', 'x\n1e3\n'])
      expect(await ofText(echo('int64'), text)).toMatchObject({ y: { data: [1000] } });
    writeFileSync(join(folder, 'power.csv'), 'x\n1e3\n7\n');
    expect(await ofTable(echo('int64'), 'power.csv')).toMatchObject({ y: { data: [1000, 7] } });
  });
});

test('an output that is turned on its side is refused, also where the table has as many rows as columns', async () => {
  const path = join(folder, 'turned.onnx');
  writeFileSync(path, modelOf('Transpose', 'float32', ['N', 2]));
  for (const lines of ['1,2\n3,4', '1,2\n3,4\n5,6']) {
    writeFileSync(join(folder, 'square.csv'), `a,b\n${lines}\n`);
    expect(await told(ofTable(path, 'square.csv'))).toBe(
      'The output y does not have a row for each row that was given.',
    );
  }
});

test('labels and slices beside texts as written stay what they are, and are text where a later row is none', async () => {
  const lines = Array.from({ length: 4 }, (_, row) => `00${row},${row % 2},${row === 3 ? 'x' : row},05/01/2013`);
  writeFileSync(join(folder, 'beside.csv'), ['x,truth,kind,day', ...lines].join('\n'));
  await ofTable(echo('string'), 'beside.csv', {
    label: 'truth',
    slices: ['kind', 'day'],
    output: join(folder, 'beside-out.csv'),
  });
  const written = readFileSync(join(folder, 'beside-out.csv'), 'utf8').trim().split('\n');
  expect(written.map((line) => line.split(','))).toEqual([
    ['id', 'y_true', 'y_pred', 'kind', 'day'],
    ...[0, 1, 2, 3].map((row) => [row, row % 2, `00${row}`, row === 3 ? 'x' : row, '05/01/2013'].map(String)),
  ]);
});
