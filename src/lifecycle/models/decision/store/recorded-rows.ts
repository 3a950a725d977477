// Rows that count only with their record of the audit log: it holds their hash, and the log cannot be written past the engine.
import { createHash } from 'node:crypto';
import { signatureOf } from '../../../../platform/files/machine-key';
import type { Database } from '../../../../platform/sqlite/database';
import { prepared } from '../../../../platform/sqlite/prepared';
import { type AuditRow, auditHash } from '../../../../workspace/audit/audit-chain';
import type { AuditEntry, AuditLog } from '../../../../workspace/audit/audit-log';

type Cell = string | number | null;
/** A row without `audit`, the number of its record. */
export type RecordedRow = Record<string, Cell>;
/** Tables whose rows are recorded. */
export const recordedTables = [
  'gate_reports',
  'version_approvals',
  'rules_approvals',
  'rule_waivers',
  'model_decisions',
] as const;
export type RecordedTable = (typeof recordedTables)[number];

/** SHA-256, in hex, of a row of that table, without the number of its record. */
function rowDigest(table: RecordedTable, { audit: _, ...row }: RecordedRow): string {
  const fields = Object.entries(row).sort(([a], [b]) => (a < b ? -1 : 1));
  return createHash('sha256')
    .update(JSON.stringify([table, fields]))
    .digest('hex');
}

/** Records it and adds the row, inside the transaction that is open. `entry.detail` gets the row's hash. */
export function addRecorded(
  { database, audit }: { database: Database; audit: AuditLog },
  { table, row }: { table: RecordedTable; row: RecordedRow },
  { entry, time }: { entry: AuditEntry; time: number },
): number {
  const detail = { ...entry.detail, row: rowDigest(table, row) };
  const { seq } = audit.add({ ...entry, detail }, time);
  const columns = Object.keys(row);
  const marks = columns.map((column) => `@${column}`);
  const sql = `INSERT INTO ${table} (${columns.join(', ')}, audit) VALUES (${marks.join(', ')}, @audit)`;
  prepared(database, sql).run({ ...row, audit: seq });
  return seq;
}

/** Whether the audit log names that row, and the record is one that this user's engine made. */
export function isRecorded(database: Database, table: RecordedTable, row: RecordedRow & { audit: number }): boolean {
  const record = recordOf(database, row);
  return record !== undefined && isSound(record) && namedRow(record.detail) === rowDigest(table, row);
}

/** Whether the audit log names that row, whoever made the record. */
export function isNamed(database: Database, table: RecordedTable, row: RecordedRow & { audit: number }): boolean {
  const record = recordOf(database, row);
  return record !== undefined && auditHash(record) === record.hash && namedRow(record.detail) === rowDigest(table, row);
}

const actions: Readonly<Record<RecordedTable, readonly string[]>> = {
  gate_reports: ['gate run'],
  version_approvals: ['version approved', 'version rejected'],
  rules_approvals: ['rules agreed to'],
  rule_waivers: ['rule waived'],
  model_decisions: ['version promoted', 'version rolled back', 'version withdrawn'],
};

/**
 * Records of the audit log whose row is not there any more, or is another one by now, in order. `known`: numbers of records
 * whose rows are as they were. `of`: one model, under all names it ever had, or one version of it; null for all.
 */
export function lostRecords(
  database: Database,
  table: RecordedTable,
  { known, of }: { known: ReadonlySet<number>; of: { model: number; version?: number } | null },
): AuditRow[] {
  const marks = actions[table].map((action) => `'${action}'`).join(', ');
  const sql = `SELECT * FROM audit_records WHERE action IN (${marks})`;
  const records =
    of === null
      ? prepared<[], AuditRow>(database, `${sql} ORDER BY seq`).all()
      : prepared<[object], AuditRow>(database, `${sql} AND ${ofModel} ORDER BY seq`).all({ version: null, ...of });
  const there = prepared<[number], RecordedRow & { audit: number }>(database, `SELECT * FROM ${table} WHERE audit = ?`);
  return records.filter(({ seq }) => {
    if (known.has(seq)) return false;
    // A model that had the name before has words of its own.
    const row = there.get(seq);
    return row === undefined || !isNamed(database, table, row);
  });
}

const ofModel = `subject IN (
  SELECT n.name || '@' || v.version FROM model_versions v,
    (SELECT model_name AS name FROM registry_events WHERE model = @model
     UNION SELECT name FROM registered_models WHERE model = @model) n
  WHERE v.model = @model AND (@version IS NULL OR v.version = @version))`;

function recordOf(database: Database, { audit }: { audit: number }): AuditRow | undefined {
  return prepared<[number], AuditRow>(database, 'SELECT * FROM audit_records WHERE seq = ?').get(audit);
}

/** A record whose hash is right, made with the key of this user on this machine where there is one. */
export function isSound(record: AuditRow): boolean {
  return auditHash(record) === record.hash && (signatureOf(record.hash) ?? '') === record.seal;
}

function namedRow(detail: string): unknown {
  return detailIn({ detail }).row;
}

/** What a record holds; what was changed by hand may be no JSON. */
export function detailIn({ detail }: Pick<AuditRow, 'detail'>): Record<string, unknown> {
  try {
    return (JSON.parse(detail) as Record<string, unknown> | null) ?? {};
  } catch {
    return {};
  }
}
