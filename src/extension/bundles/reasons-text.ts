// What was left alone, in one sentence.
import { l10n } from 'vscode';
import type { NamedReason } from '../../protocol/jobs/job';

/** So many are named; the log has all. */
const mostNamed = 3;

/** `Left out: best (it still runs), last (…) and 2 more.`; '' for none. */
export function reasonsText(head: string, reasons: readonly NamedReason[]): string {
  if (reasons.length === 0) return '';
  const rest = reasons.length - mostNamed;
  const named = reasons.slice(0, mostNamed).map(({ name, why }) => `${name} (${why})`);
  return `${head}: ${named.join(', ')}${rest > 0 ? l10n.t(' and {0} more', rest) : ''}.`;
}
