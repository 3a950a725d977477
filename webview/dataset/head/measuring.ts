// Work that takes a while: started once, followed while it goes on, taken back when the reader says so or leaves.
import { useCallback, useEffect, useRef, useState } from 'react';
import type { ResultKind } from '../../../src/protocol/datasets/dataset';
import type { DatasetWork } from '../../../src/protocol/datasets/panel/panel-api';
import type { Host } from '../../kit/host/host';
import { useHost } from '../../kit/host/host-context';

/** What the panel shows of it. */
export interface Measuring {
  state: 'rests' | 'works' | 'failed' | 'cancelled';
  work: DatasetWork | null;
  error: Error | undefined;
  /** `again`: also where a result is kept. */
  start: (again: boolean) => void;
  cancel: () => void;
}

interface MeasuringOptions {
  /** What it is about: another key takes the work back. */
  key: string;
  what: ResultKind;
  dataset: string;
  version: string;
  run: (host: Host, again: boolean, signal: AbortSignal) => Promise<unknown>;
}

const lookEvery = 250;

/** The work of one kind on one version. */
export function useMeasuring(options: MeasuringOptions): Measuring {
  const host = useHost();
  const [shown, setShown] = useState<Pick<Measuring, 'state' | 'work' | 'error'>>(resting);
  const abort = useRef<AbortController | undefined>(undefined);
  const latest = useRef(options);
  latest.current = options;
  const { key } = options;
  const start = useCallback(
    (again: boolean) => {
      abort.current?.abort();
      const own = new AbortController();
      abort.current = own;
      setShown({ state: 'works', work: null, error: undefined });
      const stop = follow(host, latest.current, own.signal, (work) => setShown((old) => ({ ...old, work })));
      latest.current
        .run(host, again, own.signal)
        .then(
          () => own.signal.aborted || setShown(resting),
          (error: Error) => own.signal.aborted || setShown({ state: 'failed', work: null, error }),
        )
        .finally(stop);
    },
    [host],
  );
  const cancel = useCallback(() => {
    abort.current?.abort();
    setShown({ state: 'cancelled', work: null, error: undefined });
  }, []);
  const about = useRef('');
  useEffect(() => {
    // Another key is another work.
    about.current = key;
    return () => {
      abort.current?.abort();
      setShown(resting);
    };
  }, [key]);
  return { ...shown, start, cancel };
}

const resting = { state: 'rests', work: null, error: undefined } as const;

/** Looks how far it is, until stopped. */
function follow(
  host: Host,
  { dataset, version, what }: MeasuringOptions,
  signal: AbortSignal,
  tell: (work: DatasetWork) => void,
): () => void {
  const look = setInterval(() => {
    host.query('datasets.work', { dataset, version, what }, signal).then(
      (work) => work !== null && !signal.aborted && tell(work),
      () => undefined,
    );
  }, lookEvery);
  const stop = (): void => clearInterval(look);
  signal.addEventListener('abort', stop, { once: true });
  return stop;
}
