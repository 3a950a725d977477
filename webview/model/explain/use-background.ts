// The rows that predictions are compared with: those that were chosen last, until others are.
import { useEffect, useState } from 'react';
import type { ChosenBackground } from '../../../src/protocol/inference/explain/explain-panel';
import { useHost } from '../../kit/host/host-context';
import { askExplain } from './ask-explain';

/** `key` changes with the rows; `trouble` is what went wrong when they were chosen, else empty. */
export interface UsedBackground {
  background: ChosenBackground | null;
  key: string;
  trouble: string;
  choose: () => void;
}

/** Null until some were chosen. */
export function useBackground(): UsedBackground {
  const host = useHost();
  const [{ background, round }, setBackground] = useState<{ background: ChosenBackground | null; round: number }>({
    background: null,
    round: 0,
  });
  const [trouble, setTrouble] = useState('');
  const use = (found: ChosenBackground | null): void => {
    if (found !== null) setBackground((old) => ({ background: found, round: old.round + 1 }));
  };
  useEffect(() => {
    const taken = new AbortController();
    // What is remembered is a help; without it the user chooses.
    askExplain(host, 'background', {}, taken.signal).then(use, () => undefined);
    return () => taken.abort();
  }, [host]);
  const choose = (): void => {
    setTrouble('');
    askExplain(host, 'chooseBackground', {}).then(use, (failure: Error) => setTrouble(failure.message));
  };
  return { background, key: String(round), trouble, choose };
}
