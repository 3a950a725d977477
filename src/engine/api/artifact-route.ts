// One artifact's bytes by run and path, for the editor and the command line (`artifactRoute` in protocol/api-route.ts).
import type { FastifyInstance } from 'fastify';
import { messageOf, SlipwayError } from '../../base/errors';
import type { ArtifactService } from '../../lifecycle/runs/artifacts/artifact-service';
import type { RunsService } from '../../lifecycle/runs/service';
import { sendArtifact } from './artifact-reply';
import { statusCode } from './status-code';

/** What the route reads from. */
export interface ArtifactRouteParts {
  runs: RunsService;
  artifacts: ArtifactService;
}

/** Mounts `GET /api/runs/{run}/artifacts/{path}`. Errors are `{code, message}`. */
export function registerArtifactRoute(app: FastifyInstance, { runs, artifacts }: ArtifactRouteParts): void {
  // No HEAD: Fastify would answer it by reading the whole file.
  const route = { exposeHeadRoute: false };
  app.get<{ Params: { runId: string; '*': string } }>('/api/runs/:runId/artifacts/*', route, async (request, reply) => {
    const { runId, '*': path } = request.params;
    try {
      const artifact = await artifacts.findOf(runs.getRun(runId).artifactUri, path);
      return await sendArtifact(request, reply, { artifact, path });
    } catch (error) {
      if (!SlipwayError.is(error)) throw error;
      return reply.code(statusCode(error.code)).send({ code: error.code, message: messageOf(error) });
    }
  });
}
