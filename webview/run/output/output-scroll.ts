// Where the box of output is scrolled to: the end while it follows, else the line that was gone to.
import { useLayoutEffect, useRef, useState } from 'react';
import type { OutputPart } from './output-view';

/** Closer than this to the end, the box follows the output. */
const stickyPixels = 24;

export interface OutputScroll {
  /** The box, once it is there. */
  box: HTMLElement | null;
  /** To put on the box as its ref. */
  setBox: (box: HTMLElement | null) => void;
  /** False once somebody has scrolled up from the end. */
  follows: boolean;
  /** Follows the end again. */
  follow: () => void;
  onScroll: () => void;
}

/** Scrolls after each drawing of `part`; the line gone to is the one marked `current`. */
export function useOutputScroll(part: OutputPart, isTail: boolean): OutputScroll {
  const [box, setBox] = useState<HTMLElement | null>(null);
  const [follows, setFollows] = useState(true);
  const placed = useRef<OutputPart>(undefined);
  useLayoutEffect(() => {
    if (box === null) return;
    if (isTail && follows) box.scrollTop = box.scrollHeight;
    if (isTail || placed.current === part) return;
    placed.current = part;
    const current = box.querySelector<HTMLElement>('.current');
    // Not by scrollIntoView, which would move the page too.
    if (current !== null) box.scrollTop = current.offsetTop - box.offsetTop - box.clientHeight / 2;
  }, [box, follows, isTail, part]);
  const onScroll = (): void => {
    if (box === null || !isTail) return;
    setFollows(box.scrollHeight - box.scrollTop - box.clientHeight < stickyPixels);
  };
  return { box, setBox, follows, follow: () => setFollows(true), onScroll };
}
