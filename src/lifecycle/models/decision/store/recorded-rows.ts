// Rows that count only with their record of the audit log: it holds their hash, and the log cannot be written past the engine.
import { createHash } from 'node:crypto';
import type { Database } from '../../../../platform/sqlite/database';
import { prepared } from '../../../../platform/sqlite/prepared';
import { type AuditRow, auditHash } from '../../../../workspace/audit/audit-chain';
import type { AuditEntry, AuditLog } from '../../../../workspace/audit/audit-log';
import { detailIn, isSound, recordAt, recordsOf } from '../../../../workspace/audit/audit-records';
import { namesEverOf } from './named-versions';

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

/** `sound`: the audit log names the row, by a record that this user's engine made; `foreign`: by one of another user or machine; `none`: it does not. */
export type RecordStanding = 'sound' | 'foreign' | 'none';

/** How the audit log knows a row. */
export function recordStanding(
  database: Database,
  table: RecordedTable,
  row: RecordedRow & { audit: number },
): RecordStanding {
  const record = recordAt(database, row.audit);
  if (record === undefined || auditHash(record) !== record.hash) return 'none';
  if (detailIn(record).row !== rowDigest(table, row)) return 'none';
  return isSound(record) ? 'sound' : 'foreign';
}

/** Whether the audit log names that row, and the record is one that this user's engine made. */
export function isRecorded(database: Database, table: RecordedTable, row: RecordedRow & { audit: number }): boolean {
  return recordStanding(database, table, row) === 'sound';
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
  const records = recordsOf(database, actions[table], of === null ? null : subjectsOf(database, of));
  const there = prepared<[number], RecordedRow & { audit: number }>(database, `SELECT * FROM ${table} WHERE audit = ?`);
  return records.filter(({ seq }) => {
    if (known.has(seq)) return false;
    // A model that had the name before has words of its own.
    const row = there.get(seq);
    return row === undefined || recordStanding(database, table, row) === 'none';
  });
}

/** What records call the versions of a model, or one of them, under all names it ever had. */
export function subjectsOf(database: Database, { model, version }: { model: number; version?: number }): string[] {
  const sql = 'SELECT version FROM model_versions WHERE model = ?';
  const all = prepared<[number], { version: number }>(database, sql).all(model);
  const numbers = version === undefined ? all.map((each) => each.version) : [version];
  return namesEverOf(database, model).flatMap((name) => numbers.map((each) => `${name}@${each}`));
}
