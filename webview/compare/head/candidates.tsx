// Several candidates: each with its verdict and how far it is from the baseline; the one that is chosen is looked at below.
import type { CandidateComparison, Comparison } from '../../../src/protocol/comparison/comparison';
import { signedText } from '../../../src/protocol/comparison/comparison-words';
import { numberText } from '../../../src/protocol/wording';
import { Icon } from '../../kit/icon';
import { Section } from '../../kit/section';
import type { Marks } from './agreed-marks';
import { verdictLook } from './opening';
import { SideName } from './side-name';

interface CandidatesProps {
  comparison: Comparison;
  marks: Marks;
  place: number;
  onChoose: (place: number) => void;
}

/** One row a candidate. */
export function Candidates({ comparison, marks, place, onChoose }: CandidatesProps) {
  const { baseline, candidates } = comparison;
  const shared = sharedSentence(candidates);
  const metric = candidates[0]?.metrics[0]?.metric;
  const answer = `against ${baseline.name}; choose one to see why${metric === undefined ? '' : `. At the right ${metric}`}`;
  return (
    <Section title="Candidates" answer={answer}>
      {shared !== undefined && <p className="note">Each: {shared}.</p>}
      <ul className="candidates">
        {candidates.map((each, at) => (
          <li key={each.candidate.runs[0]?.runId ?? each.candidate.name}>
            <button type="button" className="candidate" aria-pressed={at === place} onClick={() => onChoose(at)}>
              <SideName side={each.candidate} marks={marks} />
              <Judged each={each} isShared={shared !== undefined} />
              <Effect each={each} metric={metric} />
            </button>
          </li>
        ))}
      </ul>
    </Section>
  );
}

function Judged({ each: { verdict, sentence }, isShared }: { each: CandidateComparison; isShared: boolean }) {
  const { icon, tone, word } = verdictLook[verdict];
  return (
    <span className="candidate-verdict">
      <Icon name={icon} tone={tone} />
      <span className="cut" title={sentence}>
        {isShared ? word : sentence}
      </span>
    </span>
  );
}

/** The metric of all candidates that says most, with its difference. */
function Effect({ each, metric }: { each: CandidateComparison; metric: string | undefined }) {
  const { candidate = null, effect = null, verdict } = each.metrics.find((known) => known.metric === metric) ?? {};
  const tone = verdict === 'better' || verdict === 'worse' ? verdict : 'quiet';
  return (
    <span className="candidate-effect number">
      {candidate === null ? '–' : numberText(candidate)}
      {effect !== null && <span className={tone}>{signedText(effect)}</span>}
    </span>
  );
}

/** What is said of every one of them alike. */
function sharedSentence(candidates: readonly CandidateComparison[]): string | undefined {
  const sentences = new Set(candidates.map(({ sentence }) => sentence));
  const [only] = sentences;
  return candidates.length > 1 && sentences.size === 1 && only !== undefined ? only : undefined;
}
