// How data came from elsewhere, where no stage's own tables say so. Every stage may add, none takes away.
import type { Database } from '../platform/sqlite/database';
import { prepared } from '../platform/sqlite/prepared';
import type { LineageEdge, LineageKind } from '../protocol/datasets/lineage';

/** An edge with the time when it was first known, in epoch milliseconds. */
export interface KeptEdge extends LineageEdge {
  time: number;
}

interface Row {
  fromKind: LineageKind;
  fromId: string;
  toKind: LineageKind;
  toId: string;
  how: string;
  by: LineageEdge['by'];
  time: number;
}

const columns = 'from_kind AS fromKind, from_id AS fromId, to_kind AS toKind, to_id AS toId, how, known_by AS by, time';

/** Keeps an edge; one that is known already stays as it is. */
export function keepEdge(database: Database, { from, to, by, how, time }: KeptEdge): void {
  prepared(
    database,
    `INSERT OR IGNORE INTO lineage_edges (from_kind, from_id, to_kind, to_id, how, known_by, time)
     VALUES (?, ?, ?, ?, ?, ?, ?)`,
  ).run(from.kind, from.id, to.kind, to.id, how, by, time);
}

/** The edges that begin or end at one thing, `most` each way. */
export function keptEdges(
  database: Database,
  { kind, id }: { kind: LineageKind; id: string },
  most: number,
): KeptEdge[] {
  const ways = ['from_kind = ? AND from_id = ?', 'to_kind = ? AND to_id = ?'];
  return ways.flatMap((where) =>
    prepared<[string, string, number], Row>(
      database,
      `SELECT ${columns} FROM lineage_edges WHERE ${where} ORDER BY time DESC LIMIT ?`,
    )
      .all(kind, id, most)
      .map(({ fromKind, fromId, toKind, toId, ...rest }) => ({
        from: { kind: fromKind, id: fromId },
        to: { kind: toKind, id: toId },
        ...rest,
      })),
  );
}
