// What the dataset panel draws with: bins brought onto other bins, the common scale of drift, the order of columns and the
// places of a lineage.
import { describe, expect, it } from 'vitest';
import type { DriftColumn } from '../../src/protocol/datasets/drift';
import type { Lineage, LineageKind, LineageNode } from '../../src/protocol/datasets/lineage';
import { driftScale, scaleTicks, shareOf } from '../../webview/dataset/drift/drift-scale';
import { measureText, shareText } from '../../webview/dataset/drift/drift-words';
import { lineageLayout } from '../../webview/dataset/lineage/lineage-layout';
import { lineageSummary } from '../../webview/dataset/lineage/lineage-words';
import { acrossTicks } from '../../webview/dataset/plot/frame';
import { rebinned } from '../../webview/dataset/profile/rebinned';

const column = (score: number, over: Partial<DriftColumn> = {}): DriftColumn => ({
  ...{ column: 'c', kind: 'numerical', method: 'psi', score, isTest: false, pValue: null, pAdjusted: null },
  ...{
    threshold: 0.1,
    noise: 0.02,
    verdict: 'no drift',
    reference: { rows: 1, nulls: 0 },
    current: { rows: 1, nulls: 0 },
  },
  ...over,
});

describe('bins brought onto other bins', () => {
  it('divides a bin by the width that lies in each, and loses no row', () => {
    expect(rebinned({ edges: [0, 10, 20], counts: [100, 50] }, [0, 5, 15, 20])).toEqual([50, 75, 25]);
  });

  it('puts what lies beyond into the outer bins', () => {
    expect(rebinned({ edges: [-100, 0, 200], counts: [7, 20] }, [0, 50, 100])).toEqual([12, 15]);
  });

  it('knows where a bin without width belongs', () => {
    expect(rebinned({ edges: [5, 5], counts: [9] }, [0, 5, 10])).toEqual([0, 9]);
    expect(rebinned({ edges: [10, 10], counts: [9] }, [0, 5, 10])).toEqual([0, 9]);
    expect(rebinned({ edges: [99, 99], counts: [9] }, [0, 5, 10])).toEqual([0, 9]);
  });
});

describe('the common scale of drift', () => {
  it('ends at a whole power of ten above everything, and leaves tests out', () => {
    const scale = driftScale([column(7.5), column(1e-40, { isTest: true, threshold: 0.05, noise: null })]);
    expect(scale).toEqual({ low: 0.001, high: 10 });
    expect(scaleTicks(scale)).toEqual([0.001, 0.01, 0.1, 1, 10]);
    expect(driftScale([column(0.02)]).high).toBe(1);
    expect(driftScale([]).high).toBe(1);
  });

  it('draws what is smaller or greater, infinite or no number at an end', () => {
    const scale = { low: 0.001, high: 10 };
    expect([0, -1, 0.0001, Number.NaN].map((value) => shareOf(scale, value))).toEqual([0, 0, 0, 0]);
    expect([0.1, 10, 1e9, Number.POSITIVE_INFINITY].map((value) => shareOf(scale, value))).toEqual([0.5, 1, 1, 1]);
    expect(driftScale([column(Number.NaN), { ...column(0), score: 'Infinity' }]).high).toBe(1);
  });

  it('never says 0.000', () => {
    expect([0, 0.0001, 0.0005, 7.5551].map(measureText)).toEqual(['0', '< .001', '0.001', '7.555']);
    expect([0, 0.034, 0.0994, 0.0996, 0.5, 1].map(shareText)).toEqual([
      '0 %',
      '3.4 %',
      '9.9 %',
      '10 %',
      '50 %',
      '100 %',
    ]);
  });
});

describe('the axis of a distribution', () => {
  it('has three ticks at least, where round numbers of the first step leave one', () => {
    const across = (from: number, to: number): number[] =>
      acrossTicks({ left: 0, right: 350, top: 0, bottom: 100, x: { from, to }, y: { from: 0, to: 1 } });
    expect(across(3.1, 88)).toEqual([20, 40, 60, 80]);
    expect(across(0, 100)).toEqual([0, 50, 100]);
    expect(across(5, 5)).toEqual([5]);
  });
});

describe('the places of a lineage', () => {
  const node = (kind: LineageKind, id: string): LineageNode => ({
    kind,
    id,
    name: id,
    detail: '',
    time: null,
    isHere: true,
  });
  const nodes = [node('run', 'b'), node('version', 'v'), node('source', 's'), node('run', 'a'), node('model', 'm')];
  const lineage: Lineage = {
    nodes,
    edges: [
      { from: { kind: 'source', id: 's' }, to: { kind: 'version', id: 'v' }, by: 'name', how: 'path' },
      { from: { kind: 'version', id: 'v' }, to: { kind: 'run', id: 'a' }, by: 'content', how: '--input' },
      { from: { kind: 'run', id: 'gone' }, to: { kind: 'model', id: 'm' }, by: 'declared', how: 'registered' },
      { from: { kind: 'version', id: 'v' }, to: { kind: 'run', id: 'b' }, by: 'content', how: '--input' },
      { from: { kind: 'run', id: 'a' }, to: { kind: 'model', id: 'm' }, by: 'declared', how: 'registered' },
    ],
    unknown: [],
    isCut: false,
  };

  it('follow each other in the direction in which data flow', () => {
    const { kinds, columns, rows, byKey } = lineageLayout(lineage);
    expect(kinds).toEqual([['source'], ['version'], ['run'], ['model']]);
    expect(columns.map((each) => each.length)).toEqual([1, 1, 2, 1]);
    expect(rows).toBe(2);
    expect(byKey.get('run a')).toMatchObject({ column: 2 });
    expect(byKey.has('run gone')).toBe(false);
  });

  it('are the same each time, in whatever order things were told', () => {
    const places = (of: Lineage): unknown =>
      lineageLayout(of).columns.map((each) => each.map(({ key, row }) => [key, row]));
    expect(places({ ...lineage, nodes: [...nodes].reverse() })).toEqual(places(lineage));
    expect(lineageLayout({ ...lineage, nodes: [], edges: [] })).toMatchObject({ columns: [], rows: 0 });
  });

  const version = (id: string): { kind: 'version'; id: string } => ({ kind: 'version', id });
  const derived: Lineage = {
    ...{ unknown: [], isCut: false },
    nodes: [node('version', 'joined'), node('version', 'cust'), node('version', 'orders'), node('source', 'o.csv')],
    edges: [
      { from: version('orders'), to: version('joined'), by: 'declared', how: 'query' },
      { from: version('cust'), to: version('joined'), by: 'declared', how: 'query' },
      { from: { kind: 'source', id: 'o.csv' }, to: version('orders'), by: 'declared', how: 'slipway.yaml' },
    ],
  };

  it('of a dataset made from others are right of those, so that no arrow leads back', () => {
    const { byKey, kinds } = lineageLayout(derived);
    const columns = ['source o.csv', 'version orders', 'version cust', 'version joined'].map((key) => byKey.get(key));
    expect(columns.map((placed) => placed?.column)).toEqual([0, 1, 1, 2]);
    expect(kinds).toEqual([['source'], ['version'], ['version']]);
  });

  it('leave room for an arrow that passes a column, so that no box hides it', () => {
    const past = { from: { kind: 'source', id: 'o.csv' }, to: version('joined'), by: 'name', how: 'path' } as const;
    const { bends, byKey, sizes } = lineageLayout({ ...derived, edges: [...derived.edges, past] });
    expect(sizes).toEqual([1, 3, 1]);
    const [bend] = bends(past);
    expect(bend?.column).toBe(1);
    expect(['version orders', 'version cust'].map((key) => byKey.get(key)?.row)).not.toContain(bend?.row);
    expect(bends(derived.edges[0] as Lineage['edges'][number])).toEqual([]);
  });

  it('of things that lead to each other are not sought for ever', () => {
    const back = { from: version('joined'), to: version('orders'), by: 'content', how: '--input' } as const;
    const { columns } = lineageLayout({ ...derived, edges: [...derived.edges, back] });
    expect(columns.flat()).toHaveLength(4);
    expect(columns.every(({ length }) => length > 0)).toBe(true);
  });

  it('are told in one line: what it was made from, and what was made from it', () => {
    expect(lineageSummary(derived, 'version joined')).toBe('Made from cust and orders, not used by any run');
    expect(lineageSummary(derived, 'version cust')).toBe(
      'Where it comes from is not known, joined is made from it, not used by any run',
    );
    expect(lineageSummary(derived, 'version orders')).toBe('From o.csv, joined is made from it, not used by any run');
    expect(lineageSummary(lineage, 'version v')).toBe('From s, used by 2 runs, in 1 model');
  });
});
