// The data process's answers to a grid.
import { gridCell, gridCount, gridHeads, gridPage } from '../../../lifecycle/datasets/scan/grid/grid-scan';
import { KeptTable } from '../../../lifecycle/datasets/scan/grid/kept-table';
import { type OpenTerms, withTables } from '../../../lifecycle/datasets/scan/open-tables';
import type { DataInput } from '../../../protocol/datasets/data-questions';
import type { GridCell, GridCount, GridHeads, GridPage } from '../../../protocol/datasets/table/grid';
import type { AskedOf } from '../../asked/answer-lines';

const kept = new KeptTable();

/** Rows as they are shown. */
export function answerGridPage(
  query: DataInput<'gridPage'>,
  terms: OpenTerms,
  progress: AskedOf<never>['progress'],
): Promise<GridPage> {
  return kept.use(query.source, terms, (table) => gridPage(table, query, progress));
}

/** How many rows there are. */
export function answerGridCount(query: DataInput<'gridCount'>, terms: OpenTerms): Promise<GridCount> {
  return withTables({ data: query.source }, terms, (tables) => gridCount(tables, query));
}

/** What stands above columns. */
export function answerGridHeads({ source, columns }: DataInput<'gridHeads'>, terms: OpenTerms): Promise<GridHeads> {
  return kept.use(source, terms, (table) => gridHeads(table, columns));
}

/** One value whole. */
export function answerGridCell({ source, ...place }: DataInput<'gridCell'>, terms: OpenTerms): Promise<GridCell> {
  return kept.use(source, terms, (table) => gridCell(table, place));
}
