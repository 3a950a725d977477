// One column of the tables `reference` and `current`, read into memory and nowhere else.

import type { DuckDatabase } from '../../../../platform/duckdb/duck-database';
import { identifier } from '../../../../platform/duckdb/duck-text';
import type { DriftPreset } from '../../../../protocol/datasets/drift';
import { Random } from '../../../../statistics/random';
import type { CategorySample, ColumnSample, NumberSample, Sides, TextSample } from '../../drift/column-sample';
import { kindOfType } from '../column-kind';
import type { ComparedColumn } from './compared-columns';

/** So many texts a side are learnt from; of more, these are drawn. */
const mostTexts = 4000;
/** What a text says beyond so many characters is left out. */
const mostCharacters = 10_000;

/** Reads columns one after the other into memory that it uses again. */
export class ColumnReading {
  readonly #duck: DuckDatabase;
  readonly #rows: Sides<number>;
  readonly #preset: DriftPreset;
  #buffers: Sides<Float64Array> | undefined;

  constructor(duck: DuckDatabase, rows: Sides<number>, preset: DriftPreset) {
    this.#duck = duck;
    this.#rows = rows;
    this.#preset = preset;
  }

  /** The column without its nulls. What it returns is overwritten by the next one. */
  async read(column: ComparedColumn): Promise<ColumnSample> {
    if (column.read === 'numbers') return this.#numbers(column);
    return column.read === 'texts or categories' && (await this.#isText(column.name))
      ? this.#texts(column.name)
      : this.#categories(column.name);
  }

  async #numbers({ name, types }: ComparedColumn): Promise<NumberSample> {
    this.#buffers ??= {
      reference: new Float64Array(this.#rows.reference),
      current: new Float64Array(this.#rows.current),
    };
    const reference = await this.#sorted('reference', name, types.reference, this.#buffers.reference);
    const current = await this.#sorted('current', name, types.current, this.#buffers.current);
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

  async #sorted(side: keyof Sides<unknown>, name: string, type: string, into: Float64Array): Promise<Float64Array> {
    const number = asNumber(identifier(name), type);
    let count = 0;
    const finite = `SELECT x FROM (SELECT ${number} AS x FROM ${side}) WHERE x IS NOT NULL AND isfinite(x)`;
    for await (const chunk of this.#duck.chunks(finite)) {
      const vector = chunk.getColumnVector(0);
      for (let row = 0; row < vector.itemCount; row += 1) into[count + row] = vector.getItem(row) as number;
      count += vector.itemCount;
    }
    return into.subarray(0, count).sort();
  }

  /** Whether more than half of the values differ: of the current table, as Evidently asks, or of both. */
  async #isText(name: string): Promise<boolean> {
    const column = identifier(name);
    const both = `(SELECT ${column} AS v FROM reference UNION ALL SELECT ${column} FROM current)`;
    const from = this.#preset === 'evidently' ? `(SELECT ${column} AS v FROM current)` : both;
    const [row] = await this.#duck.rows(`SELECT count(DISTINCT v) AS u, count(v) AS n FROM ${from}`);
    return Number(row?.u) > 0.5 * Number(row?.n);
  }

  async #categories(name: string): Promise<CategorySample> {
    const counts = (side: string): string => {
      const value = `CAST(${identifier(name)} AS VARCHAR)`;
      return `(SELECT ${value} AS v, count(*) AS n FROM ${side} WHERE ${identifier(name)} IS NOT NULL GROUP BY 1)`;
    };
    const sql = `SELECT v, coalesce(r.n, 0)::DOUBLE, coalesce(c.n, 0)::DOUBLE
      FROM ${counts('reference')} r FULL JOIN ${counts('current')} c USING (v) ORDER BY v`;
    const names: string[] = [];
    const [reference, current]: [number[], number[]] = [[], []];
    for await (const chunk of this.#duck.chunks(sql)) {
      for (const [value, first, second] of chunk.getRows()) {
        names.push(String(value));
        reference.push(Number(first));
        current.push(Number(second));
      }
    }
    const sum = (counts: readonly number[]): number => counts.reduce((all, count) => all + count, 0);
    return {
      is: 'categories',
      names,
      reference: Float64Array.from(reference),
      current: Float64Array.from(current),
      ...this.#counted(name, { reference: sum(reference), current: sum(current) }),
    };
  }

  async #texts(name: string): Promise<TextSample> {
    const [reference, current] = [await this.#drawn('reference', name), await this.#drawn('current', name)];
    return {
      is: 'texts',
      reference: reference.texts,
      current: current.texts,
      ...this.#counted(name, { reference: reference.seen, current: current.seen }),
    };
  }

  /** Each text with the same chance, always the same ones of the same rows. */
  async #drawn(side: string, name: string): Promise<{ texts: string[]; seen: number }> {
    const random = new Random(1);
    const texts: string[] = [];
    let seen = 0;
    const value = `left(CAST(${identifier(name)} AS VARCHAR), ${mostCharacters})`;
    const sql = `SELECT ${value} FROM ${side} WHERE ${identifier(name)} IS NOT NULL`;
    for await (const chunk of this.#duck.chunks(sql)) {
      const vector = chunk.getColumnVector(0);
      for (let row = 0; row < vector.itemCount; row += 1) {
        seen += 1;
        const place = texts.length < mostTexts ? texts.length : random.below(seen);
        if (place < mostTexts) texts[place] = String(vector.getItem(row));
      }
    }
    return { texts, seen };
  }

  #counted(column: string, values: Sides<number>): { column: string; rows: Sides<number>; nulls: Sides<number> } {
    const { reference, current } = this.#rows;
    return {
      column,
      rows: this.#rows,
      nulls: { reference: reference - values.reference, current: current - values.current },
    };
  }
}

/** Times as seconds. */
function asNumber(column: string, type: string): string {
  const kind = kindOfType(type);
  if (kind === 'date' || kind === 'timestamp') return `epoch(CAST(${column} AS TIMESTAMP))::DOUBLE`;
  if (kind === 'time') return `epoch(${column})::DOUBLE`;
  return `CAST(${column} AS DOUBLE)`;
}
