// What the run of a version kept: its metrics, and what the training framework predicted.
import { join } from 'node:path';
import { SlipwayError } from '../../../../base/errors';
import { predictionFiles } from '../../../../lifecycle/runs/comparison/predictions/table/read-predictions';
import { streamToFile } from '../../../../platform/objects/stream-to-file';
import type { Services } from '../../../services';

/** The last value of each; none where no run is known. */
export function loggedMetrics({ runs }: Pick<Services, 'runs'>, runId: string): Record<string, number> {
  const record = runs.findRun(runId);
  if (record === undefined) return {};
  const metrics = JSON.parse(runs.queries.runData(record).metrics) as { key: string; value: number | string }[];
  return Object.fromEntries(metrics.map(({ key, value }) => [key, Number(value)]));
}

/** A copy in `folder` of the predictions that a person or a script logged; null where there are none. */
export async function frameworkPredictions(
  { runs, runArtifacts }: Pick<Services, 'runs' | 'runArtifacts'>,
  runId: string,
  folder: string,
): Promise<string | null> {
  if (runs.findRun(runId) === undefined) return null;
  for (const name of predictionFiles.filter((each) => each.startsWith('predictions.'))) {
    try {
      const file = join(folder, name);
      await streamToFile(await (await runArtifacts.find(runId, name)).open(), file);
      return file;
    } catch (error) {
      if (!SlipwayError.is(error, 'not-found') && !SlipwayError.is(error, 'forbidden')) throw error;
    }
  }
  return null;
}
