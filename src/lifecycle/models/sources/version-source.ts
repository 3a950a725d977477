// Judges where a new version's files are said to be, and finds where that leads. A source must lie in what it names: its
// run, its logged model or another version, so that a version cannot be made from files of somebody else.
import { SlipwayError } from '../../../base/errors';
import { namesHost, uriParts } from '../../../base/uri';
import type { RunsService } from '../../runs/service';
import type { ModelVersionRow } from '../model-version';
import { liesIn } from './local-place';
import { type ModelUri, modelUri } from './model-uri';
import { checkOpen, checkStraight, isBelow, isLocal } from './source-address';

/** What a client says of a version's origin; undefined where it says nothing. */
export interface SaidOrigin {
  source: string;
  runId: string | undefined;
  modelId: string | undefined;
}

/** What is kept of it: `storageLocation` is where the files are. Empty texts mean "not known". */
export interface VersionOrigin {
  source: string;
  storageLocation: string;
  runId: string;
  modelId: string;
}

/** The version a URI over the registry means. Throws `not-found`, and `invalid` for a prompt. */
export type FindVersion = (uri: Exclude<ModelUri, { kind: 'logged' }>, source: string) => ModelVersionRow;

const promptSources = new Set(['dummy-source', 'prompt-template']);

/** Throws `invalid` unless the source is one of the words that stand for a prompt's. */
export function checkPromptSource(source: string): void {
  if (promptSources.has(source)) return;
  throw new SlipwayError(
    'invalid',
    `Invalid prompt source: '${source}'. Prompt sources must use an MLflow placeholder.`,
  );
}

/** The origin of a version. Throws `invalid` for a source that does not lie in what is said to hold it. */
export function versionOrigin(said: SaidOrigin, runs: RunsService, findVersion: FindVersion): VersionOrigin {
  checkScheme(said.source);
  const address = uriParts(said.source);
  const uri = address.scheme === 'models' ? namedModel(said.source, address.host) : undefined;
  if (uri !== undefined && uri.kind !== 'logged') return copied(said, findVersion(uri, said.source));
  const origin = { source: said.source, runId: said.runId ?? '', modelId: said.modelId ?? '' };
  const model = origin.modelId === '' ? undefined : loggedModel(runs, origin);
  const root = model?.artifactUri ?? (origin.runId === '' ? undefined : runs.findRun(origin.runId)?.artifactUri);
  const holder = model === undefined ? 'run_id' : 'model_id';
  if (isLocal(address)) {
    checkOpen(said.source);
    if (root === undefined || !isLocal(uriParts(root)) || !liesIn(said.source, root)) throw outside(origin, holder);
  } else {
    checkStraight(said.source);
    if (address.scheme === 'runs') checkRun(origin, runs);
    checkHolder(origin, uri, root);
  }
  const runId = origin.runId || (model?.sourceRunId ?? '');
  return {
    ...origin,
    runId,
    storageLocation: uri === undefined || model === undefined ? said.source : model.artifactUri,
  };
}

/** Throws `invalid` for an address that names a host: whoever loads the version would be sent there, token and all. */
export function checkScheme(source: string): void {
  const parts = uriParts(source);
  if (!namesHost(parts)) return;
  throw new SlipwayError(
    'invalid',
    `'source' cannot use the '${parts.scheme}' scheme: it would send whoever loads this version to the host named in the URI. Log the model to a run and register it from there.`,
  );
}

function namedModel(source: string, host: string): ModelUri {
  const uri = modelUri(source);
  if (host !== '') {
    throw new SlipwayError(
      'invalid',
      `Invalid model version source: '${source}'. Registered model sources must use the active model registry.`,
    );
  }
  if (uri === undefined) throw foreign(source, 'model_id');
  return uri;
}

/** A copy has the run and the logged model of what it was copied from. */
function copied(said: SaidOrigin, from: ModelVersionRow): VersionOrigin {
  const contradicts = [
    [said.runId, from.runId],
    [said.modelId || undefined, from.modelId],
  ].some(([given, known]) => given !== undefined && given !== known);
  if (contradicts) {
    throw new SlipwayError(
      'invalid',
      `Invalid model version source: '${said.source}'. The run_id and model_id request parameters must match the referenced model version.`,
    );
  }
  const { storageLocation, runId, modelId } = from;
  return { source: `models:/${from.name}/${from.version}`, storageLocation, runId, modelId };
}

function loggedModel(runs: RunsService, { source, modelId }: { source: string; modelId: string }): LoggedModel {
  try {
    return runs.models.get(modelId);
  } catch (error) {
    if (SlipwayError.is(error, 'not-found')) throw foreign(source, 'model_id');
    throw error;
  }
}

type LoggedModel = ReturnType<RunsService['models']['get']>;
type Named = Pick<VersionOrigin, 'source' | 'runId' | 'modelId'>;

/** A run that this workspace does not know may be called as its registry likes: there is nothing here to take from it. */
function checkRun({ source, runId, modelId }: Named, runs: RunsService): void {
  const { host, path } = uriParts(source);
  const [, named = ''] = path.split('/');
  if (modelId !== '') throw foreign(source, 'model_id');
  const isForeign = named !== runId && runs.findRun(named) !== undefined;
  if (host !== '' || named === '' || runId === '' || isForeign) throw foreign(source, 'run_id');
}

function checkHolder({ source, modelId }: Named, uri: ModelUri | undefined, root: string | undefined): void {
  const { scheme } = uriParts(source);
  const holder = modelId === '' ? 'run_id' : 'model_id';
  if (uri?.kind === 'logged' && (modelId === '' || uri.modelId !== modelId)) throw foreign(source, 'model_id');
  if (scheme === 'mlflow-artifacts' && (root === undefined || !isBelow(source, root))) throw foreign(source, holder);
}

function outside({ source }: Named, holder: 'run_id' | 'model_id'): SlipwayError {
  return new SlipwayError(
    'invalid',
    `Invalid model version source: '${source}'. To use a local path as a model version source, the ${holder} request parameter has to be specified and the local path has to be contained within the artifact directory of the run specified by the ${holder}.`,
  );
}

function foreign(source: string, holder: 'run_id' | 'model_id'): SlipwayError {
  return new SlipwayError(
    'invalid',
    `Invalid model version source: '${source}'. The ${holder} request parameter must identify the resource that contains the source.`,
  );
}
