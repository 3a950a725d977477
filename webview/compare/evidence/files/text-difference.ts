// Where two texts differ: the lines that changed, with a few around them.
import { countText } from '../../../../src/protocol/wording';
import { type LinePair, linePairs } from './changed-lines';

/** A line of both texts, or `skipped` lines that both have and that are not shown. */
export type ShownLine = (LinePair & { place: number; isSame: boolean }) | { place: number; skipped: number };

/** `words` says what they have in common; `lines` are the changed ones and those around them, those of both where nothing changed. */
export interface TextDifference {
  words: string;
  lines: ShownLine[];
}

const around = 2;
const mostShown = 400;
const unchanged = 12;
const longestLine = 400;

interface TextPart {
  text: string;
  isCut: boolean;
}

/** Of the parts that were read; a text that was read in part may differ further on, which is said. */
export function differenceOf(before: TextPart, after: TextPart): TextDifference {
  const pairs = linePairs(before.text.split('\n'), after.text.split('\n'));
  const changed = pairs.flatMap((pair, place) => (pair.before === pair.after ? [] : [place]));
  const isCut = before.isCut || after.isCut;
  const [first] = changed;
  if (first === undefined) {
    const words = isCut ? 'The parts that were read are the same.' : 'The two files are the same.';
    return { words, lines: pairs.slice(0, unchanged).map((pair, place) => shownLine(pair, place)) };
  }
  const near = new Set(
    changed.flatMap((place) => Array.from({ length: 2 * around + 1 }, (_, by) => place - around + by)),
  );
  const all = linesAround(pairs, near);
  const left = all.length > mostShown ? ' More of them than are shown.' : '';
  const part = isCut ? ' in the parts that were read' : '';
  const where = (pairs.slice(0, first).filter((pair) => pair.before !== null).length + 1).toLocaleString('en-US');
  const words = `${countText(changed.length, 'line')} ${changed.length === 1 ? 'differs' : 'differ'}${part}, the first in line ${where}.${left}`;
  return { words, lines: all.slice(0, mostShown) };
}

function linesAround(pairs: readonly LinePair[], near: ReadonlySet<number>): ShownLine[] {
  const lines: ShownLine[] = [];
  let skipped = 0;
  const close = (place: number): void => {
    if (skipped > 0) lines.push({ place, skipped });
    skipped = 0;
  };
  for (const [place, pair] of pairs.entries()) {
    if (near.has(place)) {
      close(place - 1);
      lines.push(shownLine(pair, place));
    } else skipped += 1;
  }
  close(pairs.length);
  return lines;
}

function shownLine({ before, after }: LinePair, place: number): ShownLine {
  return { place, before: cut(before), after: cut(after), isSame: before === after };
}

function cut(line: string | null): string | null {
  return line !== null && line.length > longestLine ? `${line.slice(0, longestLine)}…` : line;
}
