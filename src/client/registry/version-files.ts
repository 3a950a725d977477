// The files of a registered version, copied to this machine's disk for as long as they are needed.

import { basename, dirname, join } from 'node:path';
import { SlipwayError } from '../../base/errors';
import { withoutEnd } from '../../base/text-end';
import { modelAmong } from '../../protocol/models/registry/model-among';
import type { EngineClient } from '../engine-client';
import { copyArtifact } from '../files/artifact-copy';
import type { RegistryVersion } from './registry-reading';

const pageSize = 1000;
const mostFiles = 1000;

/**
 * Copies them into `folder` and returns the path of the ONNX model among them. Throws SlipwayError `not-found` for a version
 * whose files are not kept here, or that has none, and `invalid` for one with several.
 */
export async function fetchVersion(client: EngineClient, version: RegistryVersion, folder: string): Promise<string> {
  const name = `${version.name}@${version.version}`;
  const place = placeOf(version);
  if (place === undefined) {
    throw new SlipwayError('not-found', `The files of ${name} are not kept in this workspace: ${version.source}.`);
  }
  const files = await filesBelow(client, version.run_id, place);
  const model = modelAmong(name, files);
  // What else lies there may be weights or golden cases; what lies elsewhere is not read.
  const beside = files.filter((file) => dirname(file) === dirname(model) || file.startsWith(`${dirname(model)}/`));
  for (const path of beside) {
    const target = join(folder, path.slice(dirname(model).length === 1 ? 0 : dirname(model).length + 1));
    await copyArtifact(client, { runId: version.run_id, path, target });
  }
  return join(folder, basename(model));
}

/** Where its run keeps them; undefined where it has none, or they lie elsewhere. */
function placeOf({ run_id, source }: RegistryVersion): string | undefined {
  if (run_id === '') return undefined;
  const [, runId, below] = /^runs:\/+([^/]+)\/?(.*)$/s.exec(source) ?? [];
  if (runId === run_id) return below ?? '';
  const [, path] = new RegExp(`/${run_id}/artifacts/?(.*)$`, 's').exec(source) ?? [];
  return path === undefined ? undefined : withoutEnd(path, /\//);
}

/** A file itself, or all files of a folder, by their paths in the run. */
async function filesBelow(client: EngineClient, runId: string, path: string): Promise<string[]> {
  const found: string[] = [];
  for (let page: string | null = null; ; ) {
    const { items, next } = await client.api.artifacts.list.query({ runId, path, limit: pageSize, page });
    for (const { path: each, isDirectory } of items) {
      if (isDirectory) found.push(...(await filesBelow(client, runId, each)));
      else found.push(each);
    }
    if (found.length > mostFiles)
      throw new SlipwayError('too-large', `There are more than ${mostFiles} files in ${path}.`);
    page = next;
    if (page === null) break;
  }
  return found.length === 0 && /\.onnx$/i.test(path) ? [path] : found;
}
