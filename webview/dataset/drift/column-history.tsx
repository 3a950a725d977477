// One column over the versions: how far it moved each time, and how far samples of that size move without drift.
import type { BatchMoment } from '../../../src/protocol/datasets/contract/check-api';
import type { DriftMoment } from '../../../src/protocol/datasets/panel/panel-api';
import { versionName } from '../../../src/protocol/datasets/panel/version-name';
import { fromWire } from '../../../src/protocol/number';
import { niceTicks, valueTickText } from '../../kit/chart/axis';
import { Figure } from '../plot/figure';
import { acrossOf, downOf, type PlotFrame, pathOf } from '../plot/frame';
import { TickText } from '../plot/pair-histogram';
import { driftLook, measureText } from './drift-words';

interface Point {
  name: string;
  score: number;
  noise: number | null;
  threshold: number;
  verdict: keyof typeof driftLook;
  isShown: boolean;
  /** What of the column was far from earlier versions there, and nobody expected. */
  unlike: string;
}

interface ColumnHistoryProps {
  column: string;
  isTest: boolean;
  moments: readonly DriftMoment[];
  batches: readonly BatchMoment[];
  /** The version in sight. */
  version: string;
  /** Measures what was not measured; undefined when everything was. */
  onMeasure: (() => void) | undefined;
}

const height = 132;

/** Nothing before two versions were measured, but for the means to do so. */
export function ColumnHistory(props: ColumnHistoryProps) {
  const { column, isTest, moments, onMeasure } = props;
  const points = pointsOf(props);
  const missing = moments.filter(({ columns }) => columns === null).length;
  const rows = points.map(({ name, score, noise, threshold, verdict, unlike }) => [
    name,
    measureText(score),
    noise === null ? '–' : measureText(noise),
    String(threshold),
    driftLook[verdict].word,
    unlike === '' ? '–' : unlike,
  ]);
  if (points.length < 2 && onMeasure === undefined) return null;
  return (
    <div className="split one">
      <Figure
        name={`History of ${column}`}
        caption={
          <>
            {isTest ? 'p, one point per version' : 'one point per version; the band is wider where rows are few'}
            {points.some(({ unlike }) => unlike !== '') && '; ◇ unlike the versions before'}
            {missing > 0 && onMeasure !== undefined && (
              <>
                {' · '}
                <button type="button" className="link" onClick={onMeasure}>
                  Measure {missing === 1 ? 'the Version' : `the ${missing} Versions`} Left Out
                </button>
              </>
            )}
          </>
        }
        table={{ heads: ['Version', 'Moved by', 'Noise', 'Threshold', 'Verdict', 'Unlike before'], rows }}
      >
        {(width) => points.length > 1 && <HistoryPlot width={width} points={points} column={column} />}
      </Figure>
    </div>
  );
}

function pointsOf({ moments, batches, column, version }: ColumnHistoryProps): Point[] {
  return moments.flatMap((moment) => {
    const own = moment.columns?.[column];
    if (own === undefined) return [];
    const { threshold, noise, verdict } = own;
    const anomalies = batches.find((batch) => batch.version === moment.id)?.anomalies ?? [];
    const unlike = anomalies
      .filter((each) => each.column === column && !each.isExpected)
      .map(({ sentence }) => sentence)
      .join(' ');
    const isShown = moment.id === version;
    return [{ name: versionName(moment), score: fromWire(own.score), noise, threshold, verdict, isShown, unlike }];
  });
}

function HistoryPlot({ width, points, column }: { width: number; points: readonly Point[]; column: string }) {
  const threshold = points.at(-1)?.threshold ?? 0;
  const values = points.flatMap(({ score, noise }) => [score, noise ?? 0]).filter(Number.isFinite);
  const frame: PlotFrame = {
    ...{ left: 36, right: width - 16, top: 8, bottom: height - 22 },
    x: { from: -0.3, to: points.length - 0.7 },
    y: { from: 0, to: Math.max(...values, threshold * 1.5, Number.MIN_VALUE) * 1.05 },
  };
  const finding = `${column} over ${points.length} versions: ${points.filter(({ verdict }) => verdict === 'drift').length} drifted, last ${measureText(points.at(-1)?.score ?? 0)}, threshold ${threshold}`;
  return (
    <svg className="plot" width={width} height={height} role="img" aria-label={finding}>
      <Rows frame={frame} />
      <Band frame={frame} points={points} />
      <path className="limit" d={`M${frame.left} ${downOf(frame, threshold)}H${frame.right}`} />
      <text x={frame.left + 4} y={downOf(frame, threshold) - 4}>
        threshold {threshold}
      </text>
      <Line frame={frame} points={points} />
      <Unlike frame={frame} points={points} />
      <Names frame={frame} points={points} width={width} />
    </svg>
  );
}

function Rows({ frame }: { frame: PlotFrame }) {
  const ticks = niceTicks(frame.y.from, frame.y.to, 3);
  const step = (ticks[1] ?? 1) - (ticks[0] ?? 0);
  return ticks.map((tick) => (
    <g key={tick}>
      <path className="grid" d={`M${frame.left} ${downOf(frame, tick)}H${frame.right}`} />
      <text x={frame.left - 6} y={downOf(frame, tick) + 4} textAnchor="end">
        {valueTickText(tick, step)}
      </text>
    </g>
  ));
}

interface PointsProps {
  frame: PlotFrame;
  points: readonly Point[];
}

function Band({ frame, points }: PointsProps) {
  const known = points.flatMap(({ noise }, place) => (noise === null ? [] : [{ place, noise }]));
  const upper = known.map(({ place, noise }): [number, number] => [acrossOf(frame, place), downOf(frame, noise)]);
  const lower = known.map(({ place }): [number, number] => [acrossOf(frame, place), frame.bottom]).reverse();
  return <path className="noise" d={`${pathOf([...upper, ...lower])}Z`} />;
}

function Line({ frame, points }: PointsProps) {
  const places = points.map(({ score }, place): [number, number] => [acrossOf(frame, place), downOf(frame, score)]);
  return (
    <>
      <path className="current-line" d={pathOf(places)} />
      {points.map(({ name, verdict, isShown }, place) => {
        const [x, y] = places[place] ?? [0, 0];
        const drifted = verdict === 'drift';
        const size = isShown ? 5 : 3.5;
        const shape = drifted ? `M${x - size} ${y - size}h${2 * size}l${-size} ${2 * size}z` : undefined;
        return shape === undefined ? (
          <circle key={name} className="point" cx={x} cy={y} r={isShown ? 4 : 2.5} />
        ) : (
          <path key={name} className="point worse" d={shape} />
        );
      })}
    </>
  );
}

/** A mark above the versions in which something else of the column than its shape was far from before. */
function Unlike({ frame, points }: PointsProps) {
  return points.map(({ name, unlike, score }, place) => {
    if (unlike === '') return null;
    const [x, y] = [acrossOf(frame, place), Math.max(frame.top + 5, downOf(frame, score) - 13)];
    return (
      <path key={name} className="point unlike" d={`M${x} ${y - 5}l5 5l-5 5l-5 -5z`}>
        <title>{unlike}</title>
      </path>
    );
  });
}

function Names({ frame, points, width }: PointsProps & { width: number }) {
  const room = Math.max(1, Math.floor((frame.right - frame.left) / 84));
  const stride = Math.max(1, Math.ceil(points.length / room));
  const last = points.length - 1;
  return points.map(({ name }, place) =>
    (last - place) % stride === 0 ? (
      <TickText
        key={name}
        at={acrossOf(frame, place)}
        width={width}
        y={height - 5}
        text={name.length > 12 ? `${name.slice(0, 11)}…` : name}
      />
    ) : null,
  );
}
