// Handlers for rows that are drawn again only when what they show has changed.
import { useCallback, useLayoutEffect, useRef } from 'react';

/** A function that never changes and does what the latest `handler` does. Not for use while rendering. */
export function useSteady<A extends unknown[], R>(handler: (...values: A) => R): (...values: A) => R {
  const latest = useRef(handler);
  useLayoutEffect(() => {
    latest.current = handler;
  });
  return useCallback((...values: A) => latest.current(...values), []);
}
