// What is done before rows can be shown that take long to come: how far it is, and the means to stop it.
import { useEffect, useState } from 'react';
import type { JobProgress } from '../../../src/protocol/jobs/job';
import { bytesText } from '../../../src/protocol/wording';
import { Button } from '../../kit/controls';
import { useHost } from '../../kit/host/host-context';
import { askGrid } from '../grid-source';
import type { RowChoice, RowPages } from './row-pages';

const lookEvery = 250;
/** Milliseconds before anything is said where nothing tells how far it is. */
const patience = 1000;

/** How far the rows of `pages` are that have not come, in bytes where it is known; null while nobody has to wait. */
export function useTaking(pages: RowPages): Partial<JobProgress> | null {
  const host = useHost();
  const [taking, setTaking] = useState<Partial<JobProgress> | null>(null);
  useEffect(() => {
    let waited = 0;
    let isOver = false;
    const look = async (): Promise<void> => {
      waited = pages.isWaiting ? waited + lookEvery : 0;
      const progress = waited === 0 ? null : await askGrid(host, 'gridProgress', null).catch(() => null);
      if (!isOver) setTaking(pages.isWaiting ? (progress ?? (waited >= patience ? {} : null)) : null);
    };
    const looking = setInterval(() => void look(), lookEvery);
    return () => {
      isOver = true;
      setTaking(null);
      clearInterval(looking);
    };
  }, [host, pages]);
  return taking;
}

interface TakingProps {
  taking: Partial<JobProgress> | null;
  choices: RowChoice;
  onStop: () => void;
}

/** Nothing while nobody has to wait. Stopped, the rows are those of before. */
export function Taking({ taking, choices: { sort, filters }, onStop }: TakingProps) {
  if (taking === null) return null;
  const doing = sort.length > 0 ? 'Sorting' : filters.length > 0 ? 'Filtering' : 'Reading rows';
  const { what = doing, done = 0, total = 0 } = taking;
  return (
    <div className="taking">
      <span role="status">{what}</span>
      <progress aria-label={what} {...(total > 0 ? { value: done, max: total } : {})} />
      {total > 0 && (
        <span className="quiet">
          {bytesText(done)} of {bytesText(total)}
        </span>
      )}
      <Button label="Cancel" onAct={onStop} />
    </div>
  );
}
