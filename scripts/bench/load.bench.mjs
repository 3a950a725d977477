// What a store costs as it grows, and what many clients at once wait for.
import { vitestNumbers } from './vitest-numbers.mjs';

const none = Number.POSITIVE_INFINITY;
const number = vitestNumbers('load');

export const benches = [
  ...stores(1000, none),
  ...stores(5000, 20),
  ...stores(10_000, none),
  ...stores(100_000, 50),
  bench('search: ordered by a metric, 100,000 runs against 1,000', '×', 2, (of) => of.ordered100000 / of.ordered1000),
  bench('history of 100,000 points, median', 'ms', 100, (of) => of.history),
  bench('bytes on disk for each point of 10,000,000', 'B', 40, (of) => of.bytesPerPoint),
  bench('chart of 10,000,000 points, first', 'ms', none, (of) => of.longFirst),
  bench('chart of 10,000,000 points, again', 'ms', none, (of) => of.longAgain),
  bench('single log-metric beside it, worst', 'ms', none, (of) => of.besideLong),
  bench('8 writers and 2 readers: single log-metric, 99th percentile', 'ms', 20, (of) => of.crowdedSingle),
  bench('8 writers and 2 readers: single log-metric', '/s', none, (of) => of.crowdedSingles),
  bench('8 writers and 2 readers: search, 99th percentile', 'ms', none, (of) => of.crowdedRead),
  bench('8 writers and 2 readers: searches', '/s', none, (of) => of.crowdedReads),
  bench('2 readers alone: searches', '/s', none, (of) => of.readsAlone),
  bench(
    'beside import, export, searches of 100,000 runs: single log-metric, 99th percentile',
    'ms',
    30,
    (of) => of.busySingle,
  ),
  bench('the same, worst', 'ms', none, (of) => of.busySingleWorst),
  bench('the same: /health, 99th percentile', 'ms', 50, (of) => of.busyLoop),
  bench('the same, worst', 'ms', none, (of) => of.busyLoopWorst),
];

function stores(count, bar) {
  const runs = `${count.toLocaleString('en')} runs`;
  return [
    bench(`first 100 of ${runs}, ordered by a metric`, 'ms', bar, (of) => of[`ordered${count}`]),
    bench(`first 100 of ${runs}, newest`, 'ms', none, (of) => of[`newest${count}`]),
    bench(`first 100 of ${runs}, filtered and ordered`, 'ms', none, (of) => of[`filtered${count}`]),
  ];
}

function bench(name, unit, bar, choose) {
  return { name: `load: ${name}`, unit, bar, measure: () => number(choose) };
}
