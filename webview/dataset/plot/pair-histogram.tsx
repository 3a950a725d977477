// Two distributions in equal bins: the current one filled, the reference as an outline, so that neither needs a colour.
import { acrossOf, acrossTicks, downOf, type PlotFrame, pathOf } from './frame';

interface PairHistogramProps {
  width: number;
  height: number;
  /** One more than each of the counts. */
  edges: readonly number[];
  current: readonly number[];
  /** Empty where there is nothing to compare with. */
  reference: readonly number[];
  /** What it shows, in one sentence. */
  finding: string;
  tickText: (value: number) => string;
}

const axisHeight = 20;

/** Heights are shares of the rows of each side, so that sides of different size can be compared. */
export function PairHistogram(props: PairHistogramProps) {
  const { width, height, edges, finding, tickText } = props;
  const [current, reference] = [sharesOf(props.current), sharesOf(props.reference)];
  const frame: PlotFrame = {
    ...{ left: 0, right: width, top: 4, bottom: height - axisHeight },
    x: { from: edges[0] ?? 0, to: edges.at(-1) ?? 1 },
    y: { from: 0, to: Math.max(...current, ...reference, Number.MIN_VALUE) },
  };
  return (
    <svg className="plot" width={width} height={height} role="img" aria-label={finding}>
      <Bars frame={frame} edges={edges} shares={current} />
      <Outline frame={frame} edges={edges} shares={reference} />
      <path className="base" d={`M0 ${frame.bottom + 0.5}H${width}`} />
      {acrossTicks(frame).map((tick) => (
        <TickText key={tick} at={acrossOf(frame, tick)} width={width} y={height - 5} text={tickText(tick)} />
      ))}
    </svg>
  );
}

/** Words at a tick, kept within the drawing. */
export function TickText({ at, width, y, text }: { at: number; width: number; y: number; text: string }) {
  const half = text.length * 3;
  const anchor = at < half ? 'start' : at > width - half ? 'end' : 'middle';
  return (
    <text x={Math.min(width, Math.max(0, at))} y={y} textAnchor={anchor}>
      {text}
    </text>
  );
}

interface ShareProps {
  frame: PlotFrame;
  edges: readonly number[];
  shares: readonly number[];
}

function Bars({ frame, edges, shares }: ShareProps) {
  const gap = shares.length > 20 ? 0.25 : 1;
  return shares.map((share, place) => {
    const left = acrossOf(frame, edges[place] ?? 0);
    const right = acrossOf(frame, edges[place + 1] ?? 0);
    const top = downOf(frame, share);
    const size = { x: left + gap, y: top, width: Math.max(0.5, right - left - 2 * gap), height: frame.bottom - top };
    return <rect key={edges[place]} className="current-fill" {...size} />;
  });
}

function Outline({ frame, edges, shares }: ShareProps) {
  if (shares.length === 0) return null;
  const at = (place: number): number => acrossOf(frame, edges[place] ?? 0);
  const steps = shares.flatMap((share, place): [number, number][] => [
    [at(place), downOf(frame, share)],
    [at(place + 1), downOf(frame, share)],
  ]);
  const ends: [number, number][] = [[at(0), frame.bottom], ...steps, [at(shares.length), frame.bottom]];
  return <path className="reference-line" d={pathOf(ends)} />;
}

/** Parts of one; zeros where there is nothing. */
export function sharesOf(counts: readonly number[]): number[] {
  const sum = counts.reduce((total, count) => total + count, 0);
  return counts.map((count) => (sum === 0 ? 0 : count / sum));
}
