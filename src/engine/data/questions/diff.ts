// The data process's answers about what differs between two tables.
import { diffRowsScan, diffScan } from '../../../lifecycle/datasets/scan/diff/diff-scan';
import { type OpenTerms, withTables } from '../../../lifecycle/datasets/scan/open-tables';
import type { DataInput } from '../../../protocol/datasets/data-questions';
import type { DiffRowsPage, TableDiff } from '../../../protocol/datasets/table/diff';
import type { Asked } from '../questions';

/** Throws what is wrong with a table, and SlipwayError `not-found` for a key column that a side has not. */
export function answerDiff(
  { before, after, key }: DataInput<'diff'>,
  terms: OpenTerms,
  { progress, signal }: Asked<'diff'>,
): Promise<TableDiff> {
  return withTables({ before, after }, terms, (tables) => diffScan(tables, { key, progress, signal }));
}

/** Some of the rows that differ; throws as above. */
export function answerDiffRows(query: DataInput<'diffRows'>, terms: OpenTerms): Promise<DiffRowsPage> {
  const { before, after } = query;
  return withTables({ before, after }, terms, (tables) => diffRowsScan(tables, query));
}
