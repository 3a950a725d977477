// Who agreed, who still has to, what does not count any more and why; and the reader's own word.

import { listText } from '../../../src/protocol/comparison/comparison-words';
import { isSamePerson } from '../../../src/protocol/models/person';
import type { Approval, VersionDetail } from '../../../src/protocol/models/registry/model-version';
import { countText, timeText } from '../../../src/protocol/wording';
import { Button } from '../../kit/controls';
import { Icon, type IconName } from '../../kit/icon';
import { Section } from '../../kit/section';
import { HeldButton } from '../head/held-button';
import { DecisionEndNote } from './decision-end';
import { anotherGoes, type Decisions } from './use-decisions';

interface ApprovalsSectionProps {
  detail: VersionDetail;
  gated: NonNullable<VersionDetail['gated']>;
  decisions: Decisions;
}

/** Of a version with rules. */
export function ApprovalsSection({ detail, gated, decisions }: ApprovalsSectionProps) {
  const { approvals, from, moves } = gated;
  const { given = 0, need = 0 } = detail.approvals ?? {};
  const counts = approvals.filter((each) => each.void === null);
  const gone = approvals.filter((each) => each.void !== null);
  const answer = need === 0 ? 'none needed' : `${given} of ${need}`;
  const { version } = detail;
  const why = moves.approve.map((each) => each.why).join(' ');
  const { decide, going } = decisions;
  return (
    <Section title="Approvals" answer={answer}>
      <ul className="approvals" aria-label="Approvals">
        {counts.map((each) => (
          <Said key={`${each.person} ${each.time}`} approval={each} />
        ))}
        {need > given && <Lacking lacking={need - given} from={from} counts={counts} />}
        {gone.map((each) => (
          <Said key={`${each.person} ${each.time}`} approval={each} />
        ))}
      </ul>
      <div className="approval-acts">
        <HeldButton
          label="Approve…"
          reason={going === null ? why : anotherGoes}
          onAct={() => decide('approvals', (to) => to.command('registry.approve', { version }))}
        />
        <Button
          label="Reject…"
          disabled={going !== null}
          onAct={() => decide('approvals', (to) => to.command('registry.reject', { version }))}
        />
        {why !== '' && <span className="note">{why}</span>}
      </div>
      <DecisionEndNote decisions={decisions} place="approvals" />
    </Section>
  );
}

function Said({ approval }: { approval: Approval }) {
  const { person, verdict, comment, time, expires, void: gone } = approval;
  const { icon, tone } = lookOf(approval);
  const until = expires === null || gone !== null ? '' : `until ${timeText(expires, Date.now())}`;
  const said = [gone === null ? '' : `Void: ${gone}`, comment, until].filter(Boolean);
  return (
    <li className="approval">
      <Icon name={icon} tone={tone} />
      <span className="cut" title={person}>
        {gone === null ? <strong>{person}</strong> : person} {verdict}
      </span>
      <span className="quiet">{timeText(time, Date.now())}</span>
      {said.map((words) => (
        <p key={words}>{words}</p>
      ))}
    </li>
  );
}

function lookOf({ verdict, void: gone }: Approval): { icon: IconName; tone: string } {
  if (gone !== null) return { icon: 'killed', tone: 'quiet' };
  return verdict === 'approved' ? { icon: 'finished', tone: 'better' } : { icon: 'failed', tone: 'worse' };
}

interface LackingProps {
  lacking: number;
  from: readonly string[] | null;
  counts: readonly Approval[];
}

function Lacking({ lacking, from, counts }: LackingProps) {
  const people = from?.filter((each) => !counts.some(({ person }) => isSamePerson(person, each)));
  const who = people === undefined ? '' : `One of ${listText(people)}`;
  return (
    <li className="approval">
      <Icon name="queued" tone="quiet" />
      <span>
        {countText(lacking, counts.length > 0 ? 'more person' : 'person', counts.length > 0 ? 'more people' : 'people')}
      </span>
      <span />
      {who !== '' && <p>{who}</p>}
    </li>
  );
}
