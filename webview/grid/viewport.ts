// The part of a scrolled element that is seen.
import { type RefObject, useEffect, useRef, useState } from 'react';

/** In CSS pixels. */
export interface Viewport {
  ref: RefObject<HTMLDivElement | null>;
  size: { width: number; height: number };
  scrolled: { top: number; left: number };
}

/** Follows the element of `ref`, at most once a frame. */
export function useViewport(): Viewport {
  const ref = useRef<HTMLDivElement>(null);
  const [size, setSize] = useState({ width: 0, height: 0 });
  const [scrolled, setScrolled] = useState({ top: 0, left: 0 });
  useEffect(() => {
    const element = ref.current;
    if (element === null) return;
    let frame = 0;
    const measure = (): void => setSize({ width: element.clientWidth, height: element.clientHeight });
    const follow = (): void => {
      cancelAnimationFrame(frame);
      frame = requestAnimationFrame(() => setScrolled({ top: element.scrollTop, left: element.scrollLeft }));
    };
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    element.addEventListener('scroll', follow, { passive: true });
    measure();
    return () => {
      cancelAnimationFrame(frame);
      observer.disconnect();
      element.removeEventListener('scroll', follow);
    };
  }, []);
  return { ref, size, scrolled };
}
