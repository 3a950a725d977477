// Charts of values that leave an axis no room: nearly constant, nearly as great as numbers go, zoomed in without end.
import { describe, expect, it } from 'vitest';
import type { AxisScale, ChartAxis } from '../../src/protocol/series';
import { exactPlaceText, niceTicks, timeTicks } from '../../webview/kit/chart/axis';
import type { Range } from '../../webview/kit/chart/curve';
import { down, type Geometry, plotGeometry } from '../../webview/kit/chart/geometry';
import { keyedRange } from '../../webview/kit/chart/plot/zoom';
import { logTicks } from '../../webview/kit/chart/scale';
import { placeTicks, valueTicks, valueTickTexts } from '../../webview/kit/chart/ticks';

const many = 50;

function plotOf(values: number[], scaleY: AxisScale, across: { range?: Range; scaleX?: AxisScale } = {}): Geometry {
  const { range = { from: 0, to: 99 }, scaleX = 'linear' } = across;
  const places = values.map((_, index) => index);
  const none = {
    count: [],
    marks: [],
    smooth: [],
    bucketWidth: 1,
    nonPositive: 0,
    leftOut: 0,
    joined: null,
    group: null,
  };
  const rest = { ...none, key: 'loss', points: values.length, minX: places, maxX: places, x: places };
  const series = { ...rest, min: values, max: values, last: values };
  const curve = { series, shown: series, direction: 'none', mark: 0 } as const;
  return plotGeometry({ width: 400, range, scaleX, scaleY }, [curve]);
}

function expectDrawable(plot: Geometry, values: number[]): void {
  const ticks = valueTicks(plot);
  expect(plot.low).toBeLessThan(plot.high);
  expect(Number.isFinite(plot.high - plot.low)).toBe(true);
  expect(ticks.length).toBeGreaterThan(1);
  expect(ticks.length).toBeLessThan(many);
  expect(new Set(ticks).size).toBe(ticks.length);
  for (const place of [...ticks, ...values].map((value) => down(plot, value))) expect(place).not.toBeNaN();
}

describe('a chart does not hang', () => {
  it.each([
    [[0.9, 0.9000000000000001]],
    [[0.3, 0.30000000000000004]],
    [[0.7, 0.7000000000000001]],
    [[0.5, 0.5000000000000001]],
    [[-0.9000000000000001, -0.9]],
    [[1, 1.0000000000000002, 1.0000000000000004]],
    [[100, 100.00000000000001]],
    [[1e17, 1e17 + 16]],
    [[0.3, 0.3000000000000001]],
    [[0.3, 0.30000000000001]],
    [[5e-324, 1e-323]],
    [[0, 5e-324]],
    [[0]],
  ])('on a constant that was off by its last digits: %j', (values) => expectDrawable(plotOf(values, 'linear'), values));

  it.each([[[-1e308, 1e308]], [[1.6e308, 1.7e308]], [[Number.MAX_VALUE]], [[-Number.MAX_VALUE, Number.MAX_VALUE]]])(
    'on the greatest numbers: %j',
    (values) => expectDrawable(plotOf(values, 'linear'), values),
  );

  it.each([
    [[1, 1e308]],
    [[1e-5, 1e300]],
    [[1e10, 1e308]],
    [[1, 1e290]],
    [[5e-324, Number.MAX_VALUE]],
    [[Number.MAX_VALUE]],
    [[0.9, 0.9000000000000001]],
  ])('on a logarithmic axis: %j', (values) => expectDrawable(plotOf(values, 'log'), values));

  it.each([0, 256, 2048, 1e6])('on steps that are nanoseconds of today, over %i of them', (width) => {
    const plot = plotOf([1, 2], 'linear', { range: { from: 1.79e18, to: 1.79e18 + width } });
    expect(plot.from).toBeLessThan(plot.to);
    for (const axis of ['step', 'relative', 'wall'] as const) {
      expect(placeTicks(axis, plot).length).toBeLessThan(many);
    }
  });

  it.each<[ChartAxis, Range, AxisScale]>([
    ['step', { from: 1.7e18, to: 1.8e18 }, 'linear'],
    ['step', { from: 0, to: 1000 }, 'linear'],
    ['step', { from: 1, to: 1000 }, 'log'],
    ['relative', { from: 0.001, to: 60 }, 'log'],
    ['wall', { from: 1.79e12, to: 1.79e12 + 3_600_000 }, 'linear'],
  ])('zoomed in without end: %s %j %s', (axis, whole, scaleX) => {
    let plot = plotOf([1, 2], 'linear', { range: whole, scaleX });
    const widths: number[] = [];
    for (let press = 0; press < 120; press++) {
      const centre = (plot.from + plot.to) / 2;
      const range = keyedRange({ key: '+', shiftKey: false }, plot, { axis, centre, whole });
      plot = plotOf([1, 2], 'linear', { range: range ?? whole, scaleX });
      expect(placeTicks(axis, plot).length).toBeLessThan(many);
      widths.push(plot.to - plot.from);
    }
    // The smallest part is reached, and stays.
    expect(widths.at(-1)).toBeGreaterThan(0);
    expect((widths.at(-1) ?? 0) / (widths.at(-20) ?? 0)).toBeCloseTo(1, 1);
  });

  it('whatever its ticks are asked for', () => {
    const numbers = [0, -0, 1, -1, 0.9, 0.9000000000000001, 5e-324, 1e-310, 1e308, -1e308, 1.79e18, 1.79e18 + 256];
    const all = [...numbers, Number.MAX_VALUE, -Number.MAX_VALUE, Number.NaN, Infinity, -Infinity];
    for (const from of all) {
      for (const to of all) {
        for (const most of [0, 5, -3, 1e9, Number.NaN, Infinity]) {
          const lists = [niceTicks(from, to, most), logTicks(from, to, most), timeTicks('wall', from, to, most)];
          lists.push(timeTicks('relative', from, to, most));
          for (const ticks of lists) {
            expect(ticks.length).toBeLessThan(many);
            expect(ticks.every(Number.isFinite)).toBe(true);
          }
        }
      }
    }
  });

  it('and still has round ticks where there is room', () => {
    expect(niceTicks(0, 1, 5)).toEqual([0, 0.2, 0.4, 0.6, 0.8, 1]);
    expect(niceTicks(-3, 17, 4)).toEqual([0, 5, 10, 15]);
    expect(timeTicks('relative', 0, 100, 5)).toEqual([0, 30, 60, 90]);
    expect(niceTicks(1.79e18, 1.79e18 + 4e6, 4)).toEqual([
      1.79e18,
      1.79e18 + 1e6,
      1.79e18 + 2e6,
      1.79e18 + 3e6,
      1.79e18 + 4e6,
    ]);
  });
});

it('values near each other fill a logarithmic axis, and are not drawn as a flat line', () => {
  const plot = plotOf([0.98, 0.985, 0.99, 1], 'log');
  expect(plot.low).toBeGreaterThan(0.97);
  expect(plot.high).toBeLessThan(1.01);
  expect(new Set(valueTickTexts(valueTicks(plot), 'log')).size).toBe(valueTicks(plot).length);
});

it('two times in a table that are not the same do not read the same', () => {
  expect(exactPlaceText('relative', 5.61, 0.05)).toBe('5.61 s');
  expect(exactPlaceText('relative', 65.61, 0.05)).toBe('1 min 5.61 s');
  expect(exactPlaceText('relative', 65.61, 2)).toBe('1 min 6 s');
  const [first, second] = [1_700_000_000_050, 1_700_000_000_100].map((time) => exactPlaceText('wall', time, 50));
  expect(first).not.toBe(second);
});
