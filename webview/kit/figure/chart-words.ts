// What a chart says in words: its finding for those who do not see it, and what could not be drawn.
import type { BucketSeries } from '../../../src/protocol/series';
import { countText, directionArrow, numberText } from '../../../src/protocol/wording';
import { placeText } from '../chart/axis';
import { bestPoint, marksText } from '../chart/bucket';
import { type ChartView, type Curve, lineOf } from '../chart/curve';

/** The chart in one sentence for each curve. */
export function findingOf(curves: readonly Curve[], view: ChartView): string {
  return [...curves.map((curve) => curveFinding(curve, view)), leftOutText(curves, view)].filter(Boolean).join(' ');
}

/** What stands below the chart: which values are no numbers, behind the sign they have on the axis, and what is left out. */
export function footText(curves: readonly Curve[], view: ChartView): string {
  const marks = marksText(curves.map(({ shown }) => shown));
  return [marks === '' ? '' : `△ ${marks}`, leftOutText(curves, view)].filter(Boolean).join(', ');
}

/** What a logarithmic axis has no place for, and of which curve; empty when everything is drawn. */
function leftOutText(curves: readonly Curve[], { scaleX, scaleY, axis }: ChartView): string {
  const where = axis === 'step' ? 'step' : 'time';
  // Values are counted in what is loaded, which goes on beyond the edges of a part in sight.
  const part = curves.some(({ series, shown }) => series !== shown) ? ' in and around this part' : '';
  const values = ofEach(curves, ({ nonPositive: count }) => (count === 0 ? '' : `${countText(count, 'value')} ≤ 0`));
  const places = ofEach(curves, ({ leftOut: count }) =>
    count === 0 ? '' : `${countText(count, 'point')} at ${where} ≤ 0`,
  );
  return [
    ...(scaleY === 'log' && values !== '' ? [`${values}${part} not on the log axis`] : []),
    ...(scaleX === 'log' && places !== '' ? [`${places} not on the log axis`] : []),
  ].join(', ');
}

/** What is to be said of each curve, with its name where there are several. */
function ofEach(curves: readonly Curve[], words: (series: BucketSeries) => string): string {
  const said = curves
    .map(({ series }) => ({ key: series.key, words: words(series) }))
    .filter(({ words }) => words !== '');
  return said.map(({ key, words }) => (curves.length === 1 ? words : `${key}: ${words}`)).join(', ');
}

function curveFinding({ shown, direction }: Curve, { axis }: ChartView): string {
  const [x, y] = [shown.x.at(-1), lineOf(shown).at(-1)];
  const name = `${shown.key} ${directionArrow(direction)}`.trim();
  const marks = marksText([shown]);
  if (x === undefined || y === undefined) return `${name}: no finite value${marks === '' ? '' : `, ${marks}`}.`;
  const best = bestPoint(shown, direction);
  const where = (place: number): string => `${axis === 'step' ? 'step ' : ''}${placeText(axis, place)}`;
  const bestWords = best === undefined ? '' : `, best ${numberText(best.y)} at ${where(best.x)}`;
  const smooth = shown.smooth.length > 0 ? 'smoothed ' : '';
  const marksWords = marks === '' ? '' : `, ${marks}`;
  return `${name} over ${countText(shown.points, 'point')}: ${smooth}last ${numberText(y)} at ${where(x)}${bestWords}${marksWords}.`;
}
