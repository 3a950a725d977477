// The runs that were begun below this one: the trials of a search, the folds of a validation.
import { memo, useMemo } from 'react';
import type { Page, RunSummary } from '../../../src/protocol/run';
import { Link } from '../../kit/controls';
import { useHost } from '../../kit/host/host-context';
import { useLive } from '../../kit/host/live';
import { Section } from '../../kit/section';
import { ChildList } from './child-list';
import { useChildParams } from './child-params';
import { bestFirst, childrenAnswer } from './child-runs';

const most = 500;
/** So many runs are compared at once. */
const mostCompared = 200;

/** Nothing for a run without any. `count` is how many it had when it was read. */
export const ChildrenSection = memo(function ChildrenSection({ runId, count }: { runId: string; count: number }) {
  const host = useHost();
  const { value, error } = useLive<Page<RunSummary> & { total: number }>({
    key: count === 0 ? '' : runId,
    rest: 1000,
    load: (from, signal) => from.query('runs.list', { below: runId, limit: most }, signal),
  });
  const runs = useMemo(() => bestFirst(value?.items ?? []), [value]);
  const params = useChildParams(runId, runs);
  if (count === 0 || (runs.length === 0 && error === undefined)) return null;
  const compare = (): void =>
    void host.command('run.compare', { runIds: runs.slice(0, mostCompared).map((run) => run.runId) });
  const label = runs.length > mostCompared ? `Compare ${mostCompared}` : 'Compare';
  return (
    <Section
      title="Child runs"
      answer={value === undefined ? undefined : childrenAnswer(runs, value.total)}
      acts={runs.length > 1 ? <Link label={label} onAct={compare} /> : undefined}
    >
      {error !== undefined && (
        <p className="note" role="alert">
          {error.message}
        </p>
      )}
      {runs.length > 0 && (
        <ChildList runs={runs} params={params} onOpen={(run) => void host.command('run.open', { runId: run.runId })} />
      )}
      {value !== undefined && runs.length < value.total && (
        <p className="note">
          {`The newest ${runs.length} of ${value.total.toLocaleString('en-US')} are shown; the runs table has all of them.`}
        </p>
      )}
    </Section>
  );
});
