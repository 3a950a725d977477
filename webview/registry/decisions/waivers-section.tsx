// Rules that somebody let pass for a while: which, who, why, until when.
import type { Waiver } from '../../../src/protocol/models/registry/model-version';
import { countText, timeText } from '../../../src/protocol/wording';
import { Icon } from '../../kit/icon';
import { Section } from '../../kit/section';

/** Those that do not count any more stay in sight, with what voided them. */
export function WaiversSection({ waivers }: { waivers: readonly Waiver[] }) {
  const valid = waivers.filter((each) => each.void === null);
  const ordered = [...valid, ...waivers.filter((each) => each.void !== null)];
  const answer = valid.length === 0 ? 'none counts any more' : `${countText(valid.length, 'rule')} let pass`;
  return (
    <Section title="Waivers" answer={answer}>
      <ul className="approvals" aria-label="Waivers">
        {ordered.map(({ rule, person, reason, time, expires, void: gone }) => (
          <li key={`${rule} ${time} ${person}`} className="approval">
            <Icon name={gone === null ? 'caution' : 'killed'} tone={gone === null ? 'caution' : 'quiet'} />
            <span className="cut">
              <code>{rule}</code> by {person}
            </span>
            <span className="quiet">{timeText(time, Date.now())}</span>
            {gone !== null && <p>Void: {gone}</p>}
            <p>
              {reason}
              {gone === null && ` Until ${timeText(expires, Date.now())}.`}
            </p>
          </li>
        ))}
      </ul>
    </Section>
  );
}
