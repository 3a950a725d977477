// A reopened panel is short until its metrics and charts are there; where it was scrolled to must wait for them.
import { useEffect, useRef } from 'react';
import type { RunPanelState } from '../../src/protocol/panel';

/** How long a reopened panel may take to grow to its old height, in milliseconds. */
const patience = 5000;
const handedOver = ['wheel', 'keydown', 'pointerdown'] as const;

/** Scrolls to where the panel was once it is that tall, and only then remembers where it goes. */
export function useKeptScroll(first: number, change: (part: Partial<RunPanelState>) => void): void {
  const start = useRef(first);
  useEffect(() => {
    let forget: (() => void) | undefined;
    const cancel = whenTall(start.current, () => {
      forget = rememberScroll((scroll) => change({ scroll }));
    });
    return () => {
      cancel();
      forget?.();
    };
  }, [change]);
}

/** Scrolls to `top` as soon as the page reaches so far; `done` is called then, or when the reader moves first. */
function whenTall(top: number, done: () => void): () => void {
  const stop = (): void => {
    clearTimeout(timer);
    growth.disconnect();
    for (const name of handedOver) window.removeEventListener(name, settle);
  };
  const settle = (): void => {
    stop();
    done();
  };
  const growth = new ResizeObserver(() => {
    if (document.documentElement.scrollHeight - window.innerHeight < top) return;
    window.scrollTo(0, top);
    settle();
  });
  const timer = setTimeout(settle, patience);
  for (const name of handedOver) window.addEventListener(name, settle, { passive: true });
  growth.observe(document.body);
  return stop;
}

function rememberScroll(remember: (scroll: number) => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const onScroll = (): void => {
    clearTimeout(timer);
    timer = setTimeout(() => remember(window.scrollY), 300);
  };
  window.addEventListener('scroll', onScroll, { passive: true });
  return () => {
    clearTimeout(timer);
    window.removeEventListener('scroll', onScroll);
  };
}
