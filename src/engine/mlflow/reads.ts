// The MLflow answers that may take long, as readings a reader thread can make: the whole answer, already as JSON text.
import { ModelQueries, type RegistrySearchRequest } from '../../lifecycle/models/queries';
import {
  type BulkHistoryRequest,
  type HistoryRequest,
  type HistorySampleRequest,
  RunQueries,
  type SearchPage,
  type SearchRequest,
} from '../../lifecycle/runs/queries';
import type { Database } from '../../platform/sqlite/database';
import { type SpanBody, spanSlices } from './otlp/span-slices';
import { searchGrammar } from './search-grammar';
import { traceReads } from './traces/reads';
import { datasetsJson } from './wire/experiment-json';
import { modelVersionPageJson, registeredModelPageJson } from './wire/registry-json';
import { historyText, runPageText, runPointsJson, runText, samplesJson } from './wire/run-json';

/** A search of runs, as it is sent to a thread. */
export interface RunSearchQuery {
  experimentIds: readonly string[];
  request: SearchRequest;
}

function mlflowRuns(database: Database, { experimentIds, request }: RunSearchQuery): string {
  const queries = new RunQueries(database);
  const { items, next } = queries.runs(experimentIds, request);
  return runPageText({ items: queries.data(items).map((data) => runText(data)), next });
}

function mlflowRunNumbers(database: Database, { experimentIds, request }: RunSearchQuery): SearchPage<number> {
  const { items, next } = new RunQueries(database).runs(experimentIds, request);
  return { items: items.map(({ run }) => run), next };
}

function mlflowHistory(database: Database, request: HistoryRequest): Uint8Array {
  return historyText(new RunQueries(database).history(request));
}

function mlflowBulkHistory(database: Database, request: BulkHistoryRequest): string {
  return JSON.stringify({ metrics: runPointsJson(request.key, new RunQueries(database).bulkHistory(request)) });
}

function mlflowHistorySamples(database: Database, request: HistorySampleRequest): string {
  return JSON.stringify(samplesJson(request.key, new RunQueries(database).historySamples(request)));
}

function mlflowDatasets(database: Database, experimentIds: readonly string[]): string {
  return JSON.stringify(datasetsJson(new RunQueries(database).datasets(experimentIds)));
}

function mlflowModels(database: Database, request: RegistrySearchRequest): string {
  return JSON.stringify(registeredModelPageJson(new ModelQueries(database, searchGrammar).models(request)));
}

function mlflowModelVersions(database: Database, request: RegistrySearchRequest): string {
  return JSON.stringify(modelVersionPageJson(new ModelQueries(database, searchGrammar).versions(request)));
}

function otlpSpans(_database: Database, body: SpanBody): Uint8Array {
  return spanSlices(body);
}

/** By name, for the engine's table of readings. */
export const mlflowReads = {
  mlflowRuns,
  mlflowRunNumbers,
  mlflowHistory,
  mlflowBulkHistory,
  mlflowHistorySamples,
  mlflowDatasets,
  mlflowModels,
  mlflowModelVersions,
  ...traceReads,
  otlpSpans,
};
export type MlflowReads = typeof mlflowReads;
