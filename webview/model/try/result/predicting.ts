// Runs of the model that this page asked for: the last one, what it took, what went wrong.
import { useCallback, useEffect, useRef, useState } from 'react';
import type { OtherPrediction, TryAsks } from '../../../../src/protocol/inference/form/try-panel';
import type { Prediction } from '../../../../src/protocol/inference/prediction';
import { HostError } from '../../../kit/host/host';
import { useHost } from '../../../kit/host/host-context';
import { askTry } from '../ask-try';

/** What was predicted: `text` is what was sent. `other` is that of the model beside it. */
export interface Predicted {
  text: string;
  prediction: Prediction;
  other: OtherPrediction | null;
  /** What went wrong with the model beside it, else empty. */
  otherError: string;
  /** Milliseconds of the first run since the model was loaded, where that is known. */
  first: number | null;
}

/** `since`: epoch milliseconds from when a run is waited for; null when none is. */
export interface Predicting {
  last: Predicted | null;
  error: Error | null;
  /** The model's file was written since. */
  isStale: boolean;
  since: number | null;
  run: (text: string) => void;
  cancel: () => void;
}

/** A second run is worth its time when the first was quicker than this; it tells how quick the model is when warm. */
const quickMilliseconds = 1000;

/** `hasOther`: whether the model beside it is to be run too. */
export function usePredicting(hasOther: boolean): Predicting {
  const host = useHost();
  const [last, setLast] = useState<Predicted | null>(null);
  const [error, setError] = useState<Error | null>(null);
  const [since, setSince] = useState<number | null>(null);
  const [isStale, setStale] = useState(false);
  useEffect(() => host.listen(({ type }) => type === 'changed' && setStale(true)), [host]);
  const abort = useRef<AbortController | null>(null);
  const first = useRef<number | null>(null);
  const run = useCallback(
    (text: string) => {
      abort.current?.abort();
      const own = new AbortController();
      abort.current = own;
      setSince(Date.now());
      predictAll(text, { first, signal: own.signal, ask: askOf(host), hasOther })
        .then(
          (found) => {
            if (own.signal.aborted) return;
            setLast(found);
            setStale(false);
            setError(null);
          },
          (failure: Error) => !own.signal.aborted && setError(failure),
        )
        .finally(() => abort.current === own && setSince(null));
    },
    [host, hasOther],
  );
  const cancel = useCallback(() => {
    abort.current?.abort();
    abort.current = null;
    setSince(null);
    setError(new HostError('Cancelled. Nothing was predicted.', null));
  }, []);
  return { last, error, isStale, since, run, cancel };
}

type AskPrediction = <Q extends 'predict' | 'predictOther'>(
  of: Q,
  text: string,
  signal: AbortSignal,
) => Promise<TryAsks[Q]['answer']>;

function askOf(host: ReturnType<typeof useHost>): AskPrediction {
  return (of, text, signal) => askTry(host, of, { given: { kind: 'text', text, format: null } }, signal);
}

interface Asking {
  first: { current: number | null };
  signal: AbortSignal;
  ask: AskPrediction;
  hasOther: boolean;
}

async function predictAll(text: string, { first, signal, ask, hasOther }: Asking): Promise<Predicted> {
  let prediction = await ask('predict', text, signal);
  if (prediction.isFirst) {
    first.current = prediction.milliseconds;
    if (prediction.milliseconds < quickMilliseconds) prediction = await ask('predict', text, signal);
  }
  const found = { text, prediction, first: first.current };
  if (!hasOther) return { ...found, other: null, otherError: '' };
  try {
    return { ...found, other: await ask('predictOther', text, signal), otherError: '' };
  } catch (error) {
    return { ...found, other: null, otherError: (error as Error).message };
  }
}
