// What the process that reads a damaged database says: one line of JSON for each table, and one at the end.
import type { ErrorCode } from '../../base/errors';

/** What could be read. `moved` is where the workspace's own database was put when it had damaged pages. */
export interface SalvageReport {
  moved: string | null;
  /** The file that was read; null when there was none, or none could be. */
  source: string | null;
  /** The empty file that tells the next repair that `source` was brought back; null when nothing has to. */
  mark: string | null;
  /** A database of the current schema with what was read. */
  path: string | null;
  tables: { table: string; rows: number; hasGaps: boolean }[];
  unreadable: string[];
}

export type SalvageLine =
  | { reading: string }
  | { salvage: SalvageReport }
  | { error: { code: ErrorCode; message: string } };
