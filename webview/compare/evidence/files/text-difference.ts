// Where two texts begin to differ, and the lines of both around that.

/** `words` says what they have in common; the lines begin a little before the first that differs. */
export interface TextDifference {
  words: string;
  /** The place of the first line that differs among those shown; null where none does. */
  at: number | null;
  before: string[];
  after: string[];
}

const around = 2;
const shown = 12;
const longestLine = 400;

interface TextPart {
  text: string;
  isCut: boolean;
}

/** Of the parts that were read; a text that was read in part may differ further on, which is said. */
export function differenceOf(before: TextPart, after: TextPart): TextDifference {
  const [first, second] = [before.text.split('\n'), after.text.split('\n')];
  let line = 0;
  while (line < first.length && line < second.length && first[line] === second[line]) line += 1;
  const isWhole = line >= first.length && line >= second.length;
  const isCut = before.isCut || after.isCut;
  const from = isWhole ? 0 : Math.max(0, line - around);
  const part = (lines: readonly string[]): string[] =>
    lines
      .slice(from, from + shown)
      .map((each) => (each.length > longestLine ? `${each.slice(0, longestLine)}…` : each));
  const same = isCut ? 'The parts that were read are the same.' : 'The two files are the same.';
  const words = isWhole
    ? same
    : `They first differ in line ${(line + 1).toLocaleString('en-US')}${from === 0 ? '' : `; shown from line ${(from + 1).toLocaleString('en-US')} on`}.`;
  return { words, at: isWhole ? null : line - from, before: part(first), after: part(second) };
}
