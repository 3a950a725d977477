// The run that is pointed at, in words; keys say it aloud.
import type { ReactNode } from 'react';
import { RunMark } from '../../../kit/run-mark';

/** Mark and name of a run with what it has; `rest` stands there while nobody points. */
export function PointedRun(props: { run: { name: string; mark: number } | null; facts: string; rest: ReactNode }) {
  const { run, facts, rest } = props;
  return (
    <output className="relation-said">
      {run === null ? (
        rest
      ) : (
        <>
          <RunMark mark={run.mark} /> <strong>{run.name}</strong> <span className="quiet">{facts}</span>
        </>
      )}
    </output>
  );
}
