// The drawing of a model's graph: what its layout promises whatever the graph is.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type LayoutBox, type LayoutEdge, layout } from '../../webview/model/graph/drawing/layout/layout';
import { walked } from '../../webview/model/graph/drawing/walk';

const box = (id: string, width = 80, height = 30): LayoutBox => ({ id, width, height });

/** Graphs whose edges mostly go from earlier to later boxes. */
const graphs = fc
  .record({
    sizes: fc.array(fc.record({ width: fc.integer({ min: 20, max: 200 }), height: fc.integer({ min: 20, max: 90 }) }), {
      minLength: 1,
      maxLength: 40,
    }),
    pairs: fc.array(fc.tuple(fc.nat(39), fc.nat(39)), { maxLength: 80 }),
  })
  .map(({ sizes, pairs }) => ({
    boxes: sizes.map(({ width, height }, at) => box(String(at), width, height)),
    edges: pairs
      .filter(([a, b]) => a !== b && a < sizes.length && b < sizes.length)
      .map(([a, b], at) => ({
        from: String(at % 9 === 0 ? Math.max(a, b) : Math.min(a, b)),
        to: String(at % 9 === 0 ? Math.min(a, b) : Math.max(a, b)),
      })),
  }));

describe('the layout of a graph', () => {
  it('no box stands in another, whatever the graph, and all lie within the drawing', () => {
    fc.assert(
      fc.property(graphs, ({ boxes, edges }) => {
        const found = layout(boxes, edges);
        const areas = boxes.map(({ id, width, height }) => {
          const { x, y } = found.boxes.get(id) ?? { x: Number.NaN, y: Number.NaN };
          return { left: x - width / 2, right: x + width / 2, top: y - height / 2, bottom: y + height / 2 };
        });
        for (const [at, a] of areas.entries()) {
          expect(a.left).toBeGreaterThanOrEqual(-1e-6);
          expect(a.right).toBeLessThanOrEqual(found.width + 1e-6);
          expect(a.bottom).toBeLessThanOrEqual(found.height + 1e-6);
          for (const b of areas.slice(at + 1)) {
            expect(a.right <= b.left || b.right <= a.left || a.bottom <= b.top || b.bottom <= a.top).toBe(true);
          }
        }
      }),
      { numRuns: 100 },
    );
  });

  it('every line goes down from the lower edge of one box to the upper edge of the other', () => {
    fc.assert(
      fc.property(graphs, ({ boxes, edges }) => {
        const found = layout(boxes, edges);
        const sizes = new Map(boxes.map((each) => [each.id, each]));
        for (const [at, { from, to }] of edges.entries()) {
          const path = found.edges[at] ?? [];
          const isDown = Number(from) < Number(to);
          const [upper, lower] = isDown ? [from, to] : [to, from];
          const [start, end] = isDown ? [path[0], path.at(-1)] : [path.at(-1), path[0]];
          expect(start?.y).toBeCloseTo((found.boxes.get(upper)?.y ?? 0) + (sizes.get(upper)?.height ?? 0) / 2);
          expect(end?.y).toBeCloseTo((found.boxes.get(lower)?.y ?? 0) - (sizes.get(lower)?.height ?? 0) / 2);
          expect(start?.y ?? 0).toBeLessThan(end?.y ?? 0);
        }
      }),
      { numRuns: 100 },
    );
  });

  it('a chain is straight, and a line that skips boxes goes past them', () => {
    const boxes = ['a', 'b', 'c', 'd'].map((id) => box(id));
    const chain = [
      { from: 'a', to: 'b' },
      { from: 'b', to: 'c' },
      { from: 'c', to: 'd' },
    ];
    const straight = layout(boxes, chain);
    expect(new Set([...straight.boxes.values()].map(({ x }) => x)).size).toBe(1);
    const skipping = layout(boxes, [...chain, { from: 'a', to: 'd' }]);
    const past = (skipping.edges[3] ?? []).slice(1, -1);
    expect(past).toHaveLength(4);
    for (const { x } of past) expect(Math.abs(x - (skipping.boxes.get('b')?.x ?? 0))).toBeGreaterThan(40);
  });

  it('branches that can stand without crossing do', () => {
    const boxes = ['x', 'y', 'a', 'b', 'c', 'd'].map((id) => box(id));
    const edges: LayoutEdge[] = [
      { from: 'x', to: 'b' },
      { from: 'y', to: 'a' },
      { from: 'a', to: 'c' },
      { from: 'b', to: 'd' },
    ];
    const { boxes: places } = layout(boxes, edges);
    const isLeft = (one: string, other: string): boolean => (places.get(one)?.x ?? 0) < (places.get(other)?.x ?? 0);
    expect(isLeft('x', 'y')).toBe(isLeft('b', 'a'));
    expect(isLeft('b', 'a')).toBe(isLeft('d', 'c'));
  });

  it('a value that is read all along a deep graph does not fill the drawing with lines', () => {
    const boxes = Array.from({ length: 400 }, (_, at) => box(String(at)));
    const edges = boxes.slice(1).flatMap(({ id }, at) => [
      { from: String(at), to: id },
      { from: '0', to: id },
    ]);
    const began = performance.now();
    const found = layout(boxes, edges);
    expect(performance.now() - began).toBeLessThan(2000);
    expect(found.far.size).toBeGreaterThan(300);
    expect(found.width).toBeLessThan(40 * 120);
  });

  it('arrows lead along lines and within a rank', () => {
    const boxes = ['top', 'left', 'right', 'end'].map((id) => box(id));
    const lines = [
      { from: 'top', to: 'left' },
      { from: 'top', to: 'right' },
      { from: 'left', to: 'end' },
      { from: 'right', to: 'end' },
    ].map((line) => ({ ...line, label: '', names: [] }));
    const picture = { layout: layout(boxes, lines), lines };
    expect(walked('ArrowDown', null, picture)).toBe('top');
    const first = walked('ArrowDown', 'top', picture) ?? '';
    expect(['left', 'right']).toContain(first);
    const beside = walked('ArrowRight', first, picture) ?? walked('ArrowLeft', first, picture);
    expect([first, beside].toSorted()).toEqual(['left', 'right']);
    expect(walked('ArrowDown', first, picture)).toBe('end');
    expect(walked('ArrowDown', 'end', picture)).toBeUndefined();
    expect(['left', 'right']).toContain(walked('ArrowUp', 'end', picture));
  });
});
