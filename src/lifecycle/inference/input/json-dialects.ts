// The shapes in which JSON for a model is written: the Open Inference Protocol's, MLflow's, TensorFlow Serving's, and plain values.
import { SlipwayError } from '../../../base/errors';
import type { InputFormat } from '../../../protocol/inference/prediction';
import { Decimal, type Given, type NamedValues, type Nested, type Scalar } from './given';
import { type JsonTerms, parseJsonText } from './json-text';

interface TakenJson {
  format: InputFormat;
  given: Given;
}

type JsonObject = Record<string, unknown>;

/** What the text says, and in which format it says it. Throws SlipwayError `invalid` with what is wrong and where. */
export function takeJson(text: string, terms: JsonTerms): TakenJson {
  const value = parseJsonText(text, terms);
  if (!isObject(value))
    return { format: 'plain', given: Array.isArray(value) ? rowsGiven(value, 'The list') : scalarGiven(value) };
  if (isOip(value)) return { format: 'oip', given: oipGiven(value.inputs) };
  if ('dataframe_split' in value) return { format: 'mlflow', given: splitGiven(value.dataframe_split) };
  if ('dataframe_records' in value)
    return { format: 'mlflow', given: rowsGiven(value.dataframe_records, 'dataframe_records') };
  if ('instances' in value) return { format: 'tensorflow', given: rowsGiven(value.instances, 'instances') };
  if ('inputs' in value && Object.keys(value).every((key) => mlflowKeys.has(key))) {
    return {
      format: 'mlflow',
      given: isObject(value.inputs) ? namedGiven(value.inputs) : rowsGiven(value.inputs, 'inputs'),
    };
  }
  return { format: 'plain', given: isRow(value) ? rowsGiven([value], 'The object') : namedGiven(value) };
}

const mlflowKeys = new Set(['inputs', 'params', 'signature_name']);

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Decimal);
}

/** An object of single values is one row. */
function isRow(value: JsonObject): boolean {
  return Object.values(value).every((each) => !isObject(each) && !Array.isArray(each));
}

function isOip(value: JsonObject): value is { inputs: JsonObject[] } {
  return (
    Array.isArray(value.inputs) &&
    // A model that takes nothing is given no input.
    value.inputs.every((each) => isObject(each) && 'name' in each && 'data' in each)
  );
}

function oipGiven(inputs: readonly JsonObject[]): Given {
  const named = new Map<string, NamedValues>();
  for (const { name, shape, datatype, data } of inputs) {
    if (typeof name !== 'string') throw invalid('An input of "inputs" has no name.');
    if (!isShape(shape)) throw invalid(`The input ${name} needs a "shape" of whole numbers.`);
    named.set(name, { values: nested(data, name), shape, type: typeof datatype === 'string' ? datatype : null });
  }
  return { kind: 'named', inputs: named };
}

function isShape(value: unknown): value is number[] {
  return Array.isArray(value) && value.every((size) => Number.isSafeInteger(size) && (size as number) >= 0);
}

function splitGiven(value: unknown): Given {
  if (!isObject(value) || !Array.isArray(value.data)) throw invalid('"dataframe_split" needs "columns" and "data".');
  if (!Array.isArray(value.columns)) return rowsGiven(value.data, 'data');
  const names = value.columns.map(String);
  const rows = value.data.map((row, at) => {
    if (!Array.isArray(row) || row.length !== names.length)
      throw invalid(`Row ${at + 1} of "data" needs ${names.length} values.`);
    return row.map((cell) => scalar(cell, `row ${at + 1}`));
  });
  return { kind: 'columns', names, rows };
}

/** Rows: objects become columns, all else stays as it is. */
function rowsGiven(value: unknown, where: string): Given {
  if (!Array.isArray(value)) throw invalid(`${where} must be a list of rows.`);
  if (value.length === 0) throw invalid(`${where} holds no row.`);
  if (!value.every(isObject)) return { kind: 'values', values: nested(value, where) };
  if (!value.every(isRow)) return stackedGiven(value);
  const names = [...new Set(value.flatMap((row) => Object.keys(row)))];
  const rows = value.map((row) => names.map((name) => (Object.hasOwn(row, name) ? scalar(row[name], name) : null)));
  return { kind: 'columns', names, rows };
}

/** Rows whose values are lists themselves: each input is stacked over the rows. */
function stackedGiven(rows: readonly JsonObject[]): Given {
  const names = Object.keys(rows[0] ?? {});
  const inputs = names.map((name): [string, NamedValues] => {
    const values = rows.map((row, at) => {
      if (!Object.hasOwn(row, name)) throw invalid(`Row ${at + 1} has no ${name}.`);
      return nested(row[name], name);
    });
    return [name, { values, shape: null, type: null }];
  });
  return { kind: 'named', inputs: new Map(inputs) };
}

function namedGiven(value: JsonObject): Given {
  const inputs = Object.entries(value).map(([name, each]): [string, NamedValues] => [
    name,
    { values: nested(each, name), shape: null, type: null },
  ]);
  if (inputs.length === 0) throw invalid('The object is empty.');
  return { kind: 'named', inputs: new Map(inputs) };
}

function scalarGiven(value: unknown): Given {
  return { kind: 'values', values: scalar(value, 'The value') };
}

function nested(value: unknown, where: string): Nested {
  return Array.isArray(value) ? value.map((each) => nested(each, where)) : scalar(value, where);
}

function scalar(value: unknown, where: string): Scalar {
  if (isObject(value) || Array.isArray(value))
    throw invalid(`${where} holds ${isObject(value) ? 'an object' : 'a list'} where a single value belongs.`);
  return value as Scalar;
}

function invalid(sentence: string): SlipwayError {
  return new SlipwayError('invalid', sentence);
}
