// Whether the audit log is what was written: reads all of it, so it is for a reader thread.
import { signatureOf } from '../../platform/files/machine-key';
import type { Database } from '../../platform/sqlite/database';
import type { AuditProblem, AuditVerification } from '../../protocol/audit/audit';
import { type AuditRow, auditHash, noRecord } from './audit-chain';
import { type AuditHead, readAuditHead } from './audit-head';
import { logBroken } from './audit-log';

const mostProblems = 20;

/** `headFile`: where the newest hash is kept beside the database. */
export function auditCheck(database: Database, headFile: string): AuditVerification {
  const problems: AuditProblem[] = [];
  const tell = (seq: number | null, message: string): void => {
    if (problems.length < mostProblems) problems.push({ seq, message });
  };
  const head = readAuditHead(headFile);
  let [records, unsealed, prev, isHeadSeen] = [0, 0, noRecord, head?.seq === 0];
  const rows = database.prepare<[], AuditRow>('SELECT * FROM audit_records ORDER BY seq').iterate();
  for (const row of rows) {
    records += 1;
    if (row.seq !== records) tell(row.seq, `Record ${records} is missing before it.`);
    else if (row.prev !== prev) tell(row.seq, 'It does not follow the record before it: one of the two was changed.');
    if (auditHash(row) !== row.hash) tell(row.seq, 'It was changed after it was written: its hash is another one.');
    if (row.action === logBroken) tell(row.seq, brokenBefore(row));
    if (!isSealed(row)) unsealed += 1;
    if (row.seq === head?.seq && row.hash === head.hash) isHeadSeen = true;
    records = row.seq;
    prev = row.hash;
  }
  checkHead(head, { records, isHeadSeen }, tell);
  return { records, isIntact: problems.length === 0, problems, unsealed, head: records === 0 ? null : prev };
}

/** What was found missing when the log went on. */
function brokenBefore({ detail }: AuditRow): string {
  const lost = /"seq":(\d+)/.exec(detail)?.[1];
  return lost === undefined
    ? 'When it was written, the file of the newest hash was not there or not readable: records before it may be missing.'
    : `When it was written, record ${lost} of the log before it was missing or another one.`;
}

/** A seal of another machine cannot be judged here; one that was made here and is wrong looks the same. */
function isSealed({ hash, seal }: AuditRow): boolean {
  return seal !== '' && signatureOf(hash) === seal;
}

function checkHead(
  head: AuditHead | null | undefined,
  { records, isHeadSeen }: { records: number; isHeadSeen: boolean },
  tell: (seq: number | null, message: string) => void,
): void {
  if (head === null) tell(null, 'The file of the newest hash is not readable: it was written by something else.');
  if (head === undefined && records > 0)
    tell(null, 'The file of the newest hash is not there: records may be missing at the end.');
  if (head == null || isHeadSeen) return;
  const what =
    head.seq > records ? `${head.seq - records} records are missing at the end.` : `Record ${head.seq} was replaced.`;
  tell(head.seq, `${what} The newest hash that was kept beside the database is not in the log.`);
}
