// What can be asked about runs. Short readings are answered at once, long ones on a reader thread.
import type { Database } from '../../../platform/sqlite/database';
import type { MetricListQuery } from '../../../protocol/api';
import type { Experiment, MetricSummary, Page, RunDetail, RunRecordJson, RunSummary } from '../../../protocol/run';
import { isPlainFilter } from '../../../protocol/runs/run-filter';
import type { BucketSeries, MetricPoint } from '../../../protocol/series';
import type { ReaderPool } from '../../../workspace/readers';
import type { RunQueryRequest } from '../search/run-query';
import type { GroupRule } from './curves/group-statistics';
import type { MetricRules } from './metric-direction';
import type { RunReads } from './reads';
import { type BucketRequest, bucketMetrics, type GroupRequest, groupMetrics, pointCount } from './store/bucket-read';
import { listExperiments } from './store/experiment-list';
import { findRuns, listRuns, type RunListing } from './store/listing/run-list';
import { loggingRuns, runningCounts } from './store/live-runs';
import { listMetrics, metricHistory, metricNames } from './store/metric-list';
import { hasManyChildren } from './store/nested-runs';
import { runDetail, runRecords } from './store/run-detail';

/** `rules` is what slipway.yaml says of metrics now; `silence` and `now` in milliseconds. */
export interface RunReadingOptions {
  database: Database;
  readers: ReaderPool<RunReads>;
  rules: () => MetricRules;
  now: () => number;
  silence: number;
}

/** Which curves to cut, and how; `group` is how those of several runs are summed up, null where each is of one. */
interface CurvesRequest extends Omit<BucketRequest, 'runId'> {
  curves: readonly (readonly string[])[];
  group: GroupRule | null;
}

/** How much may be read on the engine's own thread: a few milliseconds' worth. */
const few = { points: 5000, runs: 20, children: 1000 };
const mostFound = 20;

/** The readings of this stage. Each throws SlipwayError `not-found` for a run there is none of. */
export class RunReading {
  readonly #options: RunReadingOptions;

  constructor(options: RunReadingOptions) {
    this.#options = options;
  }

  /** One page of the active experiments, the most lately used first. */
  listExperiments(query: { limit: number; page: string | null }): Page<Experiment> {
    return listExperiments(this.#options.database, { ...query, ...this.#clock });
  }

  /** Number of runs a client is logging into now; silent and recorded ones are not counted. */
  loggingRuns(): number {
    return loggingRuns(this.#options.database, this.#clock);
  }

  /** Number of runs that are running now, recorded or logged by a client, archived ones too. */
  runningRuns(): number {
    const counts = runningCounts(this.#options.database, { ...this.#clock, archived: true });
    return [...counts.values()].reduce((sum, count) => sum + count, 0);
  }

  /** One page of runs and how many match in all. */
  async listRuns(query: Omit<RunListing, 'now' | 'silence' | 'rules'>): Promise<Page<RunSummary> & { total: number }> {
    const listing = { ...query, ...this.#asked };
    // Without a filter the indexes lead straight to the page; with one, all runs may have to be looked at.
    const isPlain = isPlainFilter(query) && (query.sort === undefined || query.sort.by === 'start');
    const isQuick = isPlain && (query.below === undefined || !hasManyChildren(this.#options.database, few.children));
    return isQuick ? listRuns(this.#options.database, listing) : this.#options.readers.run('listRuns', listing);
  }

  /** One page of the runs that a filter in the search grammar finds. */
  queryRuns(query: RunQueryRequest): Promise<Page<RunRecordJson>> {
    return this.#options.readers.run('queryRuns', query);
  }

  /** A run in full, but for its recording. */
  runDetail(runId: string): Omit<RunDetail, 'recording'> {
    return runDetail(this.#options.database, { runId, ...this.#asked });
  }

  /** Runs, or those in the trash, whose id begins with `wanted` or whose name it is, newest first, at most 20. */
  findRuns(wanted: string, deleted: boolean): RunSummary[] {
    return findRuns(this.#options.database, { wanted, deleted, limit: mostFound, ...this.#asked });
  }

  /** Runs as the command line prints them; ids without a run are left out. */
  async runRecords(runIds: readonly string[]): Promise<RunRecordJson[]> {
    const query = { runIds };
    return runIds.length <= few.runs
      ? runRecords(this.#options.database, query)
      : this.#options.readers.run('runRecords', query);
  }

  /** One page of a run's metrics, by key. */
  listMetrics(query: MetricListQuery): Page<MetricSummary> {
    return listMetrics(this.#options.database, { ...query, rules: this.#options.rules() });
  }

  /** One page of the names of a run's metrics. */
  metricNames(query: { runId: string; limit: number; page: string | null }): Page<string> {
    return metricNames(this.#options.database, query);
  }

  /** Metrics cut into buckets, in the order asked. */
  async bucketMetrics(query: BucketRequest): Promise<BucketSeries[]> {
    const { database, readers } = this.#options;
    return pointCount(database, { ...query, runIds: [query.runId] }) <= few.points
      ? bucketMetrics(database, query)
      : readers.run('bucketMetrics', query);
  }

  /** Metrics of many curves, each of one run or of a group, in the order asked. */
  cutCurves({ curves, group, ...cut }: CurvesRequest): Promise<BucketSeries[][]> {
    return Promise.all(
      curves.map((runIds) =>
        group === null
          ? this.bucketMetrics({ ...cut, runId: runIds[0] ?? '' })
          : this.#groupMetrics({ ...cut, ...group, runIds }),
      ),
    );
  }

  /** One page of a metric's points, unabridged. */
  async metricHistory(query: {
    runId: string;
    key: string;
    limit: number;
    page: string | null;
  }): Promise<Page<MetricPoint>> {
    const { database, readers } = this.#options;
    return query.limit <= few.points ? metricHistory(database, query) : readers.run('metricHistory', query);
  }

  async #groupMetrics(query: GroupRequest): Promise<BucketSeries[]> {
    const { database, readers } = this.#options;
    return pointCount(database, query) <= few.points
      ? groupMetrics(database, query)
      : readers.run('groupMetrics', query);
  }

  get #clock(): { now: number; silence: number } {
    return { now: this.#options.now(), silence: this.#options.silence };
  }

  get #asked(): { now: number; silence: number; rules: MetricRules } {
    return { ...this.#clock, rules: this.#options.rules() };
  }
}
