// Records of the audit log by what they tell of, for those who decide by them.
import { signatureOf } from '../../platform/files/machine-key';
import type { Database } from '../../platform/sqlite/database';
import { prepared } from '../../platform/sqlite/prepared';
import { type AuditRow, auditHash } from './audit-chain';

/** The record of that number. */
export function recordAt(database: Database, seq: number): AuditRow | undefined {
  return prepared<[number], AuditRow>(database, 'SELECT * FROM audit_records WHERE seq = ?').get(seq);
}

/** Records of these actions, in order; about these subjects only, where some are named. */
export function recordsOf(
  database: Database,
  actions: readonly string[],
  subjects: readonly string[] | null = null,
): AuditRow[] {
  const about = subjects === null ? '' : 'subject IN (SELECT value FROM json_each(@subjects)) AND';
  const sql = `SELECT * FROM audit_records WHERE ${about} action IN (SELECT value FROM json_each(@actions)) ORDER BY seq`;
  const given = { actions: JSON.stringify(actions), ...(subjects && { subjects: JSON.stringify(subjects) }) };
  return prepared<[object], AuditRow>(database, sql).all(given);
}

/** What records of the action `rules accepted` are about, each once. */
export function ruledSubjects(database: Database): string[] {
  const sql = `SELECT DISTINCT subject FROM audit_records INDEXED BY audit_records_of_rules
    WHERE action = 'rules accepted' ORDER BY subject`;
  return prepared<[], { subject: string }>(database, sql)
    .all()
    .map(({ subject }) => subject);
}

/** SQL for whether a record is about a numbered part of `@name`, as `NAME@3`: another model may be called `NAME@other`. */
export const ofPart = `(subject > @name || '@' AND subject < @name || 'A'
  AND substr(subject, length(@name) + 2) NOT GLOB '*[^0-9]*')`; // 'A' is what follows '@'.

/** Whether a record of that action is about a numbered part of that name, as `NAME@3`. */
export function isPartRecorded(database: Database, name: string, action: string): boolean {
  const sql = `SELECT 1 FROM audit_records WHERE ${ofPart} AND action = @action LIMIT 1`;
  return prepared<[object], unknown>(database, sql).get({ name, action }) !== undefined;
}

/** What a record holds; what was changed by hand may be no JSON. */
export function detailIn({ detail }: Pick<AuditRow, 'detail'>): Record<string, unknown> {
  try {
    const found: unknown = JSON.parse(detail);
    return typeof found === 'object' && found !== null ? (found as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

/** A record whose hash is right, made with the key of this user on this machine where there is one. */
export function isSound(record: AuditRow): boolean {
  return auditHash(record) === record.hash && (signatureOf(record.hash) ?? '') === record.seal;
}
