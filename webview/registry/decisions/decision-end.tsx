// What became of a decision, in place: that it is done, or each rule that refused it and why.
import type { Refusal } from '../../../src/protocol/models/registry/model-version';
import { Icon } from '../../kit/icon';
import { useLater } from '../../kit/now';
import { withSigns } from '../gate/signs';
import type { DecisionPlace, Decisions } from './use-decisions';

/** Announced; nothing where the last decision was asked for elsewhere. */
export function DecisionEndNote({ decisions: { end, going }, place }: { decisions: Decisions; place: DecisionPlace }) {
  return (
    <div className="decision-end" role="status" aria-busy={going === place}>
      {going === place && <Asked />}
      {end !== null && end.place === place && going === null && <Told end={end} />}
    </div>
  );
}

/** A move may have to run the gate first. */
function Asked() {
  if (!useLater(1000)) return null;
  return (
    <p className="state">
      <Icon name="queued" tone="quiet" />
      <span className="quiet">Waiting for the answer</span>
    </p>
  );
}

function Told({ end }: { end: NonNullable<Decisions['end']> }) {
  if ('error' in end) return <Line isGood={false} sentence={end.error.message} refused={[]} />;
  const { sentence, refused } = end.answer;
  // The reasons stand below it, rule by rule.
  const [head = sentence] = refused.length === 0 ? [sentence] : sentence.split(': ');
  return <Line isGood={refused.length === 0} sentence={head} refused={refused} />;
}

function Line(props: { isGood: boolean; sentence: string; refused: readonly Refusal[] }) {
  const { isGood, sentence, refused } = props;
  return (
    <>
      <p className="state">
        <Icon name={isGood ? 'finished' : 'failed'} tone={isGood ? 'better' : 'worse'} />
        <span>{sentence}</span>
      </p>
      {refused.length > 0 && (
        <ul className="refusals" aria-label="Refused by">
          {refused.map(({ rule, why }) => (
            <li key={rule}>
              <code>{rule}</code> <span className="quiet">{withSigns(why)}</span>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
