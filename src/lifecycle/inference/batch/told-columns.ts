// What a model said of rows, as columns of a file of predictions: y_pred, and score or one score_CLASS per class.
import { SlipwayError } from '../../../base/errors';
import type { OnnxTensor } from '../../../platform/onnx/onnx-session';
import type { ModelValue } from '../../../protocol/inference/outline';
import { inLabelOrder, labelOf } from '../../../statistics/metrics/label';
import type { RunValues } from '../running-model';
import { halfToNumber } from '../tensor/half';

/** Types of columns, by DuckDB's names. */
export type ToldType = 'BIGINT' | 'VARCHAR' | 'FLOAT' | 'DOUBLE' | 'BOOLEAN';

/** One column of some rows; null where a row has no value. */
export interface ToldColumn {
  name: string;
  type: ToldType;
  values: ArrayLike<number | bigint | string | boolean | null>;
}

/** Which outputs say what: the class, the scores of classes, or a number. */
export interface ToldOutputs {
  label: string | null;
  scores: string | null;
  /** In the order of the scores' columns; null where nothing names them. */
  classes: (string | number)[] | null;
}

/** `labels`: classes by output, as the opened model or the file names them. Throws SlipwayError `invalid` where no output can be used. */
export function toldOutputs(
  outputs: readonly ModelValue[],
  labels: ReadonlyMap<string | null, (string | number)[]>,
): ToldOutputs {
  const tensors = outputs.filter(({ type }) => type.kind === 'tensor');
  const elementOf = ({ type }: ModelValue): string => (type.kind === 'tensor' ? type.element : '');
  const label = tensors.find((each) => /^u?int|^string$|^bool$/.test(elementOf(each)))?.name ?? null;
  const floats = tensors.filter((each) => /^float/.test(elementOf(each)));
  const named = floats.find(({ name }) => labels.has(name)) ?? floats[0];
  if (label === null && named === undefined)
    throw new SlipwayError(
      'invalid',
      'The model has no output of numbers or classes that a table of predictions can hold.',
    );
  return { label, scores: named?.name ?? null, classes: (named && labels.get(named.name)) ?? labels.get(null) ?? null };
}

/** The columns of one batch. Throws SlipwayError `invalid` when an output does not have a value for each row. */
export function toldColumns({ label, scores, classes }: ToldOutputs, values: RunValues, rows: number): ToldColumn[] {
  const columns: ToldColumn[] = [];
  const table = scores === null ? undefined : matrix(values, scores, rows);
  if (label !== null) columns.push(labelColumn(values, label, rows));
  if (table === undefined) return columns;
  const width = table.width;
  if (label === null && width === 1) return [column('y_pred', table, 0)];
  if (label === null && classes === null)
    return Array.from({ length: width }, (_, at) => column(`${scores}_${at}`, table, at));
  const names = classes?.length === width ? classes : Array.from({ length: width }, (_, at) => at);
  if (label === null) columns.push(likeliest(table, names));
  const positive = positiveClass(names);
  if (width === 1) columns.push(column('score', table, 0));
  else if (positive !== null) columns.push(column('score', table, positive));
  else for (const [at, name] of names.entries()) columns.push(column(`score_${name}`, table, at));
  return columns;
}

/** Which of two classes is the positive one, as comparisons have it: the second in their order; null where there are not two. */
function positiveClass(classes: readonly (string | number)[]): number | null {
  if (classes.length !== 2) return null;
  const [first, second] = classes.map((each) => labelOf(each) ?? '') as [string, string];
  return inLabelOrder(first, second) > 0 ? 0 : 1;
}

interface ScoreTable {
  type: 'FLOAT' | 'DOUBLE';
  width: number;
  rows: number;
  at(row: number, column: number): number;
}

function matrix(values: RunValues, output: string, rows: number): ScoreTable {
  const { type, data, shape } = tensorOf(values, output, rows);
  const width = rows === 0 ? Number(shape[1] ?? 1) : data.length / rows;
  const numbers = data as Float32Array;
  const read =
    type === 'float16' ? (at: number) => halfToNumber(numbers[at] as number) : (at: number) => numbers[at] as number;
  return { type: type === 'float64' ? 'DOUBLE' : 'FLOAT', width, rows, at: (row, each) => read(row * width + each) };
}

/** The rows of an output. Throws SlipwayError `invalid` where they are not as many as were given. */
export function tensorOf(values: RunValues, output: string, rows: number): OnnxTensor {
  const value = values.get(output);
  if (
    value === undefined ||
    Array.isArray(value) ||
    value.data.length % Math.max(rows, 1) !== 0 ||
    (value.shape[0] ?? 1) !== rows
  ) {
    throw new SlipwayError('invalid', `The output ${output} does not have a row for each row that was given.`);
  }
  return value;
}

function column(name: string, table: ScoreTable, at: number): ToldColumn {
  return { name, type: table.type, values: Array.from({ length: table.rows }, (_, row) => table.at(row, at)) };
}

function labelColumn(values: RunValues, output: string, rows: number): ToldColumn {
  const { type, data } = tensorOf(values, output, rows);
  if (data.length !== rows)
    throw new SlipwayError('invalid', `The output ${output} has more than one class for each row.`);
  if (type === 'string') return { name: 'y_pred', type: 'VARCHAR', values: data as string[] };
  if (type === 'bool')
    return { name: 'y_pred', type: 'BOOLEAN', values: Array.from(data as Uint8Array, (each) => each !== 0) };
  return {
    name: 'y_pred',
    type: 'BIGINT',
    values: Array.from(data as BigInt64Array, (each) => BigInt(each)),
  };
}

function likeliest(table: ScoreTable, classes: readonly (string | number)[]): ToldColumn {
  const areNumbers = classes.every((each) => typeof each === 'number');
  const values = Array.from({ length: table.rows }, (_, row) => {
    let best = 0;
    for (let at = 1; at < table.width; at += 1) if (table.at(row, at) > table.at(row, best)) best = at;
    const name = classes[best] as string | number;
    return areNumbers ? BigInt(name) : String(name);
  });
  return { name: 'y_pred', type: areNumbers ? 'BIGINT' : 'VARCHAR', values };
}
