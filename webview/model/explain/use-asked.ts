// An answer that belongs to what it was asked of, and is asked for anew when that changes.
import { useEffect, useRef, useState } from 'react';

/** `value` is of an earlier key while `isOld`. */
export interface Asked<Value> {
  value: Value | null;
  error: string;
  isOld: boolean;
  isWaiting: boolean;
  /** Nobody waits any more, because the user did not want to. */
  isCancelled: boolean;
  cancel: () => void;
  /** Asks once more. */
  again: () => void;
}

/** Asks whenever `key` changes; null asks nothing. What is no longer wanted is taken back. */
export function useAsked<Value>(key: string | null, load: (signal: AbortSignal) => Promise<Value>): Asked<Value> {
  const [found, setFound] = useState<{ key: string; value: Value | null; error: string } | null>(null);
  const [cancelled, setCancelled] = useState<string | null>(null);
  const [round, setRound] = useState(0);
  const taking = useRef<AbortController | null>(null);
  useEffect(() => {
    if (key === null) return;
    const taken = new AbortController();
    taking.current = taken;
    load(taken.signal).then(
      (value) => !taken.signal.aborted && setFound({ key, value, error: '' }),
      (error: Error) => !taken.signal.aborted && setFound({ key, value: null, error: error.message }),
    );
    return () => taken.abort();
  }, [key, round]);
  const isOfKey = found?.key === key;
  const isCancelled = key !== null && cancelled === key;
  return {
    value: found?.value ?? null,
    error: isOfKey ? (found?.error ?? '') : '',
    isOld: found !== null && !isOfKey,
    isWaiting: key !== null && !isOfKey && !isCancelled,
    isCancelled,
    cancel: () => {
      taking.current?.abort();
      setCancelled(key);
    },
    again: () => {
      setCancelled(null);
      setFound((old) => (old?.key === key ? null : old));
      setRound((old) => old + 1);
    },
  };
}
