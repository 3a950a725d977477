// A run's mark is the same in every panel of the window, and stays while runs come, go and change places.
import { useEffect, useMemo } from 'react';
import type { ComparePanelState } from '../../../src/protocol/comparison/compare-panel';
import { type RunMarks, withMarks } from '../../../src/protocol/runs/run-marks';
import { useHost } from '../../kit/host/host-context';

/** The number of its mark by run. */
export type Marks = ReadonlyMap<string, number>;

/** The marks of the compared runs; what other panels gave them before holds. */
export function useAgreedMarks(
  { runIds, marks }: ComparePanelState,
  change: (part: Pick<ComparePanelState, 'marks'>) => void,
): Marks {
  const host = useHost();
  const wanted = useMemo<RunMarks>(() => {
    const compared = new Set(runIds);
    const kept = marks.filter(([runId]) => compared.has(runId));
    return withMarks(kept, runIds);
  }, [runIds, marks]);
  useEffect(() => {
    let isCurrent = true;
    const tell = async (): Promise<void> => {
      const agreed = await host.command('compare.marks', { marks: wanted });
      if (isCurrent && JSON.stringify(agreed) !== JSON.stringify(marks)) change({ marks: agreed });
    };
    void tell();
    return () => {
      isCurrent = false;
    };
  }, [host, wanted, marks, change]);
  return useMemo(() => new Map(wanted), [wanted]);
}
