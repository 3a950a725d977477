// The newest hash of the audit log in a file of its own: records that are cut off at the end of the table are missed by it.
import { readFileSync, renameSync, writeFileSync } from 'node:fs';

/** The newest record, as far as the file knows. */
export interface AuditHead {
  seq: number;
  hash: string;
}

/** Writes it whole. A folder that cannot be written keeps the old one: the log itself is in the database. */
export function keepAuditHead(file: string, { seq, hash }: AuditHead): void {
  try {
    const made = `${file}.${process.pid}`;
    writeFileSync(made, `${JSON.stringify({ seq, hash })}\n`, { mode: 0o600 });
    renameSync(made, file);
  } catch {
    // The next record tries again.
  }
}

/** Undefined where there is none; null where there is something else. */
export function readAuditHead(file: string): AuditHead | null | undefined {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
  try {
    const { seq, hash } = JSON.parse(text) as Partial<AuditHead>;
    return typeof seq === 'number' && typeof hash === 'string' ? { seq, hash } : null;
  } catch {
    return null;
  }
}
