// The first thing read: one sentence, and the one that supports it.
import type { MetricSummary, RunDetail } from '../../../src/protocol/run';
import { stateWord } from '../../../src/protocol/wording';
import { Icon } from '../../kit/icon';
import { useNow } from '../../kit/now';
import { FailureCause } from './failure-cause';
import { firstLine } from './first-line';

/** Announced to screen readers when it changes in kind, not with every step. */
export function Opening({ run, metrics }: { run: RunDetail; metrics: readonly MetricSummary[] }) {
  const now = useNow(run.state === 'running');
  const line = firstLine(run, metrics, now);
  return (
    <section className="opening" aria-label="In short">
      <Icon name={line.icon} tone={line.tone} />
      <h1>{line.sentence}</h1>
      <FailureCause run={run} />
      {line.support !== '' && <p>{line.support}</p>}
      <span className="unseen" role="status">
        {run.name}: {line.icon === 'caution' ? line.sentence : stateWord(run.state).toLowerCase()}
      </span>
    </section>
  );
}
