// A file of a registered model's version, for MLflow's page and clients that do not resolve sources themselves.

import type { FastifyInstance } from 'fastify';
import { withoutEnd } from '../../../base/text-end';
import { versionNumber } from '../../../lifecycle/models/model-version';
import { checkModelName } from '../../../lifecycle/models/rules/model-name';
import type { ModelsService } from '../../../lifecycle/models/service';
import { artifactPath } from '../../../lifecycle/runs/artifacts/artifact-path';
import type { ArtifactService } from '../../../lifecycle/runs/artifacts/artifact-service';
import type { RunsService } from '../../../lifecycle/runs/service';
import { sendArtifact } from '../../api/artifact-reply';
import { Fields } from '../wire/fields';

/** What the route acts on. */
export interface VersionFilesParts {
  artifacts: ArtifactService;
  models: ModelsService;
  runs: RunsService;
}

/** Mounts `GET /model-versions/get-artifact?name&version&path`. The path is judged before the version is looked for. */
export function mountVersionFiles(scope: FastifyInstance, { artifacts, models, runs }: VersionFilesParts): void {
  scope.get('/model-versions/get-artifact', { exposeHeadRoute: false }, async (request, reply) => {
    const fields = new Fields(request.query as Record<string, unknown>);
    const path = artifactPath(fields.requiredText('path'));
    const name = fields.text('name');
    checkModelName(name);
    const { storageLocation } = models.versions.row(name, versionNumber(fields.text('version')));
    const place = placeOf(storageLocation, runs);
    const artifact = await artifacts.findOf(place.artifactUri, place.folder === '' ? path : `${place.folder}/${path}`);
    return sendArtifact(request, reply, { artifact, path });
  });
}

/** A source by its run is that run's artifacts and a folder in them. */
function placeOf(location: string, runs: RunsService): { artifactUri: string; folder: string } {
  const [, runId, folder = ''] = /^runs:\/+([^/]+)\/?(.*)$/s.exec(location) ?? [];
  if (runId === undefined) return { artifactUri: location, folder: '' };
  return { artifactUri: runs.getRun(runId).artifactUri, folder: withoutEnd(folder, /\//) };
}
