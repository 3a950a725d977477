// Runs found by a filter in the search grammar, as the command line prints them.
import { SlipwayError } from '../../../base/errors';
import type { Database } from '../../../platform/sqlite/database';
import type { Page, RunRecordJson } from '../../../protocol/run';
import { runRecords } from '../reading/store/run-detail';
import { experimentIdsInUse, searchRuns } from '../store/run-search';
import type { Condition } from './condition';
import { parseRunOrder } from './order-by';
import { offsetOf, pageToken } from './page-token';
import { runCondition } from './run-filter';

/** What to look for: in one experiment, or in all that are not deleted; `deleted` looks in the trash. */
export interface RunQueryRequest {
  filter: string;
  orderBy: readonly string[];
  experimentId: string | null;
  deleted: boolean;
  limit: number;
  page: string | null;
}

/** One page of the runs found. Throws `invalid`, with the place in the filter, for what it cannot read. */
export function queryRuns(database: Database, request: RunQueryRequest): Page<RunRecordJson> {
  const condition = placedCondition(request.filter);
  const order = parseRunOrder(request.orderBy);
  const offset = offsetOf(request.page ?? undefined);
  const { experimentId, limit } = request;
  const { runs, more } = searchRuns(database, {
    experimentIds: experimentId === null ? experimentIdsInUse(database) : [experimentId],
    view: request.deleted ? 'DELETED_ONLY' : 'ACTIVE_ONLY',
    condition,
    order,
    limit,
    offset,
  });
  const items = runRecords(database, { runIds: runs.map((run) => run.runId) });
  return { items, next: more ? pageToken(offset + limit) : null };
}

/** MLflow's messages name no place; people who type a filter are told where it went wrong. */
function placedCondition(filter: string): Condition {
  try {
    return runCondition(filter);
  } catch (error) {
    if (!SlipwayError.is(error) || typeof error.details.place !== 'string') throw error;
    const sentence = error.message.endsWith('.') ? error.message : `${error.message}.`;
    throw new SlipwayError(error.code, `${sentence} ${error.details.place}`, { cause: error });
  }
}
