// Above each axis its name: a click flips it, a drag or the arrows move it; two sliders choose a part by keys.
import { type DragEvent, type KeyboardEvent, useState } from 'react';
import type { RelationBrush, RelationsState } from '../../../../src/protocol/comparison/compare-panel';
import { brushBetween, brushPlaces } from '../axes/brush';
import type { ParallelPlot } from '../axes/parallel-plot';
import { type ValueAxis, valueAt, valueText } from '../axes/value-axis';

interface HeadsProps {
  plot: ParallelPlot;
  brushes: Readonly<Record<string, RelationBrush>>;
  state: RelationsState;
  change: (part: Partial<RelationsState>) => void;
  onBrush: (id: string, part: RelationBrush | null, isDone: boolean) => void;
}

/** One head an axis, in the axes' order. */
export function AxisHeads({ plot, brushes, state, change, onBrush }: HeadsProps) {
  const [moving, setMoving] = useState<string | null>(null);
  const ids = plot.axes.map(({ column }) => column.id);
  const move = (id: string, to: number): void => {
    if (to < 0 || to >= ids.length) return;
    const others = ids.filter((each) => each !== id);
    change({ axes: [...others.slice(0, to), id, ...others.slice(to)] });
  };
  const flip = (id: string): void =>
    change({
      flipped: plot.flipped.has(id) ? state.flipped.filter((each) => each !== id) : [...state.flipped, id],
    });
  return (
    <div className="relation-heads">
      {plot.axes.map((axis, at) => {
        const { id } = axis.column;
        return (
          <div key={id} className="relation-head">
            <AxisName
              axis={axis}
              where={`axis ${at + 1} of ${ids.length}`}
              isFlipped={plot.flipped.has(id)}
              isMoving={moving !== null}
              onFlip={() => flip(id)}
              onMove={(by) => move(id, at + by)}
              onDrag={(isOn) => setMoving(isOn ? id : null)}
              onDrop={() => moving !== null && move(moving, at)}
            />
            <PartSliders axis={axis} brush={brushes[id]} onBrush={(part) => onBrush(id, part, true)} />
          </div>
        );
      })}
    </div>
  );
}

function AxisName(props: {
  axis: ValueAxis;
  where: string;
  isFlipped: boolean;
  isMoving: boolean;
  onFlip: () => void;
  onMove: (by: number) => void;
  onDrag: (isOn: boolean) => void;
  onDrop: () => void;
}) {
  const { name } = props.axis.column;
  const onKey = (event: KeyboardEvent): void => {
    const by = event.key === 'ArrowLeft' ? -1 : event.key === 'ArrowRight' ? 1 : 0;
    if (by === 0) return;
    event.preventDefault();
    props.onMove(by);
  };
  return (
    <button
      type="button"
      className="relation-axis-name"
      draggable
      aria-pressed={props.isFlipped}
      aria-keyshortcuts="ArrowLeft ArrowRight"
      title={`${name}: click to flip, drag or ← → to move`}
      aria-label={`${name}, ${props.where}: flip; arrows move it`}
      onClick={props.onFlip}
      onKeyDown={onKey}
      onDragStart={() => props.onDrag(true)}
      onDragEnd={() => props.onDrag(false)}
      onDragOver={(event: DragEvent) => props.isMoving && event.preventDefault()}
      onDrop={props.onDrop}
    >
      <span className="cut">{name}</span>
      {props.isFlipped && <span className="quiet"> ↕</span>}
    </button>
  );
}

/** In sight while one of them has the focus. */
function PartSliders(props: {
  axis: ValueAxis;
  brush: RelationBrush | undefined;
  onBrush: (part: RelationBrush | null) => void;
}) {
  const { axis, brush, onBrush } = props;
  const { column, levels } = axis;
  const [from, to] = brushPlaces(axis, brush);
  const steps = column.kind === 'level' ? Math.max(1, levels.length) : 50;
  const text = (place: number, isUpper: boolean): string =>
    column.kind === 'level'
      ? (levels[Math.round(place * steps) - (isUpper ? 1 : 0)] ?? '–')
      : valueText(valueAt(axis, place));
  const slider = (which: 'from' | 'to') => (
    <input
      type="range"
      className="relation-part"
      min={0}
      max={steps}
      step={1}
      value={Math.round((which === 'from' ? from : to) * steps)}
      aria-label={`${column.name} ${which}`}
      aria-valuetext={text(which === 'from' ? from : to, which === 'to')}
      onChange={(event) => {
        const place = Number(event.currentTarget.value) / steps;
        const [low, high] = which === 'from' ? [Math.min(place, to), to] : [from, Math.max(place, from)];
        onBrush(brushBetween(axis, low, high));
      }}
    />
  );
  return (
    <span className="relation-parts">
      {slider('from')}
      {slider('to')}
    </span>
  );
}
