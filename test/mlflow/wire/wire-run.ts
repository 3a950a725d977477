// The experiment and the run that the tests of the wire begin with.
import { beforeAll } from 'vitest';
import { get, type Json, post, withEngine } from '../rest-engine';

export let experiment: string;
export let run: string;

/** Starts an engine with an experiment `wire` and a run in it that has a name and a tag. */
export function withRun(): void {
  withEngine();
  beforeAll(async () => {
    experiment = (await post('/experiments/create', { name: 'wire' })).body.experiment_id as string;
    run = await newRun({ user_id: 'me', run_name: 'named', tags: [{ key: 't', value: 'v' }] });
  });
}

/** The id of a new run in the experiment, or in another that `fields` names. */
export async function newRun(fields: Json = {}): Promise<string> {
  const { body } = await post('/runs/create', { experiment_id: experiment, start_time: 1000, ...fields });
  return ((body.run as Json).info as Json).run_id as string;
}

/** Metrics, params and tags of a run. */
export async function runData(runId = run): Promise<Json> {
  return ((await get('/runs/get', { run_id: runId })).body.run as Json).data as Json;
}
