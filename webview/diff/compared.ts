// The comparison of the two tables: asked anew for another key, taken back when the reader says so.
import { useCallback, useEffect, useRef, useState } from 'react';
import type { TableDiff } from '../../src/protocol/datasets/table/diff';
import type { DiffPanelState } from '../../src/protocol/datasets/table/diff-panel';
import type { JobProgress } from '../../src/protocol/jobs/job';
import type { Host } from '../kit/host/host';
import { useHost } from '../kit/host/host-context';
import { askDiff } from './ask-diff';

/** `found` stays while it is asked again; `number` is another for each answer. */
export interface Compared {
  state: 'works' | 'rests' | 'failed' | 'cancelled';
  found: TableDiff | undefined;
  number: number;
  error: Error | undefined;
  progress: JobProgress | null;
  again: () => void;
  cancel: () => void;
}

const lookEvery = 250;
const fresh: Pick<Compared, 'state' | 'found' | 'number' | 'error' | 'progress'> = {
  ...{ state: 'works', found: undefined, number: 0, error: undefined, progress: null },
};

/** Compares now, whenever the key or the sides are others, and when a file has changed. */
export function useCompared({ isSwapped, key }: Pick<DiffPanelState, 'isSwapped' | 'key'>): Compared {
  const host = useHost();
  const [shown, setShown] = useState(fresh);
  const abort = useRef<AbortController | undefined>(undefined);
  const asked = JSON.stringify({ isSwapped, key });
  const again = useCallback(() => {
    abort.current?.abort();
    const own = new AbortController();
    abort.current = own;
    setShown((old) => ({ ...old, state: 'works', error: undefined, progress: null }));
    const stop = follow(host, own.signal, (progress) => setShown((old) => ({ ...old, progress })));
    askDiff(host, 'diff', JSON.parse(asked) as Pick<DiffPanelState, 'isSwapped' | 'key'>, own.signal)
      .then(
        (found) =>
          own.signal.aborted ||
          setShown(({ number }) => ({ state: 'rests', found, number: number + 1, error: undefined, progress: null })),
        (error: Error) => own.signal.aborted || setShown((old) => ({ ...old, state: 'failed', error })),
      )
      .finally(stop);
  }, [host, asked]);
  useEffect(() => {
    again();
    const unlisten = host.listen((event) => event.type === 'changed' && again());
    return () => {
      unlisten();
      abort.current?.abort();
    };
  }, [host, again]);
  const cancel = useCallback(() => {
    abort.current?.abort();
    setShown((old) => ({ ...old, state: 'cancelled' }));
  }, []);
  return { ...shown, again, cancel };
}

/** Looks how far it is, until stopped. */
function follow(host: Host, signal: AbortSignal, tell: (progress: JobProgress) => void): () => void {
  const look = setInterval(() => {
    askDiff(host, 'diffProgress', null, signal).then(
      (progress) => progress !== null && !signal.aborted && tell(progress),
      () => undefined,
    );
  }, lookEvery);
  const stop = (): void => clearInterval(look);
  signal.addEventListener('abort', stop, { once: true });
  return stop;
}
