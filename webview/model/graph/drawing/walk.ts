// Where arrows lead in a drawing: up and down along its lines, left and right within a rank.
import type { DrawnLine } from './drawn-boxes';
import type { Layout } from './layout/layout';

/** The box that an arrow key, Home or End leads to; undefined where there is none. */
export function walked(
  key: string,
  from: string | null,
  { layout, lines }: { layout: Layout; lines: readonly DrawnLine[] },
): string | undefined {
  const first = layout.ranks[0]?.[0];
  if (key === 'Home') return first;
  if (key === 'End') return layout.ranks.at(-1)?.[0];
  const place = from === null ? undefined : layout.boxes.get(from);
  if (place === undefined) return key.startsWith('Arrow') ? first : undefined;
  if (key === 'ArrowLeft' || key === 'ArrowRight') {
    const rank = layout.ranks.find((each) => each.includes(from as string)) ?? [];
    return rank[rank.indexOf(from as string) + (key === 'ArrowRight' ? 1 : -1)];
  }
  const joined =
    key === 'ArrowDown'
      ? lines.flatMap((line) => (line.from === from ? [line.to] : []))
      : key === 'ArrowUp'
        ? lines.flatMap((line) => (line.to === from ? [line.from] : []))
        : [];
  const distance = (id: string): number => {
    const other = layout.boxes.get(id) ?? place;
    return Math.abs(other.y - place.y) + Math.abs(other.x - place.x);
  };
  return joined.toSorted((a, b) => distance(a) - distance(b))[0];
}
