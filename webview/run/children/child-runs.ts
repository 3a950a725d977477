// The runs below a run, in the order in which a reader of a sweep wants them, and what is said of all of them.
import { fromWire } from '../../../src/protocol/number';
import type { HeadlineMetric, RunState, RunSummary } from '../../../src/protocol/run';
import { countText, numberText, stateWord } from '../../../src/protocol/wording';

/** The metric that all of them have as their headline, with its direction; null where they differ or have none. */
export function sharedHeadline(runs: readonly RunSummary[]): Omit<HeadlineMetric, 'value'> | null {
  const headlines = runs.map(({ headline }) => headline).filter((headline) => headline !== null);
  const [first] = headlines;
  return first !== undefined && headlines.every(({ key }) => key === first.key) ? first : null;
}

/** The best first where one metric tells, runs without a value last; else as they came, the newest first. */
export function bestFirst(runs: readonly RunSummary[]): RunSummary[] {
  const shared = sharedHeadline(runs);
  if (shared === null || shared.direction === 'none') return [...runs];
  const sign = shared.direction === 'up' ? 1 : -1;
  const rank = ({ headline }: RunSummary): number => {
    const value = headline === null ? Number.NaN : fromWire(headline.value) * sign;
    return Number.isNaN(value) ? Number.NEGATIVE_INFINITY : value;
  };
  return runs
    .map((run) => ({ run, rank: rank(run) }))
    .sort((left, right) => (left.rank === right.rank ? 0 : right.rank - left.rank))
    .map(({ run }) => run);
}

const told: readonly RunState[] = ['running', 'queued', 'failed', 'killed', 'unknown'];

/** `12, 2 running, 1 failed · best roc_auc 0.91`; `runs` are those of `total` that are known: of the others nothing is said. */
export function childrenAnswer(runs: readonly RunSummary[], total: number): string {
  const among = runs.length < total ? ` of the newest ${countText(runs.length, 'run')}` : '';
  const states = told.flatMap((state) => {
    const count = runs.filter((run) => run.state === state).length;
    return count === 0 ? [] : [`${count.toLocaleString('en-US')} ${stateWord(state).toLowerCase()}${among}`];
  });
  const shared = sharedHeadline(runs);
  const best = shared === null || shared.direction === 'none' ? null : bestFirst(runs)[0]?.headline;
  const words = [total.toLocaleString('en-US'), ...states].join(', ');
  return best == null || best.value === 'NaN' ? words : `${words} · best ${best.key} ${numberText(best.value)}${among}`;
}
