// People name a run by the first digits of its id, or by its name where that is the only one.
import { SlipwayError } from '../base/errors';
import type { EngineClient } from '../client/engine-client';
import type { RunSummary } from '../protocol/run';
import { timeText } from './number-text';

/**
 * The one run that `wanted` names, or with `deleted` the one in the trash: its id, the beginning of it, or its name.
 * Throws SlipwayError `not-found`, or `invalid` with the candidates when it names several.
 */
export async function chooseRun(
  client: EngineClient,
  wanted: string,
  { deleted = false }: { deleted?: boolean } = {},
): Promise<string> {
  const found = await client.api.runs.find.query({ wanted, deleted });
  const exact = found.find((run) => run.runId === wanted);
  if (exact !== undefined) return exact.runId;
  const [only] = found;
  if (only === undefined) {
    throw new SlipwayError(
      'not-found',
      deleted
        ? `There is no run ${wanted} in the trash. See \`slipway runs query --deleted\`.`
        : `There is no run ${wanted}. See \`slipway runs list\`.`,
    );
  }
  if (found.length === 1) return only.runId;
  throw new SlipwayError('invalid', `${wanted} names ${found.length} runs; give more of the id:\n${lines(found)}`);
}

function lines(runs: readonly RunSummary[]): string {
  return runs.map((run) => `  ${run.runId}  ${timeText(run.startTime)}  ${run.name}`).join('\n');
}
