// What can be asked about runs in the MLflow search grammar: text in, one page out.
import { SlipwayError } from '../../base/errors';
import type { Database } from '../../platform/sqlite/database';
import { type ExperimentRecord, experimentIdOf } from './experiments/experiment';
import type { LoggedModelRecord } from './logged-models/logged-model';
import { type DatasetSummary, datasetSummaries } from './reading/store/dataset-summaries';
import { type HistorySampleQuery, sampleHistory } from './reading/store/history-sample';
import type { RunRecord } from './run-record';
import { parseExperimentFilter, parseExperimentOrder } from './search/experiment-filter';
import { parseLoggedModelFilter } from './search/logged-model-filter';
import { loggedModelOrder, type OrderRequest } from './search/logged-model-order';
import { loggedModelOffset, loggedModelToken } from './search/logged-model-token';
import { parseRunOrder } from './search/order-by';
import { offsetOf, pageToken } from './search/page-token';
import { runCondition } from './search/run-filter';
import { searchExperiments } from './store/experiment-search';
import { type DatasetChoice, searchLoggedModels } from './store/logged-model-search';
import { countPoints, type HistoryPoint, readHistory, readHistoryList } from './store/points/metric-history';
import { type RunData, readNewRun, readRunData } from './store/run-data';
import { countCandidates, readRuns, searchRuns } from './store/run-search';

/** Which life-cycle stages to show. */
export type ViewType = 'ACTIVE_ONLY' | 'DELETED_ONLY' | 'ALL';

/** What every search takes. Texts are in the MLflow grammar; empty texts ask for everything. */
export interface SearchRequest {
  filter: string;
  orderBy: readonly string[];
  view: ViewType;
  limit: number;
  token: string | undefined;
}

/** One page; `next` is the token of the following one. */
export interface SearchPage<T> {
  items: T[];
  next: string | undefined;
}

/** What a search of logged models takes. */
export interface LoggedModelSearchRequest {
  experimentIds: readonly string[];
  filter: string;
  datasets: readonly DatasetChoice[];
  orderBy: readonly OrderRequest[];
  limit: number;
  token: string | undefined;
}

/** What asks for the points of one metric; `limit` null for all. */
export interface HistoryRequest {
  runId: string;
  key: string;
  limit: number | null;
  token: string | undefined;
}

/** What asks for the points of one metric of several runs, `limit` of them together. */
export interface BulkHistoryRequest {
  runIds: readonly string[];
  key: string;
  limit: number;
}

/** What asks for an even sample of one metric of several runs, `limit` points of each. */
export type HistorySampleRequest = BulkHistoryRequest & Pick<HistorySampleQuery, 'steps'>;

/** A point and the run it is of. */
export type RunPoint = HistoryPoint & { runId: string };

const mostResults = 50_000;
const mostDatasets = 1000;
/** Beyond these an answer may take more than the 20 ms that the engine's loop can spare. */
const short = { candidates: 2000, runs: 200, points: 5000, filter: 500 };

/** Answers searches over one database. Every method throws SlipwayError `invalid` for what it cannot read. */
export class RunQueries {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** Runs of these experiments. */
  runs(experimentIds: readonly string[], request: SearchRequest): SearchPage<RunRecord> {
    checkLimit(request.limit);
    const condition = runCondition(request.filter);
    const order = parseRunOrder(request.orderBy);
    const offset = offsetOf(request.token);
    const ids = experimentIds.map(experimentIdOf);
    const { limit, view } = request;
    const { runs, more } = searchRuns(this.#database, { experimentIds: ids, condition, order, view, limit, offset });
    return { items: runs, next: more ? pageToken(offset + limit) : undefined };
  }

  /** True when the search may take so long that it should be made on another thread: for its runs or its filter. */
  isLongSearch(experimentIds: readonly string[], { filter, limit }: { filter: string; limit: number }): boolean {
    if (filter.length > short.filter) return true;
    const candidates = countCandidates(this.#database, experimentIds.map(experimentIdOf), short.candidates + 1);
    return candidates > short.candidates || Math.min(candidates, limit) > short.runs;
  }

  /** True when a page of so many runs, once they are found, can be read here. */
  isShortPage(limit: number): boolean {
    return limit <= short.runs;
  }

  /** The runs with these numbers as they are now, in this order, without those that are gone. */
  records(runs: readonly number[]): RunRecord[] {
    return readRuns(this.#database, runs);
  }

  /** True when these runs' histories may take so long that they should be read on another thread. */
  isLongHistory(runIds: readonly string[], key: string): boolean {
    return runIds.reduce((sum, runId) => sum + countPoints(this.#database, runId, key), 0) > short.points;
  }

  /** Everything kept about these runs but their histories, in their order. */
  data(records: readonly RunRecord[]): RunData[] {
    return readRunData(this.#database, records);
  }

  /** The same of one run. */
  runData(record: RunRecord): RunData {
    const [data] = this.data([record]);
    if (data === undefined) throw new SlipwayError('not-found', `Run with id=${record.runId} not found`);
    return data;
  }

  /** The same of a run that was made just now. */
  newRunData(record: RunRecord): RunData {
    return readNewRun(this.#database, record);
  }

  /** Experiments with their tags. */
  experiments(request: SearchRequest): SearchPage<ExperimentRecord> {
    checkLimit(request.limit);
    const condition = parseExperimentFilter(request.filter);
    const order = parseExperimentOrder(request.orderBy);
    const offset = offsetOf(request.token);
    const { limit, view } = request;
    const found = searchExperiments(this.#database, { condition, order, view, limit, offset });
    return { items: found.experiments, next: found.more ? pageToken(offset + limit) : undefined };
  }

  /** Active logged models of these experiments. */
  loggedModels(request: LoggedModelSearchRequest): SearchPage<LoggedModelRecord> {
    const condition = parseLoggedModelFilter(request.filter);
    const order = loggedModelOrder(request.orderBy);
    const offset = loggedModelOffset(request);
    const { datasets, limit } = request;
    const experimentIds = request.experimentIds.map(experimentIdOf);
    const search = { experimentIds, condition, datasets, order, limit, offset };
    const { models, more } = searchLoggedModels(this.#database, search);
    return { items: models, next: more ? loggedModelToken(request, offset + limit) : undefined };
  }

  /** Points of one metric, oldest first, as a JSON list; `limit` null for all, undefined when there is none. */
  history(query: HistoryRequest): { list: Buffer | undefined; next: string | undefined } {
    const offset = offsetOf(query.token);
    const { runId, key, limit } = query;
    const { list, more } = readHistoryList(this.#database, { runId, key, limit, offset });
    return { list, next: more && limit !== null ? pageToken(offset + limit) : undefined };
  }

  /** Points of one metric of several runs: by run id, oldest first. */
  bulkHistory({ runIds, key, limit }: BulkHistoryRequest): RunPoint[] {
    const found: RunPoint[] = [];
    for (const runId of [...new Set(runIds)].sort()) {
      if (found.length >= limit) break;
      const points = readHistory(this.#database, { runId, key, limit: limit - found.length, offset: 0 });
      for (const point of points) found.push({ ...point, runId });
    }
    return found;
  }

  /** Even samples of one metric, run after run as they were named, each by step. */
  historySamples({ runIds, ...query }: HistorySampleRequest): RunPoint[] {
    return runIds.flatMap((runId) =>
      sampleHistory(this.#database, { runId, ...query }).map((point) => ({ ...point, runId })),
    );
  }

  /** The datasets that runs of these experiments have used, 1000 at most. */
  datasets(experimentIds: readonly string[]): DatasetSummary[] {
    return datasetSummaries(this.#database, { experimentIds: experimentIds.map(experimentIdOf), limit: mostDatasets });
  }
}

function checkLimit(limit: number): void {
  const refused = `Invalid value ${limit} for parameter 'max_results' supplied. It must be`;
  if (limit < 1) throw new SlipwayError('invalid', `${refused} a positive integer`);
  if (limit > mostResults) throw new SlipwayError('invalid', `${refused} at most ${mostResults}`);
}
