// The rows of a tree of spans, whatever order and parents the spans come with.
import { describe, expect, it } from 'vitest';
import type { SpanSummary } from '../../src/protocol/runs/trace';
import { spanAfter, spanRows } from '../../webview/run/traces/span-rows';

function span(spanId: string, parentId: string | null): SpanSummary {
  return { spanId, parentId, name: spanId, type: 'UNKNOWN', status: 'OK', start: 0, duration: 1 };
}

function drawn(spans: readonly SpanSummary[], closed: readonly string[] = []): string[] {
  return spanRows(spans, new Set(closed)).map((row) => `${'.'.repeat(row.level - 1)}${row.span.spanId}`);
}

describe('the rows of a trace', () => {
  const tree = [span('a', null), span('b', 'a'), span('c', 'a'), span('d', 'b'), span('e', null)];

  it('stand below their parents, in the order in which they came', () => {
    expect(drawn(tree)).toEqual(['a', '.b', '..d', '.c', 'e']);
    expect(drawn(tree.toReversed())).toEqual(['e', 'a', '.c', '.b', '..d']);
  });

  it('leave out what is below a closed one, however deep', () => {
    expect(drawn(tree, ['a'])).toEqual(['a', 'e']);
    expect(drawn(tree, ['b'])).toEqual(['a', '.b', '.c', 'e']);
    expect(spanRows(tree, new Set(['b']))[1]).toMatchObject({ hasChildren: true, isOpen: false });
  });

  it('begin at the top where the parent has not come', () => {
    expect(drawn([span('b', 'gone'), span('c', 'b')])).toEqual(['b', '.c']);
  });

  it('hold each span once where spans are each other’s parents, or their own', () => {
    expect(drawn([span('a', null), span('x', 'y'), span('y', 'x'), span('z', 'z')])).toEqual(['a', 'x', '.y', 'z']);
    expect(drawn([span('x', 'y'), span('y', 'x')], ['x'])).toEqual(['x']);
  });

  it('may be a chain of 20,000', () => {
    const chain = Array.from({ length: 20_000 }, (_, index) => span(`${index}`, index === 0 ? null : `${index - 1}`));
    expect(spanRows(chain, new Set()).at(-1)?.level).toBe(20_000);
  });

  it('are reached by the keys of a tree', () => {
    const rows = spanRows(tree, new Set());
    expect(['ArrowDown', 'ArrowUp', 'Home', 'End', 'PageDown', 'x'].map((key) => spanAfter(rows, 1, key))).toEqual([
      2,
      0,
      0,
      4,
      4,
      undefined,
    ]);
    expect([spanAfter(rows, 0, 'ArrowRight'), spanAfter(rows, 3, 'ArrowRight')]).toEqual([1, 3]);
    expect([spanAfter(rows, 2, 'ArrowLeft'), spanAfter(rows, 4, 'ArrowLeft')]).toEqual([1, 4]);
  });
});
