// One artifact's bytes by run and path, for the editor and the command line (`artifactRoute` in protocol/api-route.ts).
import type { FastifyInstance, FastifyReply } from 'fastify';
import { messageOf, SlipwayError } from '../../base/errors';
import type { RunArtifacts } from '../../lifecycle/runs/artifacts/run-artifacts';
import { sendArtifact } from './artifact-reply';
import { statusCode } from './status-code';

/** What the route reads from. */
export interface ArtifactRouteParts {
  runArtifacts: RunArtifacts;
}

type OneArtifact = { Params: { runId: string; '*': string } };

const address = '/api/runs/:runId/artifacts/*';

/** Mounts `GET` and `PUT /api/runs/{run}/artifacts/{path}`. Errors are `{code, message}`. */
export function registerArtifactRoute(app: FastifyInstance, { runArtifacts }: ArtifactRouteParts): void {
  // No HEAD: Fastify would answer it by reading the whole file.
  const route = { exposeHeadRoute: false };
  app.get<OneArtifact>(address, route, async (request, reply) => {
    const { runId, '*': path } = request.params;
    try {
      const artifact = await runArtifacts.find(runId, path);
      return await sendArtifact(request, reply, { artifact, path });
    } catch (error) {
      return refuse(reply, error);
    }
  });
  // In a scope of its own, where a body of whatever type is a stream and nothing limits it.
  app.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', (_request, payload, done) => done(null, payload));
    scope.put<OneArtifact>(address, { bodyLimit: Number.MAX_SAFE_INTEGER }, async (request, reply) => {
      const { runId, '*': path } = request.params;
      try {
        await runArtifacts.write(runId, path, request.raw.iterator({ destroyOnReturn: false }));
        return {};
      } catch (error) {
        return refuse(reply, error);
      }
    });
  });
}

function refuse(reply: FastifyReply, error: unknown): FastifyReply {
  if (!SlipwayError.is(error)) throw error;
  return reply.code(statusCode(error.code)).send({ code: error.code, message: messageOf(error) });
}
