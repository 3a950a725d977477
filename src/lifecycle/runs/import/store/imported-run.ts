// What is here already of the runs and models that an import finds.
import type { Database } from '../../../../platform/sqlite/database';
import { prepared } from '../../../../platform/sqlite/prepared';
import { sourceTags } from '../source-tags';

/** A run that is here, and what it remembers of its source; the texts are null for a run that was not imported. */
export interface RunHere {
  lifecycleStage: 'active' | 'deleted';
  startTime: number;
  tool: string | null;
  identity: string | null;
  state: string | null;
}

const tagOf = (key: string): string => `(SELECT value FROM tags t WHERE t.run = r.run AND t.key = '${key}')`;

/** The run of that id; undefined when there is none. */
export function findRunHere(database: Database, runId: string): RunHere | undefined {
  return prepared<[string], RunHere>(
    database,
    `SELECT r.lifecycle_stage AS lifecycleStage, r.start_time AS startTime, ${tagOf(sourceTags.tool)} AS tool,
       ${tagOf(sourceTags.run)} AS identity, ${tagOf(sourceTags.state)} AS state
     FROM runs r WHERE r.run_id = ?`,
  ).get(runId);
}

/** True when a logged model of that id is here, in the trash or out of it. */
export function hasLoggedModel(database: Database, modelId: string): boolean {
  return (
    prepared<[string], unknown>(database, 'SELECT 1 FROM logged_models WHERE model_id = ?').get(modelId) !== undefined
  );
}
