// Who registered a version, as the audit log has it: a column of a table can be written by anybody who owns the file.
import type { Database } from '../../../../platform/sqlite/database';
import { prepared } from '../../../../platform/sqlite/prepared';
import type { AuditRow } from '../../../../workspace/audit/audit-chain';
import type { VersionKey } from '../../store/model-version-store';
import { isSound } from './recorded-rows';

interface AuthorDetail {
  model?: number;
  author?: string;
  /** Of a model that a bundle brought: by version. */
  authors?: Record<string, string>;
}

/** The address; '' where nobody knows, as of a version from before authors were recorded. */
export function recordedAuthor(database: Database, { model, version }: VersionKey): string {
  const created = prepared<[VersionKey], AuditRow>(
    database,
    `SELECT a.* FROM registry_events e JOIN audit_records a ON a.subject = e.model_name || '@' || e.version
     WHERE e.model = @model AND e.version = @version AND e.move = 'version created' AND a.action = 'version created'`,
  ).all({ model, version });
  const said = detailsOf(created).find((each) => each.model === model)?.author;
  if (said !== undefined) return said;
  const landed = prepared<[{ model: number }], AuditRow>(
    database,
    `SELECT * FROM audit_records WHERE action = 'model imported' AND subject IN
       (SELECT model_name FROM registry_events WHERE model = @model UNION SELECT name FROM registered_models WHERE model = @model)`,
  ).all({ model });
  const imported = detailsOf(landed).find((each) => each.model === model)?.authors;
  return (imported !== undefined && Object.hasOwn(imported, version) ? imported[version] : undefined) ?? '';
}

/** Of the records that this user's engine made; in a workspace from another machine, whose seals cannot be judged here, of all. */
function detailsOf(records: readonly AuditRow[]): AuthorDetail[] {
  const sound = records.filter(isSound);
  return (sound.length > 0 ? sound : records).map(({ detail }) => detailOf(detail));
}

function detailOf(text: string): AuthorDetail {
  try {
    return (JSON.parse(text) as AuthorDetail | null) ?? {};
  } catch {
    return {};
  }
}
