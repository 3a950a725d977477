// The writing side of the audit log.
import { SlipwayError } from '../../base/errors';
import { sign } from '../../platform/files/machine-key';
import type { Database, Statement } from '../../platform/sqlite/database';
import { type AuditRow, auditHash, noRecord } from './audit-chain';
import { type AuditHead, keepAuditHead, readAuditHead } from './audit-head';
import { isSound } from './audit-records';

/** The record that says that those before it are not all that were written. */
export const logBroken = 'log broken';
/** The record by which somebody says that the log is what is relied on from there. */
const logAccepted = 'log accepted';

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
  readonly #at: Statement<[number], Pick<AuditRow, 'hash'>>;
  readonly #telling: Statement<[string], unknown>;
  readonly #lastWord: Statement<[], AuditRow>;
  /** Whether a record was added since the newest hash was kept; at first nobody knows. */
  #isBehind = true;
  /** The newest hash as it was kept, where the log does not have it: what came after it must not cover that up. */
  #lost: AuditHead | null | undefined;
  #isJudged = false;

  /** `headFile`: where the newest hash is kept beside the database. */
  constructor(database: Database, headFile: string) {
    this.#last = database.prepare('SELECT seq, hash FROM audit_records ORDER BY seq DESC LIMIT 1');
    this.#insert = database.prepare(
      `INSERT INTO audit_records (seq, time, actor, action, subject, detail, prev, hash, seal)
       VALUES (@seq, @time, @actor, @action, @subject, @detail, @prev, @hash, @seal)`,
    );
    this.#at = database.prepare('SELECT hash FROM audit_records WHERE seq = ?');
    this.#telling = database.prepare(`SELECT 1 FROM audit_records WHERE action = '${logBroken}' AND detail = ?`);
    this.#lastWord = database.prepare(
      `SELECT * FROM audit_records WHERE subject = '' AND action IN ('${logBroken}', '${logAccepted}') ORDER BY seq DESC LIMIT 1`,
    );
    this.#headFile = headFile;
  }

  /** `time` in epoch milliseconds. Returns the record's place and hash. The first one after what is kept was broken is preceded by one that says so. */
  add(entry: AuditEntry, time: number): Pick<AuditRow, 'seq' | 'hash'> {
    const broken = this.#brokenAt();
    if (broken !== undefined) this.#insertRow({ ...broken, actor: entry.actor }, time);
    return this.#insertRow(entry, time);
  }

  /** Keeps the newest hash beside the database, where it was not yet; call it when nothing is open. */
  keepHead(): void {
    if (!this.#isBehind) return;
    // The old one stays until the log itself tells that it was broken.
    if (this.#brokenAt() !== undefined) return;
    this.#lost = undefined;
    const last = this.#last.get();
    keepAuditHead(this.#headFile, last ?? beforeFirst);
    this.#isBehind = false;
  }

  /** Why the log may lack records, and nobody said yet that it is relied on all the same; null where it has all of them. */
  doubt(): string | null {
    const last = this.#lastWord.get();
    const isTold = last?.action === logBroken || (last !== undefined && !isSound(last));
    if (this.#brokenAt() === undefined && !isTold) return null;
    return 'the audit log may lack records: the newest hash that was kept beside the database is not in it, as after an older database was put back (slipway audit verify tells more)';
  }

  /** Somebody relies on the log as it is. Throws SlipwayError `invalid` where it is in no doubt. */
  accept(actor: string, said: { reason: string; door: string }, time: number): void {
    if (this.doubt() === null)
      throw new SlipwayError('invalid', 'The audit log has all of its records: nothing is to be accepted.');
    this.add({ actor, action: logAccepted, subject: '', detail: said }, time);
  }

  #insertRow(entry: AuditEntry, time: number): Pick<AuditRow, 'seq' | 'hash'> {
    const { seq: last = 0, hash: prev = noRecord } = this.#last.get() ?? {};
    const row = { ...entry, seq: last + 1, time, detail: JSON.stringify(entry.detail), prev };
    const hash = auditHash(row);
    this.#insert.run({ ...row, hash, seal: sealOf(hash) });
    this.#isBehind = true;
    return { seq: row.seq, hash };
  }

  /** What is still to be told of a newest hash that was kept and that the log has lost. */
  #brokenAt(): Omit<AuditEntry, 'actor'> | undefined {
    if (!this.#isJudged) {
      const head = readAuditHead(this.#headFile);
      // Of a log with records there was a file, too.
      const isMissing = head === undefined && this.#last.get() !== undefined;
      const isThere = head != null && (head.seq === 0 || this.#at.get(head.seq)?.hash === head.hash);
      this.#lost = isThere ? undefined : isMissing ? null : head;
      this.#isJudged = true;
    }
    if (this.#lost === undefined) return undefined;
    const detail = { seq: this.#lost?.seq ?? null, hash: this.#lost?.hash ?? null };
    if (this.#telling.get(JSON.stringify(detail)) !== undefined) return undefined;
    return { action: logBroken, subject: '', detail };
  }
}

const beforeFirst: AuditHead = { seq: 0, hash: noRecord };

/** A key that cannot be kept must not stop what is done: the record says by its empty seal that there was none. */
function sealOf(hash: string): string {
  try {
    return sign(hash);
  } catch {
    return '';
  }
}
