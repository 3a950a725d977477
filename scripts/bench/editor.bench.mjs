// What a person waits for in the real editor. Ten minutes of live points; SLIPWAY_BENCH_MINUTES shortens that.
import { vitestNumbers } from './vitest-numbers.mjs';

/** Of a number that has no bar: it stands beside one that has, to tell what the machine itself costs. */
const none = Number.POSITIVE_INFINITY;

const number = vitestNumbers('bench');

export const benches = [
  bench('editor: activate(), median of 5 windows', 20, 'activation'),
  bench('editor: first row of 10,000 runs in a window that has not shown them, median', 200, 'firstPage'),
  bench('editor: the same, worst of 5 windows', 200, 'firstPageWorst'),
  bench('editor: the same with one run, median', none, 'firstPageOfOne'),
  bench('editor: metric logged to on screen, median', 1000, 'onScreen'),
  bench('editor: metric logged to on screen, worst of 20', 1000, 'onScreenWorst'),
  bench('editor: run of 500 metrics × 10,000 points, click to first chart, median', 700, 'firstChart'),
  bench('editor: the same, worst of 5', 700, 'firstChartWorst'),
  bench('editor: the same with one metric of 10 points, median', none, 'firstChartOfOne'),
  bench('editor: run of 5,000 metrics, click to first chart, median', 700, 'manyMetricsChart'),
  bench('editor: a word typed to the found among 5,000 metrics, median', 100, 'metricSearch'),
  bench('editor: the same, worst of 5', 100, 'metricSearchWorst'),
  bench('editor: panel painted again when its tab is chosen, median', 150, 'repaint'),
  bench('editor: the same, worst of 5', 150, 'repaintWorst'),
  bench("editor: of it until VS Code's frame was there, median", none, 'repaintFrame'),
  bench("editor: of it until the panel's script had arrived, median", none, 'repaintScript'),
  bench('editor: table of 10,000 runs × 200 columns, click to first cells, median', 1000, 'tableOpened'),
  bench('editor: the same, worst of 5', 1000, 'tableOpenedWorst'),
  bench('editor: click on a head to the rows in another order, median', 150, 'tableSorted'),
  bench('editor: the same, worst of 5', 150, 'tableSortedWorst'),
  bench('editor: a filter applied to the runs it finds, median', 150, 'tableFiltered'),
  bench('editor: the same, worst of 5', 150, 'tableFilteredWorst'),
  bench('editor: star key to the star in its row, median of 5', 50, 'tableStarred'),
  bench('editor: the same, worst', 50, 'tableStarredWorst'),
  bench('editor: rows without a name while the table is scrolled, most at once', 0, 'tableBlankRows'),
  bench('editor: frame gap while the table is scrolled, 99th percentile', 50, 'tableScrollP99'),
  bench('editor: the same, worst', none, 'tableScrollWorst'),
  bench('editor: memory of the page of the table, MB', 300, 'tableMegabytes'),
  bench('editor: star key to visible row, median of 6', 50, 'starSeen'),
  bench('editor: the same, worst', 50, 'starSeenWorst'),
  bench('editor: new name to visible row, median of 6', 50, 'nameSeen'),
  bench('editor: the same, worst', 50, 'nameSeenWorst'),
  bench('editor: new tag to visible in the panel, median of 6', 50, 'tagSeen'),
  bench('editor: the same, worst', 50, 'tagSeenWorst'),
  bench('editor: extension host held up by our code, nothing done', 50, 'hostIdleOwn'),
  bench('editor: the same, tree of 10,000 runs filtered and paged', 50, 'hostTreeOwn'),
  bench('editor: the same, run of 500 metrics opened', 50, 'hostPanelOwn'),
  bench('editor: the same, 100 points/s in an open panel', 50, 'hostLiveOwn'),
  bench('editor: extension host held up by anybody, nothing done', none, 'hostIdle'),
  bench('editor: the same, tree of 10,000 runs filtered and paged', none, 'hostTree'),
  bench('editor: the same, run of 500 metrics opened', none, 'hostPanel'),
  bench('editor: the same, 100 points/s in an open panel', none, 'hostLive'),
  bench('editor: frame gap at 100 points/s, 99th percentile', 34, 'frameGapP99'),
  bench('editor: frame gap at 100 points/s, worst', 100, 'frameGapWorst'),
  bench('editor: the same, pauses of the whole machine left out', 100, 'frameGapWorstOwn'),
  bench('editor: frame gap without points, 99th percentile', none, 'quietGapP99'),
  bench('editor: frame gap without points, worst', none, 'quietGapWorst'),
  bench('editor: frame gap of an empty page, 99th percentile', none, 'emptyGapP99'),
  bench('editor: frame gap of an empty page, worst', none, 'emptyGapWorst'),
];

function bench(name, bar, key) {
  return { name, unit: 'ms', bar, measure: () => number((numbers) => numbers[key]) };
}
