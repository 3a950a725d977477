// That the model is being run, once that takes a moment: how far it is, and the means to end it.
import { useEffect, useState } from 'react';
import type { ExplainWork } from '../../../src/protocol/inference/explain/explain-panel';
import type { JobProgress } from '../../../src/protocol/jobs/job';
import { Button } from '../../kit/controls';
import { useHost } from '../../kit/host/host-context';
import { useLater } from '../../kit/now';
import { askExplain } from './ask-explain';
import type { Asked } from './use-asked';

interface ExplainingProps {
  of: ExplainWork;
  /** What it is run for. */
  what: string;
  asked: Pick<Asked<unknown>, 'isWaiting' | 'isCancelled' | 'cancel' | 'again'>;
}

/** Nothing for 400 ms, and when it is done. */
export function Explaining({ of, what, asked }: ExplainingProps) {
  const { isWaiting, isCancelled, cancel, again } = asked;
  if (isWaiting) return <Going {...{ of, what }} onCancel={cancel} />;
  if (!isCancelled) return null;
  return (
    <div className="work explaining" role="status">
      <span>Cancelled.</span>
      <Button label="Try Again" onAct={again} />
    </div>
  );
}

const restMilliseconds = 300;

function Going({ of, what, onCancel }: Pick<ExplainingProps, 'of' | 'what'> & { onCancel: () => void }) {
  const host = useHost();
  const [progress, setProgress] = useState<JobProgress | null>(null);
  const isLate = useLater(400);
  useEffect(() => {
    const timer = setInterval(() => {
      askExplain(host, 'explainProgress', { of }).then(setProgress, () => setProgress(null));
    }, restMilliseconds);
    return () => clearInterval(timer);
  }, [host, of]);
  if (!isLate) return null;
  const { done, total } = progress ?? { done: 0, total: null };
  return (
    <div className="work explaining">
      <span role="status">{what}</span>
      {total !== null && (
        <span className="quiet">
          {done.toLocaleString('en-US')} of {total.toLocaleString('en-US')} runs of a row
        </span>
      )}
      <progress
        aria-label="Rows that the model was run on"
        value={total === null ? undefined : done}
        max={total ?? 1}
      />
      <Button label="Cancel" onAct={onCancel} />
    </div>
  );
}
