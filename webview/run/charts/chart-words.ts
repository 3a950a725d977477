// What a chart says in words: its finding for those who do not see it, and what could not be drawn.
import type { BucketSeries } from '../../../src/protocol/series';
import { countText, directionArrow, numberText } from '../../../src/protocol/wording';
import { placeText } from '../../kit/chart/axis';
import { bestPoint, marksText } from '../../kit/chart/bucket';
import { type ChartView, type Curve, lineOf } from '../../kit/chart/curve';

/** The chart in one sentence for each curve. */
export function findingOf(curves: readonly Curve[], view: ChartView): string {
  return [...curves.map((curve) => curveFinding(curve, view)), leftOutText(curves, view)].filter(Boolean).join(' ');
}

/** What a logarithmic axis has no place for; empty when everything is drawn. */
export function leftOutText(curves: readonly Curve[], { scaleX, scaleY, axis }: ChartView): string {
  const sum = (count: (series: BucketSeries) => number): number =>
    curves.reduce((total, { series }) => total + count(series), 0);
  const values = scaleY === 'log' ? sum(({ nonPositive }) => nonPositive) : 0;
  const places = scaleX === 'log' ? sum(({ leftOut }) => leftOut) : 0;
  const noun = axis === 'step' ? 'step' : 'time';
  return [
    ...(values > 0 ? [`${countText(values, 'value')} ≤ 0 not on the log axis`] : []),
    ...(places > 0 ? [`${countText(places, 'point')} at ${noun} ≤ 0 not on the log axis`] : []),
  ].join(', ');
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
