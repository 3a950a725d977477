// A curve's line as the path that is painted and exported.
import { across, down, type Geometry } from '../geometry';
import { hasPlace } from '../scale';

/** An SVG path in CSS pixels through values at their places, in their order; it breaks where the axis has no place for one. */
export function linePath(plot: Geometry, places: readonly number[], values: readonly number[]): string {
  const parts: string[] = [];
  let isDown = false;
  for (let index = 0; index < places.length; index++) {
    const [x = 0, y] = [places[index], values[index]];
    const isThere = y !== undefined && hasPlace(plot.scaleY, y) && hasPlace(plot.scaleX, x);
    if (isThere) parts.push(`${isDown ? 'L' : 'M'}${pixel(across(plot, x))} ${pixel(down(plot, y))}`);
    isDown = isThere;
  }
  return parts.join('');
}

function pixel(place: number): number {
  return Math.round(place * 100) / 100;
}
