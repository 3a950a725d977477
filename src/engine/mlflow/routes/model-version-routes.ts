// Routes of the versions of registered models.
import { versionNumber } from '../../../lifecycle/models/model-version';
import { checkModelName } from '../../../lifecycle/models/rules/model-name';
import { modelStage } from '../../../lifecycle/models/rules/model-stage';
import type { Fields } from '../wire/fields';
import { registrySearch, registryTags } from '../wire/registry-fields';
import { modelVersionJson, modelVersionPageJson } from '../wire/registry-json';
import type { Preparing, Route, RouteRequest } from './route';

const done = {};

type Prepared = Pick<RouteRequest, 'moved' | 'author'>;

/** Name and number of the version a request is about. */
function versionOf(fields: Fields): [name: string, version: number] {
  const name = fields.requiredText('name');
  return [name, versionNumber(fields.requiredText('version'))];
}

function create({ models, fields, author = '' }: RouteRequest): object {
  const version = models.versions.create({
    name: fields.requiredText('name'),
    source: fields.requiredText('source'),
    runId: fields.optionalText('run_id'),
    modelId: fields.optionalText('model_id'),
    runLink: fields.text('run_link'),
    description: fields.text('description'),
    tags: registryTags(fields),
    author,
  });
  return { model_version: modelVersionJson(version) };
}

function update({ models, fields }: RouteRequest): object {
  const [name, version] = versionOf(fields);
  const description = fields.optionalText('description') ?? null;
  return { model_version: modelVersionJson(models.versions.describe(name, version, description)) };
}

function transition({ models, fields, moved }: RouteRequest): object {
  const [name, version] = versionOf(fields);
  const stage = fields.requiredText('stage');
  const archiveOthers = fields.flag('archive_existing_versions', false);
  const to = { stage, archiveOthers };
  return { model_version: modelVersionJson(models.versions.transition(name, version, to, moved)) };
}

async function beforeTransition(
  { fields }: RouteRequest,
  { warrants, identity, signal }: Preparing,
): Promise<Prepared> {
  const [name, version] = versionOf(fields);
  const stage = modelStage(fields.requiredText('stage'));
  const goal = { stage, archives: fields.flag('archive_existing_versions', false) };
  return { moved: await warrants.terms({ name, version }, goal, { identity, door: 'MLflow client', signal }) };
}

function remove({ models, fields, moved }: RouteRequest): object {
  models.versions.delete(...versionOf(fields), moved);
  return done;
}

async function beforeRemoval({ fields }: RouteRequest, { warrants, identity, signal }: Preparing): Promise<Prepared> {
  const [name, version] = versionOf(fields);
  return { moved: await warrants.terms({ name, version }, null, { identity, door: 'MLflow client', signal }) };
}

/** Whoever registers a version is its author, who cannot agree to it. */
async function beforeCreation(_request: RouteRequest, { warrants, identity }: Preparing): Promise<Prepared> {
  await warrants.notice();
  return { author: identity ?? (await warrants.person()) ?? '' };
}

/** The one route in which MLflow leaves missing fields to the rules of names and numbers. */
function downloadUri({ models, fields }: RouteRequest): object {
  const name = fields.text('name');
  checkModelName(name);
  return { artifact_uri: models.versions.row(name, versionNumber(fields.text('version'))).storageLocation };
}

function search({ models, readers, fields }: RouteRequest): object | Promise<string> {
  const request = registrySearch(fields, { usual: 200_000, most: 200_000 });
  if (models.queries.isLongVersionSearch(request.limit)) return readers.run('mlflowModelVersions', request);
  return modelVersionPageJson(models.queries.versions(request));
}

function setTag({ models, fields, moved }: RouteRequest): object {
  const [name, version] = versionOf(fields);
  models.versions.setTag(name, version, { key: fields.requiredText('key'), value: fields.text('value') }, moved);
  return done;
}

function deleteTag({ models, fields, moved }: RouteRequest): object {
  const [name, version] = versionOf(fields);
  models.versions.deleteTag(name, version, fields.requiredText('key'), moved);
  return done;
}

/** A refusal is recorded under whoever tried. */
async function beforeTag(_request: RouteRequest, { identity }: Preparing): Promise<Prepared> {
  return identity === null ? {} : { moved: { actor: identity, door: 'MLflow client' } };
}

/** Routes of versions. */
export const modelVersionRoutes: readonly Route[] = [
  { method: 'POST', path: '/model-versions/create', before: beforeCreation, answer: create },
  {
    method: 'GET',
    path: '/model-versions/get',
    answer: ({ models, fields }) => ({ model_version: modelVersionJson(models.versions.get(...versionOf(fields))) }),
  },
  {
    method: 'GET',
    path: '/model-versions/get-download-uri',
    answer: downloadUri,
  },
  { method: 'GET', path: '/model-versions/search', answer: search },
  { method: 'PATCH', path: '/model-versions/update', answer: update },
  { method: 'DELETE', path: '/model-versions/delete', before: beforeRemoval, answer: remove },
  { method: 'POST', path: '/model-versions/transition-stage', before: beforeTransition, answer: transition },
  { method: 'POST', path: '/model-versions/set-tag', before: beforeTag, answer: setTag },
  { method: 'DELETE', path: '/model-versions/delete-tag', before: beforeTag, answer: deleteTag },
];
