// Routes of the versions of registered models.
import { versionNumber } from '../../../lifecycle/models/model-version';
import { checkModelName } from '../../../lifecycle/models/rules/model-name';
import type { Fields } from '../wire/fields';
import { registrySearch, registryTags } from '../wire/registry-fields';
import { modelVersionJson, modelVersionPageJson } from '../wire/registry-json';
import type { Route, RouteRequest } from './route';

const done = {};

/** Name and number of the version a request is about. */
function versionOf(fields: Fields): [name: string, version: number] {
  const name = fields.requiredText('name');
  return [name, versionNumber(fields.requiredText('version'))];
}

function create({ models, fields }: RouteRequest): object {
  const version = models.versions.create({
    name: fields.requiredText('name'),
    source: fields.requiredText('source'),
    runId: fields.optionalText('run_id'),
    modelId: fields.optionalText('model_id'),
    runLink: fields.text('run_link'),
    description: fields.text('description'),
    tags: registryTags(fields),
  });
  return { model_version: modelVersionJson(version) };
}

function update({ models, fields }: RouteRequest): object {
  const [name, version] = versionOf(fields);
  const description = fields.optionalText('description') ?? null;
  return { model_version: modelVersionJson(models.versions.describe(name, version, description)) };
}

function transition({ models, fields }: RouteRequest): object {
  const [name, version] = versionOf(fields);
  const stage = fields.requiredText('stage');
  const archiveOthers = fields.flag('archive_existing_versions', false);
  return { model_version: modelVersionJson(models.versions.transition(name, version, { stage, archiveOthers })) };
}

function remove({ models, fields }: RouteRequest): object {
  models.versions.delete(...versionOf(fields));
  return done;
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

function setTag({ models, fields }: RouteRequest): object {
  const [name, version] = versionOf(fields);
  models.versions.setTag(name, version, { key: fields.requiredText('key'), value: fields.text('value') });
  return done;
}

function deleteTag({ models, fields }: RouteRequest): object {
  const [name, version] = versionOf(fields);
  models.versions.deleteTag(name, version, fields.requiredText('key'));
  return done;
}

/** Routes of versions. */
export const modelVersionRoutes: readonly Route[] = [
  { method: 'POST', path: '/model-versions/create', answer: create },
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
  { method: 'DELETE', path: '/model-versions/delete', answer: remove },
  { method: 'POST', path: '/model-versions/transition-stage', answer: transition },
  { method: 'POST', path: '/model-versions/set-tag', answer: setTag },
  { method: 'DELETE', path: '/model-versions/delete-tag', answer: deleteTag },
];
