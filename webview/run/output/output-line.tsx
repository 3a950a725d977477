// One line of output in the terminal's colours; a place that a traceback names is a link.
import { memo } from 'react';
import { type LinePart, partsOf, type SourcePlace } from './line-parts';
import { styleOf } from './readable-colour';
import type { TextLook } from './sgr';
import { spansOf } from './terminal-lines';

interface OutputLineProps {
  raw: string;
  look: TextLook;
  /** What is searched for, in lower case, or empty. */
  wanted: string;
  /** The line the search stands on. */
  isCurrent: boolean;
  /** Where it stands, once that is there: the paper behind decides which colours can be read. */
  box: HTMLElement | null;
  onOpen: (place: SourcePlace) => void;
}

/** Drawn again only when what it shows has changed. */
export const OutputLine = memo(function OutputLine({ raw, look, wanted, isCurrent, box, onOpen }: OutputLineProps) {
  const draw = (part: LinePart) => <Part key={part.start} part={part} box={box} onOpen={onOpen} />;
  return (
    <span className={isCurrent ? 'output-line current' : 'output-line'}>
      {partsOf(spansOf({ raw, look }), wanted).map(draw)}
      {'\n'}
    </span>
  );
});

function Part({
  part,
  box,
  onOpen,
}: {
  part: LinePart;
  box: OutputLineProps['box'];
  onOpen: OutputLineProps['onOpen'];
}) {
  const { text, look, isFound, place } = part;
  const isPlain = look.ink === '' && look.ground === '' && look.marks.length === 0;
  const style = isPlain || box === null ? {} : styleOf(look, box);
  if (place !== undefined) {
    return (
      <button
        type="button"
        className="output-place"
        title={`Open ${place.path} at line ${place.line}`}
        onClick={() => onOpen(place)}
      >
        {isFound ? <mark>{text}</mark> : text}
      </button>
    );
  }
  if (isFound) return <mark>{text}</mark>;
  return isPlain ? text : <span style={style}>{text}</span>;
}
