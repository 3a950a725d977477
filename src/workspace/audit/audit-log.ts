// The writing side of the audit log.
import { sign } from '../../platform/files/machine-key';
import type { Database, Statement } from '../../platform/sqlite/database';
import { type AuditRow, auditHash, noRecord } from './audit-chain';
import { keepAuditHead } from './audit-head';

/** What is recorded. `detail` must be plain JSON. */
export interface AuditEntry {
  actor: string;
  action: string;
  subject: string;
  detail: Record<string, unknown>;
}

/** Adds records, inside the transaction that does what they tell of. */
export class AuditLog {
  readonly #last: Statement<[], Pick<AuditRow, 'seq' | 'hash'>>;
  readonly #insert: Statement;
  readonly #headFile: string;
  /** Whether a record was added since the newest hash was kept; at first nobody knows. */
  #isBehind = true;

  /** `headFile`: where the newest hash is kept beside the database. */
  constructor(database: Database, headFile: string) {
    this.#last = database.prepare('SELECT seq, hash FROM audit_records ORDER BY seq DESC LIMIT 1');
    this.#insert = database.prepare(
      `INSERT INTO audit_records (seq, time, actor, action, subject, detail, prev, hash, seal)
       VALUES (@seq, @time, @actor, @action, @subject, @detail, @prev, @hash, @seal)`,
    );
    this.#headFile = headFile;
  }

  /** `time` in epoch milliseconds. Returns the record's place and hash. */
  add(entry: AuditEntry, time: number): Pick<AuditRow, 'seq' | 'hash'> {
    const { seq: last = 0, hash: prev = noRecord } = this.#last.get() ?? {};
    const row = { ...entry, seq: last + 1, time, detail: JSON.stringify(entry.detail), prev };
    const hash = auditHash(row);
    this.#insert.run({ ...row, hash, seal: sealOf(hash) });
    this.#isBehind = true;
    return { seq: row.seq, hash };
  }

  /** Keeps the newest hash beside the database, where it was not yet; call it when nothing is open. */
  keepHead(): void {
    if (!this.#isBehind) return;
    const last = this.#last.get();
    if (last !== undefined) keepAuditHead(this.#headFile, last);
    this.#isBehind = false;
  }
}

/** A key that cannot be kept must not stop what is done: the record says by its empty seal that there was none. */
function sealOf(hash: string): string {
  try {
    return sign(hash);
  } catch {
    return '';
  }
}
