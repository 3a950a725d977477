// The rows of a table in batches, as the model takes them.
import { SlipwayError } from '../../../base/errors';
import type { DuckDatabase } from '../../../platform/duckdb/duck-database';
import { identifier } from '../../../platform/duckdb/duck-text';
import type { OnnxData, OnnxElement, OnnxTensor } from '../../../platform/onnx/onnx-session';
import type { TableColumn } from '../../../protocol/datasets/table-shape';
import type { InputColumns } from '../batch/input-columns';
import type { ToldColumn, ToldType } from '../batch/told-columns';
import { numberToHalf } from '../tensor/half';
import { emptyData } from '../tensor/tensor-form';

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

const sqlTypes: Readonly<Record<OnnxElement, string>> = {
  float32: 'FLOAT',
  float64: 'DOUBLE',
  float16: 'FLOAT',
  int8: 'TINYINT',
  uint8: 'UTINYINT',
  int16: 'SMALLINT',
  uint16: 'USMALLINT',
  int32: 'INTEGER',
  uint32: 'UINTEGER',
  int64: 'BIGINT',
  uint64: 'UBIGINT',
  bool: 'BOOLEAN',
  string: 'VARCHAR',
};

/** `kept`: columns that go along, by the names they have in the output. */
export interface BatchColumns {
  inputs: readonly InputColumns[];
  kept: readonly { name: string; column: TableColumn }[];
}

/** Reads the view `from`. Throws SlipwayError `invalid` with row and column where an input needs a value and there is none. */
export async function* tableBatches(
  duck: DuckDatabase,
  from: string,
  { inputs, kept }: BatchColumns,
): AsyncGenerator<TableBatch> {
  const wanted = [
    ...inputs.flatMap(({ element, columns }) =>
      columns.map((name) => `CAST(${identifier(name)} AS ${sqlTypes[element]})`),
    ),
    ...kept.map(({ column }) => `CAST(${identifier(column.name)} AS ${keptType(column)})`),
  ];
  const batch = new BatchFilling(inputs, kept);
  for await (const chunk of duck.chunks(`SELECT ${wanted.join(', ')} FROM ${from}`)) {
    batch.take(chunk.rowCount, (column) => {
      const vector = chunk.getColumnVector(column);
      return (row) => vector.getItem(row) as Value;
    });
    if (batch.rows >= batchRows) yield batch.whole();
  }
  if (batch.rows > 0) yield batch.whole();
}

/** Digits that a BIGINT and a DOUBLE hold whatever they are. */
const sureDigits = { integer: 18, number: 15 };

/** What is wider than a type here keeps its digits as text. */
function keptType({ kind, type }: TableColumn): ToldType {
  if (kind === 'integer' || kind === 'number') {
    const digits = Number(/^DECIMAL\((\d+)/.exec(type)?.[1] ?? 0);
    if (/^(UBIGINT|U?HUGEINT)$/.test(type) || digits > sureDigits[kind]) return 'VARCHAR';
    return kind === 'integer' ? 'BIGINT' : 'DOUBLE';
  }
  return kind === 'boolean' ? 'BOOLEAN' : 'VARCHAR';
}

type Value = number | bigint | boolean | string | null;
type Reading = (row: number) => Value;

class BatchFilling {
  rows = 0;
  readonly #inputs: readonly InputColumns[];
  readonly #kept: BatchColumns['kept'];
  #start = 0;
  #data: OnnxData[] = [];
  #columns: Value[][] = [];

  constructor(inputs: readonly InputColumns[], kept: BatchColumns['kept']) {
    this.#inputs = inputs;
    this.#kept = kept;
    this.#clear();
  }

  /** Takes a piece of at most 2,048 rows. */
  take(rows: number, reading: (column: number) => Reading): void {
    let column = 0;
    for (const [at, input] of this.#inputs.entries()) {
      for (let each = 0; each < input.columns.length; each += 1, column += 1) {
        this.#fill(this.#data[at] as OnnxData, { input, each, rows, read: reading(column) });
      }
    }
    for (const values of this.#columns) {
      const read = reading(column);
      for (let row = 0; row < rows; row += 1) values.push(read(row));
      column += 1;
    }
    this.rows += rows;
  }

  /** What was taken since the last batch. */
  whole(): TableBatch {
    const feeds: Record<string, OnnxTensor> = {};
    for (const [at, { name, element, columns, dimensions }] of this.#inputs.entries()) {
      const data = (this.#data[at] as OnnxData).slice(0, this.rows * columns.length) as OnnxData;
      feeds[name] = { type: element, shape: dimensions === 1 ? [this.rows] : [this.rows, columns.length], data };
    }
    const kept = this.#kept.map(({ name, column }, at) => ({
      name,
      type: keptType(column),
      values: this.#columns[at] ?? [],
    }));
    const batch = { start: this.#start, rows: this.rows, feeds, kept };
    this.#start += this.rows;
    this.#clear();
    return batch;
  }

  #clear(): void {
    this.rows = 0;
    this.#data = this.#inputs.map(({ element, columns }) => emptyData(element, columns.length * (batchRows + 2048)));
    this.#columns = this.#kept.map(() => []);
  }

  #fill(
    data: OnnxData,
    { input, each, rows, read }: { input: InputColumns; each: number; rows: number; read: Reading },
  ): void {
    const { element, columns } = input;
    const width = columns.length;
    const target = data as Value[];
    const isFloat = element.startsWith('float');
    for (let row = 0; row < rows; row += 1) {
      const value = read(row);
      const place = (this.rows + row) * width + each;
      if (value !== null) target[place] = element === 'float16' ? numberToHalf(value as number) : value;
      else if (isFloat) target[place] = element === 'float16' ? 0x7e00 : Number.NaN;
      else if (element === 'string') target[place] = '';
      else
        throw new SlipwayError(
          'invalid',
          `Row ${this.#start + this.rows + row + 1} has no ${columns[each]}, and the input ${input.name} (${element}) cannot take a missing value.`,
        );
    }
  }
}
