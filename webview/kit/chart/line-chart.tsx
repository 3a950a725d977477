// Curves over one axis: uPlot draws the lines, the overlay follows pointer and keys, a table tells the same.
import {
  type KeyboardEvent,
  memo,
  type PointerEvent,
  type RefObject,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import { useWidth } from '../width';
import { nearestBucket, placesOf } from './bucket';
import { type ChartColours, useChartColours } from './colours';
import type { Crosshair } from './crosshair';
import type { ChartView, Curve, Range } from './curve';
import { type Geometry, placeAt, plotGeometry } from './geometry';
import { Overlay } from './overlay';
import { type Picture, Plot } from './plot/plot';
import { draggedRange, keyedRange } from './plot/zoom';

export interface LineChartProps {
  curves: readonly Curve[];
  view: ChartView;
  /** The part in sight, and all there is. */
  range: Range;
  whole: Range;
  crosshair: Crosshair;
  /** Where the crosshair rests while nobody points: the best value, when there is one. */
  rest: number | null;
  /** What the chart shows, in one sentence. */
  finding: string;
  /** Another part is to be shown; null: all. */
  onZoom: (range: Range | null) => void;
}

/** The chart itself, without caption. Drawn again only when what it shows has changed. */
export const LineChart = memo(function LineChart(props: LineChartProps) {
  const { curves, view, range, crosshair, finding, onZoom } = props;
  const colours = useChartColours();
  const [box, width] = useWidth<HTMLButtonElement>();
  const canvas = useRef<HTMLDivElement>(null);
  const { scaleX, scaleY } = view;
  const geometry = useMemo(
    () => (width === 0 ? null : plotGeometry({ width, range, scaleX, scaleY }, curves)),
    [width, range, curves, scaleX, scaleY],
  );
  usePlot(canvas, { view, colours }, geometry === null ? null : { curves, geometry });
  const drag = useDrag(geometry, props);
  return (
    <button
      ref={box}
      type="button"
      className="chart"
      aria-roledescription="chart"
      aria-label={finding}
      {...drag.handlers}
      onDoubleClick={() => onZoom(null)}
      onPointerLeave={() => crosshair.move(null)}
      onKeyDown={(event) => geometry !== null && onKey(event, geometry, { ...props, cancel: drag.cancel })}
      onBlur={() => crosshair.move(null)}
    >
      <div ref={canvas} />
      {geometry !== null && <Overlay {...props} geometry={geometry} choosing={drag.choosing} />}
    </button>
  );
});

/** Keeps a plot in `box` that shows `picture`; a new one only for another axis, other scales or colours. */
function usePlot(
  box: RefObject<HTMLDivElement | null>,
  { view, colours }: { view: ChartView; colours: ChartColours },
  picture: Picture | null,
): void {
  const plot = useRef<Plot | null>(null);
  const { curves, geometry } = picture ?? { curves: null, geometry: null };
  const { axis, scaleX, scaleY } = view;
  useLayoutEffect(() => {
    // A plot is made for these: when one of them changes, it goes.
    void [axis, scaleX, scaleY, colours];
    return () => {
      plot.current?.destroy();
      plot.current = null;
    };
  }, [axis, scaleX, scaleY, colours]);
  useLayoutEffect(() => {
    if (box.current === null || curves === null || geometry === null) return;
    if (plot.current !== null) plot.current.show({ curves, geometry });
    else {
      const style = { view: { axis, scaleX, scaleY }, colours };
      plot.current = new Plot(box.current, style, { curves, geometry });
    }
  }, [box, axis, scaleX, scaleY, colours, curves, geometry]);
}

/** Moves the crosshair with the pointer, and chooses a part while a button is down. Places are pixels of the chart. */
function useDrag(geometry: Geometry | null, { crosshair, view, onZoom }: LineChartProps) {
  const [choosing, setChoosing] = useState<Range | null>(null);
  const pixelOf = (event: PointerEvent): number => {
    const pixel = event.clientX - event.currentTarget.getBoundingClientRect().left;
    return geometry === null ? pixel : Math.min(geometry.right, Math.max(geometry.left, pixel));
  };
  const handlers = {
    onPointerDown: (event: PointerEvent): void => {
      if (event.button !== 0) return;
      event.currentTarget.setPointerCapture(event.pointerId);
      setChoosing({ from: pixelOf(event), to: pixelOf(event) });
    },
    onPointerMove: (event: PointerEvent): void => {
      if (geometry === null) return;
      crosshair.move(placeAt(geometry, pixelOf(event)));
      if (choosing !== null) setChoosing({ ...choosing, to: pixelOf(event) });
    },
    onPointerUp: (event: PointerEvent): void => {
      if (choosing === null || geometry === null) return;
      setChoosing(null);
      const range = draggedRange(geometry, view.axis, { ...choosing, to: pixelOf(event) });
      if (range !== undefined) onZoom(range);
    },
    onPointerCancel: (): void => setChoosing(null),
  };
  return { choosing, handlers, cancel: choosing === null ? null : () => setChoosing(null) };
}

/** Arrows go bucket by bucket, Home and End to the ends, + and − zoom, 0 shows all, Esc takes back. */
function onKey(
  event: KeyboardEvent,
  geometry: Geometry,
  props: LineChartProps & { cancel: (() => void) | null },
): void {
  const { curves, crosshair, rest, range, whole, view, onZoom } = props;
  const [first] = curves;
  const places = first === undefined ? [] : placesOf(first.shown);
  const at = crosshair.x ?? rest ?? range.to;
  const isAll = range.from === whole.from && range.to === whole.to;
  if (event.key === 'Escape') {
    if (props.cancel !== null) props.cancel();
    else if (isAll) crosshair.move(null);
    else onZoom(null);
    return;
  }
  const zoomed = event.key === '0' ? null : keyedRange(event, geometry, { axis: view.axis, centre: at, whole });
  if (zoomed !== undefined) {
    event.preventDefault();
    onZoom(zoomed === null || (zoomed.from <= whole.from && zoomed.to >= whole.to) ? null : zoomed);
    return;
  }
  const last = places.length - 1;
  const here = first === undefined ? -1 : places.indexOf(first.shown.x[nearestBucket(first.shown, at)] ?? at);
  const moves: Record<string, number> = { ArrowLeft: here - 1, ArrowRight: here + 1, Home: 0, End: last };
  const target = moves[event.key];
  if (target === undefined) return;
  event.preventDefault();
  crosshair.move(places[Math.min(last, Math.max(0, target))] ?? null);
}
