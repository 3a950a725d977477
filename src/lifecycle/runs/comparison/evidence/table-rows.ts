// A whole table in memory, as far as it is small enough to be looked at row by row.
import { SlipwayError } from '../../../../base/errors';
import type { ByteSource, Cell, TableSink } from '../../../../platform/tables/byte-source';
import { readCsv } from '../../../../platform/tables/csv-table';
import { readJsonLines, readJsonRecords } from '../../../../platform/tables/json-table';
import { readParquet } from '../../../../platform/tables/parquet-table';
import { bytesText } from '../../../../protocol/wording';

const mostRows = 200_000;
const mostCells = 4_000_000;
const mostBytes = 64_000_000;

/** Takes the rows of a file; rows before a column joined are shorter. */
export class TableRows implements TableSink {
  readonly name: string;
  names: readonly string[] = [];
  readonly rows: (readonly Cell[])[] = [];
  #cells = 0;

  constructor(name: string) {
    this.name = name;
  }

  columns(names: readonly string[]): void {
    this.names = [...names];
  }

  row(cells: readonly Cell[]): void {
    this.#cells += cells.length;
    if (this.rows.length >= mostRows || this.#cells > mostCells) {
      throw new SlipwayError('too-large', `${this.name} has too many rows to be shown row by row. Open it instead.`);
    }
    this.rows.push([...cells]);
  }
}

/** The table. Throws SlipwayError `invalid` with what is wrong and where, `too-large` for one that is no thing to page. */
export async function readTableRows(source: ByteSource): Promise<TableRows> {
  const { name, size } = source;
  if (size > mostBytes) {
    throw new SlipwayError(
      'too-large',
      `${name} holds ${bytesText(size)}, too much to be shown row by row. Open it instead.`,
    );
  }
  const table = new TableRows(name);
  const ending = /\.([^./\\]+)$/.exec(name)?.[1]?.toLowerCase();
  if (ending === 'parquet') await readParquet(source, table, mostRows);
  else if (ending === 'jsonl' || ending === 'ndjson') await readJsonLines(source, table);
  else if (ending === 'json') await readJsonRecords(source, table);
  else await readCsv(source, table);
  return table;
}
