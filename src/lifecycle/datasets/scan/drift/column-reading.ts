// One column of both tables, as it is judged: numbers, counts of categories, or texts.
import type { DuckDatabase } from '../../../../platform/duckdb/duck-database';
import { identifier } from '../../../../platform/duckdb/duck-text';
import type { DriftPreset } from '../../../../protocol/datasets/drift';
import type { CategorySample, ColumnSample, NumberSample, Sides } from '../../drift/column-sample';
import { kindOfType } from '../column-kind';
import type { ComparedColumn } from './compared-columns';
import { isNumberLike } from './mixed-column';
import { type ReadColumn, streamed, type TableSide } from './table-side';

/** What a column is read as, on either side. */
export function readColumns({ name, read, types }: ComparedColumn): Sides<ReadColumn> {
  const asNumbers = read === 'numbers';
  const sideOf = (type: string): ReadColumn => {
    return { name, type, asNumbers, asNamedNumbers: read === 'mixed categories' && isNumberLike(type) };
  };
  return { reference: sideOf(types.reference), current: sideOf(types.current) };
}

/** Reads columns one after the other into memory that it uses again. */
export class ColumnReading {
  readonly #duck: DuckDatabase;
  readonly #sides: Sides<TableSide>;
  readonly #preset: DriftPreset;

  constructor(duck: DuckDatabase, sides: Sides<TableSide>, preset: DriftPreset) {
    this.#duck = duck;
    this.#sides = sides;
    this.#preset = preset;
  }

  /** The column without its nulls. What it returns is overwritten by the next one. */
  read(column: ComparedColumn): Promise<ColumnSample> {
    return column.read === 'numbers' ? this.#numbers(column) : this.#values(column);
  }

  async #numbers(column: ComparedColumn): Promise<NumberSample> {
    const { name, types } = column;
    const [reference, current] = await this.#both(column, (side, read) => side.numbers(read));
    return {
      is: 'numbers',
      reference,
      current,
      isWhole: {
        reference: kindOfType(types.reference) === 'integer',
        current: kindOfType(types.current) === 'integer',
      },
      ...this.#counted(name, { reference: reference.length, current: current.length }),
    };
  }

  async #values(column: ComparedColumn): Promise<ColumnSample> {
    const [reference, current] = await this.#both(column, (side, read) => side.counts(read));
    const isKnown = reference !== undefined && current !== undefined;
    const isText =
      column.read === 'texts or categories' &&
      (isKnown ? mostDiffer(reference, current, this.#preset) : await this.#mostDiffer(column.name));
    if (isText) return this.#texts(column);
    const sample = isKnown ? this.#categories(column.name, reference, current) : await this.#manyCategories(column);
    return { ...sample, isMixed: isMixed(column) };
  }

  /** Whether more than half of the values differ, asked of DuckDB. */
  async #mostDiffer(name: string): Promise<boolean> {
    const column = identifier(name);
    const both = `(SELECT ${column} AS v FROM reference UNION ALL SELECT ${column} FROM current)`;
    const from = this.#preset === 'evidently' ? `(SELECT ${column} AS v FROM current)` : both;
    const [row] = await this.#duck.rows(`SELECT count(DISTINCT v) AS u, count(v) AS n FROM ${from}`);
    return Number(row?.u) > 0.5 * Number(row?.n);
  }

  #categories(name: string, reference: Map<string, number>, current: Map<string, number>): CategorySample {
    const names = [...new Set([...reference.keys(), ...current.keys()])].sort();
    const counts = (side: ReadonlyMap<string, number>): Float64Array =>
      Float64Array.from(names, (value) => side.get(value) ?? 0);
    return this.#categorySample(name, names, { reference: counts(reference), current: counts(current) });
  }

  /** More values than are kept one by one: DuckDB counts them, and only the counts come here. */
  async #manyCategories(column: ComparedColumn): Promise<CategorySample> {
    const { name } = column;
    const reads = readColumns(column);
    const counts = (side: 'reference' | 'current'): string =>
      `(SELECT v, count(*) AS n FROM (SELECT ${streamed(reads[side])} AS v FROM ${side}) WHERE v IS NOT NULL GROUP BY 1)`;
    const sql = `SELECT v, coalesce(r.n, 0)::DOUBLE, coalesce(c.n, 0)::DOUBLE
      FROM ${counts('reference')} r FULL JOIN ${counts('current')} c USING (v) ORDER BY v`;
    const names: string[] = [];
    const [reference, current]: [number[], number[]] = [[], []];
    for await (const chunk of this.#duck.chunks(sql)) {
      for (const [text, first, second] of chunk.getRows()) {
        names.push(String(text));
        reference.push(Number(first));
        current.push(Number(second));
      }
    }
    return this.#categorySample(name, names, {
      reference: Float64Array.from(reference),
      current: Float64Array.from(current),
    });
  }

  #categorySample(name: string, names: string[], counts: Sides<Float64Array>): CategorySample {
    const sum = (side: Float64Array): number => side.reduce((all, count) => all + count, 0);
    const values = { reference: sum(counts.reference), current: sum(counts.current) };
    return { is: 'categories', names, ...counts, ...this.#counted(name, values) };
  }

  async #texts(column: ComparedColumn): Promise<ColumnSample> {
    const [reference, current] = await this.#both(column, (side, read) => side.texts(read));
    return {
      is: 'texts',
      reference: reference.texts,
      current: current.texts,
      ...this.#counted(column.name, { reference: reference.seen, current: current.seen }),
    };
  }

  async #both<T>(column: ComparedColumn, ask: (side: TableSide, read: ReadColumn) => Promise<T>): Promise<[T, T]> {
    const reads = readColumns(column);
    return [await ask(this.#sides.reference, reads.reference), await ask(this.#sides.current, reads.current)];
  }

  #counted(column: string, values: Sides<number>): { column: string; rows: Sides<number>; nulls: Sides<number> } {
    const rows = { reference: this.#sides.reference.rows, current: this.#sides.current.rows };
    return {
      column,
      rows,
      nulls: { reference: rows.reference - values.reference, current: rows.current - values.current },
    };
  }
}

/** Of numbers and texts, which cannot be put into an order. */
function isMixed({ read, types }: ComparedColumn): boolean {
  return read === 'mixed categories' && isNumberLike(types.reference) !== isNumberLike(types.current);
}

/** Whether more than half of the values differ: of the current table, as Evidently asks, or of both. */
function mostDiffer(
  reference: ReadonlyMap<string, number>,
  current: ReadonlyMap<string, number>,
  preset: DriftPreset,
): boolean {
  const sum = (side: ReadonlyMap<string, number>): number => [...side.values()].reduce((all, count) => all + count, 0);
  if (preset === 'evidently') return current.size > 0.5 * sum(current);
  const distinct = new Set([...reference.keys(), ...current.keys()]).size;
  return distinct > 0.5 * (sum(reference) + sum(current));
}
