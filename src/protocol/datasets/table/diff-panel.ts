// What crosses between the panel of two tables and its host, and what it keeps over a reload. The host adds the tables: a
// page can ask for no others.
import * as z from 'zod';
import type { JobProgress } from '../../jobs/job';
import type { DiffRowsPage, DiffRowsQuery, TableDiff } from './diff';

/** One of the two: a file by its path, or a version of a dataset; `folder` is a URI. */
export const diffSide = z.discriminatedUnion('is', [
  z.object({ is: z.literal('file'), path: z.string().min(1), name: z.string() }),
  z.object({
    is: z.literal('version'),
    folder: z.string(),
    dataset: z.string(),
    version: z.string(),
    name: z.string(),
  }),
]);
export type DiffSide = z.output<typeof diffSide>;

/** Two tables, as the panel was opened with them. */
export interface DiffSides {
  before: DiffSide;
  after: DiffSide;
}

export type DiffKind = DiffRowsQuery['which'];

/** What the panel keeps over a reload. */
export interface DiffPanelState extends DiffSides {
  v: 1;
  /** Whether the sides have changed places. */
  isSwapped: boolean;
  /** Columns that tell rows apart; null: those that the dataset names. */
  key: string[] | null;
  /** Which rows are shown; null: the first kind of which there are some. */
  which: DiffKind | null;
  /** Changed rows in which this column differs; null: all. */
  column: string | null;
  offset: number;
  /** Whether only columns are shown in which some row changed. */
  isNarrow: boolean;
  open: Record<string, boolean>;
}

/** What the page asks its host. */
export interface DiffAsks {
  diff: { input: Pick<DiffPanelState, 'isSwapped' | 'key'>; answer: TableDiff };
  diffRows: {
    input: Pick<DiffPanelState, 'isSwapped'> & Omit<DiffRowsQuery, 'before' | 'after'>;
    answer: DiffRowsPage;
  };
  /** How far the comparison is; null while none goes on. */
  diffProgress: { input: null; answer: JobProgress | null };
}
export type DiffAsk = keyof DiffAsks;
