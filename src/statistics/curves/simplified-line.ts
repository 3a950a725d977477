// A long line drawn with few points (Douglas and Peucker 1973): every point that stays is one of the line's own.

/** A line through points. */
export interface Line {
  x: readonly number[];
  y: readonly number[];
}

interface Part {
  from: number;
  to: number;
  /** The point between that lies farthest from the straight line, and how far. */
  farthest: number;
  distance: number;
}

/**
 * The places of the points to draw, rising: both ends, then always the one farthest from what is drawn, until all lie
 * within `tolerance` or `most` are taken. A line of at most `most` points stays as it is.
 */
export function simplifiedLine(line: Line, { most, tolerance }: { most: number; tolerance: number }): number[] {
  const last = line.x.length - 1;
  if (last < most) return line.x.map((_, place) => place);
  const kept = [0, last];
  const parts = [partOf(line, 0, last)];
  while (kept.length < most) {
    const worst = parts.reduce((best, part, place) => (part.distance > (parts[best]?.distance ?? 0) ? place : best), 0);
    const part = parts[worst];
    if (part === undefined || part.distance <= tolerance) break;
    kept.push(part.farthest);
    parts.splice(worst, 1, partOf(line, part.from, part.farthest), partOf(line, part.farthest, part.to));
  }
  return kept.sort((a, b) => a - b);
}

function partOf({ x, y }: Line, from: number, to: number): Part {
  const [startX, startY] = [x[from] ?? 0, y[from] ?? 0];
  const [wide, high] = [(x[to] ?? 0) - startX, (y[to] ?? 0) - startY];
  const length = Math.hypot(wide, high);
  const part: Part = { from, to, farthest: from, distance: 0 };
  for (let place = from + 1; place < to; place += 1) {
    const [dx, dy] = [(x[place] ?? 0) - startX, (y[place] ?? 0) - startY];
    const distance = length === 0 ? Math.hypot(dx, dy) : Math.abs(dx * high - dy * wide) / length;
    if (distance > part.distance) {
      part.farthest = place;
      part.distance = distance;
    }
  }
  return part;
}
