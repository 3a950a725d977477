// Who registered a version, as the audit log has it: a column of a table can be written by anybody who owns the file.
import type { Database } from '../../../../platform/sqlite/database';
import type { AuditRow } from '../../../../workspace/audit/audit-chain';
import { detailIn, isSound, recordsOf } from '../../../../workspace/audit/audit-records';
import type { VersionKey } from '../../store/model-version-store';
import { namesEverOf } from './named-versions';

interface AuthorDetail {
  model?: number;
  author?: string;
  /** Of a model that a bundle brought: by version. */
  authors?: Record<string, string>;
}

/** The address; '' where nobody knows, as of a version from before authors were recorded. */
export function recordedAuthor(database: Database, { model, version }: VersionKey): string {
  const names = namesEverOf(database, model);
  const created = recordsOf(
    database,
    ['version created'],
    names.map((name) => `${name}@${version}`),
  );
  const said = detailsOf(created).find((each) => each.model === model)?.author;
  if (said !== undefined) return said;
  const landed = recordsOf(database, ['model imported'], names);
  const imported = detailsOf(landed).find((each) => each.model === model)?.authors;
  return (imported !== undefined && Object.hasOwn(imported, version) ? imported[version] : undefined) ?? '';
}

/** Of the records that this user's engine made; in a workspace from another machine, whose seals cannot be judged here, of all. */
function detailsOf(records: readonly AuditRow[]): AuthorDetail[] {
  const sound = records.filter(isSound);
  return (sound.length > 0 ? sound : records).map(detailIn);
}
