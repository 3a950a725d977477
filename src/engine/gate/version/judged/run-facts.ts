// What is said of a version, and what its run kept: metrics, and what the training framework predicted.
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { SlipwayError } from '../../../../base/errors';
import type { ModelVersionRow } from '../../../../lifecycle/models/model-version';
import type { StoredArtifact } from '../../../../lifecycle/runs/artifacts/artifact-store';
import { predictionFiles } from '../../../../lifecycle/runs/comparison/predictions/table/read-predictions';
import { contentHash } from '../../../../platform/files/content-hash';
import { streamToFile } from '../../../../platform/objects/stream-to-file';
import type { ModelDefinition } from '../../../../protocol/models/model-definition';
import type { Services } from '../../../services';
import { heeding } from './heeding';

/** The last value of each; none where no run is known. */
export function loggedMetrics({ runs }: Pick<Services, 'runs'>, runId: string): Record<string, number> {
  const record = runs.findRun(runId);
  if (record === undefined) return {};
  const metrics = JSON.parse(runs.queries.runData(record).metrics) as { key: string; value: number | string }[];
  return Object.fromEntries(metrics.map(({ key, value }) => [key, Number(value)]));
}

/** The version's tags and its description. */
export function saidOf({ models }: Pick<Services, 'models'>, name: string, version: number): Record<string, string> {
  const { tags, description } = models.versions.get(name, version);
  const said = Object.fromEntries(tags.map(({ key, value }) => [key, value]));
  return description === null ? said : { ...said, description };
}

/** What rules read of tags, description, logged metrics and the run's predictions, each with the SHA-256 of what is said; '' of what is not. */
export async function saidPins(
  services: Pick<Services, 'models' | 'runs' | 'runArtifacts'>,
  { name, version, runId }: Pick<ModelVersionRow, 'name' | 'version' | 'runId'>,
  { definition: { gates }, signal }: { definition: ModelDefinition; signal: AbortSignal },
): Promise<{ name: string; version: string }[]> {
  const [said, logged] = [saidOf(services, name, version), loggedMetrics(services, runId)];
  const pin = (of: string, value: string | number | undefined): { name: string; version: string } => ({
    name: of,
    version: value === undefined ? '' : createHash('sha256').update(String(value)).digest('hex'),
  });
  const read = gates.flatMap((rule) => {
    if (rule.kind === 'license') return ['license', 'licence'].map((key) => pin(`said ${key}`, own(said, key)));
    if (rule.kind === 'doc') return rule.value.map((key) => pin(`said ${key}`, own(said, key)));
    const isLogged = rule.kind === 'metric' && rule.use === 'logged';
    return isLogged ? [pin(`logged ${rule.metric}`, own(logged, rule.metric))] : [];
  });
  const asksFramework = gates.some((rule) => rule.kind === 'parity' && rule.path === undefined);
  const predicted = asksFramework ? await predictionsOf(services, runId) : undefined;
  if (predicted === undefined) return read;
  const { sha256 } = await contentHash(heeding(await predicted.artifact.open(), signal));
  return [...read, { name: `predictions ${predicted.name}`, version: sha256 }];
}

function own<T>(of: Record<string, T>, key: string): T | undefined {
  return Object.hasOwn(of, key) ? of[key] : undefined;
}

/** A copy in `folder` of the predictions that a person or a script logged; null where there are none. */
export async function frameworkPredictions(
  { runs, runArtifacts }: Pick<Services, 'runs' | 'runArtifacts'>,
  runId: string,
  folder: string,
): Promise<string | null> {
  const found = await predictionsOf({ runs, runArtifacts }, runId);
  if (found === undefined) return null;
  const file = join(folder, found.name);
  await streamToFile(await found.artifact.open(), file);
  return file;
}

async function predictionsOf(
  { runs, runArtifacts }: Pick<Services, 'runs' | 'runArtifacts'>,
  runId: string,
): Promise<{ name: string; artifact: StoredArtifact } | undefined> {
  if (runs.findRun(runId) === undefined) return undefined;
  for (const name of predictionFiles.filter((each) => each.startsWith('predictions.'))) {
    try {
      return { name, artifact: await runArtifacts.find(runId, name) };
    } catch (error) {
      if (!SlipwayError.is(error, 'not-found') && !SlipwayError.is(error, 'forbidden')) throw error;
    }
  }
  return undefined;
}
