// A model's files become a version of a registered model. What is on the disk is kept with a run first: the one that wrote
// these bytes where the workspace knows it, else one of its own, so that every version has files that stay.
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { SlipwayError } from '../../base/errors';
import type { DatasetTable } from '../../protocol/datasets/dataset-api';
import type { EngineClient } from '../engine-client';
import { namedExperiment } from '../tracking/named-experiment';
import { type TrackingAsk, trackingAsk, trackingGet } from '../tracking/tracking-requests';
import { identityHeaders } from './identity';

/**
 * What a version is made of: a place among a run's artifacts, or files that lie together: the model first, then its weights;
 * `others` go along, as its golden cases do. All are names in `folder`.
 */
export type RegisteredSource =
  | { kind: 'file'; folder: string; files: readonly string[]; others: readonly string[] }
  | { kind: 'artifact'; runId: string; path: string };

/** A version as it was made. */
export interface RegisteredVersion {
  name: string;
  version: string;
  runId: string;
  isNewRun: boolean;
}

const experimentName = 'registered files';

/** What a version is made of. `data`: what it was trained on; `identity`: who makes it, where that is known. */
export interface Registration {
  source: RegisteredSource;
  data: DatasetTable | null;
  identity: string | null;
}

/** Throws the engine's SlipwayError, and `not-found` for an artifact there is not. */
export async function registerVersion(
  client: EngineClient,
  name: string,
  { source, data, identity }: Registration,
): Promise<RegisteredVersion> {
  const ask = trackingAsk(client, 'The model was not registered');
  // Before anything is kept: a name that cannot be would leave files behind.
  await trackingGet(client, 'registered-models/get', { name }).catch((error: unknown) => {
    if (!SlipwayError.is(error, 'not-found')) throw error;
  });
  const place =
    source.kind === 'artifact' ? { ...source, isNew: false } : await keptFiles(client, ask, { name, source });
  const { run } = await trackingGet<{ run: { info: { artifact_uri: string } } }>(client, 'runs/get', {
    run_id: place.runId,
  });
  if (data !== null) await ask('runs/log-inputs', { run_id: place.runId, datasets: [inputOf(data)] });
  await ask('registered-models/create', { name }).catch((error: unknown) => {
    if (!SlipwayError.is(error, 'already-exists')) throw error;
  });
  const made = { name, source: `${run.info.artifact_uri}/${place.path}`, run_id: place.runId };
  const { model_version } = await ask<{ model_version: { version: string } }>(
    'model-versions/create',
    made,
    identityHeaders(identity),
  );
  return { name, version: model_version.version, runId: place.runId, isNewRun: place.isNew };
}

interface KeptPlace {
  runId: string;
  path: string;
  isNew: boolean;
}

async function keptFiles(
  client: EngineClient,
  ask: TrackingAsk,
  { name, source }: { name: string; source: Extract<RegisteredSource, { kind: 'file' }> },
): Promise<KeptPlace> {
  const { folder, files, others } = source;
  const known = await writer(
    client,
    files.map((file) => join(folder, file)),
  );
  const runId = known ?? (await ownRun(ask, name));
  // Its own for each content: another version of the same name and run must not lie over it.
  const place = `registered/${await listingDigest(folder, [...files, ...others])}`;
  for (const file of [...files, ...others]) {
    const [path, local] = [`${place}/${file}`, join(folder, file)];
    // The files of a version in production are never written again, not even the same ones.
    if (known === undefined || !(await isKept(client, { runId, path, local }))) {
      await client.putArtifact(runId, path, createReadStream(local));
    }
  }
  if (known === undefined) await ask('runs/update', { run_id: runId, status: 'FINISHED', end_time: Date.now() });
  return { runId, path: place, isNew: known === undefined };
}

/** True when the run has these very bytes there already. */
async function isKept(
  client: EngineClient,
  { runId, path, local }: { runId: string; path: string; local: string },
): Promise<boolean> {
  const kept = await client.artifact(runId, path).catch((error: unknown) => {
    if (SlipwayError.is(error, 'not-found')) return undefined;
    throw error;
  });
  if (kept === undefined || kept.body === null) return false;
  return (await contentDigest(kept.body)) === (await contentDigest(createReadStream(local)));
}

async function contentDigest(pieces: AsyncIterable<unknown>): Promise<string> {
  const content = createHash('sha256');
  for await (const piece of pieces) content.update(piece as Uint8Array);
  return content.digest('hex');
}

/** The run that wrote all of these bytes: weights of one run beside a model of another are neither's. */
async function writer(client: EngineClient, paths: readonly string[]): Promise<string | undefined> {
  const found = await Promise.all(paths.map((path) => client.api.inference.origin.query({ path })));
  const runs = new Set(found.map(({ run }) => run?.runId));
  return runs.size === 1 ? [...runs][0] : undefined;
}

/** What names the files with their names, in sixteen digits. */
async function listingDigest(folder: string, files: readonly string[]): Promise<string> {
  const listing = createHash('sha256');
  for (const file of files) {
    listing.update(`${await contentDigest(createReadStream(join(folder, file)))} ${file}\n`);
  }
  return listing.digest('hex').slice(0, 16);
}

async function ownRun(ask: TrackingAsk, name: string): Promise<string> {
  const { run } = await ask<{ run: { info: { run_id: string } } }>('runs/create', {
    experiment_id: await namedExperiment(ask, experimentName),
    run_name: name,
    start_time: Date.now(),
    user_id: userInfo().username,
    tags: [{ key: 'slipway.kind', value: 'registered file' }],
  });
  return run.info.run_id;
}

/** As a run's inputs are told: the name of the dataset and the SHA-256 of its version. */
function inputOf({ version }: DatasetTable): object {
  const source = JSON.stringify({ dataset: version.dataset, version: version.id });
  return {
    tags: [{ key: 'mlflow.data.context', value: 'training' }],
    dataset: { name: version.dataset, digest: version.id.slice(0, 32), source_type: 'slipway', source },
  };
}
