// Drift of all versions of a dataset against one reference, as far as it is kept. A pure function of the database, for a
// reader thread: the results of wide tables are long.
import type { Database } from '../../../platform/sqlite/database';
import type { DriftColumn } from '../../../protocol/datasets/drift';
import type { DriftMoment, DriftPoint } from '../../../protocol/datasets/panel/panel-api';

/** `digests` names, by the id of each version that is told, what its drift was measured with; `columns` null: the first `mostColumns`. */
export interface DriftHistoryAsked {
  dataset: string;
  digests: Readonly<Record<string, string>>;
  columns: readonly string[] | null;
}

interface Row {
  id: string;
  created: number;
  rows: number | null;
  labels: string;
  value: string | null;
}

const mostColumns = 200;

/** The versions of `digests`, from the oldest to the newest. */
export function driftHistory(database: Database, asked: DriftHistoryAsked): DriftMoment[] {
  const { dataset, digests, columns } = asked;
  const rows = database
    .prepare<[string, string], Row>(
      `SELECT v.id, v.created_time AS created, v.row_count AS rows, r.value,
         (SELECT json_group_array(l.label) FROM dataset_labels l WHERE l.version = v.version) AS labels
       FROM datasets d JOIN dataset_versions v ON v.dataset = d.dataset AND v.deleted_time IS NULL
       JOIN json_each(?) a ON a.key = v.id
       LEFT JOIN dataset_results r ON r.version = v.version AND r.kind = 'drift' AND r.digest = a.value
       WHERE d.name = ? AND d.deleted_time IS NULL
       ORDER BY v.created_time, v.version`,
    )
    .all(JSON.stringify(digests), dataset);
  return rows.map(({ id, created, rows: count, labels, value }) => ({
    ...{ id, created, rows: count, labels: JSON.parse(labels) as string[] },
    ...(value === null ? { drifted: null, columns: null } : momentOf(JSON.parse(value) as Kept, columns)),
  }));
}

interface Kept {
  columns: DriftColumn[];
}

function momentOf(
  drift: Kept,
  wanted: readonly string[] | null,
): { drifted: DriftMoment['drifted']; columns: Record<string, DriftPoint> } {
  const names = wanted === null ? null : new Set(wanted);
  const shown = drift.columns.filter(({ column }) => names === null || names.has(column)).slice(0, mostColumns);
  const count = (wish: DriftColumn['verdict']): number =>
    drift.columns.filter(({ verdict }) => verdict === wish).length;
  return {
    drifted: { columns: drift.columns.length, drift: count('drift'), small: count('too small to tell') },
    columns: Object.fromEntries(
      shown.map(({ column, score, threshold, noise, verdict }) => [column, { score, threshold, noise, verdict }]),
    ),
  };
}
