// What long work did, in words.
import type { NamedReason } from '../protocol/jobs/job';
import { countText } from '../protocol/wording';
import { oneLine } from './text-table';

/** So many names stand in text; `--json` has all. */
const mostNamed = 20;

/** A head with one line below it for each reason; none without reasons. */
export function reasonLines(head: string, reasons: readonly NamedReason[]): string[] {
  return nameLines(
    head,
    reasons.map(({ name, why }) => `${oneLine(name, 100)}: ${oneLine(why, 300)}`),
  );
}

/** A head with one line below it for each name; none without names. */
export function nameLines(head: string, names: readonly string[]): string[] {
  if (names.length === 0) return [];
  const rest = names.length - mostNamed;
  return [
    `${head}:`,
    ...names.slice(0, mostNamed).map((name) => `  ${oneLine(name, 400)}`),
    ...(rest > 0 ? [`  and ${countText(rest, 'more', 'more')}; --json names all`] : []),
  ];
}
