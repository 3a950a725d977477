// Handlers for rows that are drawn again only when what they show has changed.
import { useCallback, useLayoutEffect, useRef } from 'react';

/** A function that never changes and does what the latest `handler` does. Not for use while rendering. */
export function useSteady<A extends unknown[]>(handler: (...values: A) => void): (...values: A) => void {
  const latest = useRef(handler);
  useLayoutEffect(() => {
    latest.current = handler;
  });
  return useCallback((...values: A) => latest.current(...values), []);
}
