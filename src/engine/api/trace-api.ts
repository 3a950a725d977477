// The part of the API about traces.
import { text } from 'node:stream/consumers';
import { SlipwayError } from '../../base/errors';
import type { ArtifactService } from '../../lifecycle/runs/artifacts/artifact-service';
import { type TracePanelReads, traceOfRun } from '../../lifecycle/traces/reading/trace-reading';
import { uploadedName } from '../../lifecycle/traces/reading/uploaded-spans';
import { traceKeys } from '../../lifecycle/traces/trace';
import type { Database } from '../../platform/sqlite/database';
import type { EngineApi } from '../../protocol/api';
import type { ReaderPool } from '../../workspace/readers';

/** What traces are read from. */
export interface TraceApiParts {
  database: Database;
  readers: Pick<ReaderPool<TracePanelReads>, 'run'>;
  artifacts: ArtifactService;
}

/** A larger file of spans is not read for a panel. */
const largest = 64 * 1024 * 1024;

/** `traces.list`, `traces.get` and `traces.span`. */
export function traceApi({
  database,
  readers,
  artifacts,
}: TraceApiParts): Pick<EngineApi, 'listTraces' | 'getTrace' | 'getSpan'> {
  const uploadedOf = async (query: { runId: string; traceId: string }): Promise<string | null> => {
    const { tags } = traceOfRun(database, query);
    const tag = (key: string): string | undefined => tags.find((each) => each.key === key)?.value;
    const address = tag(traceKeys.artifactLocation);
    if (tag(traceKeys.spansLocation) !== undefined || address === undefined) return null;
    try {
      const artifact = await artifacts.findOf(address, uploadedName);
      return artifact.size > largest ? null : await text(await artifact.open());
    } catch (error) {
      // Nothing uploaded yet: the trace is shown without spans.
      if (SlipwayError.is(error, 'not-found')) return null;
      throw error;
    }
  };
  return {
    listTraces: (query) => readers.run('traceList', query),
    getTrace: async (query) => readers.run('traceTree', { ...query, uploaded: await uploadedOf(query) }),
    getSpan: async (query) => readers.run('traceSpan', { ...query, uploaded: await uploadedOf(query) }),
  };
}
