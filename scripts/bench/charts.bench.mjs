// The charts of a comparison in the real editor (test/bench/compare-charts.test.ts).
import { vitestNumbers } from './vitest-numbers.mjs';

/** Of a number that has no bar: it tells what of another one the machine and the editor take. */
const none = Number.POSITIVE_INFINITY;

const number = vitestNumbers('bench', 'test/bench/compare-charts.test.ts');

export const benches = [
  bench('compare charts: 20 curves of 100,000 points, key to all on screen, median of 5', 500, 'chartsOpened'),
  bench('compare charts: the same, worst', none, 'chartsOpenedWorst'),
  bench('compare charts: the same, first time in a window', none, 'chartsFirst'),
  bench("compare charts: of it until the panel's page was there, median", none, 'chartsPage'),
  bench('compare charts: of it until the verdict was there, median', none, 'chartsVerdict'),
  bench('compare charts: 20 curves, frame gap while pointing, 95th percentile', 33, 'hover20P95'),
  bench('compare charts: the same, worst', none, 'hover20Worst'),
  bench('compare charts: 50 curves of 10,000 points, key to all on screen', none, 'chartsOf50'),
  bench('compare charts: 50 curves, frame gap while pointing, 95th percentile', 50, 'hover50P95'),
  bench('compare charts: the same, worst', none, 'hover50Worst'),
  bench('compare charts: one of 1,000,000 points, zoom key to finer buckets, median of 11', 200, 'chartZoom'),
  bench('compare charts: the same, worst', 200, 'chartZoomWorst'),
];

function bench(name, bar, key) {
  return { name, unit: 'ms', bar, measure: () => number((numbers) => numbers[key]) };
}
