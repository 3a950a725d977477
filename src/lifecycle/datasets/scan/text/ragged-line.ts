// Where a CSV file first stops being a table. Asked only when DuckDB has refused it without naming a place.
import type { CsvDialect } from './csv-dialect';
import { unpackedBytes } from './unpacked-stream';

/** What is wrong from the start of which line on; lines count from 1. */
export interface RaggedLine {
  line: number;
  what: string;
}

/** Of a file in UTF-8: the first record that has more or fewer values than the header, or a quote that is never closed; undefined for none. */
export async function raggedLine(path: string, dialect: CsvDialect): Promise<RaggedLine | undefined> {
  const scan = new RecordWidths(dialect.delimiter);
  const decoder = new TextDecoder();
  for await (const bytes of unpackedBytes(path)) {
    const found = scan.take(decoder.decode(bytes, { stream: true }));
    if (found !== undefined) return found;
  }
  return scan.end();
}

/** Counts the values of each record, text by text. */
class RecordWidths {
  readonly #delimiter: string;
  #width = 0;
  #values = 1;
  #isEmpty = true;
  #isQuoted = false;
  #isValueStart = true;
  #isClosed = false;
  #line = 1;
  #recordLine = 1;

  constructor(delimiter: string) {
    this.#delimiter = delimiter;
  }

  take(text: string): RaggedLine | undefined {
    for (const char of text) {
      if (char === '\n') {
        this.#line += 1;
        if (this.#isQuoted) continue;
        const found = this.#endRecord();
        if (found !== undefined) return found;
      } else if (char !== '\r') {
        if (this.#isClosed && char !== '"' && char !== this.#delimiter)
          return { line: this.#recordLine, what: 'something follows the quote that ends a value' };
        this.#takeInLine(char);
      }
    }
    return undefined;
  }

  end(): RaggedLine | undefined {
    if (this.#isQuoted) return { line: this.#recordLine, what: 'a quote is opened and not closed' };
    return this.#endRecord();
  }

  #takeInLine(char: string): void {
    // A doubled quote closes and opens again, which counts the same.
    const isQuote = char === '"' && (this.#isQuoted || this.#isValueStart);
    if (isQuote) this.#isQuoted = !this.#isQuoted;
    this.#isClosed = isQuote && !this.#isQuoted;
    if (isQuote) this.#isEmpty = false;
    else if (char === this.#delimiter && !this.#isQuoted) {
      this.#values += 1;
      this.#isValueStart = true;
      this.#isEmpty = false;
      return;
    }
    // Lines of blanks before the header are none of its rows.
    if (char === ' ' && this.#width === 0 && this.#isEmpty) return;
    // Within a value a quote may only be the second of two.
    this.#isValueStart = char === '"';
    this.#isEmpty = false;
  }

  #endRecord(): RaggedLine | undefined {
    const values = this.#values;
    const isEmpty = this.#isEmpty;
    const line = this.#recordLine;
    this.#values = 1;
    this.#isEmpty = true;
    this.#isValueStart = true;
    this.#isClosed = false;
    this.#recordLine = this.#line;
    if (isEmpty) return undefined;
    if (this.#width === 0) this.#width = values;
    if (values === this.#width) return undefined;
    return { line, what: `the row has ${values} ${values === 1 ? 'value' : 'values'}, and the header ${this.#width}` };
  }
}
