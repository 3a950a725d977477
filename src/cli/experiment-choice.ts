// People name an experiment by its name or its id.
import { SlipwayError } from '../base/errors';
import type { EngineClient } from '../client/engine-client';
import { everyPage } from '../protocol/every-page';

/** The id of the experiment that `wanted` names. Throws SlipwayError `not-found`. */
export async function experimentOf(client: EngineClient, wanted: string): Promise<string> {
  for await (const { items } of everyPage((page) => client.api.experiments.list.query({ limit: 500, page }))) {
    const found = items.find((each) => each.name === wanted || each.experimentId === wanted);
    if (found !== undefined) return found.experimentId;
  }
  throw new SlipwayError(
    'not-found',
    `There is no experiment ${wanted}. \`slipway runs list\` names those of the latest runs.`,
  );
}
