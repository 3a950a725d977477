// The MLflow answers that may take long, as readings a reader thread can make: the whole answer, already as JSON text.
import { type HistoryRequest, RunQueries, type SearchRequest } from '../../lifecycle/runs/queries';
import type { Database } from '../../platform/sqlite/database';
import { historyJson, runPageJson } from './wire/run-json';

/** A search of runs, as it is sent to a thread. */
export interface RunSearchQuery {
  experimentIds: readonly string[];
  request: SearchRequest;
}

function mlflowRuns(database: Database, { experimentIds, request }: RunSearchQuery): string {
  return JSON.stringify(runPageJson(new RunQueries(database).runs(experimentIds, request)));
}

function mlflowHistory(database: Database, request: HistoryRequest): string {
  return JSON.stringify(historyJson(request.key, new RunQueries(database).history(request)));
}

/** By name, for the engine's table of readings. */
export const mlflowReads = { mlflowRuns, mlflowHistory };
export type MlflowReads = typeof mlflowReads;
