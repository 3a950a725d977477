// Mounts every surface the engine speaks on its one server.

import type { FastifyInstance } from 'fastify';
import { RecordingView } from '../lifecycle/runs/recordings/recording-view';
import type { EngineApi } from '../protocol/api';
import type { AuditApi } from '../protocol/audit/audit';
import type { CheckApi } from '../protocol/datasets/contract/check-api';
import type { InferenceApi } from '../protocol/inference/inference-api';
import type { RegistryApi } from '../protocol/models/registry/registry-api';
import { writeMetricDirection } from '../workspace/config-edits/metric-direction-edit';
import { auditApi } from './api/audit-api';
import { type ControlFacts, controlApi } from './api/control';
import { registerJobs } from './api/job-route';
import { readingApi } from './api/reading-api';
import { registerApi } from './api/register';
import { tableApi } from './api/table-api';
import { traceApi } from './api/trace-api';
import { comparingApi } from './comparison/comparing-api';
import { checkApi } from './datasets/check-api';
import { GoingWork } from './datasets/going-work';
import { datasetPanelApi } from './datasets/panel-api';
import type { EngineLife } from './life';
import type { EngineLog } from './log';
import { registerMlflowArtifacts } from './mlflow/artifacts/register';
import { registerJoinedRuns } from './mlflow/joined-run';
import { registerOtlp } from './mlflow/otlp/register';
import { registerMlflow } from './mlflow/register';
import { inferenceApi } from './model/inference-api';
import { registryApi } from './registry/registry-api';
import type { Services } from './services';

/** What the surfaces tell of the engine itself. `url` is known once it listens. */
export interface EngineFacts {
  url: string;
  started: number;
  silence: number;
  durability: 'NORMAL' | 'FULL';
  life: EngineLife;
  log: EngineLog;
  stop: () => void;
}

/** The typed API, the MLflow REST routes, and artifacts. */
export function mountSurfaces(app: FastifyInstance, services: Services, facts: EngineFacts): void {
  const api: EngineApi = {
    ...controlApi({
      workspace: services.layout.root,
      database: services.databasePath,
      started: facts.started,
      ...{ silence: facts.silence, durability: facts.durability },
      url: () => facts.url,
      windows: () => facts.life.windows,
      runningRuns: () => services.reading.runningRuns(),
      keptAliveBy: () => facts.life.keptAliveBy(),
      ...healthOf(services),
      stop: facts.stop,
    }),
    ...readingApi({
      ...services,
      recordingView: new RecordingView(services.opened.database, services.layout),
      unsaved: services.recordings.unsaved,
    }),
    ...comparingApi(services, facts.silence),
    ...tableApi(services),
    ...recordsApi(services),
    ...fileStagesApi(services),
    ...changingApi(services),
  };
  registerApi(app, {
    api,
    ...services,
    onWindow: (by) => facts.life.windowChanged(by),
    onFailure: (error) => facts.log.error({ err: error }, 'a request failed'),
  });
  registerJobs(app, services);
  registerJoinedRuns(app, services);
  registerMlflow(app, services);
  registerOtlp(app, services);
  registerMlflowArtifacts(app, services);
}

/** What happened, as it was recorded, and what is decided. */
function recordsApi(services: Services): ReturnType<typeof traceApi> & AuditApi & RegistryApi {
  const { database } = services.opened;
  return { ...traceApi({ ...services, database }), ...auditApi(services), ...registryApi(services) };
}

/** The stages whose files are read in processes of their own. */
function fileStagesApi(services: Services): ReturnType<typeof datasetPanelApi> & CheckApi & InferenceApi {
  const going = new GoingWork();
  return { ...datasetPanelApi(services, going), ...checkApi(services, going), ...inferenceApi(services) };
}

type ChangingApi = Pick<
  EngineApi,
  'takeInRecording' | 'changeRuns' | 'directMetric' | 'stopRun' | 'deleteArtifacts' | 'restoreArtifacts'
>;

function changingApi({ writes, recordings, changes, events, layout, runArtifacts }: Services): ChangingApi {
  return {
    takeInRecording: async (runId) => writes.run(() => recordings.takeIn(runId)),
    changeRuns: async (wanted) => writes.run(() => changes.make(wanted)),
    directMetric: (key, direction) => {
      writeMetricDirection(layout.config, { key, direction });
      events.everyRunChanged();
    },
    deleteArtifacts: (runId, path) => runArtifacts.remove(runId, path),
    restoreArtifacts: (runId, path) => runArtifacts.restore(runId, path),
    stopRun: async (runId, hard) => {
      recordings.stops.ask(runId, hard);
      await writes.run(() => recordings.stops.remember(runId));
    },
  };
}

/** What is told of how the engine and its files are. */
function healthOf(
  services: Services,
): Pick<ControlFacts, 'isWhole' | 'warnings' | 'notes' | 'check' | 'checkContents'> {
  return {
    isWhole: () => services.isWhole(),
    warnings: () => services.warnings(),
    notes: () => services.notes(),
    check: () => services.readers.run('databaseCheck', null),
    checkContents: () => services.readers.run('contentCheck', { root: services.layout.root }),
  };
}
