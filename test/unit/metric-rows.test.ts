// The rows of a table of metrics, and which metrics share a chart.
import { describe, expect, it } from 'vitest';
import { logTicks } from '../../webview/kit/chart/scale';
import { joined, removed, toggled } from '../../webview/run/charts/chart-list';
import { matching, tableRows } from '../../webview/run/metrics/table-rows';

const names = ['lr', 'train/acc', 'train/loss', 'val/acc', 'val/deep/loss', 'val/f1', 'val/loss', 'x', 'y', 'z'];
const words = (closed: string[] = []) =>
  tableRows(names, new Set(closed)).map((row) => (row.kind === 'group' ? `${row.name}(${row.count})` : row.key));

describe('rows of metrics', () => {
  it('stand below the prefix they share, those without one first', () => {
    expect(words()).toEqual([
      ...['lr', 'x', 'y', 'z', 'train/(2)', 'train/acc', 'train/loss'],
      ...['val/(4)', 'val/acc', 'val/deep/loss', 'val/f1', 'val/loss'],
    ]);
    expect(words(['val/'])).toEqual(['lr', 'x', 'y', 'z', 'train/(2)', 'train/acc', 'train/loss', 'val/(4)']);
  });

  it('have no groups where a few names or one prefix need none', () => {
    const kinds = (list: string[]) => new Set(tableRows(list, new Set()).map(({ kind }) => kind));
    expect(kinds(['a/x', 'b/x', 'c'])).toEqual(new Set(['metric']));
    expect(kinds(Array.from({ length: 20 }, (_, index) => `a/${index}`))).toEqual(new Set(['metric']));
  });

  it('are found by all words of the search, in any case', () => {
    expect(matching(names, ' LOSS val ')).toEqual(['val/deep/loss', 'val/loss']);
    expect(matching(names, '')).toEqual(names);
  });
});

describe('charts of several metrics', () => {
  it('a metric has one place: it goes where it is put and leaves where it was', () => {
    expect(joined([['a'], ['b', 'c']], 'a', 'b')).toEqual([['b', 'c', 'a']]);
    expect(joined([['a'], ['b']], 'new', 'a')).toEqual([['a', 'new'], ['b']]);
    expect(joined([['a', 'b']], 'b', 'a')).toEqual([['a', 'b']]);
    expect(toggled([['a', 'b'], ['c']], 'a')).toEqual([['b'], ['c']]);
    expect(toggled([['a']], 'c')).toEqual([['a'], ['c']]);
    expect(toggled([['a']], 'a')).toEqual([]);
    expect(removed([['a', 'b'], ['c']], 'a')).toEqual([['c']]);
  });
});

describe('ticks of a logarithmic axis', () => {
  it('are decades, or parts of them where decades are few, as many as there is room for', () => {
    expect(logTicks(1, 2000, 5)).toEqual([1, 10, 100, 1000]);
    expect(logTicks(9e-7, 0.011, 5)).toEqual([1e-6, 1e-5, 1e-4, 1e-3, 0.01]);
    expect(logTicks(1e-9, 1, 5)).toEqual([1e-8, 1e-6, 1e-4, 1e-2, 1]);
    expect(logTicks(0.8, 4, 5)).toEqual([1, 2]);
    expect(logTicks(2.1, 4.2, 5).length).toBeGreaterThan(2);
  });
});
