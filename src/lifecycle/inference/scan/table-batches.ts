// The rows of a table in batches, as the model takes them: each value is what it would be in a row given alone.
import { SlipwayError } from '../../../base/errors';
import { identifier } from '../../../platform/duckdb/duck-text';
import type { OnnxData, OnnxTensor } from '../../../platform/onnx/onnx-session';
import type { InputColumns } from '../batch/input-columns';
import type { ToldColumn } from '../batch/told-columns';
import { Decimal } from '../input/given';
import { toItem } from '../input/item';
import { halfText, numberToHalf } from '../tensor/half';
import { emptyData, setItem } from '../tensor/tensor-form';
import { type ElementColumn, type ElementSql, elementSql } from './element-sql';
import type { KeptColumn, ReadTable } from './read-table';

/** Some rows: tensors by input, and the columns that are kept beside what the model says. */
export interface TableBatch {
  /** Rows before it. */
  start: number;
  rows: number;
  feeds: Record<string, OnnxTensor>;
  kept: ToldColumn[];
}

/** A multiple of DuckDB's own pieces. */
const batchRows = 5 * 2048;

/** `rowNumber`: the column that numbers the rows of the whole table from 1, where only some of them are read. */
export interface BatchColumns {
  inputs: readonly InputColumns[];
  kept: readonly KeptColumn[];
  rowNumber?: string;
}

/** Throws SlipwayError `invalid` with row, column and value where a value is none that its input takes. */
export async function* tableBatches(table: ReadTable, wanted: BatchColumns): AsyncGenerator<TableBatch> {
  const sources = itemSources(table, wanted.inputs);
  const names = columnNames(sources, wanted);
  const batch = new BatchFilling(wanted, sources);
  for await (const chunk of table.duck.chunks(batchSql(table.from, sources, wanted))) {
    const readings: Record<string, Reading> = {};
    for (const [at, name] of names.entries()) {
      const vector = chunk.getColumnVector(at);
      readings[name] = (row) => vector.getItem(row) as Value;
    }
    batch.take(chunk.rowCount, readings);
    if (batch.rows >= batchRows) yield batch.whole();
  }
  if (batch.rows > 0) yield batch.whole();
}

type Value = number | bigint | boolean | string | null;
type Reading = (row: number) => Value;

/** Where the items of one column of an input come from: it is the one at `each`; `key` names what is read. */
interface ItemSource {
  input: InputColumns;
  each: number;
  key: number;
  sql: ElementSql;
}

function itemSources({ columns, written, kinds }: ReadTable, inputs: readonly InputColumns[]): ItemSource[] {
  const byName = new Map(columns.map((column) => [column.name, { ...column, arrow: kinds.get(column.name) }]));
  const places = inputs.flatMap((input) => input.columns.map((name, each) => ({ input, each, name })));
  return places.map(({ input, each, name }, key) => {
    const sql = elementSql(byName.get(name) as ElementColumn, written.get(name), input);
    return { input, each, key, sql };
  });
}

/** Of the answer's columns: items (i), what is written where there is none (r), what goes along (k) and the rows' numbers (n). */
function columnNames(sources: readonly ItemSource[], { kept, rowNumber }: BatchColumns): string[] {
  return [
    ...sources.map(({ key }) => `i${key}`),
    ...sources.flatMap(({ key, sql }) => (sql.rest === null ? [] : `r${key}`)),
    ...kept.map((_, at) => `k${at}`),
    ...(rowNumber === undefined ? [] : ['n']),
  ];
}

function batchSql(from: string, sources: readonly ItemSource[], { kept, rowNumber }: BatchColumns): string {
  const inner = [
    ...sources.map(({ key, sql }) => `${sql.item} AS i${key}`),
    ...sources.flatMap(({ key, sql }) => (sql.rest === null ? [] : `${sql.rest} AS r${key}`)),
    ...kept.map(({ sql }, at) => `${sql} AS k${at}`),
    ...(rowNumber === undefined ? [] : [`${identifier(rowNumber)} AS n`]),
  ];
  const outer = columnNames(sources, { inputs: [], kept, ...(rowNumber === undefined ? {} : { rowNumber }) }).map(
    (name) => (name.startsWith('r') ? `CASE WHEN i${name.slice(1)} IS NULL THEN ${name} END` : name),
  );
  return `SELECT ${outer.join(', ')} FROM (SELECT ${inner.join(', ')} FROM ${from})`;
}

class BatchFilling {
  rows = 0;
  readonly #wanted: BatchColumns;
  readonly #sources: readonly ItemSource[];
  #start = 0;
  #data = new Map<InputColumns, OnnxData>();
  #columns: Value[][] = [];

  constructor(wanted: BatchColumns, sources: readonly ItemSource[]) {
    this.#wanted = wanted;
    this.#sources = sources;
    this.#clear();
  }

  /** Takes a piece of at most 2,048 rows. */
  take(rows: number, readings: Readonly<Record<string, Reading>>): void {
    for (const source of this.#sources) this.#fill(source, rows, readings);
    for (const [at, values] of this.#columns.entries()) {
      const read = readings[`k${at}`] as Reading;
      for (let row = 0; row < rows; row += 1) values.push(read(row));
    }
    this.rows += rows;
  }

  /** What was taken since the last batch. */
  whole(): TableBatch {
    const feeds: Record<string, OnnxTensor> = {};
    for (const input of this.#wanted.inputs) {
      const { name, element, columns, dimensions } = input;
      const data = (this.#data.get(input) as OnnxData).slice(0, this.rows * columns.length) as OnnxData;
      feeds[name] = { type: element, shape: dimensions === 1 ? [this.rows] : [this.rows, columns.length], data };
    }
    const kept = this.#wanted.kept.map(({ name, type }, at) => ({ name, type, values: this.#columns[at] ?? [] }));
    const batch = { start: this.#start, rows: this.rows, feeds, kept };
    this.#start += this.rows;
    this.#clear();
    return batch;
  }

  #clear(): void {
    const { inputs, kept } = this.#wanted;
    this.rows = 0;
    this.#data = new Map(
      inputs.map((input) => [input, emptyData(input.element, input.columns.length * (batchRows + 2048))]),
    );
    this.#columns = kept.map(() => []);
  }

  #fill({ input, each, key, sql }: ItemSource, rows: number, readings: Readonly<Record<string, Reading>>): void {
    const { element, columns } = input;
    const width = columns.length;
    const target = this.#data.get(input) as OnnxData;
    const items = target as Value[];
    const read = readings[`i${key}`] as Reading;
    for (let row = 0; row < rows; row += 1) {
      const value = read(row);
      const place = (this.rows + row) * width + each;
      if (value !== null && !(typeof value === 'string' && value.includes('\0'))) items[place] = itemOf(element, value);
      else {
        const rest = value ?? readings[`r${key}`]?.(row) ?? null;
        const number = String(readings.n?.(row) ?? this.#start + this.rows + row + 1);
        setItem(target, place, { element, item: restItem(input, columns[each] as string, { rest, sql, number }) });
      }
    }
  }
}

/** As it would be in a row given alone. */
function restItem(
  { name, element }: InputColumns,
  column: string,
  { rest, sql: { rests }, number }: { rest: Value; sql: ElementSql; number: string },
): ReturnType<typeof toItem> {
  if (rest === null && !element.startsWith('float') && element !== 'string') {
    throw new SlipwayError(
      'invalid',
      `Row ${number} has no ${column}, and the input ${name} (${element}) cannot take a missing value.`,
    );
  }
  const made = { texts: () => rest, numbers: () => Number(rest), decimals: () => new Decimal(String(rest)) };
  return toItem(rest === null ? null : made[rests](), element, `row ${number}, column ${column}`);
}

/** A number for a text is a float16 that DuckDB gives as a float32. */
function itemOf(element: InputColumns['element'], value: NonNullable<Value>): Value {
  if (element === 'float16') return numberToHalf(value as number);
  return element === 'string' && typeof value === 'number' ? halfText(value) : value;
}
