// Two open tables, taken in once, and their rows compared by the key that was asked for last: pages ask for the same.
import type { TableColumn } from '../../../../protocol/datasets/table-shape';
import type { OpenTables } from '../open-tables';
import { rowNumberName } from '../row-number';
import { tableColumns } from '../shape';
import { type CommonColumns, commonColumns } from './diff-columns';
import { prepareRows } from './diff-rows';
import { takeSide } from './taken-side';

interface Sides {
  before: TableColumn[];
  after: TableColumn[];
}

/** What was made of the views `before` and `after` since they were opened. */
export class ComparedRows {
  #sides: Sides | undefined;
  #columns: CommonColumns | undefined;

  /** Both tables with the numbers of their rows, read once. */
  async take(tables: OpenTables): Promise<Sides> {
    if (this.#sides !== undefined) return this.#sides;
    const sides = { before: await tableColumns(tables, 'before'), after: await tableColumns(tables, 'after') };
    const row = rowNumberName([...sides.before, ...sides.after]);
    for (const side of ['before', 'after'] as const) await takeSide(tables.duck, side, { columns: sides[side], row });
    this.#sides = sides;
    return sides;
  }

  /** The columns of both, once their rows are compared by this key. Throws SlipwayError `not-found` for one that a side has not. */
  async by(tables: OpenTables, key: readonly string[]): Promise<CommonColumns> {
    const { before, after } = await this.take(tables);
    const columns = commonColumns(before, after, key);
    if (this.#columns !== undefined && this.#columns.key.join('\0') === columns.key.join('\0')) return this.#columns;
    this.#columns = undefined;
    await prepareRows(tables.duck, columns);
    this.#columns = columns;
    return columns;
  }
}
