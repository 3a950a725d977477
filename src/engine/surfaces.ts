// Mounts every surface the engine speaks on its one server.
import type { FastifyInstance } from 'fastify';
import type { EngineApi } from '../protocol/api';
import { controlApi } from './api/control';
import { registerApi } from './api/register';
import type { EngineLife } from './life';
import type { Services } from './services';

/** What the surfaces tell of the engine itself. `url` is known once it listens. */
export interface EngineFacts {
  url: string;
  started: number;
  life: EngineLife;
  stop: () => void;
}

/** The typed API, the MLflow REST routes, and artifacts. */
export function mountSurfaces(app: FastifyInstance, services: Services, facts: EngineFacts): void {
  const api = {
    ...controlApi({
      workspace: services.layout.root,
      database: services.databasePath,
      started: facts.started,
      url: () => facts.url,
      windows: () => facts.life.windows,
      runningRuns: () => 0,
      keptAliveBy: () => facts.life.keptAliveBy(),
      warnings: () => services.warnings(),
      check: async () => [],
      stop: facts.stop,
    }),
  } as EngineApi;
  registerApi(app, { api, events: services.events, onWindow: (by) => facts.life.windowChanged(by) });
}
