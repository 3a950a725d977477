// Where the focus is in a tree of spans, and what keys and clicks do.
import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, useRef, useState } from 'react';
import { useSteady } from '../../kit/steady';
import { useFocusWhenDrawn } from '../drawn-focus';
import { rowsShown, type SpanRow, spanAfter } from './span-rows';

/** The height of a row in pixels. */
export const rowHeight = 24;
const overscan = 6;

interface SpanActs {
  current: string | null;
  onChoose: (spanId: string) => void;
  toggle: (spanId: string) => void;
}

/** Which row has the one stop for Tab, and what keys and clicks do. */
export function useSpanKeys(rows: readonly SpanRow[], { current, onChoose, toggle }: SpanActs) {
  const list = useRef<HTMLDivElement>(null);
  const [focused, setFocused] = useState(current);
  const focusOn = useFocusWhenDrawn(list, bringIntoView);
  const virtual = useVirtualizer<HTMLDivElement, HTMLDivElement>({
    count: rows.length,
    getScrollElement: () => list.current,
    estimateSize: () => rowHeight,
    initialRect: { width: 0, height: Math.min(rows.length, rowsShown) * rowHeight },
    overscan,
  });
  const stop = Math.max(
    0,
    rows.findIndex(({ span }) => span.spanId === focused),
  );
  const onKeyDown = useSteady((event: KeyboardEvent): void => {
    const row = rows[stop];
    const target = spanAfter(rows, stop, event.key);
    if (row === undefined || (target === undefined && event.key !== 'Enter' && event.key !== ' ')) return;
    event.preventDefault();
    const turns = row.hasChildren && event.key === (row.isOpen ? 'ArrowLeft' : 'ArrowRight');
    if (turns) toggle(row.span.spanId);
    else if (target === undefined) onChoose(row.span.spanId);
    else {
      focusOn(target);
      setFocused(rows[target]?.span.spanId ?? null);
      virtual.scrollToIndex(target);
    }
  });
  const onPress = useSteady((spanId: string): void => {
    setFocused(spanId);
    onChoose(spanId);
  });
  return { list, virtual, stop, onKeyDown, onPress };
}

/** The tree has scrolled to it; the panel may have to, too. */
function bringIntoView(row: HTMLElement): void {
  row.scrollIntoView({ block: 'nearest' });
}
