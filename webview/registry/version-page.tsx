// The right side: what stands in the way of one version, and everything that this rests on.
import type { VersionDetail } from '../../src/protocol/models/registry/model-version';
import type { ModelDetail } from '../../src/protocol/models/registry/registered-model';
import { AuditSection } from './audit/audit-section';
import { ChampionSection } from './champion/champion-section';
import { ApprovalsSection } from './decisions/approvals-section';
import type { Decisions } from './decisions/use-decisions';
import { WaiversSection } from './decisions/waivers-section';
import { FilesSection } from './files/files-section';
import { GateSection } from './gate/gate-section';
import type { GateRun } from './gate/use-gate';
import { LineageLine } from './head/lineage-line';
import { Opening } from './head/opening';

/** What each part is told. */
export interface VersionPageProps {
  model: ModelDetail;
  detail: VersionDetail;
  gate: GateRun;
  decisions: Decisions;
  onVersion: (version: string) => void;
}

/** One version. */
export function VersionPage(props: VersionPageProps) {
  const { model, detail, gate, decisions, onVersion } = props;
  const { gated } = detail;
  return (
    <>
      <Opening {...{ model, detail, decisions, gate }} />
      <LineageLine detail={detail} />
      {gated !== null && <GateSection {...{ model, detail, gated, gate, decisions }} />}
      <div className="two">
        <ChampionSection {...{ model, detail, onVersion }} />
        {gated !== null && <ApprovalsSection {...{ detail, gated, decisions }} />}
      </div>
      {gated !== null && gated.waivers.length > 0 && <WaiversSection waivers={gated.waivers} />}
      <FilesSection detail={detail} />
      <AuditSection name={detail.name} />
    </>
  );
}
