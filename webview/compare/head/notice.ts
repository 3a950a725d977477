// What was just done, said for a moment.
import { useCallback, useEffect, useRef, useState } from 'react';

const shownFor = 4000;

/** The words, empty when there is nothing to say, and the means to say them. */
export function useNotice(): [words: string, tell: (words: string) => void] {
  const [words, setWords] = useState('');
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const tell = useCallback((said: string) => {
    clearTimeout(timer.current);
    setWords(said);
    timer.current = setTimeout(() => setWords(''), shownFor);
  }, []);
  useEffect(() => () => clearTimeout(timer.current), []);
  return [words, tell];
}
