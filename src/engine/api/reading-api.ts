// The part of the API that only reads: experiments, runs, metrics, artifacts, output.
import type { RunArtifacts } from '../../lifecycle/runs/artifacts/run-artifacts';
import { findInOutput } from '../../lifecycle/runs/reading/output-find';
import { readOutput } from '../../lifecycle/runs/reading/run-output';
import type { RunReading } from '../../lifecycle/runs/reading/run-reading';
import type { UnsavedRuns } from '../../lifecycle/runs/recordings/files/unsaved-runs';
import type { RecordingView } from '../../lifecycle/runs/recordings/recording-view';
import type { RunsService } from '../../lifecycle/runs/service';
import type { EngineApi } from '../../protocol/api';
import { runFiles, type WorkspaceLayout } from '../../protocol/folder/layout';

/** What is read from. */
export interface ReadingParts {
  reading: RunReading;
  runs: RunsService;
  runArtifacts: RunArtifacts;
  layout: WorkspaceLayout;
  recordingView: RecordingView;
  unsaved: UnsavedRuns;
}

type ReadingApi = Pick<
  EngineApi,
  | 'listExperiments'
  | 'listRuns'
  | 'getRun'
  | 'runDiff'
  | 'changedFile'
  | 'filesNow'
  | 'findRuns'
  | 'queryRuns'
  | 'runRecords'
  | 'listMetrics'
  | 'metricNames'
  | 'bucketMetrics'
  | 'cutCurves'
  | 'metricHistory'
  | 'listArtifacts'
  | 'artifactSize'
  | 'countArtifacts'
  | 'deletedArtifacts'
  | 'readOutput'
  | 'findInOutput'
>;

/** The reading methods of the API. */
export function readingApi({ reading, runs, runArtifacts, layout, recordingView, unsaved }: ReadingParts): ReadingApi {
  return {
    listExperiments: (query) => reading.listExperiments(query),
    listRuns: async (query) => {
      const page = await reading.listRuns(query);
      return { ...page, items: page.items.map((run) => unsaved.ended(run)) };
    },
    getRun: (runId) => {
      const run = reading.runDetail(runId);
      const recording = unsaved.endedRecording(runId, run.status, recordingView.find(runId));
      return { ...unsaved.ended(run), recording };
    },
    runDiff: (runId) => recordingView.diff(runs.getRun(runId).runId),
    changedFile: (runId, path) => recordingView.changedFile(runs.getRun(runId).runId, path),
    filesNow: (runId) => recordingView.filesNow(runs.getRun(runId).runId),
    findRuns: (wanted, deleted) => reading.findRuns(wanted, deleted).map((run) => unsaved.ended(run)),
    queryRuns: (query) => reading.queryRuns(query),
    runRecords: async (runIds) => (await reading.runRecords(runIds)).map((run) => unsaved.endedRecord(run)),
    listMetrics: (query) => reading.listMetrics(query),
    metricNames: (query) => reading.metricNames(query),
    bucketMetrics: (query) => reading.bucketMetrics(query),
    cutCurves: (query) => reading.cutCurves(query),
    metricHistory: (query) => reading.metricHistory(query),
    listArtifacts: (query) => runArtifacts.list(query),
    artifactSize: async (runId, path) => (await runArtifacts.find(runId, path)).size,
    countArtifacts: (runId) => runArtifacts.count(runId),
    deletedArtifacts: (query) => runArtifacts.deleted(query),
    readOutput: async ({ runId, from, bytes }) => {
      const run = runs.getRun(runId);
      if (!run.recorded) return { text: '', start: 0, next: 0, size: 0 };
      const ended = run.status !== 'RUNNING' && run.status !== 'SCHEDULED';
      return readOutput({ path: outputPath(layout, runId), from, bytes, ended });
    },
    findInOutput: async ({ runId, text, from }) => {
      if (!runs.getRun(runId).recorded) return { offsets: [], next: 0, size: 0 };
      return findInOutput({ path: outputPath(layout, runId), text, from });
    },
  };
}

function outputPath(layout: WorkspaceLayout, runId: string): string {
  return `${layout.run(runId)}/${runFiles.output}`;
}
