// Artifacts by run or by logged model, for clients that do not speak to the proxy themselves (Java, R, MLflow's page).
import type { Readable } from 'node:stream';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { SlipwayError } from '../../../base/errors';
import { artifactFolder, artifactPath } from '../../../lifecycle/runs/artifacts/artifact-path';
import type { ArtifactService } from '../../../lifecycle/runs/artifacts/artifact-service';
import type { RunsService } from '../../../lifecycle/runs/service';
import { sendArtifact } from '../../api/artifact-reply';
import { Fields } from '../wire/fields';
import { filled } from '../wire/run-json';
import { fileJson } from './file-json';

/** What the routes act on. */
export interface RunFilesParts {
  artifacts: ArtifactService;
  runs: RunsService;
}

type ModelRequest = FastifyRequest<{ Params: { modelId: string } }>;

const api = '/api/2.0/mlflow';
const route = { exposeHeadRoute: false };
const mostUploaded = 10 * 1024 * 1024;

/** Mounts lists, single files and the upload of MLflow's page. Paths are judged before the run is looked for. */
export function mountRunFiles(scope: FastifyInstance, { artifacts, runs }: RunFilesParts): void {
  scope.get(`${api}/artifacts/list`, route, async (request) => {
    const fields = fieldsOf(request);
    const path = artifactFolder(fields.text('path'));
    return list(artifacts, runs.getRun(fields.runId()).artifactUri, path);
  });
  scope.get('/get-artifact', route, async (request, reply) => {
    const fields = fieldsOf(request);
    const path = artifactPath(fields.requiredText('path'));
    return send(request, reply, { artifacts, path, artifactUri: runs.getRun(fields.runId()).artifactUri });
  });
  scope.get(`${api}/logged-models/:modelId/artifacts/directories`, route, async (request: ModelRequest) => {
    const path = artifactFolder(fieldsOf(request).text('artifact_directory_path'));
    return list(artifacts, runs.models.get(request.params.modelId).artifactUri, path);
  });
  scope.get(`${api}/logged-models/:modelId/artifacts/files`, route, async (request: ModelRequest, reply) => {
    const asked = fieldsOf(request).text('artifact_file_path');
    if (asked === '') {
      throw new SlipwayError('bad-request', 'Request must include the "artifact_file_path" query parameter.');
    }
    const path = artifactPath(asked);
    const { artifactUri } = runs.models.get(request.params.modelId);
    return send(request, reply, { artifacts, path, artifactUri });
  });
  mountUpload(scope, { artifacts, runs });
}

/** The upload of MLflow's page, small files only. */
function mountUpload(scope: FastifyInstance, { artifacts, runs }: RunFilesParts): void {
  scope.post(`${api}/upload-artifact`, { bodyLimit: Number.MAX_SAFE_INTEGER }, async (request) => {
    const fields = fieldsOf(request);
    const runId = fields.text('run_id') || fields.text('run_uuid');
    if (runId === '') throw new SlipwayError('invalid', 'Request must specify run_id or run_uuid.');
    const asked = fields.text('path');
    if (asked === '') throw new SlipwayError('invalid', 'Request must specify path.');
    const path = artifactPath(asked);
    const content = await uploaded(request);
    await artifacts.writeOf(runs.getRun(runId).artifactUri, path, content);
    return {};
  });
}

function fieldsOf(request: FastifyRequest): Fields {
  return new Fields(request.query as Record<string, unknown>);
}

async function list(artifacts: ArtifactService, artifactUri: string, path: string): Promise<object> {
  const entries = await artifacts.listOf(artifactUri, path);
  return { root_uri: artifactUri, ...filled({ files: entries.map((entry) => fileJson(entry, entry.path)) }) };
}

async function send(
  request: FastifyRequest,
  reply: FastifyReply,
  { artifacts, artifactUri, path }: { artifacts: ArtifactService; artifactUri: string; path: string },
): Promise<FastifyReply> {
  return sendArtifact(request, reply, { artifact: await artifacts.findOf(artifactUri, path), path });
}

/** What the page uploads is small; the proxy is for everything else. */
async function uploaded(request: FastifyRequest): Promise<AsyncIterable<Uint8Array>> {
  const pieces: Buffer[] = [];
  let size = 0;
  for await (const piece of (request.body ?? []) as Readable) {
    size += (piece as Buffer).length;
    if (size > mostUploaded) throw new SlipwayError('invalid', 'Artifact size is too large. Max size is 10MB.');
    pieces.push(piece as Buffer);
  }
  if (size === 0) throw new SlipwayError('invalid', 'Request must specify data.');
  return (async function* () {
    yield* pieces;
  })();
}
