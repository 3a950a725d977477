// The table that a grid shows, open between its questions: pages come one after the other, and each would open it anew.
import { isColumnar, type TableSource } from '../../../../protocol/datasets/table-source';
import { mixedColumn, OpenedTables, type OpenTables, type OpenTerms } from '../open-tables';

/** `from` is what is read: the view `data`, or the table it was taken into. */
export interface GridTable extends OpenTables {
  /** Takes a table of text files in whole, once: after that every row is found without parsing those before it. */
  take(): Promise<string>;
  from: string;
}

const mostColumnsAsText = 50;
const taken = 'slipway_taken';

/** One table at a time, one question after the other. */
export class KeptTable {
  #opened: OpenedTables | undefined;
  #name = '';
  #asText: string[] = [];
  #isTaken = false;
  #before: Promise<unknown> = Promise.resolve();

  /** Does `work` with the table, opened anew when it is another one or its files have changed. */
  use<Answer>(source: TableSource, terms: OpenTerms, work: (table: GridTable) => Promise<Answer>): Promise<Answer> {
    const turn = this.#before.then(() => this.#useNow(source, terms, work));
    this.#before = turn.catch(() => undefined);
    return turn;
  }

  async #useNow<Answer>(
    source: TableSource,
    terms: OpenTerms,
    work: (table: GridTable) => Promise<Answer>,
  ): Promise<Answer> {
    for (;;) {
      try {
        const opened = await this.#openedFor(source, terms);
        return await opened.use(terms.signal, (tables) => work(this.#gridTable(source, tables)));
      } catch (error) {
        const column = mixedColumn(error);
        if (column === undefined || this.#asText.includes(column) || this.#asText.length >= mostColumnsAsText) {
          if (!terms.signal.aborted) this.#close();
          throw error;
        }
        const asText = [...this.#asText, column];
        this.#close();
        this.#asText = asText;
      }
    }
  }

  async #openedFor(source: TableSource, terms: OpenTerms): Promise<OpenedTables> {
    const name = JSON.stringify(source);
    if (this.#opened !== undefined && this.#name === name && this.#opened.isCurrent) return this.#opened;
    const asText = this.#name === name && this.#opened === undefined ? this.#asText : [];
    this.#close();
    this.#name = name;
    this.#asText = asText;
    this.#opened = await OpenedTables.open({ data: source }, { ...terms, asText });
    return this.#opened;
  }

  #gridTable(source: TableSource, tables: OpenTables): GridTable {
    const isText = !isColumnar(source);
    const table: GridTable = {
      ...tables,
      from: this.#isTaken ? taken : 'data',
      take: async () => {
        if (isText && !this.#isTaken) {
          await tables.duck.run(`CREATE TEMP TABLE ${taken} AS FROM data`);
          this.#isTaken = true;
        }
        return this.#isTaken ? taken : 'data';
      },
    };
    return table;
  }

  #close(): void {
    this.#opened?.close();
    this.#opened = undefined;
    this.#isTaken = false;
    this.#asText = [];
  }
}
