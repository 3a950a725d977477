// The engine's own API: one router, typed once, used by the extension, its panels and the CLI.
// The engine supplies `EngineApi`; nothing here knows how it is done.
import * as z from 'zod';
import type { AuditApi } from './audit/audit';
import { auditRoutes } from './audit/audit-router';
import type { Comparison } from './comparison/comparison';
import { type RepeatsQuery, type RunComparison, repeatsQuery, runComparison } from './comparison/comparison-request';
import type { EvidenceApi } from './comparison/evidence/evidence-api';
import {
  evidenceQuery,
  examplesQuery,
  filePairsQuery,
  filePreviewQuery,
  tablePairQuery,
} from './comparison/evidence/evidence-request';
import { importanceQuery, type RelationsApi, relationValuesQuery } from './comparison/relations';
import type { CheckApi } from './datasets/contract/check-api';
import { checkRoutes } from './datasets/contract/check-router';
import type { DatasetsApi } from './datasets/dataset-api';
import { datasetRoutes, lineageRoutes } from './datasets/dataset-router';
import type { DatasetPanelApi } from './datasets/panel/panel-api';
import { datasetPanelRoutes } from './datasets/panel/panel-router';
import type { InferenceApi } from './inference/inference-api';
import { inferenceRoutes } from './inference/inference-router';
import type { JobProgress } from './jobs/job';
import type { RegistryApi } from './models/registry/registry-api';
import { registryRoutes } from './models/registry/registry-router';
import { t } from './router/procedures';
import type {
  ArtifactCount,
  ArtifactEntry,
  ChangedFile,
  DeletedArtifact,
  Experiment,
  FileNow,
  MetricSummary,
  Page,
  RunDetail,
  RunRecordJson,
  RunSummary,
} from './run';
import { type RunChange, runChanges } from './runs/run-change';
import { runFilter } from './runs/run-filter';
import { runSort, usualRunSort } from './runs/run-sort';
import {
  savedTableView,
  tableCellsQuery,
  tableColumnsQuery,
  tableRowsQuery,
  tableSummariesQuery,
  tableView,
} from './runs/run-table';
import type { TableApi } from './runs/table-api';
import type { SpanDetail, TracePage, TraceTree } from './runs/trace';
import { type BucketSeries, bucketQuery, curvesQuery, type MetricPoint } from './series';

/** Which runs to list, in which order. `experimentId` narrows what the filter leaves; `deleted` lists the trash. */
export const runQuery = runFilter.extend({
  experimentId: z.string().optional(),
  deleted: z.boolean().default(false),
  /** The id of a run lists its child runs; null lists the runs that are below no other one. */
  below: z.string().nullable().optional(),
  sort: runSort.default(usualRunSort),
  limit: z.number().int().min(1).max(500).default(50),
  page: z.string().nullish(),
});
export type RunQuery = z.input<typeof runQuery>;

/** Which metrics of a run to list, by key; all of them when `keys` is left out. */
export interface MetricListQuery {
  runId: string;
  keys?: string[] | undefined;
  limit: number;
  page: string | null;
}

/** How one engine is. `keptAliveBy` holds one sentence per reason it does not exit when idle. */
export interface EngineStatus {
  version: string;
  pid: number;
  started: number;
  workspace: string;
  database: string;
  schema: number;
  url: string;
  windows: number;
  runningRuns: number;
  /** Milliseconds after which a run known only over REST is called unknown. */
  silence: number;
  durability: 'NORMAL' | 'FULL';
  keptAliveBy: string[];
  /** False once the program that this engine runs was moved or removed: it records, and cannot list. */
  isWhole: boolean;
  /** One sentence each: what is wrong and what to do; empty when all is well. */
  warnings: string[];
  /** One sentence each: what would be better if the workspace lay elsewhere. */
  notes: string[];
}

/** A piece of a run's output. `next` is the byte offset to continue from; `size` what is there in all. */
export interface OutputPiece {
  text: string;
  start: number;
  next: number;
  size: number;
}

/** Where lines that hold the text begin, in bytes from the start; `next` is where to look on, at `size` all was seen. */
export interface OutputFinds {
  offsets: number[];
  next: number;
  size: number;
}

/** What the engine does for its clients. Every method may throw SlipwayError. */
export interface EngineApi
  extends TableApi,
    EvidenceApi,
    RelationsApi,
    DatasetsApi,
    DatasetPanelApi,
    CheckApi,
    InferenceApi,
    RegistryApi,
    AuditApi {
  status(): EngineStatus;
  /** Reads every page of the database; `problems` is empty when all are sound. */
  check(): Promise<{ problems: string[] }>;
  /** Looks whether the contents of all artifacts are there; `examples` names a few whose are not, by their paths. */
  checkContents(): Promise<{ artifacts: number; data: number; missing: number; examples: string[] }>;
  /** Ends the engine after the answer has been sent; a newer client asks an older engine so. */
  stop(): void;
  listExperiments(query: { limit: number; page: string | null }): Page<Experiment>;
  listRuns(query: z.output<typeof runQuery>): Promise<Page<RunSummary> & { total: number }>;
  getRun(runId: string): RunDetail;
  /** What differed from the commit when a recorded run began; empty when nothing did or it is unknown. */
  runDiff(runId: string): string;
  /** One file of that diff; `path` begins at the top of the repository. */
  changedFile(runId: string, path: string): Promise<ChangedFile>;
  /** The paths of files that two recorded runs had differently; throws `not-found` when a commit is not known. */
  changedCode(before: string, after: string): Promise<string[]>;
  /** The text of a file as a recorded run had it, null when it had none; throws as `changedCode`. */
  codeFile(runId: string, path: string): Promise<string | null>;
  /** Whether a recorded run's inputs, then its outputs, still lie on the disk as they were. */
  filesNow(runId: string): Promise<FileNow[]>;
  /** Runs, or those in the trash, whose id begins with `wanted` or whose name it is: that id, those names, the newest first; at most 20. */
  findRuns(wanted: string, deleted: boolean): RunSummary[];
  /** Runs that a filter in MLflow's search grammar finds, in the order asked for; `experimentId` null looks in all. */
  queryRuns(query: {
    filter: string;
    orderBy: string[];
    experimentId: string | null;
    deleted: boolean;
    limit: number;
    page: string | null;
  }): Promise<Page<RunRecordJson>>;
  /** Runs with their params, last metrics and tags, in the order asked for; unknown ids are left out. */
  runRecords(runIds: string[]): Promise<RunRecordJson[]>;
  /** `keys`: only these metrics. */
  listMetrics(query: MetricListQuery): Page<MetricSummary>;
  /** The names of a run's metrics, and nothing else of them. */
  metricNames(query: { runId: string; limit: number; page: string | null }): Page<string>;
  /** Writes into slipway.yaml which way a metric is better; null leaves it to the metric's name. */
  directMetric(key: string, direction: 'up' | 'down' | null): void;
  bucketMetrics(query: z.output<typeof bucketQuery>): Promise<BucketSeries[]>;
  /** For each curve its metrics, in the order asked. Of a group those runs count that have logged the metric. */
  cutCurves(query: z.output<typeof curvesQuery>): Promise<BucketSeries[][]>;
  metricHistory(query: { runId: string; key: string; limit: number; page: string | null }): Promise<Page<MetricPoint>>;
  /** What lies directly in a folder of a run, by path; the models it logged stand below `models/`. */
  listArtifacts(query: {
    runId: string;
    path: string;
    limit: number;
    page: string | null;
  }): Promise<Page<ArtifactEntry>>;
  /** How many bytes one file of a run has. */
  artifactSize(runId: string, path: string): Promise<number>;
  countArtifacts(runId: string): Promise<ArtifactCount>;
  /** What lies in the trash of a run, the latest of each path. */
  deletedArtifacts(query: { runId: string; limit: number; page: string | null }): Page<DeletedArtifact>;
  /** Moves a file or a folder of a run to the trash; how many files went. */
  deleteArtifacts(runId: string, path: string): Promise<number>;
  /** Takes back what was deleted last of a file, a folder, or ('') all of a run; how many files came back. */
  restoreArtifacts(runId: string, path: string): Promise<number>;
  /** `from` null: the last `bytes` bytes. */
  readOutput(query: { runId: string; from: number | null; bytes: number }): Promise<OutputPiece>;
  /** Looks for a text, in any case, through a part of the output from `from` on, a place between lines. */
  findInOutput(query: { runId: string; text: string; from: number }): Promise<OutputFinds>;
  /** The traces of a run, the newest first. */
  listTraces(query: { runId: string; limit: number; page: string | null }): Promise<TracePage>;
  /** One trace of a run with the rows of its spans. */
  getTrace(query: { runId: string; traceId: string }): Promise<TraceTree>;
  /** One span of it with all that was logged; null when the trace has no such span. */
  getSpan(query: { runId: string; traceId: string; spanId: string }): Promise<SpanDetail | null>;
  /** Ids of the finished runs that differ from one in their seed or fold alone. */
  repeatsOf(request: RepeatsQuery, signal: { readonly aborted: boolean } | undefined): Promise<string[]>;
  /** How far a comparison is that is going on; null of none. */
  compareProgress(request: RunComparison): JobProgress | null;
  /** Whether runs are better or worse than the first of them, and what that rests on. */
  compareRuns(request: RunComparison, signal: { readonly aborted: boolean } | undefined): Promise<Comparison>;
  /** A recorder's word that `runs/<id>/` holds news. Returns whether the run is now wholly taken in. */
  takeInRecording(runId: string): Promise<{ done: boolean }>;
  /** Changes runs, all or none, and returns what undoes it: the changes that lead back. */
  changeRuns(changes: RunChange[]): Promise<RunChange[]>;
  /** Asks the recorder of a running recorded run to stop its child; `hard` ends it and all it started at once. */
  stopRun(runId: string, hard: boolean): Promise<void>;
}

const runId = z.string().min(1).max(256);
const traceId = z.string().min(1).max(256);
const page = z
  .string()
  .nullish()
  .transform((token) => token ?? null);
const limit = (most: number, usual: number) => z.number().int().min(1).max(most).default(usual);

/** The router itself: each procedure checks its input and asks the engine's `EngineApi`. */
export const apiRouter = t.router({
  engine: t.router({
    status: t.procedure.query(({ ctx }) => ctx.api.status()),
    check: t.procedure.query(({ ctx }) => ctx.api.check()),
    checkContents: t.procedure.query(({ ctx }) => ctx.api.checkContents()),
    stop: t.procedure.mutation(({ ctx }) => ctx.api.stop()),
  }),
  experiments: t.router({
    list: t.procedure
      .input(z.object({ limit: limit(500, 100), page }))
      .query(({ ctx, input }) => ctx.api.listExperiments(input)),
  }),
  runs: t.router({
    list: t.procedure.input(runQuery).query(({ ctx, input }) => ctx.api.listRuns(input)),
    get: t.procedure.input(z.object({ runId })).query(({ ctx, input }) => ctx.api.getRun(input.runId)),
    diff: t.procedure.input(z.object({ runId })).query(({ ctx, input }) => ctx.api.runDiff(input.runId)),
    changedFile: t.procedure
      .input(z.object({ runId, path: z.string().min(1) }))
      .query(({ ctx, input }) => ctx.api.changedFile(input.runId, input.path)),
    changedCode: t.procedure
      .input(z.object({ before: runId, after: runId }))
      .query(({ ctx, input }) => ctx.api.changedCode(input.before, input.after)),
    codeFile: t.procedure
      .input(z.object({ runId, path: z.string().min(1) }))
      .query(({ ctx, input }) => ctx.api.codeFile(input.runId, input.path)),
    filesNow: t.procedure.input(z.object({ runId })).query(({ ctx, input }) => ctx.api.filesNow(input.runId)),
    find: t.procedure
      .input(z.object({ wanted: runId, deleted: z.boolean().default(false) }))
      .query(({ ctx, input }) => ctx.api.findRuns(input.wanted, input.deleted)),
    query: t.procedure
      .input(
        z.object({
          filter: z.string().default(''),
          orderBy: z.array(z.string()).max(20).default([]),
          experimentId: z.string().nullable().default(null),
          deleted: z.boolean().default(false),
          limit: limit(10_000, 50),
          page,
        }),
      )
      .query(({ ctx, input }) => ctx.api.queryRuns(input)),
    records: t.procedure
      .input(z.object({ runIds: z.array(runId).max(500) }))
      .query(({ ctx, input }) => ctx.api.runRecords(input.runIds)),
    change: t.procedure
      .input(z.object({ changes: runChanges }))
      .mutation(async ({ ctx, input }) => ({ undo: await ctx.api.changeRuns(input.changes) })),
    stop: t.procedure
      .input(z.object({ runId, hard: z.boolean().default(false) }))
      .mutation(({ ctx, input }) => ctx.api.stopRun(input.runId, input.hard)),
  }),
  metrics: t.router({
    list: t.procedure
      .input(z.object({ runId, keys: z.array(z.string()).max(1000).optional(), limit: limit(1000, 200), page }))
      .query(({ ctx, input }) => ctx.api.listMetrics(input)),
    names: t.procedure
      .input(z.object({ runId, limit: limit(10_000, 1000), page }))
      .query(({ ctx, input }) => ctx.api.metricNames(input)),
    direct: t.procedure
      .input(z.object({ key: z.string().min(1).max(250), direction: z.enum(['up', 'down']).nullable() }))
      .mutation(({ ctx, input }) => ctx.api.directMetric(input.key, input.direction)),
    buckets: t.procedure.input(bucketQuery).query(({ ctx, input }) => ctx.api.bucketMetrics(input)),
    // A mutation that changes nothing: the ids of two hundred runs are too long for an address.
    curves: t.procedure.input(curvesQuery).mutation(({ ctx, input }) => ctx.api.cutCurves(input)),
    history: t.procedure
      .input(z.object({ runId, key: z.string(), limit: limit(25_000, 1000), page }))
      .query(({ ctx, input }) => ctx.api.metricHistory(input)),
  }),
  artifacts: t.router({
    list: t.procedure
      .input(z.object({ runId, path: z.string().default(''), limit: limit(1000, 200), page }))
      .query(({ ctx, input }) => ctx.api.listArtifacts(input)),
    size: t.procedure
      .input(z.object({ runId, path: z.string() }))
      .query(({ ctx, input }) => ctx.api.artifactSize(input.runId, input.path)),
    count: t.procedure.input(z.object({ runId })).query(({ ctx, input }) => ctx.api.countArtifacts(input.runId)),
    deleted: t.procedure
      .input(z.object({ runId, limit: limit(1000, 200), page }))
      .query(({ ctx, input }) => ctx.api.deletedArtifacts(input)),
    delete: t.procedure
      .input(z.object({ runId, path: z.string() }))
      .mutation(async ({ ctx, input }) => ({ files: await ctx.api.deleteArtifacts(input.runId, input.path) })),
    restore: t.procedure
      .input(z.object({ runId, path: z.string().default('') }))
      .mutation(async ({ ctx, input }) => ({ files: await ctx.api.restoreArtifacts(input.runId, input.path) })),
  }),
  output: t.router({
    read: t.procedure
      .input(
        z.object({ runId, from: z.number().int().min(0).nullable().default(null), bytes: limit(4_000_000, 64_000) }),
      )
      .query(({ ctx, input }) => ctx.api.readOutput(input)),
    find: t.procedure
      .input(z.object({ runId, text: z.string().min(1).max(500), from: z.number().int().min(0).default(0) }))
      .query(({ ctx, input }) => ctx.api.findInOutput(input)),
  }),
  traces: t.router({
    list: t.procedure
      .input(z.object({ runId, limit: limit(500, 50), page }))
      .query(({ ctx, input }) => ctx.api.listTraces(input)),
    get: t.procedure.input(z.object({ runId, traceId })).query(({ ctx, input }) => ctx.api.getTrace(input)),
    span: t.procedure
      .input(z.object({ runId, traceId, spanId: z.string().min(1).max(64) }))
      .query(({ ctx, input }) => ctx.api.getSpan(input)),
  }),
  table: t.router({
    rows: t.procedure.input(tableRowsQuery).query(({ ctx, input }) => ctx.api.tableRows(input)),
    // Lists of runs are too long for an address, so these two are sent as mutations though they only read.
    cells: t.procedure.input(tableCellsQuery).mutation(({ ctx, input }) => ctx.api.tableCells(input)),
    summaries: t.procedure.input(tableSummariesQuery).mutation(({ ctx, input }) => ctx.api.tableSummaries(input)),
    columns: t.procedure.input(tableColumnsQuery).query(({ ctx, input }) => ctx.api.tableColumns(input)),
    views: t.procedure.query(({ ctx }) => ctx.api.tableViews()),
    keepView: t.procedure
      .input(z.object({ name: savedTableView.shape.name, view: tableView.nullable() }))
      .mutation(({ ctx, input }) => ctx.api.keepTableView(input.name, input.view)),
  }),
  comparison: t.router({
    repeats: t.procedure.input(repeatsQuery).query(({ ctx, input, signal }) => ctx.api.repeatsOf(input, signal)),
    progress: t.procedure.input(runComparison).query(({ ctx, input }) => ctx.api.compareProgress(input)),
    runs: t.procedure.input(runComparison).query(({ ctx, input, signal }) => ctx.api.compareRuns(input, signal)),
    // As those of the table: they only read.
    values: t.procedure.input(relationValuesQuery).mutation(({ ctx, input }) => ctx.api.relationValues(input)),
    importance: t.procedure.input(importanceQuery).mutation(({ ctx, input }) => ctx.api.importance(input)),
    evidence: t.procedure
      .input(evidenceQuery)
      .query(({ ctx, input, signal }) => ctx.api.predictionEvidence(input, signal)),
    examples: t.procedure
      .input(examplesQuery)
      .query(({ ctx, input, signal }) => ctx.api.flippedExamples(input, signal)),
    files: t.procedure.input(filePairsQuery).query(({ ctx, input, signal }) => ctx.api.filePairs(input, signal)),
    table: t.procedure.input(tablePairQuery).query(({ ctx, input, signal }) => ctx.api.tablePair(input, signal)),
    preview: t.procedure.input(filePreviewQuery).query(({ ctx, input }) => ctx.api.filePreview(input)),
  }),
  datasets: datasetRoutes,
  datasetPanel: datasetPanelRoutes,
  checks: checkRoutes,
  inference: inferenceRoutes,
  registry: registryRoutes,
  audit: auditRoutes,
  workspace: lineageRoutes,
  recordings: t.router({
    takeIn: t.procedure.input(z.object({ runId })).mutation(({ ctx, input }) => ctx.api.takeInRecording(input.runId)),
  }),
});

export type ApiRouter = typeof apiRouter;
