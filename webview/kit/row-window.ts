// Of a long list only the rows in sight exist. All rows are equally high, so where they lie is arithmetic.
import { type RefObject, useRef, useState } from 'react';

/** Rows beyond the edge that are drawn too, so that scrolling shows no gap. */
const margin = 6;

export interface RowWindow<T extends HTMLElement> {
  /** For the element that scrolls. */
  ref: RefObject<T | null>;
  onScroll: () => void;
  /** Height of that element, and of all rows together, in CSS pixels. */
  height: number;
  fullHeight: number;
  /** The rows to draw. */
  indices: number[];
  /** Scrolls as little as brings a row into sight. */
  reveal: (index: number) => void;
}

/** Follows the scrolling of a list of `count` rows of which at most `shown` fit. */
export function useRowWindow<T extends HTMLElement>(count: number, rowHeight: number, shown: number): RowWindow<T> {
  const ref = useRef<T>(null);
  const [top, setTop] = useState(0);
  const visible = Math.min(count, shown);
  const first = Math.max(0, Math.min(Math.floor(top / rowHeight), count - visible) - margin);
  const last = Math.min(count, first + visible + 2 * margin);
  const reveal = (index: number): void => {
    const element = ref.current;
    if (element === null) return;
    const [start, end] = [index * rowHeight, (index + 1) * rowHeight];
    if (start < element.scrollTop) element.scrollTop = start;
    else if (end > element.scrollTop + element.clientHeight) element.scrollTop = end - element.clientHeight;
    setTop(element.scrollTop);
  };
  return {
    ref,
    onScroll: () => setTop(ref.current?.scrollTop ?? 0),
    height: visible * rowHeight,
    fullHeight: count * rowHeight,
    indices: Array.from({ length: Math.max(0, last - first) }, (_, index) => first + index),
    reveal,
  };
}
