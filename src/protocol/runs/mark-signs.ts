// The sign and the colour of each mark, told once: as a drawing for panels, as a letter for the tree.

/** A sign: its outline as an SVG path around 0, 0, nine units high at most; and the letter that looks like it. */
interface MarkSign {
  path: string;
  isFilled: boolean;
  letter: string;
}

const square = 'M-3-3h6v6h-6z';
const up = 'M0-4L4 3H-4z';
const down = 'M0 4L4-3H-4z';
const left = 'M-4 0L3-4V4z';
const right = 'M4 0L-3-4V4z';
const diamond = 'M0-4.500L4.500 0L0 4.500L-4.500 0z';
const upright = 'M-1.8-4h3.6v8h-3.6z';
const lying = 'M-4-1.8h8v3.6h-8z';

/** In rounds of six, one for each colour; those of a round are easily told apart. */
const signs: readonly MarkSign[] = [
  filled('●', 'M-3.5 0a3.5 3.5 0 1 0 7 0a3.5 3.5 0 1 0-7 0z'),
  filled('■', square),
  filled('▲', up),
  filled('◆', diamond),
  filled('▼', down),
  hollow('○', 'M-3 0a3 3 0 1 0 6 0a3 3 0 1 0-6 0z'),

  filled('◄', left),
  hollow('□', square),
  filled('►', right),
  hollow('◇', diamond),
  filled('✚', 'M-1.3-4h2.600v2.700H4v2.600H1.3V4h-2.600V1.3H-4v-2.600h2.700z'),
  hollow('△', up),

  filled('▮', upright),
  hollow('▽', down),
  filled('◖', 'M2-4v8a4 4 0 0 1 0-8z'),
  filled('▬', lying),
  filled('◗', 'M-2-4v8a4 4 0 0 0 0-8z'),
  hollow('◁', left),

  hollow('▷', right),
  hollow('✕', 'M-3.5-3.5L3.5 3.5M3.5-3.5L-3.5 3.5'),
  hollow('▯', upright),
  filled('◤', 'M-3.5-3.5h7l-7 7z'),
  hollow('▭', lying),
  filled('◢', 'M3.5 3.5h-7l7-7z'),
];
/** So many colours there are. */
const colourCount = 6;
const roundCount = signs.length / colourCount;

/** Which of the six colours a mark has: from the seventh mark on the signs begin anew, each in the next colour. */
export function markColour(mark: number): number {
  return (mark + Math.floor(mark / colourCount)) % colourCount;
}

/** Six signs make 36 marks with six colours; then come six others. The 145th mark has the sign and colour of the first. */
export function markSign(mark: number): MarkSign {
  const round = Math.floor(mark / colourCount ** 2) % roundCount;
  const sign = signs[round * colourCount + (mark % colourCount)];
  if (sign === undefined) throw new RangeError(`There is no mark ${mark}.`);
  return sign;
}

function filled(letter: string, path: string): MarkSign {
  return { letter, path, isFilled: true };
}

function hollow(letter: string, path: string): MarkSign {
  return { letter, path, isFilled: false };
}
