// The data process's answers about what differs between two tables.
import { ComparedRows } from '../../../lifecycle/datasets/scan/diff/compared-rows';
import { diffRowsScan, diffScan } from '../../../lifecycle/datasets/scan/diff/diff-scan';
import { KeptOpened } from '../../../lifecycle/datasets/scan/kept-opened';
import type { OpenTerms } from '../../../lifecycle/datasets/scan/open-tables';
import type { DataInput } from '../../../protocol/datasets/data-questions';
import type { DiffRowsPage, TableDiff } from '../../../protocol/datasets/table/diff';
import type { Asked } from '../questions';

/** The two tables that were compared last: who reads the rows page by page does not compare them again. */
const kept = new KeptOpened(() => new ComparedRows());

/** Throws what is wrong with a table, and SlipwayError `not-found` for a key column that a side has not. */
export function answerDiff(
  { before, after, key }: DataInput<'diff'>,
  terms: OpenTerms,
  { progress, signal }: Asked<'diff'>,
): Promise<TableDiff> {
  return kept.use({ before, after }, terms, (tables, compared) =>
    diffScan(tables, compared, { key, progress, signal }),
  );
}

/** Some of the rows that differ; throws as above. */
export function answerDiffRows(
  { before, after, ...page }: DataInput<'diffRows'>,
  terms: OpenTerms,
): Promise<DiffRowsPage> {
  return kept.use({ before, after }, terms, (tables, compared) => diffRowsScan(tables, compared, page));
}
