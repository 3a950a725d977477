// An experiment of ours by its name: where benchmarks and registered files are kept.
import { SlipwayError } from '../../base/errors';
import type { TrackingAsk } from './tracking-requests';

/** Its id; it is made where there is none. Throws SlipwayError `conflict` for one in the trash. */
export async function namedExperiment(ask: TrackingAsk, name: string): Promise<string> {
  try {
    return (await ask<{ experiment_id: string }>('experiments/create', { name })).experiment_id;
  } catch (error) {
    if (!SlipwayError.is(error, 'already-exists')) throw error;
    const found = await ask<{ experiments: { experiment_id: string }[] }>('experiments/search', {
      filter: `name = '${name}'`,
      max_results: 1,
    });
    const [first] = found.experiments;
    if (first !== undefined) return first.experiment_id;
    throw new SlipwayError('conflict', `The experiment ${name} is in the trash: bring it back first.`);
  }
}
