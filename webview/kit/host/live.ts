// A query whose answer stays on screen while it is asked again.
import { startTransition, useEffect, useRef, useState } from 'react';
import type { Host } from './host';
import { useHost } from './host-context';
import { keepEqual } from './keep-equal';
import { Refresher } from './refresher';

/** The last good answer, when it came (epoch ms), and what went wrong since, if anything. */
export interface LastAnswer<T> {
  value: T | undefined;
  time: number;
  error: Error | undefined;
}

/**
 * `isCurrent`: the answer is to what is asked now, and not to what was asked before. `asked`: when the answer was asked for,
 * in milliseconds of `performance.now()`.
 */
export interface Live<T> extends LastAnswer<T> {
  isCurrent: boolean;
  asked: number;
}

interface LiveOptions<T> {
  /** A new value is loaded afresh whenever this changes; nothing is while it is empty. */
  key: string;
  /** Least time between two loads in milliseconds. */
  rest: number;
  load: (host: Host, signal: AbortSignal, previous: T | undefined) => Promise<T>;
}

/**
 * Loads now, on every `changed` event and when the engine is back. The old value stays until the new one is there, and
 * what of it has not changed stays the same object.
 */
export function useLive<T>(options: LiveOptions<T>): Live<T> {
  const host = useHost();
  const [live, setLive] = useState<LastAnswer<T> & { key: string; asked: number }>({
    value: undefined,
    time: 0,
    error: undefined,
    key: '',
    asked: 0,
  });
  const latest = useRef(options);
  latest.current = options;
  const { key, rest } = options;
  useEffect(() => {
    if (key === '') return;
    let previous: T | undefined;
    const refresher = new Refresher(async (signal) => {
      const asked = performance.now();
      try {
        const value = keepEqual(previous, await latest.current.load(host, signal, previous));
        previous = value;
        // As a transition: answers that come together are drawn together, in slices that let the page breathe.
        if (!signal.aborted) startTransition(() => setLive({ value, time: Date.now(), error: undefined, key, asked }));
      } catch (error) {
        if (!signal.aborted) setLive((old) => ({ ...old, error: error as Error }));
      }
    }, rest);
    const unlisten = host.listen((event) => {
      const isBack = event.type === 'engine' && event.state === 'running';
      if (event.type === 'changed' || isBack) refresher.ask();
    });
    refresher.ask();
    return () => {
      unlisten();
      refresher.dispose();
    };
  }, [host, key, rest]);
  return { ...live, isCurrent: live.key === key };
}
