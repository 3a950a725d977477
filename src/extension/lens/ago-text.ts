// How long ago something was, as short as a lens has to be.

const units: readonly [milliseconds: number, word: string][] = [
  [86_400_000, 'd'],
  [3_600_000, 'h'],
  [60_000, 'min'],
];

/** `just now`, `5 min ago`, `2 h ago`, `3 d ago`. */
export function agoText(milliseconds: number): string {
  const unit = units.find(([size]) => milliseconds >= size);
  return unit === undefined ? 'just now' : `${Math.floor(milliseconds / unit[0])} ${unit[1]} ago`;
}
