// How a record of the audit log is hashed.
import { createHash } from 'node:crypto';

/** A record as it lies in the table. */
export interface AuditRow {
  seq: number;
  time: number;
  actor: string;
  action: string;
  subject: string;
  detail: string;
  prev: string;
  hash: string;
  seal: string;
}

/** What the first record has before it. */
export const noRecord = '0'.repeat(64);

/** SHA-256, in hex, of the record's fields as a JSON list, in the order of the table, without the hash itself and the seal. */
export function auditHash({
  seq,
  time,
  actor,
  action,
  subject,
  detail,
  prev,
}: Omit<AuditRow, 'hash' | 'seal'>): string {
  return createHash('sha256')
    .update(JSON.stringify([seq, time, actor, action, subject, detail, prev]))
    .digest('hex');
}
