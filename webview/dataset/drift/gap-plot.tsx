// The shares of rows at most a value, on both sides, with the largest gap between them marked.
import type { DriftNumbers } from '../../../src/protocol/datasets/drift';
import { acrossOf, acrossTicks, downOf, type PlotFrame, pathOf } from '../plot/frame';
import { TickText } from '../plot/pair-histogram';
import { placeText } from './drift-words';

const height = 148;
const shares = [0, 0.25, 0.5, 0.75, 1];

/** Cut to the places that the histogram shows: a long tail would press the rest together. */
export function GapPlot({ width, numbers, finding }: { width: number; numbers: DriftNumbers; finding: string }) {
  const { cumulative, gap, histogram } = numbers;
  const frame: PlotFrame = {
    ...{ left: 44, right: width - 12, top: 8, bottom: height - 22 },
    x: { from: histogram.edges[0] ?? 0, to: histogram.edges.at(-1) ?? 1 },
    y: { from: 0, to: 1 },
  };
  return (
    <svg className="plot" width={width} height={height} role="img" aria-label={finding}>
      {shares.map((share) => (
        <g key={share}>
          <path className="grid" d={`M${frame.left} ${downOf(frame, share)}H${frame.right}`} />
          <text x={frame.left - 6} y={downOf(frame, share) + 4} textAnchor="end">
            {share * 100} %
          </text>
        </g>
      ))}
      {acrossTicks(frame).map((tick) => (
        <TickText key={tick} at={acrossOf(frame, tick)} width={width} y={height - 5} text={placeText(tick)} />
      ))}
      <path className="reference-line" d={stepsOf(frame, cumulative.x, cumulative.reference)} />
      <path className="current-line" d={stepsOf(frame, cumulative.x, cumulative.current)} />
      <Gap frame={frame} gap={gap} />
    </svg>
  );
}

function Gap({ frame, gap }: { frame: PlotFrame; gap: DriftNumbers['gap'] }) {
  const x = Math.min(frame.right, Math.max(frame.left, acrossOf(frame, gap.x)));
  const [from, to] = [downOf(frame, gap.reference), downOf(frame, gap.current)];
  const isLeft = x < (frame.left + frame.right) / 2;
  const middle = Math.min(frame.bottom - 4, (from + to) / 2 + 16);
  return (
    <>
      <path className="gap" d={`M${x - 4} ${from}h8M${x - 4} ${to}h8M${x} ${from}V${to}`} />
      <text className="ink" x={x + (isLeft ? 10 : -10)} y={middle} textAnchor={isLeft ? 'start' : 'end'}>
        D = {gap.distance.toFixed(3)} at {placeText(gap.x)}
      </text>
    </>
  );
}

/** A share holds from its place to the next; places beyond the frame are left out, but for the ones that lead in and out. */
function stepsOf(frame: PlotFrame, x: readonly number[], values: readonly number[]): string {
  const points: [number, number][] = [];
  let last = 0;
  for (const [place, value] of values.entries()) {
    const at = x[place] ?? 0;
    if (at < frame.x.from) {
      last = value;
      continue;
    }
    if (points.length === 0) points.push([frame.left, downOf(frame, last)]);
    if (at > frame.x.to) break;
    points.push([acrossOf(frame, at), downOf(frame, last)], [acrossOf(frame, at), downOf(frame, value)]);
    last = value;
  }
  points.push([frame.right, downOf(frame, last)]);
  return pathOf(points);
}
