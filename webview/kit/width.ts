// How wide a part of the panel is, where CSS alone cannot decide.
import { type RefObject, useEffect, useRef, useState } from 'react';

/** A ref to put on an element, and its width in CSS pixels; 0 before the first layout. */
export function useWidth<T extends HTMLElement>(): [RefObject<T | null>, number] {
  return useMeasured<T, number>(0, ({ clientWidth }) => clientWidth);
}

/** The same with its height. */
export function useSize<T extends HTMLElement>(): [RefObject<T | null>, { width: number; height: number }] {
  const [ref, size] = useMeasured<T, string>(
    '0 0',
    ({ clientWidth, clientHeight }) => `${clientWidth} ${clientHeight}`,
  );
  const [width = 0, height = 0] = size.split(' ').map(Number);
  return [ref, { width, height }];
}

function useMeasured<T extends HTMLElement, Size>(
  first: Size,
  sizeOf: (element: T) => Size,
): [RefObject<T | null>, Size] {
  const ref = useRef<T>(null);
  const [size, setSize] = useState(first);
  const measure = useRef(sizeOf);
  useEffect(() => {
    const element = ref.current;
    if (element === null) return;
    const look = (): void => setSize(measure.current(element));
    const observer = new ResizeObserver(look);
    observer.observe(element);
    look();
    return () => observer.disconnect();
  }, []);
  return [ref, size];
}
