// MLflow's artifact proxy: bytes in and out as streams of any size, lists and removal.
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { type ErrorCode, SlipwayError } from '../../base/errors';
import type { ArtifactService } from '../../lifecycle/runs/artifacts/artifact-service';
import { sendArtifact } from '../api/artifact-reply';

/** What the routes act on. */
export interface MlflowArtifactsParts {
  artifacts: ArtifactService;
}

type PathRequest = FastifyRequest<{ Params: { '*': string } }>;
type ListRequest = FastifyRequest<{ Querystring: { path?: string | string[] } }>;

/** Mounts `mlflow-artifacts` below `/api/2.0` and `/ajax-api/2.0`. */
export function registerMlflowArtifacts(app: FastifyInstance, { artifacts }: MlflowArtifactsParts): void {
  // In a scope of their own, where a body of whatever type is a stream and nothing parses or limits it.
  app.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', (_request, payload, done) => done(null, payload));
    scope.setErrorHandler((error, _request, reply) => answerError(reply, error));
    for (const prefix of ['/api/2.0/mlflow-artifacts', '/ajax-api/2.0/mlflow-artifacts']) {
      mountFiles(scope, prefix, artifacts);
      mountUnsupported(scope, prefix);
    }
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
    const files = entries.map((entry) => ({
      path: entry.path.slice(entry.path.lastIndexOf('/') + 1),
      is_dir: entry.isDirectory,
      ...(entry.size === null ? {} : { file_size: entry.size }),
    }));
    return { files };
  });
  scope.get(`${prefix}/artifacts/*`, route, async (request: PathRequest, reply) => {
    const artifact = await artifacts.find(path(request));
    return sendArtifact(request, reply, { artifact, path: path(request) });
  });
  scope.put(`${prefix}/artifacts/*`, route, async (request: PathRequest) => {
    // Without a body Fastify parses nothing and the stream is the request itself, which ends at once.
    await artifacts.write(path(request), request.raw);
    return {};
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

const answers: Partial<Record<ErrorCode, { status: number; code: string }>> = {
  invalid: { status: 400, code: 'INVALID_PARAMETER_VALUE' },
  'not-found': { status: 404, code: 'RESOURCE_DOES_NOT_EXIST' },
  'not-implemented': { status: 501, code: 'NOT_IMPLEMENTED' },
  'too-large': { status: 507, code: 'RESOURCE_EXHAUSTED' },
  'read-only': { status: 403, code: 'PERMISSION_DENIED' },
  forbidden: { status: 403, code: 'PERMISSION_DENIED' },
};

function answerError(reply: FastifyReply, error: unknown): FastifyReply {
  if (!SlipwayError.is(error)) throw error;
  const { status, code } = answers[error.code] ?? { status: 500, code: 'INTERNAL_ERROR' };
  // MLflow's own tests and clients know an unsound path by exactly these two words.
  const message = error.details.unsoundPath === true ? 'Invalid path' : error.message;
  return reply.code(status).send({ error_code: code, message });
}
