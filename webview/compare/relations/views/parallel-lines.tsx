// The lines and axes of a parallel plot; a drag along an axis keeps the runs in that part.
import { memo, useMemo, useRef } from 'react';
import type { RelationBrush } from '../../../../src/protocol/comparison/compare-panel';
import type { RelationColumn } from '../../../../src/protocol/comparison/relations';
import { brushBetween, brushPlaces } from '../axes/brush';
import {
  heightAt,
  linesByColour,
  nearestLine,
  type ParallelPlot,
  parallelSize,
  placeAtHeight,
  runPath,
} from '../axes/parallel-plot';
import type { ValueAxis } from '../axes/value-axis';
import { ChartButton, type ChartDrag } from '../figure/chart-button';
import { fromBest, type RelationView } from '../related-runs';
import { cut } from './scatter-axes';

/** How near to an axis a drag has to begin, in CSS pixels. */
const grip = 12;

/** What the lines are drawn from; `kept` runs are in colour. */
export interface LinesProps {
  view: RelationView;
  plot: ParallelPlot;
  kept: readonly boolean[];
  brushes: Readonly<Record<string, RelationBrush>>;
  width: number;
  finding: string;
  pointed: number | null;
  onPoint: (run: number | null) => void;
  onBrush: (id: string, part: RelationBrush | null, isDone: boolean) => void;
}

/** Arrows go from the best run to the worst of those kept, Enter opens one. */
export function ParallelLines(props: LinesProps) {
  const { view, plot, kept, brushes, width, finding, pointed, onPoint } = props;
  const { values, target, open } = view;
  const order = useMemo(() => fromBest(target, values.runs.length).filter((run) => kept[run]), [target, values, kept]);
  const drag = useBrushDrag(props);
  const place = pointed === null ? null : order.indexOf(pointed);
  const placeAt = (x: number, y: number): number | null => {
    const run = nearestLine(plot, { x, y, kept });
    return run === null ? null : order.indexOf(run);
  };
  return (
    <ChartButton
      {...{ finding, width, place, placeAt, drag }}
      height={parallelSize.height}
      count={order.length}
      onPlace={(next) => onPoint(next === null ? null : (order[next] ?? null))}
      onOpen={(next) => open(order[next] ?? 0)}
    >
      <Lines plot={plot} target={target} kept={kept} />
      {plot.axes.map((axis, at) => (
        <Axis key={axis.column.id} axis={axis} plot={plot} at={at} brush={brushes[axis.column.id]} />
      ))}
      {pointed !== null && <path data-tool="" className="relation-line pointed" d={runPath(plot, pointed)} />}
    </ChartButton>
  );
}

const Lines = memo(function Lines({
  plot,
  target,
  kept,
}: Pick<LinesProps, 'plot' | 'kept'> & { target: RelationColumn }) {
  const lines = linesByColour(plot, { target, kept });
  return (
    <>
      <path className="relation-line out" d={lines.out} />
      <path className="relation-line none" d={lines.none} />
      {lines.ramp.map(({ step, path }) => (
        <path key={step} className={`relation-line ramp-${step}`} d={path} />
      ))}
    </>
  );
});

function Axis(props: { axis: ValueAxis; plot: ParallelPlot; at: number; brush: RelationBrush | undefined }) {
  const { axis, plot, at, brush } = props;
  const { top, bottom, none } = parallelSize;
  const x = plot.xs[at] ?? 0;
  const isFlipped = plot.flipped.has(axis.column.id);
  const room = (plot.xs[1] ?? 200) - (plot.xs[0] ?? 0);
  const ends = brushPlaces(axis, brush).map((place) => heightAt(place, isFlipped));
  const [upper, lower] = [Math.min(...ends), Math.max(...ends)];
  return (
    <g>
      <line className="relation-axis" x1={x} x2={x} y1={top} y2={bottom} />
      {brush !== undefined && (
        <rect className="relation-brush" x={x - 5} y={upper} width={10} height={Math.max(2, lower - upper)} />
      )}
      {axis.ticks.map(({ at: place, text }) => (
        <text key={text} className="relation-tick halo" x={x + 6} y={heightAt(place, isFlipped) + 4}>
          {cut(text, Math.max(3, Math.floor(room / 8)))}
        </text>
      ))}
      {plot.hasNone[at] === true && (
        <text className="relation-tick halo" x={x + 6} y={none + 4}>
          –
        </text>
      )}
      {plot.hasNone[at] === true && <line className="relation-axis none" x1={x - 5} x2={x + 5} y1={none} y2={none} />}
    </g>
  );
}

interface Drag {
  axis: ValueAxis;
  isFlipped: boolean;
  from: number;
}

/** A drag that begins at an axis chooses a part of it, a click at it all of it. */
function useBrushDrag({ plot, onBrush }: LinesProps): ChartDrag {
  const drag = useRef<Drag | null>(null);
  const tell = (y: number, isDone: boolean): void => {
    if (drag.current === null) return;
    const { axis, isFlipped, from } = drag.current;
    onBrush(axis.column.id, brushBetween(axis, from, placeAtHeight(y, isFlipped)), isDone);
  };
  return {
    down: (x, y) => {
      const axis = plot.axes[plot.xs.findIndex((each) => Math.abs(each - x) <= grip)];
      if (axis === undefined) return false;
      const isFlipped = plot.flipped.has(axis.column.id);
      drag.current = { axis, isFlipped, from: placeAtHeight(y, isFlipped) };
      return true;
    },
    move: (y) => tell(y, false),
    up: (y) => {
      tell(y, true);
      drag.current = null;
    },
    cancel: () => {
      drag.current = null;
    },
  };
}
