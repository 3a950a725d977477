// What a chart says in words: its finding for those who do not see it, and what could not be drawn.
import type { ChartLook } from '../../../src/protocol/runs/chart-look';
import type { BucketSeries } from '../../../src/protocol/series';
import { countText, directionArrow, numberText } from '../../../src/protocol/wording';
import { placeText } from '../chart/axis';
import { bestPoint, marksText } from '../chart/bucket';
import { type ChartView, type Curve, type GroupView, lineOf } from '../chart/curve';

/** The chart in one sentence for each curve. */
export function findingOf(curves: readonly Curve[], view: ChartView): string {
  return [...curves.map((curve) => curveFinding(curve, view)), leftOutText(curves, view)].filter(Boolean).join(' ');
}

/** What stands below the chart: which values are no numbers, behind the sign they have on the axis, and what is left out. */
export function footText(curves: readonly Curve[], view: ChartView): string {
  const marks = marksText(curves.map(({ shown }) => shown));
  const left = [marks === '' ? '' : `△ ${marks}`, leftOutText(curves, view)].filter(Boolean).join(', ');
  return [groupText(curves, view.group), left].filter(Boolean).join('. ');
}

/** How many points a place of the chart stands for; empty where each stands for itself. */
export function resolutionText(curves: readonly Curve[], view: ChartView): string {
  const points = curves.reduce((sum, { shown }) => sum + shown.count.reduce((total, each) => total + each, 0), 0);
  const entries = curves.reduce((sum, { shown }) => sum + shown.x.length, 0);
  const isBucketed = curves.some(({ shown: { count, group } }) => count.some((each) => each > (group?.members ?? 1)));
  if (!isBucketed) return '';
  const width = curves.reduce((most, { series }) => Math.max(most, series.bucketWidth), 0);
  const of = view.axis === 'step' && view.scaleX === 'linear' ? ` of ${countText(width, 'step')}` : '';
  return `${countText(points, 'point')} in ${countText(entries, 'bucket')}${of}, extremes kept`;
}

/** How curves are smoothed; empty where they are not. */
export function smoothingText({ smoothingBy, smoothing, sigma }: ChartLook): string {
  if (smoothingBy === 'ema') return smoothing === 0 ? '' : `smoothed ${smoothing.toFixed(2)}`;
  return sigma === 0 ? '' : `smoothed by a Gaussian, σ ${countText(sigma, 'point')}`;
}

const spreadWords: Record<GroupView['spread'], string> = {
  sd: '± 1 sd of the runs',
  ci: '95 % interval of the mean (Student’s t)',
  quartiles: 'the middle half of the runs (quartiles)',
  range: 'least to greatest point of all runs',
};

/** What lines and bands of groups are, of how many runs, and which groups lose some on the way. */
function groupText(curves: readonly Curve[], group: GroupView | null): string {
  if (group === null) return '';
  const centre = group.centre === 'mean' ? 'Mean' : 'Median';
  const fewer = curves.flatMap(({ shown }) => {
    const { members = 0, runs = [] } = shown.group ?? {};
    const end = runs.at(-1) ?? members;
    return end < members ? [`${shown.key} ends with ${end} of ${members} runs`] : [];
  });
  return [`${centre} of the runs with a value there, band: ${spreadWords[group.spread]}`, ...fewer].join('; ');
}

/** What a logarithmic axis has no place for, and of which curve; empty when everything is drawn. */
function leftOutText(curves: readonly Curve[], { scaleX, scaleY, axis, along }: ChartView): string {
  const where = axis === 'step' ? 'step' : axis === 'metric' ? along : 'time';
  // Values are counted in what is loaded, which goes on beyond the edges of a part in sight.
  const part = curves.some(({ series, shown }) => series !== shown) ? ' in and around this part' : '';
  const values = ofEach(curves, ({ nonPositive: count }) => (count === 0 ? '' : `${countText(count, 'value')} ≤ 0`));
  const places = ofEach(curves, ({ leftOut: count }) =>
    count === 0 ? '' : `${countText(count, 'point')} at ${where} ≤ 0`,
  );
  return [
    ...(scaleY === 'log' && values !== '' ? [`${values}${part} not on the log axis`] : []),
    ...(scaleX === 'log' && places !== '' ? [`${places} not on the log axis`] : []),
    ...withoutPlace(curves, along),
  ].join(', ');
}

/** Points that another metric on the axis gives no place. */
function withoutPlace(curves: readonly Curve[], along: string): string[] {
  const words = ofEach(curves, ({ joined }) => {
    const { unpaired = 0, notFinite = 0 } = joined ?? {};
    const alone = unpaired === 0 ? '' : `${countText(unpaired, 'point')} without ${along} at their step`;
    const none = notFinite === 0 ? '' : `${countText(notFinite, 'point')} where ${along} is not finite`;
    return [alone, none].filter(Boolean).join(' and ');
  });
  return words === '' ? [] : [`${words} left out`];
}

/** What is to be said of each curve, with its name where there are several. */
function ofEach(curves: readonly Curve[], words: (series: BucketSeries) => string): string {
  const said = curves
    .map(({ series }) => ({ key: series.key, words: words(series) }))
    .filter(({ words }) => words !== '');
  return said.map(({ key, words }) => (curves.length === 1 ? words : `${key}: ${words}`)).join(', ');
}

function curveFinding({ shown, direction }: Curve, { axis, along, group }: ChartView): string {
  const [x, y] = [shown.x.at(-1), lineOf(shown).at(-1)];
  const name = `${shown.key} ${directionArrow(direction)}`.trim();
  const marks = marksText([shown]);
  if (x === undefined || y === undefined) return `${name}: no finite value${marks === '' ? '' : `, ${marks}`}.`;
  const best = bestPoint(shown, direction);
  const unit = axis === 'step' ? 'step ' : axis === 'metric' ? `${along} ` : '';
  const where = (place: number): string => `${unit}${placeText(axis, place)}`;
  const bestWords = best === undefined || group !== null ? '' : `, best ${numberText(best.y)} at ${where(best.x)}`;
  const smooth = `${shown.smooth.length > 0 ? 'smoothed ' : ''}${group === null ? '' : `${group.centre} of ${countText(shown.group?.members ?? 0, 'run')}, `}`;
  const marksWords = marks === '' ? '' : `, ${marks}`;
  return `${name} over ${countText(shown.points, 'point')}: ${smooth}last ${numberText(y)} at ${where(x)}${bestWords}${marksWords}.`;
}
