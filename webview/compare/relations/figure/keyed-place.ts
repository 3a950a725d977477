// Keys that go through the marks of a drawing one by one.

/** The place a key leads to among `count`, from `place` (null: nowhere yet); undefined for keys that mean something else. */
export function keyedPlace(key: string, place: number | null, count: number): number | null | undefined {
  if (count === 0) return undefined;
  const last = count - 1;
  const page = Math.max(1, Math.round(count / 10));
  const moves: Record<string, number> = {
    ArrowLeft: (place ?? 1) - 1,
    ArrowUp: (place ?? 1) - 1,
    ArrowRight: (place ?? -1) + 1,
    ArrowDown: (place ?? -1) + 1,
    PageUp: (place ?? 0) - page,
    PageDown: (place ?? 0) + page,
    Home: 0,
    End: last,
  };
  if (key === 'Escape') return null;
  const moved = moves[key];
  return moved === undefined ? undefined : Math.min(last, Math.max(0, moved));
}
