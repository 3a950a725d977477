// How wide a text of the drawing is, before it is drawn.

const fonts = { head: '600 12px', line: '11px' } as const;
let context: CanvasRenderingContext2D | null | undefined;
const known = new Map<string, number>();

/** Pixels of one line, by what it is. */
export function textWidth(text: string, kind: keyof typeof fonts): number {
  const key = `${kind} ${text}`;
  const before = known.get(key);
  if (before !== undefined) return before;
  context ??= document.createElement('canvas').getContext('2d');
  if (context === null) return text.length * 7;
  context.font = `${fonts[kind]} ${getComputedStyle(document.body).fontFamily}`;
  const { width } = context.measureText(text);
  known.set(key, width);
  return width;
}

/** The text as far as it goes into `most` pixels, with an ellipsis where it is cut. */
export function fitting(text: string, kind: keyof typeof fonts, most: number): string {
  if (textWidth(text, kind) <= most) return text;
  let [fits, tooLong] = [0, text.length];
  while (tooLong - fits > 1) {
    const middle = (fits + tooLong) >> 1;
    if (textWidth(`${text.slice(0, middle)}…`, kind) <= most) fits = middle;
    else tooLong = middle;
  }
  return `${text.slice(0, fits)}…`;
}
