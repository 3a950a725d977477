// Several candidates: each with its verdict; the one that is chosen is looked at below.
import type { Comparison } from '../../../src/protocol/comparison/comparison';
import { Icon } from '../../kit/icon';
import { Section } from '../../kit/section';
import type { Marks } from './agreed-marks';
import { verdictLook } from './opening';
import { SideName } from './side-name';

/** One row a candidate. */
export function Candidates(props: {
  comparison: Comparison;
  marks: Marks;
  place: number;
  onChoose: (place: number) => void;
}) {
  const { comparison, marks, place, onChoose } = props;
  return (
    <Section title="Candidates" answer={`against ${comparison.baseline.name}; choose one to see why`}>
      <ul className="candidates">
        {comparison.candidates.map(({ candidate, verdict, sentence }, at) => {
          const { icon, tone } = verdictLook[verdict];
          return (
            <li key={candidate.runs[0]?.runId ?? candidate.name}>
              <button type="button" className="candidate" aria-pressed={at === place} onClick={() => onChoose(at)}>
                <SideName side={candidate} marks={marks} />
                <span className="candidate-verdict">
                  <Icon name={icon} tone={tone} />
                  <span className="cut">{sentence}</span>
                </span>
              </button>
            </li>
          );
        })}
      </ul>
    </Section>
  );
}
