// A line cut where its look changes, where a search found something, and where a traceback names a place.
import type { Span } from './terminal-lines';

/** A place in a program: `line` counts from 1. */
export interface SourcePlace {
  path: string;
  line: number;
}

/** A piece of a line that is drawn in one way. */
export interface LinePart extends Span {
  /** Where it begins in the line's text. */
  start: number;
  isFound: boolean;
  place: SourcePlace | undefined;
}

interface Range {
  start: number;
  end: number;
  place?: SourcePlace;
}

const traceback = /File "([^"]+)", line (\d+)/g;

/** The parts of a line, in order. `wanted` is the text searched for, in lower case, or empty. */
export function partsOf(spans: readonly Span[], wanted: string): LinePart[] {
  const text = spans.map((span) => span.text).join('');
  const found = wanted === '' ? [] : findAll(text.toLowerCase(), wanted);
  const places = placesIn(text);
  const parts: LinePart[] = [];
  let at = 0;
  for (const span of spans) {
    const end = at + span.text.length;
    const cuts = [...found, ...places].flatMap(({ start, end }) => [start, end]);
    const inside = cuts.filter((cut) => cut > at && cut < end).sort((a, b) => a - b);
    let start = at;
    for (const cut of [...new Set(inside), end]) {
      const isFound = found.some((range) => range.start <= start && cut <= range.end);
      const place = places.find((range) => range.start <= start && cut <= range.end)?.place;
      parts.push({ text: text.slice(start, cut), look: span.look, start, isFound, place });
      start = cut;
    }
    at = end;
  }
  return parts;
}

function findAll(text: string, wanted: string): Range[] {
  const ranges: Range[] = [];
  for (let at = text.indexOf(wanted); at !== -1; at = text.indexOf(wanted, at + wanted.length)) {
    ranges.push({ start: at, end: at + wanted.length });
  }
  return ranges;
}

/** The quoted file name and its line's number; code that was never in a file (`<string>`) is no place. */
function placesIn(text: string): Range[] {
  if (!text.includes('File "')) return [];
  return [...text.matchAll(traceback)].flatMap((match) => {
    const [whole, path = '', line = ''] = match;
    if (path.startsWith('<')) return [];
    const start = match.index + 'File "'.length;
    return [{ start, end: match.index + whole.length, place: { path, line: Number(line) } }];
  });
}
