// Tables that stay open between questions about them: pages come one after the other, and each would open them anew.
import type { TableSource } from '../../../protocol/datasets/table-source';
import { OpenedTables, type OpenTables, type OpenTerms } from './open-tables';
import { type CsvWays, firstWays, waysAfter } from './text/csv-ways';

interface Opened<Made> {
  name: string;
  tables: OpenedTables;
  ways: CsvWays;
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
    let ways = firstWays;
    for (;;) {
      try {
        const opened = await this.#openedFor(sources, terms, ways);
        ways = opened.ways;
        return await opened.tables.use(terms.signal, (open) => work(open, opened.made));
      } catch (error) {
        const others = waysAfter(error, ways);
        if (others === undefined) {
          if (!terms.signal.aborted) this.#close();
          throw error;
        }
        ways = others;
        this.#close();
      }
    }
  }

  async #openedFor(
    sources: Readonly<Record<string, TableSource>>,
    terms: OpenTerms,
    ways: CsvWays,
  ): Promise<Opened<Made>> {
    const name = JSON.stringify(sources);
    const known = this.#opened;
    if (known !== undefined && known.name === name && known.tables.isCurrent) return known;
    this.#close();
    const tables = await OpenedTables.open(sources, { ...terms, ways });
    this.#opened = { name, tables, ways, made: this.#fresh() };
    return this.#opened;
  }

  #close(): void {
    this.#opened?.tables.close();
    this.#opened = undefined;
  }
}
