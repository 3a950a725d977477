// Where the focus is in the grid, and where the keys take it. The grid itself keeps the keyboard: its rows come and go.
import { useMemo, useState } from 'react';
import { useSteady } from '../../kit/steady';
import type { Line } from '../data/lines';
import type { GridPlaces } from './grid-place';
import { rowHeight } from './grid-place';

/** `row` −1 is the heads; `column` 0 the name. */
export interface Place {
  row: number;
  column: number;
}

export interface GridFocus extends Place {
  /** Goes there and brings it into sight. */
  go: (place: Place) => void;
}

/** Follows the row in focus to where it stands when the order changes. */
export function useGridFocus(lines: readonly Line[], places: GridPlaces): GridFocus {
  const [kept, setKept] = useState<Place & { key: string }>({ row: 0, column: 0, key: '' });
  const row = useMemo(() => {
    if (kept.row < 0 || keyOf(lines[kept.row]) === kept.key || kept.key === '') return kept.row;
    const moved = lines.findIndex((line) => keyOf(line) === kept.key);
    return moved === -1 ? kept.row : moved;
  }, [lines, kept]);
  const count = places.pinned.length + places.all.length;
  const place = {
    row: Math.max(-1, Math.min(lines.length - 1, row)),
    column: Math.min(count, kept.column),
  };
  const go = useSteady((wanted: Place): void => {
    const next = {
      row: Math.max(-1, Math.min(lines.length - 1, wanted.row)),
      column: Math.max(0, Math.min(count, wanted.column)),
    };
    setKept({ ...next, key: keyOf(lines[next.row]) });
    if (next.row >= 0) places.rows.scrollToIndex(next.row);
    const free = next.column - 1 - places.pinned.length;
    if (free >= 0) places.columns.scrollToIndex(free);
  });
  return { ...place, go };
}

/** Where a key leads from a place; undefined for keys that lead nowhere. `shown` rows are in sight at once. */
export function placeAfter(
  event: { key: string; ctrlKey: boolean; metaKey: boolean },
  { row, column }: Place,
  { rows, columns, height }: { rows: number; columns: number; height: number },
): Place | undefined {
  const page = Math.max(1, Math.floor(height / rowHeight) - 2);
  const isFar = event.ctrlKey || event.metaKey;
  const moves: Record<string, Place> = {
    ArrowDown: { row: isFar ? rows - 1 : row + 1, column },
    ArrowUp: { row: isFar ? 0 : row - 1, column },
    ArrowRight: { row, column: isFar ? columns : column + 1 },
    ArrowLeft: { row, column: isFar ? 0 : column - 1 },
    PageDown: { row: row + page, column },
    PageUp: { row: Math.max(0, row - page), column },
    Home: isFar ? { row: 0, column: 0 } : { row, column: 0 },
    End: isFar ? { row: rows - 1, column: columns } : { row, column: columns },
  };
  return moves[event.key];
}

function keyOf(line: Line | undefined): string {
  if (line === undefined) return '';
  return line.kind === 'run' ? line.runId : `group ${line.key}`;
}
