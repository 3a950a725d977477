// What a gate found is kept: the predictions with the version's run, the evidence by its content, the report with the version.
import { createReadStream, existsSync } from 'node:fs';
import { Readable } from 'node:stream';
import type { KeptReport } from '../../../lifecycle/models/decision/evidence';
import type { ModelVersionRow } from '../../../lifecycle/models/model-version';
import { proxiedFolder } from '../../../lifecycle/runs/artifacts/proxied-folder';
import { contentHash } from '../../../platform/files/content-hash';
import { countText } from '../../../protocol/wording';
import type { Services } from '../../services';
import { evidenceRecord, type JudgedVersion } from './evidence-record';
import { gateFolder } from './judged/version-files';

/** Where evidence lies among all artifacts, by its SHA-256. */
export const evidenceFolder = 'evidence';

/** All of it or nothing. `predictions` is their file, which need not be there. Throws what the disk throws. */
export async function keepGate(services: Services, judged: JudgedVersion, predictions: string): Promise<KeptReport> {
  const { row, subject, actor } = judged;
  const place = placeOf(services, judged, predictions);
  const undo: (() => Promise<unknown>)[] = [];
  try {
    if (place.kept !== null) {
      const { runId, path } = place.kept;
      undo.push(() => services.runArtifacts.remove(runId, path));
      await services.runArtifacts.write(runId, path, createReadStream(predictions));
      place.sha256 = (await contentHash(createReadStream(predictions))).sha256;
    }
    const report = { ...judged.report, notes: [...judged.report.notes, ...usesOf(services, judged), ...place.notes] };
    const evidence = evidenceRecord({ ...judged, report, predictions: place });
    const file = `${evidenceFolder}/${evidence.sha256}.json`;
    undo.push(() => services.artifacts.remove(file));
    await services.artifacts.write(file, Readable.from([Buffer.from(evidence.text)]));
    const { model, version } = row;
    const kept = {
      ...{ id: judged.id, model, version, subject, report, actor },
      evidence: evidence.sha256,
      predictions: place.kept,
    };
    return await services.writes.run(() => services.models.decisions.keepReport({ ...kept, time: judged.ended }));
  } catch (error) {
    for (const act of undo) await act().catch(() => undefined);
    throw error;
  }
}

/** `sha256` is null as long as they are not kept. */
interface PredictionsPlace {
  kept: KeptReport['predictions'];
  sha256: string | null;
  notes: string[];
}

function placeOf(
  { runs }: Services,
  { row, id }: Pick<JudgedVersion, 'row' | 'id'>,
  predictions: string,
): PredictionsPlace {
  if (!existsSync(predictions)) return { kept: null, sha256: null, notes: [] };
  const run = runs.findRun(row.runId);
  const lost = (why: string): PredictionsPlace => ({
    kept: null,
    sha256: null,
    notes: [`Its predictions were not kept: ${why}.`],
  });
  if (run === undefined) return lost('the version has no run here that could hold them');
  if (run.lifecycleStage !== 'active') return lost('its run is in the trash');
  if (proxiedFolder(run.artifactUri) === undefined) return lost(`its run keeps plain files at ${run.artifactUri}`);
  return { kept: { runId: run.runId, path: predictionsPath(row, id) }, sha256: null, notes: [] };
}

function predictionsPath({ name, version }: ModelVersionRow, id: string): string {
  return `${gateFolder}/${name.replace(/[^\p{L}\p{N}_ -]/gu, '_')}-${version}/${id}/predictions.parquet`;
}

/** How often these rows were looked at: a rule that is asked often enough is passed by chance. */
function usesOf({ models }: Services, { tables }: JudgedVersion): string[] {
  return tables.map(({ name, version }) => {
    const times = models.decisions.dataUses(version) + 1;
    return `${name} was used ${countText(times, 'time')} to judge a version, this one included.`;
  });
}
