// People name a run by its id, by its name where no other has it, or by the first digits of its id.
import { SlipwayError } from '../base/errors';
import type { EngineClient } from '../client/engine-client';
import type { RunSummary } from '../protocol/run';
import { timeText } from './number-text';

/**
 * The one run that `wanted` names, or with `deleted` the one in the trash: its id, its name, or the beginning
 * of its id, in this order: what was written out is not taken for the beginning of another. Throws SlipwayError `not-found`, or `invalid` with the candidates when it names several.
 */
export async function chooseRun(
  client: EngineClient,
  wanted: string,
  { deleted = false }: { deleted?: boolean } = {},
): Promise<string> {
  const found = await client.api.runs.find.query({ wanted, deleted });
  const exact = found.find((run) => run.runId === wanted);
  if (exact !== undefined) return exact.runId;
  const named = found.filter((run) => run.name === wanted);
  const candidates = named.length > 0 ? named : found;
  const [only] = candidates;
  if (only === undefined) {
    throw new SlipwayError('not-found', await notFoundText(client, wanted, deleted));
  }
  if (candidates.length === 1) return only.runId;
  const sentence = `${wanted} names ${candidates.length} runs; give more of the id:`;
  throw new SlipwayError('invalid', `${sentence}\n${lines(candidates)}`);
}

async function notFoundText(client: EngineClient, wanted: string, deleted: boolean): Promise<string> {
  if (deleted) return `There is no run ${wanted} in the trash. See \`slipway runs query --deleted\`.`;
  const [thrownAway] = await client.api.runs.find.query({ wanted, deleted: true });
  return thrownAway === undefined
    ? `There is no run ${wanted}. See \`slipway runs list\`.`
    : `The run ${wanted} is in the trash. Take it back first: slipway runs restore ${thrownAway.runId}`;
}

function lines(runs: readonly RunSummary[]): string {
  return runs.map((run) => `  ${run.runId}  ${timeText(run.startTime)}  ${run.name}`).join('\n');
}
