// One column's movement on the common scale: the noise at this size as a band, the movement as a bar, the threshold dotted.
import type { DriftColumn } from '../../../src/protocol/datasets/drift';
import { fromWire } from '../../../src/protocol/number';
import { type DriftScale, scaleTicks, shareOf } from './drift-scale';
import { columnFinding } from './drift-words';

function percent(share: number): string {
  return `${(share * 100).toFixed(2)}%`;
}

/** A test has no distance that could be drawn beside the others: only what it says. */
export function DriftBar({ column, scale }: { column: DriftColumn; scale: DriftScale }) {
  const { score, noise, threshold, verdict, isTest } = column;
  const end = percent(shareOf(scale, fromWire(score)));
  const limit = percent(shareOf(scale, threshold));
  return (
    <svg className="drift-bar" height="16" role="img" aria-label={columnFinding(column)}>
      {!isTest && (
        <>
          {noise !== null && <rect className="noise" x="0" y="3" width={percent(shareOf(scale, noise))} height="10" />}
          <line className={verdict === 'drift' ? 'moved worse' : 'moved'} x1="0" x2={end} y1="8" y2="8" />
          <line className="limit" x1={limit} x2={limit} y1="0" y2="16" />
        </>
      )}
    </svg>
  );
}

/** The scale above the bars; the ticks between are left out where there is no room. */
export function DriftAxis({ scale }: { scale: DriftScale }) {
  const ticks = scaleTicks(scale);
  const last = ticks.length - 1;
  return (
    <svg className="drift-axis" height="14" aria-hidden="true">
      {ticks.map((tick, place) => (
        <text
          key={tick}
          x={percent(place / last)}
          y="11"
          textAnchor={place === 0 ? 'start' : place === last ? 'end' : 'middle'}
          className={place % 2 === 1 ? 'odd' : ''}
        >
          {tick}
        </text>
      ))}
    </svg>
  );
}

/** A column over the versions, for its row: the line, the noise below it, the threshold dotted. Decoration: the history says it. */
export function DriftSpark(props: { points: readonly (SparkPoint | null)[]; scale: DriftScale }) {
  const { points, scale } = props;
  const known = points.flatMap((point, place) => (point === null ? [] : [{ ...point, place }]));
  if (known.length < 2) return null;
  const across = (place: number): number => 2 + (place / Math.max(1, points.length - 1)) * 76;
  const down = (value: number): number => 17 - shareOf(scale, value) * 14;
  const line = known.map(({ place, score }) => `${across(place)} ${down(score)}`).join('L');
  const band = known.map(({ place, noise }) => `${across(place)} ${down(noise ?? 0)}`).join('L');
  const [first, last] = [known[0], known.at(-1)];
  const threshold = last?.threshold ?? 0;
  return (
    <svg className="drift-spark" width="80" height="20" viewBox="0 0 80 20" aria-hidden="true">
      <path className="noise" d={`M${band}L${across(last?.place ?? 0)} 17L${across(first?.place ?? 0)} 17Z`} />
      <path className="limit" d={`M0 ${down(threshold)}H80`} />
      <path className="line" d={`M${line}`} />
      <circle cx={across(last?.place ?? 0)} cy={down(last?.score ?? 0)} r="2" />
    </svg>
  );
}

/** One version of one column as the spark needs it. */
export interface SparkPoint {
  score: number;
  noise: number | null;
  threshold: number;
}
