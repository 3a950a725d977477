// Mounts every surface the engine speaks on its one server.
import type { FastifyInstance } from 'fastify';
import { RecordingView } from '../lifecycle/runs/recordings/recording-view';
import type { EngineApi } from '../protocol/api';
import { writeMetricDirection } from '../workspace/metric-direction-edit';
import { controlApi } from './api/control';
import { readingApi } from './api/reading-api';
import { registerApi } from './api/register';
import type { EngineLife } from './life';
import type { EngineLog } from './log';
import { registerMlflowArtifacts } from './mlflow/artifacts/register';
import { registerJoinedRuns } from './mlflow/joined-run';
import { registerMlflow } from './mlflow/register';
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
      silence: facts.silence,
      durability: facts.durability,
      url: () => facts.url,
      windows: () => facts.life.windows,
      runningRuns: () => services.reading.runningRuns(),
      keptAliveBy: () => facts.life.keptAliveBy(),
      warnings: () => services.warnings(),
      check: () => services.readers.run('pageCheck', null),
      stop: facts.stop,
    }),
    ...readingApi({
      ...services,
      recordingView: new RecordingView(services.opened.database, services.layout),
    }),
    takeInRecording: async (runId) => services.writes.run(() => services.recordings.takeIn(runId)),
    changeRuns: async (changes) => services.writes.run(() => services.changes.make(changes)),
    directMetric: (key, direction) => {
      writeMetricDirection(services.layout.config, { key, direction });
      services.events.everyRunChanged();
    },
    stopRun: async (runId, hard) => {
      const { stops } = services.recordings;
      stops.ask(runId, hard);
      await services.writes.run(() => stops.remember(runId));
    },
  };
  registerApi(app, {
    api,
    ...services,
    onWindow: (by) => facts.life.windowChanged(by),
    onFailure: (error) => facts.log.error({ err: error }, 'a request failed'),
  });
  registerJoinedRuns(app, services);
  registerMlflow(app, services);
  registerMlflowArtifacts(app, services);
}
