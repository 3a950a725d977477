// One artifact's bytes by run and path, for the editor and the command line (`artifactRoute` in protocol/api-route.ts).
import type { FastifyInstance } from 'fastify';
import { messageOf, SlipwayError } from '../../base/errors';
import type { RunArtifacts } from '../../lifecycle/runs/artifacts/run-artifacts';
import { sendArtifact } from './artifact-reply';
import { statusCode } from './status-code';

/** What the route reads from. */
export interface ArtifactRouteParts {
  runArtifacts: RunArtifacts;
}

/** Mounts `GET /api/runs/{run}/artifacts/{path}`. Errors are `{code, message}`. */
export function registerArtifactRoute(app: FastifyInstance, { runArtifacts }: ArtifactRouteParts): void {
  // No HEAD: Fastify would answer it by reading the whole file.
  const route = { exposeHeadRoute: false };
  app.get<{ Params: { runId: string; '*': string } }>('/api/runs/:runId/artifacts/*', route, async (request, reply) => {
    const { runId, '*': path } = request.params;
    try {
      const artifact = await runArtifacts.find(runId, path);
      return await sendArtifact(request, reply, { artifact, path });
    } catch (error) {
      if (!SlipwayError.is(error)) throw error;
      return reply.code(statusCode(error.code)).send({ code: error.code, message: messageOf(error) });
    }
  });
}
