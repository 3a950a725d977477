// This version beside the one in production.
import type { VersionDetail, VersionSummary } from '../../../src/protocol/models/registry/model-version';
import type { ModelDetail } from '../../../src/protocol/models/registry/registered-model';
import type { MetricSummary } from '../../../src/protocol/run';
import { Link } from '../../kit/controls';
import { useHost } from '../../kit/host/host-context';
import { useLive } from '../../kit/host/live';
import { Section } from '../../kit/section';
import { loggedRows, measuredRows } from './compared-rows';
import { ComparedTable } from './compared-table';

interface ChampionSectionProps {
  model: ModelDetail;
  detail: VersionDetail;
  onVersion: (version: string) => void;
}

/** What the gate measured on the same rows; what the runs logged where it measured nothing. */
export function ChampionSection({ model, detail, onVersion }: ChampionSectionProps) {
  const host = useHost();
  const champion = model.items.find(({ version }) => version === model.champion);
  const isIt = model.champion === detail.version;
  const runIds = [champion?.runId, detail.runId].filter((runId) => runId != null);
  const acts = (
    <>
      {model.champion !== null && !isIt && (
        <Link label={`Show v${model.champion}`} onAct={() => onVersion(model.champion ?? '')} />
      )}
      {runIds.length === 2 && runIds[0] !== runIds[1] && (
        <Link label="Compare" onAct={() => void host.command('registry.compare', { runIds })} />
      )}
    </>
  );
  return (
    <Section title="Against the champion" answer={answerOf(model, champion, isIt)} acts={acts}>
      {model.champion !== null && !isIt && <Rows {...{ model, detail, champion }} />}
    </Section>
  );
}

function answerOf({ champion, isGated }: ModelDetail, found: VersionSummary | undefined, isIt: boolean): string {
  if (champion === null) return isGated ? 'no version is in production yet' : 'no version is called champion';
  if (isIt) return 'this is the champion';
  return `v${champion}, ${found?.stage === 'production' ? 'in production' : 'by its alias'}`;
}

interface RowsProps {
  model: ModelDetail;
  detail: VersionDetail;
  champion: VersionSummary | undefined;
}

function Rows({ model, detail, champion }: RowsProps) {
  const report = detail.gated?.gate?.report;
  const measured = report?.champion?.version === model.champion && report != null ? measuredRows(report) : [];
  if (measured.length > 0) {
    return <ComparedTable rows={measured} champion={`v${model.champion}`} version={`v${detail.version}`} />;
  }
  return <Logged {...{ model, detail, champion }} />;
}

function Logged({ model, detail, champion }: RowsProps) {
  const [one, other] = [champion?.runId ?? null, detail.runId];
  const logged = useLive<{ champion: MetricSummary[]; version: MetricSummary[] }>({
    key: one === null || other === null ? '' : JSON.stringify([one, other]),
    rest: 2000,
    load: async (host, signal) => {
      const of = (runId: string | null) => host.query('metrics.list', { runId: runId ?? '' }, signal);
      const [first, second] = await Promise.all([of(one), of(other)]);
      return { champion: first.items, version: second.items };
    },
  });
  if (one === null || other === null) return <p className="note">Nobody measured both on the same rows.</p>;
  if (logged.value === undefined)
    return logged.error === undefined ? null : <p className="note">{logged.error.message}</p>;
  const rows = loggedRows(logged.value.champion, logged.value.version);
  if (rows.length === 0) return <p className="note">Their runs logged no metric of the same name.</p>;
  return (
    <>
      <ComparedTable rows={rows} champion={`v${model.champion}`} version={`v${detail.version}`} />
      <p className="note">
        As their runs logged it: nobody measured both on the same rows, so nothing says how sure this is.
      </p>
    </>
  );
}
