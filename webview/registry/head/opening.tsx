// What the reader came for: may this version go on, and the one act that follows from it.
import type { VersionDetail } from '../../../src/protocol/models/registry/model-version';
import type { ModelDetail } from '../../../src/protocol/models/registry/registered-model';
import { Button, Link } from '../../kit/controls';
import { useHost } from '../../kit/host/host-context';
import { Icon, type IconName } from '../../kit/icon';
import { DecisionEndNote } from '../decisions/decision-end';
import { anotherGoes, type Decisions } from '../decisions/use-decisions';
import { type GateRun, isWorking } from '../gate/use-gate';
import { useMistake } from '../registry-state';
import { type Headline, headlineOf, refusedBy } from './headline';
import { HeldButton } from './held-button';

const looks: Readonly<Record<Headline['kind'], { icon: IconName; tone: string }>> = {
  may: { icon: 'finished', tone: 'better' },
  caution: { icon: 'caution', tone: 'caution' },
  blocked: { icon: 'failed', tone: 'worse' },
  waiting: { icon: 'queued', tone: 'quiet' },
  unknown: { icon: 'unknown', tone: 'quiet' },
};

interface OpeningProps {
  model: ModelDetail;
  detail: VersionDetail;
  decisions: Decisions;
  gate: GateRun;
}

/** Announced when the verdict changes, and only then. */
export function Opening({ model, detail, decisions, gate }: OpeningProps) {
  const { kind, sentence, support } = headlineOf(detail);
  const { icon, tone } = looks[kind];
  return (
    <section className="opening verdict" aria-label="Verdict">
      <Icon name={icon} tone={tone} />
      <h1>{sentence}</h1>
      {support !== '' && <p>{support}</p>}
      <div className="verdict-acts">
        <NextAct {...{ model, detail, decisions, gate }} />
      </div>
      <Mistake />
      {model.pendingRules !== null && <PendingRules model={model} decisions={decisions} />}
      <DecisionEndNote decisions={decisions} place="opening" />
      <span className="unseen" role="status">
        {sentence}
      </span>
    </section>
  );
}

function NextAct({ model, detail, decisions: { decide, going }, gate }: OpeningProps) {
  const host = useHost();
  const { gated, version, stage } = detail;
  if (gated === null) {
    return (
      <>
        <Link
          label="Open slipway.yaml"
          onAct={() => void host.command('registry.openRules', { line: model.rulesLine })}
        />
        <Button
          label="Move To…"
          disabled={going !== null}
          onAct={() => decide('opening', (to) => to.command('registry.promote', { version, to: null }))}
        />
      </>
    );
  }
  if (stage === 'production') {
    return (
      <Button
        label="Roll Back…"
        disabled={going !== null}
        onAct={() => decide('opening', (to) => to.command('registry.rollBack', null))}
      />
    );
  }
  const isJudged = gated.gate !== null && gated.gate.outdated === null;
  if (!isJudged && !isWorking(gate)) return <Button label="Run Gate" primary onAct={gate.start} />;
  return (
    <HeldButton
      label="Promote to Production"
      primary
      reason={going === null ? refusedBy(gated.moves.promote) : anotherGoes}
      onAct={() => decide('opening', (to) => to.command('registry.promote', { version, to: 'production' }))}
    />
  );
}

/** A slipway.yaml with a mistake changes no rule. */
function Mistake() {
  const host = useHost();
  const mistake = useMistake();
  if (mistake === null) return null;
  const { line, message } = mistake;
  return (
    <div className="pending">
      <Icon name="caution" tone="caution" />
      <span>slipway.yaml cannot be read: {message.replace(/(?<![.?!])$/, '.')} Rules that were accepted hold.</span>
      <Link label={`slipway.yaml:${line}`} onAct={() => void host.command('registry.openRules', { line })} />
    </div>
  );
}

/** Rules that somebody weakened in slipway.yaml count only once people agreed. */
function PendingRules({ model, decisions }: Omit<OpeningProps, 'detail' | 'gate'>) {
  const pending = model.pendingRules ?? '';
  return (
    <div className="pending">
      <Icon name="caution" tone="caution" />
      <span>{pending.replace(/\.?$/, '.')} Until people agree, the rules from before count as well.</span>
      <Button
        label="Approve Rules…"
        disabled={decisions.going !== null}
        onAct={() => decisions.decide('opening', (to) => to.command('registry.approveRules', { pending }))}
      />
    </div>
  );
}
