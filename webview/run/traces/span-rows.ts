// The rows of a trace's tree: spans below their parents, those that are closed left out.
import type { SpanSummary } from '../../../src/protocol/runs/trace';
import { movedTo } from '../../kit/row-keys';

/** One row; `level` counts from 1. */
export interface SpanRow {
  span: SpanSummary;
  level: number;
  hasChildren: boolean;
  isOpen: boolean;
}

/**
 * The rows in the order of the tree. A span whose parent has not come stands at the top; so does the first of those that
 * are each other's parents, which no sound client logs.
 */
export function spanRows(spans: readonly SpanSummary[], closed: ReadonlySet<string>): SpanRow[] {
  const known = new Set(spans.map(({ spanId }) => spanId));
  const children = new Map<string, SpanSummary[]>();
  for (const span of spans) {
    const parent = span.parentId !== null && known.has(span.parentId) ? span.parentId : '';
    const siblings = children.get(parent);
    if (siblings === undefined) children.set(parent, [span]);
    else siblings.push(span);
  }
  const rows: SpanRow[] = [];
  const seen = new Set<string>();
  const place = (first: readonly SpanSummary[]): void => placeTree(first, { children, closed, rows, seen });
  place(children.get('') ?? []);
  for (const span of spans) if (!seen.has(span.spanId)) place([span]);
  return rows;
}

interface Placing {
  children: ReadonlyMap<string, readonly SpanSummary[]>;
  closed: ReadonlySet<string>;
  rows: SpanRow[];
  seen: Set<string>;
}

/** With a stack of its own: a chain of calls may be thousands deep. */
function placeTree(first: readonly SpanSummary[], { children, closed, rows, seen }: Placing): void {
  const waiting = first.toReversed().map((span) => ({ span, level: 1, isHidden: false }));
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { span, level, isHidden } = next;
    if (seen.has(span.spanId)) continue;
    seen.add(span.spanId);
    const below = (children.get(span.spanId) ?? []).filter(({ spanId }) => !seen.has(spanId));
    const isOpen = !closed.has(span.spanId);
    if (!isHidden) rows.push({ span, level, hasChildren: below.length > 0, isOpen });
    for (const child of below.toReversed()) {
      waiting.push({ span: child, level: level + 1, isHidden: isHidden || !isOpen });
    }
  }
}

/** Where a key leads from the row at `at`; undefined when it leads nowhere. */
export function spanAfter(rows: readonly SpanRow[], at: number, key: string): number | undefined {
  const level = rows[at]?.level ?? 1;
  if (key === 'ArrowRight') return (rows[at + 1]?.level ?? 0) > level ? at + 1 : at;
  const above = rows.slice(0, at).findLastIndex((row) => row.level < level);
  if (key === 'ArrowLeft') return above === -1 ? at : above;
  return movedTo(key, { at, count: rows.length, page: rowsShown });
}

/** Rows that are in sight at once; a Page key goes so far. */
export const rowsShown = 14;
