// Tables as JSON: a line per row, or one object with columns and data, as MLflow writes its tables.
import { messageOf, SlipwayError } from '../../base/errors';
import { type ByteSource, type Cell, type TableSink, textOf } from './byte-source';

const longestLine = 16 * 1024 * 1024;
const largestWhole = 256 * 1024 * 1024;

/** Reads one object a line. Throws SlipwayError `invalid` with the line that is none. */
export async function readJsonLines(source: ByteSource, sink: TableSink): Promise<void> {
  const rows = new ObjectRows(source.name, sink);
  let rest = '';
  let line = 0;
  for await (const text of textOf(source)) {
    const lines = (rest + text).split('\n');
    rest = lines.pop() ?? '';
    if (rest.length > longestLine) {
      throw new SlipwayError(
        'invalid',
        `${source.name}, line ${line + lines.length + 1} is longer than 16 million characters.`,
      );
    }
    for (const each of lines) {
      line += 1;
      rows.take(each, line);
    }
  }
  rows.take(rest, line + 1);
}

/** Reads `{"columns": […], "data": [[…], …]}`. Throws SlipwayError `invalid` for anything else. */
export async function readJsonTable(source: ByteSource, sink: TableSink): Promise<void> {
  takeTable(await wholeJson(source), { name: source.name, sink });
}

/** Reads a list of objects, or what `readJsonTable` reads. Throws SlipwayError `invalid` for anything else. */
export async function readJsonRecords(source: ByteSource, sink: TableSink): Promise<void> {
  const value = await wholeJson(source);
  if (!Array.isArray(value)) return takeTable(value, { name: source.name, sink });
  const rows = new ObjectRows(source.name, sink);
  for (const [place, row] of value.entries()) rows.takeObject(row, `${source.name}, item ${place + 1}`);
}

async function wholeJson(source: ByteSource): Promise<unknown> {
  if (source.size > largestWhole) {
    throw new SlipwayError(
      'too-large',
      `${source.name} is larger than 256 MB. Write it as Parquet, CSV or JSON lines.`,
    );
  }
  let text = '';
  for await (const piece of textOf(source)) text += piece;
  return parsed(text, source.name);
}

function takeTable(value: unknown, { name, sink }: { name: string; sink: TableSink }): void {
  const table = value as { columns?: unknown; data?: unknown } | null;
  if (!Array.isArray(table?.columns) || !Array.isArray(table.data)) {
    throw new SlipwayError('invalid', `${name} is no table: it needs columns and data, as MLflow's tables have.`);
  }
  sink.columns(table.columns.map(String));
  for (const [place, row] of table.data.entries()) {
    if (Array.isArray(row)) sink.row(row.map((value) => cellOf(value, `${name}, row ${place + 1}`)));
  }
}

/** Rows that name their own columns. */
class ObjectRows {
  readonly #places = new Map<string, number>();

  constructor(
    readonly name: string,
    readonly sink: TableSink,
  ) {}

  take(text: string, line: number): void {
    if (text.trim() === '') return;
    const where = `${this.name}, line ${line}`;
    this.takeObject(parsed(text, where), where);
  }

  takeObject(row: unknown, where: string): void {
    if (typeof row !== 'object' || row === null || Array.isArray(row)) {
      throw new SlipwayError('invalid', `${where} is no JSON object. Write one object a line.`);
    }
    const cells: Cell[] = new Array(this.#places.size).fill(null);
    const before = this.#places.size;
    for (const [key, value] of Object.entries(row)) {
      const place = this.#places.get(key) ?? this.#places.size;
      this.#places.set(key, place);
      cells[place] = cellOf(value, where);
    }
    if (this.#places.size > before) this.sink.columns([...this.#places.keys()]);
    this.sink.row(cells);
  }
}

function parsed(text: string, what: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new SlipwayError(
      'invalid',
      `${what} is not JSON (${messageOf(error).slice(0, 120)}). It may have been cut short.`,
    );
  }
}

function cellOf(value: unknown, where: string): Cell {
  if (value === null || value === undefined) return null;
  if (typeof value !== 'object') return value as Cell;
  try {
    return JSON.stringify(value);
  } catch (error) {
    // Writing a value out needs a call for each level, which reading it does not.
    throw new SlipwayError('invalid', `${where} holds a value that is nested too deeply to be read.`, { cause: error });
  }
}
