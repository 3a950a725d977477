// The table that a grid shows, open between its questions.
import { isColumnar, type TableSource } from '../../../../protocol/datasets/table-source';
import { KeptOpened } from '../kept-opened';
import type { OpenTables, OpenTerms } from '../open-tables';

/** `from` is what is read: the view `data`, or the table it was taken into. */
export interface GridTable extends OpenTables {
  /** Takes a table of text files in whole, once: after that every row is found without parsing those before it. */
  take(): Promise<string>;
  from: string;
}

const taken = 'slipway_taken';

/** One table at a time, one question after the other. */
export class KeptTable {
  readonly #kept = new KeptOpened(() => ({ isTaken: false }));

  /** Does `work` with the table, opened anew when it is another one or its files have changed. */
  use<Answer>(source: TableSource, terms: OpenTerms, work: (table: GridTable) => Promise<Answer>): Promise<Answer> {
    const isText = !isColumnar(source);
    return this.#kept.use({ data: source }, terms, (tables, made) =>
      work({
        ...tables,
        from: made.isTaken ? taken : 'data',
        take: async () => {
          if (isText && !made.isTaken) {
            await tables.duck.run(`CREATE TEMP TABLE ${taken} AS FROM data`);
            made.isTaken = true;
          }
          return made.isTaken ? taken : 'data';
        },
      }),
    );
  }
}
