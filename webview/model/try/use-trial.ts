// What is kept of a trial, and changed in part by several that do not wait for each other.
import { useRef } from 'react';
import { firstTrial, type TriedState } from '../../../src/protocol/inference/form/try-panel';

/** `keep` changes parts, `setTexts` texts of the form by key. */
export interface Trial {
  tried: TriedState;
  keep: (part: Partial<TriedState>) => void;
  setTexts: (texts: Record<string, string>) => void;
}

/** `change` keeps the whole. */
export function useTrial(kept: TriedState, change: (tried: TriedState) => void): Trial {
  // A state from before a part was kept lacks it.
  const tried = { ...firstTrial, ...kept };
  const latest = useRef(tried);
  latest.current = tried;
  const keep = (part: Partial<TriedState>): void => {
    // Rows and pictures come when the user may have gone on writing.
    latest.current = { ...latest.current, ...part };
    change(latest.current);
  };
  const setTexts = (texts: Record<string, string>): void => keep({ values: { ...latest.current.values, ...texts } });
  return { tried, keep, setTexts };
}
