// Which part of the horizontal axis is in sight, and how keys and the pointer change it.
import type { ChartAxis } from '../../../../src/protocol/series';
import type { Range } from '../curve';
import { type Geometry, leastPart, placeAt } from '../geometry';
import { fromScale, toScale } from '../scale';

/** Least width of a part, in axis units: two steps, a fiftieth of a second; of values what their digits tell apart. */
const leastWidth: Record<ChartAxis, number> = { step: 2, relative: 0.02, wall: 20, metric: 0 };
/** A drag shorter than this many pixels is a click. */
const leastDrag = 5;

/** The part between two pixels of a drag; undefined when it was a click. */
export function draggedRange(plot: Geometry, axis: ChartAxis, drag: Range): Range | undefined {
  if (Math.abs(drag.to - drag.from) < leastDrag) return undefined;
  const [a, b] = [placeAt(plot, drag.from), placeAt(plot, drag.to)];
  return wideEnough(plot, axis, { from: Math.min(a, b), to: Math.max(a, b) });
}

/**
 * The part that a key leads to: + and − around `centre`, Shift with an arrow along the axis. Undefined for other keys.
 * It never goes beyond `whole`, the extent of all that was logged.
 */
export function keyedRange(
  event: { key: string; shiftKey: boolean },
  plot: Geometry,
  place: { axis: ChartAxis; centre: number; whole: Range },
): Range | undefined {
  const [from, to] = [toScale(plot.scaleX, plot.from), toScale(plot.scaleX, plot.to)];
  const width = to - from;
  const share = (toScale(plot.scaleX, place.centre) - from) / width;
  const zoomed = (factor: number): [number, number] => {
    const start = from + share * width * (1 - factor);
    return [start, start + width * factor];
  };
  const moved = (by: number): [number, number] => [from + by * width, to + by * width];
  const isPan = event.shiftKey && event.key.startsWith('Arrow');
  const target =
    event.key === '+' || event.key === '='
      ? zoomed(0.5)
      : event.key === '-'
        ? zoomed(2)
        : isPan && event.key === 'ArrowLeft'
          ? moved(-0.25)
          : isPan && event.key === 'ArrowRight'
            ? moved(0.25)
            : undefined;
  if (target === undefined) return undefined;
  return wideEnough(plot, place.axis, within(target, plot, place.whole));
}

/** Keeps a part inside the whole: moved back as it is when it fits, else cut. */
function within([from, to]: [number, number], { scaleX }: Geometry, whole: Range): Range {
  const [first, last] = [toScale(scaleX, whole.from), toScale(scaleX, whole.to)];
  const width = Math.min(to - from, last - first);
  const start = Math.min(Math.max(from, first), last - width);
  return { from: fromScale(scaleX, start), to: fromScale(scaleX, start + width) };
}

/** A part in which something can still be told apart. */
function wideEnough({ scaleX }: Geometry, axis: ChartAxis, range: Range): Range {
  const least = Math.max(leastWidth[axis], leastPart(range.from, range.to));
  if (range.to - range.from >= least) return range;
  const middle = (range.from + range.to) / 2;
  if (scaleX === 'linear') return { from: middle - least / 2, to: middle + least / 2 };
  // Beside zero half of the least width would lead beyond it.
  const factor = Math.min(2, 1 + least / (2 * middle));
  return { from: middle / factor, to: middle * factor };
}
