// What a terminal would have shown, line by line.
import { drawnLast, withoutEscapes } from '../../../src/protocol/recording/terminal-escapes';
import { lookAfter, plainLook, type TextLook } from './sgr';

const introducer = String.fromCharCode(27);
const looks = new RegExp(`${introducer}\\[([0-9;:]*)m`, 'g');

/** One line as it was printed, and how its text looks at its beginning. */
export interface RawLine {
  raw: string;
  look: TextLook;
}

/** A piece of a line in one look. */
export interface Span {
  text: string;
  look: TextLook;
}

/** Splits output into lines; of a line that was drawn over itself (a progress bar), only what stood there last. */
export function linesOf(text: string): RawLine[] {
  const lines: RawLine[] = [];
  let look = plainLook;
  const parts = text.split('\n');
  // What follows the last line's end is no line yet.
  if (parts.at(-1) === '') parts.pop();
  for (const part of parts) {
    const shown = drawnLast(part);
    const hidden = part.slice(0, part.lastIndexOf(shown));
    look = lookBehind(look, hidden);
    lines.push({ raw: shown, look });
    look = lookBehind(look, shown);
  }
  return lines;
}

/** The pieces of a line, without its codes. */
export function spansOf({ raw, look }: RawLine): Span[] {
  if (!raw.includes(introducer)) return raw === '' ? [] : [{ text: raw, look }];
  const spans: Span[] = [];
  let now = look;
  let end = 0;
  const add = (text: string): void => {
    const shown = withoutEscapes(text);
    if (shown !== '') spans.push({ text: shown, look: now });
  };
  for (const match of raw.matchAll(looks)) {
    add(raw.slice(end, match.index));
    now = lookAfter(now, match[1] ?? '');
    end = match.index + match[0].length;
  }
  add(raw.slice(end));
  return spans;
}

function lookBehind(look: TextLook, text: string): TextLook {
  if (!text.includes(introducer)) return look;
  let now = look;
  for (const match of text.matchAll(looks)) now = lookAfter(now, match[1] ?? '');
  return now;
}
