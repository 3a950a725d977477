// What of a whole table, or of two of its columns together, is worth a look.
import type { Profile, ProfileAlert, ProfileCorrelation } from '../../../protocol/datasets/table/profile';
import { shareText } from './share-text';

const nearlyOne = 0.99;
const leastRows = 30;

/** Of rows that have occurred before. */
function duplicateAlerts(duplicates: number | null, rows: number): ProfileAlert[] {
  if (duplicates === null || duplicates === 0) return [];
  const rowsText = duplicates === 1 ? '1 row repeats' : `${duplicates.toLocaleString('en-US')} rows repeat`;
  const text = `${rowsText} an earlier one (${shareText(duplicates / rows)})`;
  return [{ kind: 'duplicates', level: 'warning', text }];
}

/** An alert by column for those that say what an earlier one says. */
function sameAlerts(correlations: readonly ProfileCorrelation[]): Map<string, ProfileAlert> {
  const found = new Map<string, ProfileAlert>();
  for (const { a, b, pearson, cramersV, rows } of correlations) {
    if (rows < leastRows || found.has(b) || Math.abs(pearson ?? cramersV ?? 0) < nearlyOne) continue;
    const sign = (pearson ?? 1) < 0 ? ' turned round' : '';
    found.set(b, { kind: 'same as', level: 'info', text: `nearly the same as ${a}${sign}` });
  }
  return found;
}

/** The profile with what its rows and pairs of columns tell; `leakage` is by column. */
export function withTableAlerts(profile: Profile, leakage: ReadonlyMap<string, ProfileAlert>): Profile {
  const same = sameAlerts(profile.correlations.pairs);
  const columns = profile.columns.map((column) => {
    const found = [leakage.get(column.name), same.get(column.name)].filter((alert) => alert !== undefined);
    return { ...column, alerts: [...found, ...column.alerts] };
  });
  return { ...profile, columns, alerts: duplicateAlerts(profile.duplicateRows, profile.rows) };
}
