// What the gate found, how it was computed, and the means to run it again.
import type { GateReport } from '../../../src/protocol/models/gate/gate-report';
import type { KeptGate, VersionDetail } from '../../../src/protocol/models/registry/model-version';
import type { ModelDetail } from '../../../src/protocol/models/registry/registered-model';
import { waivableRules } from '../../../src/protocol/models/registry/waivable-rules';
import { countText, durationText, timeText } from '../../../src/protocol/wording';
import { Link } from '../../kit/controls';
import { useHost } from '../../kit/host/host-context';
import { Icon } from '../../kit/icon';
import { Section } from '../../kit/section';
import { DecisionEndNote } from '../decisions/decision-end';
import { anotherGoes, type Decisions } from '../decisions/use-decisions';
import { HeldButton } from '../head/held-button';
import { GateGoingNote } from './gate-going';
import { countWords, type GateRow, gateRows } from './gate-rows';
import { GateTable } from './gate-table';
import { type GateRun, isWorking } from './use-gate';

interface GateSectionProps {
  model: ModelDetail;
  detail: VersionDetail;
  gated: NonNullable<VersionDetail['gated']>;
  gate: GateRun;
  decisions: Decisions;
}

/** Of a version with rules. */
export function GateSection({ model, detail, gated, gate, decisions }: GateSectionProps) {
  const { gate: kept } = gated;
  const rows = gateRows(detail, gated);
  const isOld = kept !== null && kept.outdated !== null;
  const answer = kept === null ? 'not run yet' : <Counts {...{ rows, isOld }} />;
  const { version } = detail;
  const why = decisions.going === null ? gated.moves.approve.map((each) => each.why).join(' ') : anotherGoes;
  const waive = (rule: string | null): void =>
    decisions.decide('gate', (to) => to.command('registry.waive', { version, rule }));
  return (
    <Section title="Gate" answer={answer} acts={<Acts {...{ model, gated, gate, waive, why }} />}>
      {kept !== null && isOld && <Outdated kept={kept} />}
      <GateGoingNote gate={gate} version={version} />
      {kept !== null && <GateTable {...{ rows, isOld }} answer={{ why, act: waive }} />}
      {kept === null ? <Waiting model={model} /> : <Computed kept={kept} />}
      <DecisionEndNote decisions={decisions} place="gate" />
    </Section>
  );
}

function Outdated({ kept: { time, outdated } }: { kept: KeptGate }) {
  return (
    <p className="state outdated">
      <Icon name="queued" tone="quiet" />
      <span>
        This is what was found on {timeText(time, Date.now())}. {outdated} Run it again.
      </span>
    </p>
  );
}

function Counts({ rows, isOld }: { rows: readonly GateRow[]; isOld: boolean }) {
  const [first = '', ...rest] = countWords(rows);
  if (isOld) return `found before: ${[first, ...rest].join(', ')}`;
  return (
    <>
      <strong>{first}</strong>
      {rest.map((words) => `, ${words}`)}
    </>
  );
}

interface ActsProps extends Omit<GateSectionProps, 'detail' | 'decisions'> {
  /** Lets a rule pass that the user picks; `why` not, where that is not theirs to do now. */
  waive: (rule: null) => void;
  why: string;
}

function Acts({ model, gated, gate, waive, why }: ActsProps) {
  const host = useHost();
  const { rulesLine } = model;
  const predictions = gated.gate?.predictions ?? null;
  return (
    <>
      {predictions !== null && (
        <Link label="Predictions" onAct={() => void host.command('registry.openPredictions', predictions)} />
      )}
      {waivableRules(gated).length > 0 && (
        <HeldButton look="link" label="Waive…" reason={why} onAct={() => waive(null)} />
      )}
      {!isWorking(gate) && <Link label={gated.gate === null ? 'Run Gate' : 'Run Again'} onAct={gate.start} />}
      <Link
        label={rulesLine === null ? 'slipway.yaml' : `slipway.yaml:${rulesLine}`}
        onAct={() => void host.command('registry.openRules', { line: rulesLine })}
      />
    </>
  );
}

function Waiting({ model }: { model: ModelDetail }) {
  const ids = model.rules.map(({ id }) => id).join(', ');
  return (
    <p className="note">
      {countText(model.rules.length, 'rule')}: {ids}. Run the gate to see whether they hold: the model is run here, on
      the data that the rules name.
    </p>
  );
}

function Computed({ kept }: { kept: KeptGate }) {
  const { report, time, actor } = kept;
  const when = `${timeText(time, Date.now())} by ${actor}, in ${durationText(report.milliseconds)}`;
  return (
    <p className="note">
      {computedWords(report)} On {when}. {report.notes.join(' ')}
    </p>
  );
}

function computedWords({ sha256, data, rules }: GateReport): string {
  const isLogged = rules.some(({ about }) => about.endsWith('logged by its run'));
  const end = isLogged ? '' : ' Nothing is taken from the training log.';
  const model = sha256 === '' ? 'the model' : sha256.slice(0, 7);
  if (data === null) return `Computed here from ${model}.${end}`;
  return `Computed here by running ${model} on ${data.name} (${countText(data.rows, 'row')}).${end}`;
}
