// A drawing whose marks can be pointed at, gone through by keys, and opened.
import { type PointerEvent, type ReactNode, useRef } from 'react';
import { keyedPlace } from './keyed-place';

/** A drag that means something: `down` says whether it begins there. Places are CSS pixels of the drawing. */
export interface ChartDrag {
  down: (x: number, y: number) => boolean;
  move: (y: number) => void;
  up: (y: number) => void;
  cancel: () => void;
}

/** `place` is the mark that is pointed at, of `count` in the order of the keys; `finding` is what the drawing shows. */
interface ChartButtonProps {
  finding: string;
  width: number;
  height: number;
  place: number | null;
  count: number;
  placeAt: (x: number, y: number) => number | null;
  onPlace: (place: number | null) => void;
  onOpen: (place: number) => void;
  drag?: ChartDrag;
  children: ReactNode;
}

/** Arrows go through the marks, Enter or a click opens the one that is pointed at. */
export function ChartButton(props: ChartButtonProps) {
  const { finding, width, height, place, count, onPlace, onOpen } = props;
  const pointer = usePointer(props);
  return (
    <button
      type="button"
      className="relation-chart"
      aria-roledescription="chart"
      aria-label={finding}
      {...pointer.handlers}
      onPointerLeave={() => onPlace(null)}
      onBlur={() => onPlace(null)}
      onClick={() => place !== null && !pointer.hasDragged() && onOpen(place)}
      onKeyDown={(event) => {
        const next = keyedPlace(event.key, place, count);
        if (next === undefined) return;
        event.preventDefault();
        onPlace(next);
      }}
    >
      <svg
        className="relation-plot"
        viewBox={`0 0 ${width} ${height}`}
        width={width}
        height={height}
        aria-hidden="true"
      >
        {props.children}
      </svg>
    </button>
  );
}

/** Points at marks, or drags; the click that ends a drag opens nothing. */
function usePointer({ placeAt, onPlace, drag }: ChartButtonProps) {
  const dragging = useRef<'no' | 'yes' | 'done'>('no');
  const within = (event: PointerEvent): [x: number, y: number] => {
    const box = event.currentTarget.getBoundingClientRect();
    return [event.clientX - box.left, event.clientY - box.top];
  };
  const handlers = {
    onPointerDown: (event: PointerEvent): void => {
      dragging.current = 'no';
      if (event.button !== 0 || drag?.down(...within(event)) !== true) return;
      event.currentTarget.setPointerCapture(event.pointerId);
      dragging.current = 'yes';
      onPlace(null);
    },
    onPointerMove: (event: PointerEvent): void => {
      const [x, y] = within(event);
      if (dragging.current === 'yes') drag?.move(y);
      else onPlace(placeAt(x, y));
    },
    onPointerUp: (event: PointerEvent): void => {
      if (dragging.current !== 'yes') return;
      dragging.current = 'done';
      drag?.up(within(event)[1]);
    },
    onPointerCancel: (): void => {
      dragging.current = 'no';
      drag?.cancel();
    },
  };
  return { handlers, hasDragged: () => dragging.current === 'done' };
}
