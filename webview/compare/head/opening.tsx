// The verdict: one sentence that can be pasted into a review, and what supports it.
import type { Comparison, Verdict } from '../../../src/protocol/comparison/comparison';
import { Button } from '../../kit/controls';
import { Icon, type IconName } from '../../kit/icon';

/** How a verdict looks: shape first, colour last. */
export const verdictLook: Readonly<Record<Verdict, { icon: IconName; tone: string; word: string }>> = {
  better: { icon: 'finished', tone: 'better', word: 'Better' },
  worse: { icon: 'failed', tone: 'worse', word: 'Worse' },
  'cannot tell': { icon: 'unknown', tone: 'quiet', word: 'Cannot tell' },
};

const sentencesShown = 2;

/** Announced when the verdict changes, and only then. */
export function Opening(props: { comparison: Comparison; onCopy: () => void; onSeeds: (() => void) | undefined }) {
  const { comparison, onCopy, onSeeds } = props;
  const { verdict, sentence, candidates } = comparison;
  const [only, second] = candidates;
  const support = only === undefined || second !== undefined ? [] : only.support.slice(0, sentencesShown);
  const { icon, tone } = verdictLook[verdict];
  return (
    <section className="opening verdict" aria-label="Verdict">
      <Icon name={icon} tone={tone} />
      <h1>{second === undefined ? sentence : summary(comparison)}</h1>
      {support.length > 0 && <p>{support.join(' ')}</p>}
      <div className="verdict-acts">
        {onSeeds !== undefined && <Button label="Run More Seeds…" onAct={onSeeds} />}
        <Button label="Copy Verdict" primary onAct={onCopy}>
          <Icon name="copy" />
        </Button>
      </div>
      <span className="unseen" role="status">
        {sentence}
      </span>
    </section>
  );
}

/** Of many candidates how many are what. */
function summary({ baseline, candidates }: Comparison): string {
  const count = (wanted: Verdict): number => candidates.filter(({ verdict }) => verdict === wanted).length;
  const parts = [
    [count('better'), 'better'],
    [count('worse'), 'worse'],
    [count('cannot tell'), 'cannot tell'],
  ] as const;
  const said = parts.filter(([number]) => number > 0).map(([number, word]) => `${number} ${word}`);
  return `${candidates.length} candidates against ${baseline.name}: ${said.join(', ')}`;
}
