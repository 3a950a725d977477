// What people agreed to, by signature. Reads and writes rows; knows no rule.
import type { Database } from '../../../../platform/sqlite/database';
import { prepared } from '../../../../platform/sqlite/prepared';

/** Who agreed to what of which dataset, and when. */
export interface Consent {
  signature: string;
  dataset: string;
  actor: string;
  time: number;
}

/** Whether it is there. */
export function hasConsent(database: Database, signature: string): boolean {
  const sql = 'SELECT 1 FROM source_consents WHERE signature = ?';
  return prepared<[string], unknown>(database, sql).get(signature) !== undefined;
}

/** Keeps one; what was agreed to before stays as it was. */
export function putConsent(database: Database, consent: Consent): void {
  const sql =
    'INSERT OR IGNORE INTO source_consents (signature, dataset, actor, time) VALUES (@signature, @dataset, @actor, @time)';
  prepared(database, sql).run(consent);
}
