// The lines themselves, and the ways to what stands before and after them.
import { type KeyboardEvent, useMemo } from 'react';
import { Link } from '../../kit/controls';
import type { SourcePlace } from './line-parts';
import { OutputLine } from './output-line';
import { useOutputScroll } from './output-scroll';
import type { OutputPart, OutputView } from './output-view';
import { linesOf, type RawLine } from './terminal-lines';

/** What scrolls must be within reach of the keys, whether or not it holds a control. */
const reachable = { tabIndex: 0 };

interface OutputBoxProps {
  view: OutputView;
  part: OutputPart;
  /** What is searched for, in lower case, or empty. */
  wanted: string;
  /** Ctrl+F in the box. */
  onFind: () => void;
  onOpen: (place: SourcePlace) => void;
}

/** A part of the output; its end, unless somebody has gone elsewhere. */
export function OutputBox({ view, part, wanted, onFind, onOpen }: OutputBoxProps) {
  const { isTail } = view;
  const { box, setBox, follows, follow, onScroll } = useOutputScroll(part, isTail);
  const above = useMemo(() => linesOf(part.above), [part.above]);
  const below = useMemo(() => linesOf(part.below), [part.below]);
  const line = (each: RawLine, key: string, isCurrent: boolean) => (
    <OutputLine key={key} {...each} wanted={wanted} isCurrent={isCurrent} box={box} onOpen={onOpen} />
  );
  return (
    <>
      <pre
        ref={setBox}
        {...reachable}
        className="output"
        role="log"
        aria-live="off"
        aria-label={isTail ? 'Last lines of output' : 'Lines of output'}
        onScroll={onScroll}
        onKeyDown={(event) => onKey(event, onFind)}
      >
        {above.map((each, index) => line(each, `a${index - above.length}`, false))}
        {below.map((each, index) => line(each, `b${index}`, index === 0 && !isTail))}
      </pre>
      <Ways view={view} part={part} follows={follows} onFollow={follow} />
    </>
  );
}

function onKey(event: KeyboardEvent, onFind: () => void): void {
  if (event.key !== 'f' || !(event.ctrlKey || event.metaKey)) return;
  event.preventDefault();
  event.stopPropagation();
  onFind();
}

function Ways(props: { view: OutputView; part: OutputPart; follows: boolean; onFollow: () => void }) {
  const { view, part } = props;
  const goToEnd = (): void => {
    props.onFollow();
    view.goToEnd();
  };
  return (
    <div className="output-ways">
      {part.start > 0 && <Link label="Earlier Output" onAct={() => view.goTo(part.start)} />}
      {!view.isTail && part.next < part.size && <Link label="Later Output" onAct={() => view.goTo(part.next)} />}
      {(!view.isTail || !props.follows) && <Link label="Jump to End" onAct={goToEnd} />}
    </div>
  );
}
