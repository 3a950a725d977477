// Tables that stay open between questions about them: pages come one after the other, and each would open them anew.
import type { TableSource } from '../../../protocol/datasets/table-source';
import { mixedColumn, OpenedTables, type OpenTables, type OpenTerms } from './open-tables';

const mostColumnsAsText = 50;

interface Opened<Made> {
  name: string;
  tables: OpenedTables;
  asText: readonly string[];
  made: Made;
}

/** The tables of one question at a time, one question after the other. `Made` is what was made of them since they were opened. */
export class KeptOpened<Made> {
  readonly #fresh: () => Made;
  #opened: Opened<Made> | undefined;
  #before: Promise<unknown> = Promise.resolve();

  /** `fresh` is what has been made of tables that were just opened. */
  constructor(fresh: () => Made) {
    this.#fresh = fresh;
  }

  /**
   * Does `work` with the tables, opened anew when they are others or their files have changed, and once more where a column
   * turns out to hold several types. Throws as `withTables` does.
   */
  use<Answer>(
    sources: Readonly<Record<string, TableSource>>,
    terms: OpenTerms,
    work: (tables: OpenTables, made: Made) => Promise<Answer>,
  ): Promise<Answer> {
    const turn = this.#before.then(() => this.#useNow(sources, terms, work));
    this.#before = turn.catch(() => undefined);
    return turn;
  }

  async #useNow<Answer>(
    sources: Readonly<Record<string, TableSource>>,
    terms: OpenTerms,
    work: (tables: OpenTables, made: Made) => Promise<Answer>,
  ): Promise<Answer> {
    let asText: readonly string[] = [];
    for (;;) {
      try {
        const { tables, made, asText: texts } = await this.#openedFor(sources, terms, asText);
        asText = texts;
        return await tables.use(terms.signal, (open) => work(open, made));
      } catch (error) {
        const column = mixedColumn(error);
        if (column === undefined || asText.includes(column) || asText.length >= mostColumnsAsText) {
          if (!terms.signal.aborted) this.#close();
          throw error;
        }
        asText = [...asText, column];
        this.#close();
      }
    }
  }

  async #openedFor(
    sources: Readonly<Record<string, TableSource>>,
    terms: OpenTerms,
    asText: readonly string[],
  ): Promise<Opened<Made>> {
    const name = JSON.stringify(sources);
    const known = this.#opened;
    if (known !== undefined && known.name === name && known.tables.isCurrent) return known;
    this.#close();
    const tables = await OpenedTables.open(sources, { ...terms, asText });
    this.#opened = { name, tables, asText, made: this.#fresh() };
    return this.#opened;
  }

  #close(): void {
    this.#opened?.tables.close();
    this.#opened = undefined;
  }
}
