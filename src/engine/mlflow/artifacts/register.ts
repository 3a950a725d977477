// MLflow's artifact proxy: bytes in and out as streams of any size, lists and removal.
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { SlipwayError } from '../../../base/errors';
import type { ArtifactService } from '../../../lifecycle/runs/artifacts/artifact-service';
import { sendArtifact } from '../../api/artifact-reply';
import { errorAnswer, errorBody } from '../wire/error-answer';
import { fileJson } from './file-json';
import { mountRunFiles } from './run-files';
import { mountVersionFiles, type VersionFilesParts } from './version-files';

type PathRequest = FastifyRequest<{ Params: { '*': string } }>;
type ListRequest = FastifyRequest<{ Querystring: { path?: string | string[] } }>;

/** Mounts `mlflow-artifacts` below `/api/2.0`, and the routes by run, by logged model and by version. */
export function registerMlflowArtifacts(app: FastifyInstance, parts: VersionFilesParts): void {
  // In a scope of their own, where a body of whatever type is a stream and nothing parses or limits it.
  app.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', (_request, payload, done) => done(null, payload));
    scope.setErrorHandler((error, _request, reply) => answerError(reply, error));
    mountFiles(scope, '/api/2.0/mlflow-artifacts', parts.artifacts);
    mountUnsupported(scope, '/api/2.0/mlflow-artifacts');
    mountRunFiles(scope, parts);
    mountVersionFiles(scope, parts);
  });
}

function mountFiles(scope: FastifyInstance, prefix: string, artifacts: ArtifactService): void {
  const path = (request: PathRequest): string => request.params['*'];
  const route = { exposeHeadRoute: false, bodyLimit: Number.MAX_SAFE_INTEGER };
  scope.get(`${prefix}/artifacts`, route, async (request: ListRequest) => {
    const asked = request.query.path;
    const folder = (Array.isArray(asked) ? asked[0] : asked) ?? '';
    const entries = await artifacts.list(folder);
    if (entries.length === 0) return {};
    return { files: entries.map((entry) => fileJson(entry, entry.path.slice(entry.path.lastIndexOf('/') + 1))) };
  });
  scope.get(`${prefix}/artifacts/*`, route, async (request: PathRequest, reply) => {
    const artifact = await artifacts.find(path(request));
    return sendArtifact(request, reply, { artifact, path: path(request) });
  });
  scope.put(`${prefix}/artifacts/*`, route, async (request: PathRequest, reply) => {
    // The connection outlives a write that fails, so that the reason can still be told on it.
    await artifacts.write(path(request), request.raw.iterator({ destroyOnReturn: false }));
    return reply.send();
  });
  scope.delete(`${prefix}/artifacts/*`, route, async (request: PathRequest) => {
    await artifacts.remove(path(request));
    return {};
  });
}

/** Multipart and presigned transfers: never advertised, and clients that ask anyway fall back on this answer. */
function mountUnsupported(scope: FastifyInstance, prefix: string): void {
  const refuse = (): never => {
    throw new SlipwayError('not-implemented', 'Slipway takes and gives artifacts whole; there are no parts to upload.');
  };
  for (const step of ['create', 'complete', 'abort']) scope.post(`${prefix}/mpu/${step}/*`, refuse);
  scope.get(`${prefix}/presigned/*`, { exposeHeadRoute: false }, refuse);
}

function answerError(reply: FastifyReply, error: unknown): FastifyReply {
  const { status, body } = errorAnswer(error);
  // MLflow's own tests and clients know an unsound path by exactly these two words.
  const unsound = SlipwayError.is(error) && error.details.unsoundPath === true;
  return reply.code(status).send(unsound ? errorBody(body.error_code, 'Invalid path') : body);
}
