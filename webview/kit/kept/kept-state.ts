// The state of a panel that survives a reload.
import { useCallback, useState } from 'react';
import type { Host } from '../host/host';

/** What is kept, and what changes and keeps a part of it. `first` makes the state of a page that is just drawn. */
export function useKeptState<T extends object>(
  host: Host,
  first: (kept: unknown) => T,
): [state: T, change: (part: Partial<T>) => void] {
  const [state, setState] = useState<T>(() => {
    const made = first(host.load());
    host.save(made);
    return made;
  });
  const change = useCallback(
    (part: Partial<T>) =>
      setState((old) => {
        const next = { ...old, ...part };
        host.save(next);
        return next;
      }),
    [host],
  );
  return [state, change];
}
