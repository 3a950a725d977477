// The table that a grid shows, open between its questions.
import { statSync } from 'node:fs';
import { basename } from 'node:path';
import { isColumnar, type TableSource } from '../../../../protocol/datasets/table-source';
import type { JobProgress } from '../../../../protocol/jobs/job';
import { KeptOpened } from '../kept-opened';
import type { OpenTables, OpenTerms } from '../open-tables';

/** `from` is what is read: the view `data`, or the table it was taken into. */
export interface GridTable extends OpenTables {
  /** Takes a table of text files in whole, once: after that every row is found without parsing those before it. Progress is in bytes. */
  take(progress?: (progress: JobProgress) => void): Promise<string>;
  from: string;
}

const taken = 'slipway_taken';

function filesOf(source: TableSource): string[] {
  return 'query' in source ? Object.values(source.tables).flatMap(({ files }) => files) : source.files;
}

function bytesOf(source: TableSource): number {
  return filesOf(source).reduce((sum, path) => sum + (statSync(path, { throwIfNoEntry: false })?.size ?? 0), 0);
}

function nameOf(source: TableSource): string {
  const [first = '', ...others] = filesOf(source);
  return others.length === 0 ? basename(first) : `${others.length + 1} files`;
}

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
        take: async (progress) => {
          if (isText && !made.isTaken) {
            const total = bytesOf(source);
            const tell = (share: number): void =>
              progress?.({ what: `Reading ${nameOf(source)}`, done: Math.round(share * total), total });
            tell(0);
            await tables.duck.run(`CREATE TEMP TABLE ${taken} AS FROM data`, tell);
            made.isTaken = true;
          }
          return made.isTaken ? taken : 'data';
        },
      }),
    );
  }
}
