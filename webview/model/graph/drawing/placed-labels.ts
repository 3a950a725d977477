// Sizes beside the lines that carry them, as far as there is room.
import type { DrawnLine } from './drawn-boxes';
import type { Layout, Point } from './layout/layout';
import { textWidth } from './text-width';

/** Pixels; `y` is that of its writing. */
export interface PlacedLabel {
  key: string;
  text: string;
  x: number;
  y: number;
}

const height = 14;
const longest = 140;

/** One that would stand in another is left out; the node says it, too. */
export function placedLabels(lines: readonly DrawnLine[], layout: Layout): PlacedLabel[] {
  const rows = new Map<number, { from: number; to: number }[]>();
  const placed: PlacedLabel[] = [];
  const told = new Set<string>();
  const readers = new Map<string, number>();
  for (const { to } of lines) readers.set(to, (readers.get(to) ?? 0) + 1);
  for (const [at, { from, to, label, names }] of lines.entries()) {
    const path = layout.edges[at] ?? [];
    // What several read is written once.
    const value = `${from} ${names.join()}`;
    if (label === '' || layout.far.has(at) || told.has(value)) continue;
    const width = textWidth(label, 'line');
    const { x, y } = besideLine(path, readers.get(to) === 1);
    const row = rows.get(Math.round(y / height)) ?? [];
    if (width > longest || row.some((each) => x < each.to && x + width > each.from)) continue;
    row.push({ from: x - 4, to: x + width + 4 });
    rows.set(Math.round(y / height), row);
    told.add(value);
    placed.push({ key: `${from}>${to}`, text: label, x, y });
  }
  return placed;
}

/** Where lines come to a box together, halfway down to the first bend, else at the end, where the line goes straight down. */
function besideLine(path: readonly Point[], isAlone: boolean): Point {
  const [start, next, last] = [path[0], path[1], path.at(-1)] as [Point, Point, Point];
  return isAlone
    ? { x: last.x + 7, y: Math.round(last.y) - 11 }
    : { x: (start.x + next.x) / 2 + 6, y: Math.round((start.y + next.y) / 2) + 4 };
}
