// The engine's own API over HTTP: the typed router, the event route and the artifact route.
import { TRPCError } from '@trpc/server';
import { type FastifyTRPCPluginOptions, fastifyTRPCPlugin } from '@trpc/server/adapters/fastify';
import type { FastifyInstance } from 'fastify';
import { SlipwayError } from '../../base/errors';
import { type ApiRouter, apiRouter, type EngineApi } from '../../protocol/api';
import { apiRoute } from '../../protocol/api-route';
import type { WorkspaceEvents } from '../../workspace/events';
import { type ArtifactRouteParts, registerArtifactRoute } from './artifact-route';
import { registerEvents } from './events';
import { statusCode } from './status-code';

/** What the API needs: what it does, what it announces, and who wants to know of windows coming and going. */
export interface ApiDependencies extends ArtifactRouteParts {
  api: EngineApi;
  events: WorkspaceEvents;
  onWindow: (by: 1 | -1) => void;
  /** Told of failures nobody foresaw. */
  onFailure: (error: Error) => void;
}

/** Mounts the router at `/api/rpc`, the events at `/api/events` and artifacts at `/api/runs/{run}/artifacts/{path}`. */
export function registerApi(app: FastifyInstance, dependencies: ApiDependencies): void {
  const options: FastifyTRPCPluginOptions<ApiRouter> = {
    prefix: apiRoute,
    trpcOptions: {
      router: apiRouter,
      createContext: () => ({ api: dependencies.api }),
      responseMeta: ({ errors }) => {
        const cause = errors[0]?.cause;
        return SlipwayError.is(cause) ? { status: statusCode(cause.code) } : {};
      },
      onError: ({ error }) => {
        const expected = SlipwayError.is(error.cause) || error.code !== 'INTERNAL_SERVER_ERROR';
        if (!expected) dependencies.onFailure(error instanceof TRPCError ? (error.cause ?? error) : error);
      },
    },
  };
  // Checking large data, and the gate of a model, take longer than a connection may be silent, and who waits says nothing.
  app.addHook('onRequest', async ({ url, raw }) => {
    if (/^\/(datasets\.judgeLaunch|registry\.)/.test(url.slice(apiRoute.length))) raw.socket.setTimeout(0);
  });
  app.register(fastifyTRPCPlugin, options);
  registerEvents(app, dependencies);
  registerArtifactRoute(app, dependencies);
}
