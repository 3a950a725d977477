// How far a comparison is that takes long: asked while it is waited for.
import { useEffect, useState } from 'react';
import type { ComparePanelState } from '../../../src/protocol/comparison/compare-panel';
import type { JobProgress } from '../../../src/protocol/jobs/job';
import { useHost } from '../../kit/host/host-context';

/** Milliseconds between two questions; what is there sooner needs no words. */
const rest = 1000;

/** `Comparing`, and what is done now with its share where that is known. */
export function useProgress({
  runIds,
  metrics,
  cluster,
}: Pick<ComparePanelState, 'runIds' | 'metrics' | 'cluster'>): string {
  const host = useHost();
  const [progress, setProgress] = useState<JobProgress | null>(null);
  useEffect(() => {
    const left = new AbortController();
    const timer = setInterval(() => {
      host.query('comparison.progress', { runIds, metrics, cluster }, left.signal).then(
        (told) => !left.signal.aborted && setProgress(told),
        () => undefined,
      );
    }, rest);
    return () => {
      left.abort();
      clearInterval(timer);
    };
  }, [host, runIds, metrics, cluster]);
  if (progress === null) return 'Comparing';
  const { what, done, total } = progress;
  return `Comparing. ${what}${total > 0 ? `: ${Math.floor((100 * done) / total)} %` : ''}`;
}
