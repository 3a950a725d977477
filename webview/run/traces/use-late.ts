// Words about waiting come only when there is something to wait for.
import { useEffect, useState } from 'react';

const patience = 200;

/** True once it has been waited for a fifth of a second. */
export function useLate(isWaiting: boolean): boolean {
  const [isLate, setLate] = useState(false);
  useEffect(() => {
    setLate(false);
    if (!isWaiting) return;
    const timer = setTimeout(() => setLate(true), patience);
    return () => clearTimeout(timer);
  }, [isWaiting]);
  return isLate;
}
