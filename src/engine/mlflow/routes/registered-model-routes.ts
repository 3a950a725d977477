// Routes of registered models and their aliases.
import { versionNumber } from '../../../lifecycle/models/model-version';
import { registrySearch, registryTags } from '../wire/registry-fields';
import { modelVersionJson, registeredModelJson, registeredModelPageJson } from '../wire/registry-json';
import type { Preparing, Route, RouteRequest } from './route';

const done = {};

type Prepared = Pick<RouteRequest, 'moved'>;

function create({ models, fields, moved }: RouteRequest): object {
  const name = fields.requiredText('name');
  const description = fields.text('description');
  return {
    registered_model: registeredModelJson(
      models.registered.create({ name, description, tags: registryTags(fields) }, moved),
    ),
  };
}

function rename({ models, fields, moved }: RouteRequest): object {
  const name = fields.requiredText('name');
  const newName = fields.requiredText('new_name');
  return { registered_model: registeredModelJson(models.registered.rename(name, newName, moved)) };
}

/** Rules that slipway.yaml has got by now count from here on. */
async function beforeAll(_request: RouteRequest, { warrants, identity, signal }: Preparing): Promise<Prepared> {
  return { moved: await warrants.terms({ name: '', version: 0 }, null, { identity, door: 'MLflow client', signal }) };
}

/** As with versions, it is recorded under whom git names where the client does not say. */
async function beforeCreation(request: RouteRequest, preparing: Preparing): Promise<Prepared> {
  const identity = preparing.identity ?? (await preparing.warrants.person());
  return beforeAll(request, { ...preparing, identity });
}

function update({ models, fields }: RouteRequest): object {
  const name = fields.requiredText('name');
  return { registered_model: registeredModelJson(models.registered.describe(name, fields.text('description'))) };
}

function remove({ models, fields, moved }: RouteRequest): object {
  models.registered.delete(fields.requiredText('name'), moved);
  return done;
}

function search({ models, readers, fields }: RouteRequest): object | Promise<string> {
  const request = registrySearch(fields, { usual: 100, most: 1000 });
  if (models.queries.isLongModelSearch(request.limit)) return readers.run('mlflowModels', request);
  return registeredModelPageJson(models.queries.models(request));
}

function latestVersions({ models, fields }: RouteRequest): object {
  const found = models.registered.latestVersions(fields.requiredText('name'), fields.texts('stages'));
  return found.length === 0 ? {} : { model_versions: found.map(modelVersionJson) };
}

function setTag({ models, fields }: RouteRequest): object {
  const name = fields.requiredText('name');
  models.registered.setTag(name, { key: fields.requiredText('key'), value: fields.text('value') });
  return done;
}

function deleteTag({ models, fields }: RouteRequest): object {
  models.registered.deleteTag(fields.requiredText('name'), fields.requiredText('key'));
  return done;
}

function setAlias({ models, fields, moved }: RouteRequest): object {
  const name = fields.requiredText('name');
  models.aliases.set(name, fields.requiredText('alias'), fields.requiredText('version'), moved);
  return done;
}

async function beforeAlias({ fields }: RouteRequest, { warrants, identity, signal }: Preparing): Promise<Prepared> {
  const name = fields.requiredText('name');
  const goal = { alias: fields.requiredText('alias') };
  const of = { name, version: versionNumber(fields.requiredText('version')) };
  return { moved: await warrants.terms(of, goal, { identity, door: 'MLflow client', signal }) };
}

function deleteAlias({ models, fields, moved }: RouteRequest): object {
  models.aliases.delete(fields.requiredText('name'), fields.requiredText('alias'), moved);
  return done;
}

async function beforeNoAlias(
  { models, fields }: RouteRequest,
  { warrants, identity, signal }: Preparing,
): Promise<Prepared> {
  const name = fields.requiredText('name');
  const alias = fields.requiredText('alias');
  const version = models.aliases.find(name, alias) ?? 0;
  return {
    moved: await warrants.terms({ name, version }, { unset: alias }, { identity, door: 'MLflow client', signal }),
  };
}

function byAlias({ models, fields }: RouteRequest): object {
  const name = fields.requiredText('name');
  return { model_version: modelVersionJson(models.aliases.version(name, fields.requiredText('alias'))) };
}

/** Routes of registered models and their aliases. */
export const registeredModelRoutes: readonly Route[] = [
  { method: 'POST', path: '/registered-models/create', before: beforeCreation, answer: create },
  {
    method: 'GET',
    path: '/registered-models/get',
    answer: ({ models, fields }) => ({
      registered_model: registeredModelJson(models.registered.get(fields.requiredText('name'))),
    }),
  },
  { method: 'GET', path: '/registered-models/search', answer: search },
  { method: 'POST', path: '/registered-models/get-latest-versions', reads: true, answer: latestVersions },
  { method: 'GET', path: '/registered-models/get-latest-versions', answer: latestVersions },
  { method: 'POST', path: '/registered-models/rename', before: beforeAll, answer: rename },
  { method: 'PATCH', path: '/registered-models/update', answer: update },
  { method: 'DELETE', path: '/registered-models/delete', before: beforeAll, answer: remove },
  { method: 'POST', path: '/registered-models/set-tag', answer: setTag },
  { method: 'DELETE', path: '/registered-models/delete-tag', answer: deleteTag },
  { method: 'POST', path: '/registered-models/alias', before: beforeAlias, answer: setAlias },
  { method: 'DELETE', path: '/registered-models/alias', before: beforeNoAlias, answer: deleteAlias },
  { method: 'GET', path: '/registered-models/alias', answer: byAlias },
];
