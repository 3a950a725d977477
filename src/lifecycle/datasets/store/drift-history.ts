// Drift of all versions of a dataset against one reference, as far as it is kept. A pure function of the database, for a
// reader thread: the results of wide tables are long.
import type { Database } from '../../../platform/sqlite/database';
import type { DriftColumn } from '../../../protocol/datasets/drift';
import type { DriftMoment, DriftPoint } from '../../../protocol/datasets/panel/panel-api';

/** `digest` names what the drift was measured with; `columns` null: the first `mostColumns`. */
export interface DriftHistoryAsked {
  dataset: string;
  reference: string;
  digest: string;
  columns: readonly string[] | null;
  limit: number;
}

interface Row {
  id: string;
  created: number;
  rows: number | null;
  labels: string;
  value: string | null;
}

const mostColumns = 200;

/** The newest `limit` versions but the reference, from the oldest to the newest. */
export function driftHistory(database: Database, asked: DriftHistoryAsked): DriftMoment[] {
  const { dataset, reference, digest, columns, limit } = asked;
  const rows = database
    .prepare<[string, string, string, number], Row>(
      `SELECT v.id, v.created_time AS created, v.row_count AS rows, r.value,
         (SELECT json_group_array(l.label) FROM dataset_labels l WHERE l.version = v.version) AS labels
       FROM datasets d JOIN dataset_versions v ON v.dataset = d.dataset AND v.deleted_time IS NULL
       LEFT JOIN dataset_results r ON r.version = v.version AND r.kind = 'drift' AND r.digest = ?
       WHERE d.name = ? AND d.deleted_time IS NULL AND v.id <> ?
       ORDER BY v.created_time DESC, v.version DESC LIMIT ?`,
    )
    .all(digest, dataset, reference, limit);
  return rows.reverse().map(({ id, created, rows: count, labels, value }) => ({
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
