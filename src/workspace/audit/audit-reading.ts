// Pages of the audit log.
import type { Database } from '../../platform/sqlite/database';
import type { AuditRecord } from '../../protocol/audit/audit';
import type { Page } from '../../protocol/run';
import type { AuditRow } from './audit-chain';
import { ofPart } from './audit-records';

/** The newest first; `page` is what the last one gave as `next`. `subject`: of one model and its versions. */
export function auditPage(
  database: Database,
  { subject, limit, page }: { subject: string | null; limit: number; page?: string | null | undefined },
): Page<AuditRecord> {
  const before = page == null || !/^\d+$/.test(page) ? Number.MAX_SAFE_INTEGER : Number(page);
  const rows = database
    .prepare<[object], AuditRow>(
      `SELECT * FROM audit_records WHERE seq < @before
         AND (@name IS NULL OR subject = @name OR ${ofPart})
       ORDER BY seq DESC LIMIT @most`,
    )
    .all({ before, name: subject, most: limit + 1 });
  const items = rows.slice(0, limit).map(({ seal: _, detail, ...row }) => ({ ...row, detail: detailOf(detail) }));
  return { items, next: rows.length > limit ? String(items.at(-1)?.seq) : null };
}

/** What was changed by hand may be no JSON. */
function detailOf(text: string): Record<string, unknown> {
  try {
    const found: unknown = JSON.parse(text);
    return typeof found === 'object' && found !== null ? { ...found } : { text };
  } catch {
    return { text };
  }
}
