// One curve over the values of a feature, rows of the background and their mean beside it, and the row where it is.
import { useWidth } from '../../kit/width';
import { scoreText } from '../try/result/reading';
import { valueText } from './waterfall';

interface CurvePlotProps {
  /** Ascending. */
  places: readonly number[];
  own: readonly number[];
  mean: readonly number[];
  /** Of single rows. */
  each: readonly (readonly number[])[];
  /** The row itself; null where its value is missing. */
  at: { place: number; value: number } | null;
  finding: string;
}

const height = 160;
const edges = { left: 56, right: 16, top: 16, bottom: 24 };

/** Values at the left, the feature's values below. */
export function CurvePlot({ places, own, mean, each, at, finding }: CurvePlotProps) {
  const [box, width] = useWidth<HTMLDivElement>();
  const values = [...own, ...mean, ...each.flat()];
  const isShare = values.every((value) => value >= 0 && value <= 1);
  const low = isShare ? 0 : Math.min(...values);
  const high = isShare ? 1 : Math.max(...values);
  const [first = 0, last = 1] = [places[0], places.at(-1)];
  const x = (place: number): number => scaled(place, [first, last], [edges.left, width - edges.right]);
  const y = (value: number): number => scaled(value, [low, high], [height - edges.bottom, edges.top]);
  const line = (line: readonly number[]): string =>
    line.map((value, place) => `${place === 0 ? 'M' : 'L'}${x(places[place] ?? 0)},${y(value)}`).join('');
  return (
    <div ref={box} className="curve-plot">
      {width > 0 && (
        <svg width={width} height={height} role="img" aria-label={finding}>
          {[low, (low + high) / 2, high].map((value) => (
            <g key={value}>
              <line className="grid-line" x1={edges.left} x2={width - edges.right} y1={y(value)} y2={y(value)} />
              <text x={edges.left - 8} y={y(value) + 4} textAnchor="end">
                {scoreText(value)}
              </text>
            </g>
          ))}
          <text x={edges.left} y={height - 6}>
            {valueText(first)}
          </text>
          <text x={width - edges.right} y={height - 6} textAnchor="end">
            {valueText(last)}
          </text>
          <path className="each" d={each.map(line).join('')} />
          <path className="mean" d={line(mean)} />
          <path className="own" d={line(own)} />
          {at !== null && <Mark place={x(at.place)} value={y(at.value)} label={valueText(at.place)} width={width} />}
        </svg>
      )}
    </div>
  );
}

function Mark({ place, value, label, width }: { place: number; value: number; label: string; width: number }) {
  const isRight = place > width / 2;
  return (
    <g className="here">
      <line x1={place} x2={place} y1={edges.top} y2={height - edges.bottom} />
      <circle cx={place} cy={value} r={4} />
      <text x={place + (isRight ? -6 : 6)} y={edges.top - 4} textAnchor={isRight ? 'end' : 'start'}>
        {label}
      </text>
    </g>
  );
}

function scaled(value: number, [low, high]: readonly [number, number], [from, to]: readonly [number, number]): number {
  return high > low ? from + ((value - low) / (high - low)) * (to - from) : (from + to) / 2;
}
