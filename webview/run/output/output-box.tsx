// The lines themselves. The box follows the end until somebody scrolls up.
import { type KeyboardEvent, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { Link } from '../../kit/controls';
import type { SourcePlace } from './line-parts';
import { OutputLine } from './output-line';
import type { OutputPart, OutputView } from './output-view';
import { linesOf } from './terminal-lines';

/** Closer than this to the end, the box follows the output. */
const stickyPixels = 24;

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

/** A part of the output with the ways to what stands before and after it. */
export function OutputBox({ view, part, wanted, onFind, onOpen }: OutputBoxProps) {
  const [box, setBox] = useState<HTMLPreElement | null>(null);
  const [follows, setFollows] = useState(true);
  const isPlaced = useRef<OutputPart>(undefined);
  const { isTail } = view;
  const above = useMemo(() => linesOf(part.above), [part.above]);
  const below = useMemo(() => linesOf(part.below), [part.below]);
  useLayoutEffect(() => {
    if (box === null) return;
    if (isTail && follows) box.scrollTop = box.scrollHeight;
    if (isTail || isPlaced.current === part) return;
    isPlaced.current = part;
    const current = box.querySelector<HTMLElement>('.current');
    // Not by scrollIntoView, which would move the page too.
    if (current !== null) box.scrollTop = current.offsetTop - box.offsetTop - box.clientHeight / 2;
  }, [box, follows, isTail, part]);
  const onScroll = (): void => {
    if (box === null || !isTail) return;
    setFollows(box.scrollHeight - box.scrollTop - box.clientHeight < stickyPixels);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'f' || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    event.stopPropagation();
    onFind();
  };
  const line = (place: string, isCurrent: boolean, each: (typeof below)[number]) => (
    <OutputLine key={place} {...each} wanted={wanted} isCurrent={isCurrent} box={box} onOpen={onOpen} />
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
        onKeyDown={onKeyDown}
      >
        {above.map((each, index) => line(`a${index - above.length}`, false, each))}
        {below.map((each, index) => line(`b${index}`, index === 0 && !isTail, each))}
      </pre>
      <div className="output-ways">
        {part.start > 0 && <Link label="Earlier output" onAct={() => view.goTo(part.start)} />}
        {!isTail && part.next < part.size && <Link label="Later output" onAct={() => view.goTo(part.next)} />}
        {(!isTail || !follows) && (
          <Link
            label="Jump to end"
            onAct={() => {
              setFollows(true);
              view.goToEnd();
            }}
          />
        )}
      </div>
    </>
  );
}
