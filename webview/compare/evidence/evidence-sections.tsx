// What the predictions of both show, each part under its own question.
import type { EvidenceState } from '../../../src/protocol/comparison/evidence/evidence-state';
import { Section } from '../../kit/section';
import type { Sides } from '../head/side-name';
import { type ChangeEvidence, usePredictionEvidence } from './evidence-source';
import { MatrixSection } from './matrix-section';
import { NumbersSection } from './numbers-section';
import { ScoresSection } from './scores-section';

/** Nothing at all where one of the two has no predictions. */
export function EvidenceSections(props: { sides: Sides; state: EvidenceState; change: ChangeEvidence }) {
  const { sides, state } = props;
  const evidence = usePredictionEvidence(sides, state);
  if (evidence === undefined) return null;
  if (evidence.kind === 'none') {
    if (evidence.problem === null) return null;
    return (
      <Section title="Which errors?" answer="not known">
        <p className="note">{evidence.problem}</p>
      </Section>
    );
  }
  if (evidence.kind === 'numbers') return <NumbersSection evidence={evidence} sides={sides} />;
  return (
    <>
      <MatrixSection evidence={evidence} {...props} />
      <ScoresSection evidence={evidence} {...props} />
    </>
  );
}
