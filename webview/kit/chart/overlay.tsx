// What follows the pointer over one chart: drawn apart from the curves, so that moving it costs no redraw of them.
import { readAt } from './bucket';
import { type Crosshair, useCrosshair } from './crosshair';
import type { Curve, Range } from './curve';
import { across, down, type Geometry } from './geometry';
import { hasPlace } from './scale';

/** A dotted line at the crosshair, a ring on each curve, and the part that is being chosen. */
export function Overlay(props: {
  geometry: Geometry;
  curves: readonly Curve[];
  crosshair: Crosshair;
  rest: number | null;
  /** The part between pointer down and pointer, in CSS pixels. */
  choosing: Range | null;
}) {
  const { geometry, choosing } = props;
  const pointed = useCrosshair(props.crosshair);
  const place = pointed ?? props.rest;
  const reads = props.curves.flatMap(({ shown, direction }) => {
    const read = place === null ? undefined : readAt(shown, { x: place, isRest: pointed === null }, direction);
    return read === undefined ? [] : { key: shown.key, ...read };
  });
  const [first] = reads;
  if (first === undefined && choosing === null) return null;
  return (
    <svg className="overlay" aria-hidden="true">
      {choosing !== null && <Choosing part={choosing} geometry={geometry} />}
      {first !== undefined && (
        <line
          x1={across(geometry, first.x)}
          x2={across(geometry, first.x)}
          y1={geometry.top}
          y2={geometry.bottom}
          strokeDasharray="2 2"
        />
      )}
      {reads.map(
        ({ key, x, y }) =>
          hasPlace(geometry.scaleY, y) && <circle key={key} cx={across(geometry, x)} cy={down(geometry, y)} r="3.5" />,
      )}
    </svg>
  );
}

function Choosing({ part, geometry }: { part: Range; geometry: Geometry }) {
  return (
    <rect
      className="choosing"
      x={Math.min(part.from, part.to)}
      width={Math.abs(part.to - part.from)}
      y={geometry.top}
      height={geometry.bottom - geometry.top}
    />
  );
}
