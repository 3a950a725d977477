// The engine's own API over HTTP: the typed router, and the one event route.
import { type FastifyTRPCPluginOptions, fastifyTRPCPlugin } from '@trpc/server/adapters/fastify';
import type { FastifyInstance } from 'fastify';
import { type ApiRouter, apiRouter, type EngineApi } from '../../protocol/api';
import { apiRoute } from '../../protocol/engine-files';
import type { WorkspaceEvents } from '../../workspace/events';
import { registerEvents } from './events';

/** What the API needs: what it does, what it announces, and who wants to know of windows coming and going. */
export interface ApiDependencies {
  api: EngineApi;
  events: WorkspaceEvents;
  onWindow: (by: 1 | -1) => void;
}

/** Mounts the router at `/api/rpc` and the events at `/api/events`. */
export function registerApi(app: FastifyInstance, dependencies: ApiDependencies): void {
  const options: FastifyTRPCPluginOptions<ApiRouter> = {
    prefix: apiRoute,
    trpcOptions: { router: apiRouter, createContext: () => ({ api: dependencies.api }) },
  };
  app.register(fastifyTRPCPlugin, options);
  registerEvents(app, dependencies);
}
