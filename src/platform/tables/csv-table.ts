// Comma-separated values as RFC 4180 has them; semicolons and tabs are understood where the first line has no comma, and lines
// that end with a carriage return alone where the first one does. Of a single column an empty line is a missing value.
import { SlipwayError } from '../../base/errors';
import { type ByteSource, type TableSink, textOf } from './byte-source';

const quote = 34;
const newline = 10;
const carriageReturn = 13;
const longestCell = 16 * 1024 * 1024;

/** Reads a table whose first line names its columns. Throws SlipwayError `invalid` with the line where it is broken. */
export async function readCsv(source: ByteSource, sink: TableSink): Promise<void> {
  const parser = new CsvParser(source.name, sink);
  for await (const text of textOf(source)) parser.take(text);
  parser.end();
}

class CsvParser {
  readonly #name: string;
  readonly #sink: TableSink;
  #cells: string[] = [];
  #cell = '';
  #state: 'plain' | 'quoted' | 'quote in quotes' = 'plain';
  #line = 1;
  #quotedSince = 1;
  #width = 0;
  #separator = 0;
  #lineEnd = newline;
  #hasQuotes = false;

  constructor(name: string, sink: TableSink) {
    this.#name = name;
    this.#sink = sink;
  }

  /** The next piece of text. */
  take(text: string): void {
    if (this.#separator === 0 && text !== '') {
      this.#separator = separatorOf(text);
      this.#lineEnd = lineEndOf(text);
    }
    let from = 0;
    for (let at = 0; at < text.length; at += 1) {
      const code = text.charCodeAt(at);
      if (code === this.#lineEnd) this.#line += 1;
      if (this.#state === 'quoted') {
        if (code !== quote) continue;
        this.#keep(text.slice(from, at));
        this.#state = 'quote in quotes';
        from = at + 1;
      } else if (code === quote) {
        if (this.#state === 'quote in quotes') this.#keep('"');
        else if (this.#cell !== '' || at > from) this.#refuse('has a quotation mark in the middle of a cell');
        else this.#quotedSince = this.#line;
        this.#state = 'quoted';
        this.#hasQuotes = true;
        from = at + 1;
      } else if (code === this.#separator || code === this.#lineEnd) {
        this.#endCell(text.slice(from, at));
        from = at + 1;
        if (code === this.#lineEnd) this.#endRow(this.#line - 1);
      } else if (this.#state === 'quote in quotes' && code !== carriageReturn) {
        this.#refuse('has text behind a closing quotation mark');
      }
    }
    this.#keep(text.slice(from));
  }

  /** The end of the text. */
  end(): void {
    if (this.#state === 'quoted') {
      const sentence = `${this.#name} ends within a cell that a quotation mark opened in line ${this.#quotedSince}. It may have been cut short.`;
      throw new SlipwayError('invalid', sentence);
    }
    // Behind the end of the last line there is none.
    if (this.#cell === '' && this.#cells.length === 0 && !this.#hasQuotes) return;
    this.#endCell('');
    this.#endRow(this.#line);
  }

  #keep(text: string): void {
    this.#cell += text;
    if (this.#cell.length > longestCell) this.#refuse('has a cell of more than 16 million characters');
  }

  #endCell(rest: string): void {
    const cell = this.#cell + rest;
    this.#cells.push(cell.endsWith('\r') ? cell.slice(0, -1) : cell);
    this.#cell = '';
    this.#state = 'plain';
  }

  #endRow(line: number): void {
    const cells = this.#cells;
    const isEmpty = cells.length === 1 && cells[0] === '' && !this.#hasQuotes;
    this.#cells = [];
    this.#hasQuotes = false;
    if (isEmpty) {
      if (this.#width === 1) this.#sink.row([null]);
      return;
    }
    if (this.#width === 0) {
      this.#width = cells.length;
      this.#sink.columns(cells.map((name) => name.trim()));
    } else if (cells.length === this.#width) {
      this.#sink.row(cells.map((cell) => (cell === '' ? null : cell)));
    } else {
      const sentence = `${this.#name}, line ${line}: ${cells.length} cells, and the first line names ${this.#width} columns. Write the file again.`;
      throw new SlipwayError('invalid', sentence);
    }
  }

  #refuse(what: string): never {
    throw new SlipwayError('invalid', `${this.#name}, line ${this.#line} ${what}. Write the file again.`);
  }
}

function lineEndOf(text: string): number {
  const unquoted = text.slice(0, 64 * 1024).replaceAll(/"[^"]*"/g, '');
  const end = unquoted.search(/[\r\n]/);
  return unquoted[end] === '\r' && end + 1 < unquoted.length && unquoted[end + 1] !== '\n' ? carriageReturn : newline;
}

function separatorOf(text: string): number {
  const first = text.slice(0, text.search(/[\r\n]|$/));
  return (first.includes(',') ? ',' : first.includes(';') ? ';' : first.includes('\t') ? '\t' : ',').charCodeAt(0);
}
