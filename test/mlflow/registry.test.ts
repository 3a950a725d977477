// The registry of MLflow's REST API, request by request: answers, error codes and messages, searches, and what is kept of
// every move.
import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import BetterSqlite3 from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type EngineProcess, startEngine, temporaryFolder } from '../engine/engine-process';

const api = '/api/2.0/mlflow';
type Json = Record<string, unknown>;
type Answer = { status: number; body: Json };
type Said = [status: number, errorCode: unknown, message: unknown];

let engine: EngineProcess;
let run: { runId: string; artifactUri: string };
let logged: { modelId: string; artifactUri: string };
let names = 0;

function send(method: string, path: string, body: Json): Promise<Answer> {
  return engine.json(method, api + path, body);
}

function post(path: string, body: Json): Promise<Answer> {
  return send('POST', path, body);
}

function get(path: string, query: Record<string, string | string[]> = {}): Promise<Answer> {
  const search = new URLSearchParams();
  for (const [key, value] of Object.entries(query)) for (const each of [value].flat()) search.append(key, each);
  return engine.json('GET', `${api}${path}?${search}`);
}

function said({ status, body }: Answer): Said {
  return [status, body.error_code, body.message];
}

const fault = (message: string): Said => [400, 'INVALID_PARAMETER_VALUE', message];
const gone = (message: string): Said => [404, 'RESOURCE_DOES_NOT_EXIST', message];
const api_docs = ' See the API docs for more information about request parameters.';

async function newModel(fields: Json = {}): Promise<string> {
  names += 1;
  const name = `model ${names}`;
  expect((await post('/registered-models/create', { name, ...fields })).status).toBe(200);
  return name;
}

async function newVersion(name: string, fields: Json = {}): Promise<Json> {
  const source = `${run.artifactUri}/model`;
  const { status, body } = await post('/model-versions/create', { name, source, run_id: run.runId, ...fields });
  expect([status, body]).toEqual([200, { model_version: expect.anything() }]);
  return body.model_version as Json;
}

async function model(name: string): Promise<Json> {
  return (await get('/registered-models/get', { name })).body.registered_model as Json;
}

async function version(name: string, number: string): Promise<Json> {
  return (await get('/model-versions/get', { name, version: number })).body.model_version as Json;
}

/** The rows of a question to the database, asked beside the running engine. */
function ask<T>(sql: string, ...values: unknown[]): T[] {
  const database = new BetterSqlite3(join(engine.workspace, '.slipway/slipway.db'), { readonly: true });
  try {
    return database.prepare<unknown[], T>(sql).all(...values);
  } finally {
    database.close();
  }
}

async function newRun(on = engine): Promise<{ runId: string; artifactUri: string }> {
  const { body } = await on.json('POST', `${api}/runs/create`, { experiment_id: '0', start_time: 1 });
  const { run_id, artifact_uri } = (body.run as { info: { run_id: string; artifact_uri: string } }).info;
  return { runId: run_id, artifactUri: artifact_uri };
}

beforeAll(async () => {
  engine = await startEngine({ token: '' });
  run = await newRun();
  const { body } = await post('/logged-models', { experiment_id: '0', name: 'logged', source_run_id: run.runId });
  const { model_id, artifact_uri } = (body.model as { info: { model_id: string; artifact_uri: string } }).info;
  logged = { modelId: model_id, artifactUri: artifact_uri };
});
afterAll(() => engine[Symbol.asyncDispose]());

describe('registered models', () => {
  it('are created, read, described, renamed and deleted', async () => {
    const created = await post('/registered-models/create', {
      name: 'whole',
      description: 'first',
      tags: [
        { key: 'a', value: '1' },
        { key: 'a', value: '2' },
      ],
    });
    const { creation_timestamp, ...rest } = created.body.registered_model as Json;
    expect(rest).toEqual({
      name: 'whole',
      description: 'first',
      last_updated_timestamp: creation_timestamp,
      tags: [{ key: 'a', value: '2' }],
    });
    expect(await model('whole')).toEqual(created.body.registered_model);
    const described = await send('PATCH', '/registered-models/update', { name: 'whole', description: 'second' });
    expect(described.body.registered_model).toMatchObject({ name: 'whole', description: 'second' });
    expect(await send('PATCH', '/registered-models/update', { name: 'whole' })).not.toHaveProperty(
      'body.registered_model.description',
    );
    const renamed = await post('/registered-models/rename', { name: 'whole', new_name: 'renamed' });
    expect(renamed.body.registered_model).toMatchObject({ name: 'renamed', tags: [{ key: 'a', value: '2' }] });
    expect(said(await get('/registered-models/get', { name: 'whole' }))).toEqual(
      gone('Registered Model with name=whole not found'),
    );
    expect(await send('DELETE', '/registered-models/delete', { name: 'renamed' })).toEqual({ status: 200, body: {} });
    expect((await get('/registered-models/get', { name: 'renamed' })).status).toBe(404);
    expect((await post('/registered-models/create', { name: 'renamed' })).status).toBe(200);
  });

  it('have tags', async () => {
    const name = await newModel();
    expect((await post('/registered-models/set-tag', { name, key: 'k', value: 'x'.repeat(100_000) })).status).toBe(200);
    expect((await post('/registered-models/set-tag', { name, key: 'empty' })).body).toEqual({});
    expect((await send('DELETE', '/registered-models/delete-tag', { name, key: 'k' })).body).toEqual({});
    expect((await send('DELETE', '/registered-models/delete-tag', { name, key: 'k' })).status).toBe(200);
    expect((await model(name)).tags).toEqual([{ key: 'empty', value: '' }]);
  });

  it('show the newest version of each stage', async () => {
    const name = await newModel();
    for (const stage of ['Production', 'None', 'production', 'Staging']) {
      const { version: number } = await newVersion(name);
      await post('/model-versions/transition-stage', { name, version: number, stage });
    }
    const shown = (await model(name)).latest_versions as Json[];
    expect(shown.map((each) => [each.version, each.current_stage])).toEqual([
      ['3', 'Production'],
      ['2', 'None'],
      ['4', 'Staging'],
    ]);
    await post('/registered-models/alias', { name, alias: 'best', version: '3' });
    const latest = await post('/registered-models/get-latest-versions', { name, stages: ['PRODUCTION'] });
    expect(latest.body.model_versions).toMatchObject([{ version: '3', aliases: ['best'] }]);
    const asked = await get('/registered-models/get-latest-versions', { name, stages: ['None', 'Staging'] });
    expect((asked.body.model_versions as Json[]).map((each) => each.version)).toEqual(['2', '4']);
    expect((await get('/registered-models/get-latest-versions', { name, stages: 'Archived' })).body).toEqual({});
    expect((await post('/registered-models/get-latest-versions', { name })).body.model_versions).toHaveLength(3);
    const { body } = await get('/registered-models/search', { filter: `name = '${name}'` });
    const [found] = body.registered_models as { latest_versions: Json[] }[];
    expect(found?.latest_versions.map((each) => each.current_stage)).toEqual(['None', 'Production', 'Staging']);
  });

  it('are not made when one of their tags has no name', async () => {
    const { status, body } = await post('/registered-models/create', { name: 'untagged', tags: [{ value: 'v' }] });
    expect([status, body.message]).toEqual([400, expect.stringContaining('This name would resolve to')]);
    expect((await get('/registered-models/get', { name: 'untagged' })).status).toBe(404);
  });

  const badNames: [string, string][] = [
    [' ', "Missing value for required parameter 'name'."],
    ['a/b', "Invalid model name 'a/b'. Names cannot contain '/' or ':'."],
    ['a:b', "Invalid model name 'a:b'. Names cannot contain '/' or ':'."],
    [
      '..',
      "Invalid value \"..\" for parameter 'name' supplied: Names may be treated as files in certain cases, and must not resolve to other names when treated as such. This name would resolve to '..'",
    ],
    ['', `Missing value for required parameter 'name'.${api_docs}`],
  ];
  it.each(badNames)('cannot be named %j', async (name, message) => {
    expect(said(await post('/registered-models/create', { name }))).toEqual(fault(message));
    expect(said(await get('/registered-models/get', { name }))).toEqual(fault(message));
  });

  it('have names of their own', async () => {
    const name = await newModel();
    const taken: Said = [400, 'RESOURCE_ALREADY_EXISTS', `Registered Model (name=${name}) already exists.`];
    expect(said(await post('/registered-models/create', { name }))).toEqual(taken);
    expect(said(await post('/registered-models/rename', { name: await newModel(), new_name: name }))).toEqual(taken);
    expect((await post('/registered-models/rename', { name, new_name: name })).status).toBe(200);
    expect(said(await post('/registered-models/rename', { name, new_name: ' ' }))).toEqual(
      fault("Missing value for required parameter 'new_name'."),
    );
    const asPrompt = { name, tags: [{ key: 'mlflow.prompt.is_prompt', value: 'true' }] };
    expect((await post('/registered-models/create', asPrompt)).body.message).toBe(
      `Tried to create a prompt with name '${name}', but the name is already taken by a registered model. MLflow does not allow creating a model and a prompt with the same name.`,
    );
  });

  const tooMuch: [string, Json, string][] = [
    ['a key', { key: 'k'.repeat(251), value: 'v' }, "'key' exceeds the maximum length of 250 characters"],
    ['a value', { key: 'k', value: 'v'.repeat(100_001) }, "'value' exceeds the maximum length of 100000 characters"],
    [
      'a number',
      { key: 'k', value: 1 },
      `Invalid value 1 for parameter 'value' supplied:  Hint: Value was of type 'int'.${api_docs}`,
    ],
    ['no key', { value: 'v' }, `Missing value for required parameter 'key'.${api_docs}`],
  ];
  it.each(tooMuch)('refuse a tag with %s', async (_name, tag, message) => {
    const name = await newModel();
    await newVersion(name);
    expect(said(await post('/registered-models/set-tag', { name, ...tag }))).toEqual(fault(message));
    expect(said(await post('/model-versions/set-tag', { name, version: '1', ...tag }))).toEqual(fault(message));
  });
});

describe('versions', () => {
  it('are created, read, described, tagged and deleted', async () => {
    const name = await newModel();
    const created = await newVersion(name, {
      description: 'd',
      run_link: 'https://elsewhere/run',
      tags: [{ key: 't', value: 'v' }],
    });
    expect(created).toEqual({
      name,
      version: '1',
      creation_timestamp: created.creation_timestamp,
      last_updated_timestamp: created.creation_timestamp,
      current_stage: 'None',
      description: 'd',
      source: `${run.artifactUri}/model`,
      run_id: run.runId,
      run_link: 'https://elsewhere/run',
      status: 'READY',
      tags: [{ key: 't', value: 'v' }],
    });
    expect(await version(name, '1')).toEqual(created);
    expect((await model(name)).last_updated_timestamp).toBe(created.creation_timestamp);
    expect(await newVersion(name)).toMatchObject({ version: '2', description: '', run_link: '' });
    const described = await send('PATCH', '/model-versions/update', { name, version: '1', description: 'e' });
    expect(described.body.model_version).toMatchObject({ version: '1', description: 'e' });
    const bare = await send('PATCH', '/model-versions/update', { name, version: '1' });
    expect(bare.body.model_version).not.toHaveProperty('description');
    expect((await post('/model-versions/set-tag', { name, version: '1', key: 't', value: 'w' })).body).toEqual({});
    expect((await version(name, '1')).tags).toEqual([{ key: 't', value: 'w' }]);
    expect((await send('DELETE', '/model-versions/delete-tag', { name, version: '1', key: 't' })).body).toEqual({});
    expect(await version(name, '1')).not.toHaveProperty('tags');
    expect(await send('DELETE', '/model-versions/delete', { name, version: '1' })).toEqual({ status: 200, body: {} });
    const missing = gone(`Model Version (name=${name}, version=1) not found`);
    expect(said(await get('/model-versions/get', { name, version: '1' }))).toEqual(missing);
    expect(said(await get('/model-versions/get-download-uri', { name, version: '1' }))).toEqual(missing);
    expect(said(await send('DELETE', '/model-versions/delete', { name, version: '1' }))).toEqual(missing);
    expect(said(await send('PATCH', '/model-versions/update', { name, version: '1' }))).toEqual(missing);
    expect(said(await post('/model-versions/set-tag', { name, version: '1', key: 'a', value: 'b' }))).toEqual(missing);
  });

  it('never get a number again', async () => {
    const name = await newModel();
    await newVersion(name);
    await newVersion(name);
    await send('DELETE', '/model-versions/delete', { name, version: '2' });
    expect((await newVersion(name)).version).toBe('3');
  });

  it('follow their model to a new name', async () => {
    const name = await newModel();
    await newVersion(name);
    await post('/registered-models/alias', { name, alias: 'a', version: '1' });
    await post('/registered-models/rename', { name, new_name: `${name} later` });
    expect(await version(`${name} later`, '1')).toMatchObject({ name: `${name} later`, aliases: ['a'] });
    expect((await get('/model-versions/get', { name, version: '1' })).status).toBe(404);
  });

  it('move between stages, and others to the archive', async () => {
    const name = await newModel();
    for (let i = 0; i < 3; i += 1) await newVersion(name);
    const move = (number: string, stage: string, archive?: boolean): Promise<Answer> =>
      post('/model-versions/transition-stage', { name, version: number, stage, archive_existing_versions: archive });
    await move('1', 'STAGING');
    await move('2', 'staging');
    expect((await move('3', 'Staging', true)).body.model_version).toMatchObject({ current_stage: 'Staging' });
    const stages = await Promise.all(['1', '2', '3'].map(async (each) => (await version(name, each)).current_stage));
    expect(stages).toEqual(['Archived', 'Archived', 'Staging']);
    expect(said(await move('1', 'Gone'))).toEqual(
      fault('Invalid Model Version stage: Gone. Value must be one of None, Staging, Production, Archived.'),
    );
    expect(said(await move('1', 'None', true))).toEqual(
      fault(
        "Model version transition cannot archive existing model versions because 'None' is not an Active stage. Valid stages are ['Staging', 'Production']",
      ),
    );
    expect(said(await move('9', 'Staging', true))).toEqual(gone(`Model Version (name=${name}, version=9) not found`));
    expect((await version(name, '3')).current_stage).toBe('Staging');
  });

  it.each(['x', '1.5', ''])('have no number %j', async (number) => {
    const name = await newModel();
    const message =
      number === ''
        ? `Missing value for required parameter 'version'.${api_docs}`
        : `Parameter 'version' must be an integer, got '${number}'.`;
    expect(said(await get('/model-versions/get', { name, version: number }))).toEqual(fault(message));
    expect(said(await get('/model-versions/get-download-uri', { name, version: number }))).toEqual(
      fault(`Parameter 'version' must be an integer, got '${number}'.`),
    );
  });
});

describe('aliases', () => {
  it('are set, moved, followed and deleted', async () => {
    const name = await newModel();
    await newVersion(name);
    await newVersion(name);
    const set = (alias: string, number: string): Promise<Answer> =>
      post('/registered-models/alias', { name, alias, version: number });
    expect(await set('Champion', '1')).toEqual({ status: 200, body: {} });
    await set('b', '1');
    expect((await version(name, '1')).aliases).toEqual(['Champion', 'b']);
    await set('Champion', '2');
    expect((await model(name)).aliases).toEqual([
      { alias: 'Champion', version: '2' },
      { alias: 'b', version: '1' },
    ]);
    expect((await model(name)).latest_versions).toMatchObject([{ version: '2' }]);
    const followed = await get('/registered-models/alias', { name, alias: 'Champion' });
    expect(followed.body.model_version).toMatchObject({ version: '2', aliases: ['Champion'] });
    expect(await send('DELETE', '/registered-models/alias', { name, alias: 'Champion' })).toEqual({
      status: 200,
      body: {},
    });
    expect((await send('DELETE', '/registered-models/alias', { name, alias: 'Champion' })).status).toBe(200);
    expect(said(await get('/registered-models/alias', { name, alias: 'Champion' }))).toEqual(
      fault('Registered model alias Champion not found.'),
    );
    await send('DELETE', '/model-versions/delete', { name, version: '1' });
    expect(await model(name)).not.toHaveProperty('aliases');
    expect(said(await set('b', '1'))).toEqual(gone(`Model Version (name=${name}, version=1) not found`));
  });

  it('called latest are the newest version of all stages', async () => {
    const name = await newModel();
    expect(said(await get('/registered-models/alias', { name, alias: 'latest' }))).toEqual(
      gone(`Latest version not found for model ${name}.`),
    );
    for (let i = 0; i < 11; i += 1) await newVersion(name);
    await post('/model-versions/transition-stage', { name, version: '11', stage: 'Archived' });
    expect((await get('/registered-models/alias', { name, alias: 'LATEST' })).body).toMatchObject({
      model_version: { version: '11', current_stage: 'Archived' },
    });
  });

  const refused: [string, string][] = [
    ['', `Missing value for required parameter 'alias'.${api_docs}`],
    ['a b', "Invalid alias name: 'a b'. Names may only contain alphanumerics, underscores (_), and dashes (-)."],
    ['latest', "'latest' alias name (case insensitive) is reserved."],
    ['V12', "Version alias name 'V12' is reserved."],
    ['a'.repeat(256), "'Registered model alias name' exceeds the maximum length of 255 characters"],
  ];
  it.each(refused)('cannot be %j', async (alias, message) => {
    const name = await newModel();
    await newVersion(name);
    expect(said(await post('/registered-models/alias', { name, alias, version: '1' }))).toEqual(fault(message));
  });
});

describe('sources', () => {
  it('that are logged models lead to their files, run and back', async () => {
    const name = await newModel();
    const source = `models:/${logged.modelId}`;
    const fields = { source, model_id: logged.modelId, run_id: undefined };
    expect(await newVersion(name, fields)).toMatchObject({ source, run_id: run.runId });
    await newVersion(name, fields);
    const { body } = await get('/model-versions/get-download-uri', { name, version: '1' });
    expect(body).toEqual({ artifact_uri: logged.artifactUri });
    const { tags } = ((await get(`/logged-models/${logged.modelId}`)).body.model as { info: { tags: Json[] } }).info;
    const told = tags.find((tag) => tag.key === 'mlflow.modelVersions')?.value as string;
    expect(told.endsWith(`{"name": "${name}", "version": 1}, {"name": "${name}", "version": 2}]`)).toBe(true);
    expect(JSON.parse(told)).toContainEqual({ name, version: 1 });
  });

  it('that are versions are copied with their run and files', async () => {
    const [name, copy] = [await newModel(), await newModel()];
    await newVersion(name, { source: `models:/${logged.modelId}`, model_id: logged.modelId });
    await newVersion(name);
    await post('/registered-models/alias', { name, alias: 'best', version: '1' });
    await post('/model-versions/transition-stage', { name, version: '1', stage: 'Production' });
    const same = { source: `models:/${name}/1`, run_id: run.runId };
    for (const way of [`${name}/1`, `${name}@best`, `${name}/production`]) {
      const { version: number, ...copied } = await newVersion(copy, { source: `models:/${way}`, run_id: undefined });
      expect(copied).toMatchObject(same);
      const { body } = await get('/model-versions/get-download-uri', { name: copy, version: number as string });
      expect(body).toEqual({ artifact_uri: logged.artifactUri });
    }
    expect(await newVersion(copy, { source: `models:/${name}/latest`, run_id: undefined })).toMatchObject({
      source: `models:/${name}/2`,
    });
    // A copy stays when what it was copied from is deleted.
    await send('DELETE', '/registered-models/delete', { name });
    expect(await version(copy, '1')).toMatchObject(same);
  });

  it('that are runs stay as they are', async () => {
    const name = await newModel();
    const source = `runs:/${run.runId}/model`;
    await newVersion(name, { source });
    const { body } = await get('/model-versions/get-download-uri', { name, version: '1' });
    expect(body).toEqual({ artifact_uri: source });
  });

  const notThere = 'parameter must identify the resource that contains the source.';
  const bent = 'If supplying a source as an http, https,';
  const local = 'To use a local path as a model version source';
  const refused: [string, string, string][] = [
    ['a run without its id', 'runs:/RUN/model', `The run_id request ${notThere}`],
    ['another run', 'runs:/OTHER/model', `The run_id request ${notThere}`],
    ['a run of another host', 'runs://elsewhere/RUN/model', `The run_id request ${notThere}`],
    ['no run at all', 'runs:/', bent],
    ['files of nobody', 'mlflow-artifacts:/models', `The run_id request ${notThere}`],
    ['a logged model without its id', 'models:/LOGGED', `The model_id request ${notThere}`],
    ['a model of nobody', 'models:/a/b/c', `The model_id request ${notThere}`],
    ['another registry', 'models://elsewhere/a/1', 'must use the active model registry'],
    ['..', 'mlflow-artifacts:/0/RUN/artifacts/../../x', bent],
    ['an encoded ..', 'mlflow-artifacts:/0/RUN/artifacts/%252e%252e/x', bent],
    ['an encoded slash', 'mlflow-artifacts:/0/RUN/artifacts/..%2f..%2fx', bent],
    ['a NUL', 'mlflow-artifacts:/0/RUN/artifacts%00', bent],
    ['a fragment', 'mlflow-artifacts:/0/RUN/artifacts/model#x', bent],
    ['a bucket with ..', 's3://bucket/a/../../b', bent],
    ['a relative bucket', 's3:bucket', bent],
    ['an encoded fragment in a file', 'file:///tmp/a%23b', bent],
    ['a path', '/tmp', local],
    ['a relative path', 'model', local],
    ['a file', 'file:///etc/passwd', local],
    ['a file elsewhere', 'file://elsewhere/etc', local],
    ['a web page', 'http://elsewhere/model', "'source' cannot use the 'http' scheme"],
    ['another server', 'mlflow-artifacts://elsewhere/model', "'source' cannot use the 'mlflow-artifacts' scheme"],
  ];
  it.each(refused)('cannot be %s', async (what, source, message) => {
    const name = await newModel();
    const other = source.includes('OTHER') ? await newRun() : run;
    const own = source.replace('RUN', run.runId).replace('OTHER', other.runId).replace('LOGGED', logged.modelId);
    const runId = what === 'a run without its id' ? {} : { run_id: run.runId };
    const { status, body } = await post('/model-versions/create', { name, source: own, ...runId });
    expect([status, body.error_code, body.message]).toEqual([
      400,
      'INVALID_PARAMETER_VALUE',
      expect.stringContaining(message),
    ]);
    expect((await model(name)).latest_versions).toBeUndefined();
  });

  it('elsewhere are kept as they are', async () => {
    const name = await newModel();
    const source = 'runs:/run_of_another_workspace/model';
    expect(await newVersion(name, { source, run_id: 'its_run' })).toMatchObject({ source, run_id: 'its_run' });
    expect(await newVersion(name, { source: 's3://bucket/model', run_id: undefined })).toMatchObject({
      source: 's3://bucket/model',
      run_id: '',
    });
  });

  it('must be files of their logged model or version', async () => {
    const name = await newModel();
    const create = (fields: Json): Promise<Answer> => post('/model-versions/create', { name, ...fields });
    const foreign = await create({ source: `${run.artifactUri}/model`, model_id: logged.modelId });
    expect(foreign.body.message).toMatch('The model_id request parameter must identify');
    expect((await create({ source: `${logged.artifactUri}`, model_id: logged.modelId })).status).toBe(200);
    const other = await newRun();
    const contradiction = await create({ source: `models:/${name}/1`, run_id: other.runId });
    expect(contradiction.body.message).toMatch('must match the referenced model version');
    expect(said(await create({ source: 'models:/nothing/1' }))).toEqual(
      gone('Registered Model with name=nothing not found'),
    );
    expect(said(await create({ source: `models:/${name}/99` }))).toEqual(
      gone(`Model Version (name=${name}, version=99) not found`),
    );
    const unknown = await post('/model-versions/create', { name: 'nothing', source: 's3://bucket/model' });
    expect(said(unknown)).toEqual(gone('Registered Model with name=nothing not found'));
  });

  it('on disk lie in the folder of their run, links followed', async () => {
    const root = temporaryFolder('slipway-registry-');
    const url = pathToFileURL(root).href;
    await using other = await startEngine({ token: '', arguments: ['--artifact-root', url] });
    const { runId, artifactUri } = await newRun(other);
    const folder = join(root, '0', runId, 'artifacts');
    mkdirSync(folder, { recursive: true });
    symlinkSync('/etc', join(folder, 'link'));
    await other.json('POST', `${api}/registered-models/create`, { name: 'a' });
    const status = async (source: string): Promise<number> =>
      (await other.json('POST', `${api}/model-versions/create`, { name: 'a', source, run_id: runId })).status;
    for (const inside of [artifactUri, `${artifactUri}/model`, folder, `${folder}/model/..`, `${folder}/a b`]) {
      expect([inside, await status(inside)]).toEqual([inside, 200]);
    }
    for (const outside of [
      root,
      `${folder}/..`,
      `${folder}x`,
      `${folder}/link`,
      `${folder}/link/x`,
      `${artifactUri}/%2e%2e`,
    ]) {
      expect([outside, await status(outside)]).toEqual([outside, 400]);
    }
  });
});

describe('searches', () => {
  let prefix: string;
  const models = async (query: Record<string, string | string[]>): Promise<string[]> => {
    const { status, body } = await get('/registered-models/search', query);
    expect([status, body.message]).toEqual([200, undefined]);
    return ((body.registered_models ?? []) as Json[]).map((each) => String(each.name).slice(prefix.length));
  };
  const versions = async (query: Record<string, string | string[]>): Promise<string[]> => {
    const { status, body } = await get('/model-versions/search', query);
    expect([status, body.message]).toEqual([200, undefined]);
    return ((body.model_versions ?? []) as Json[]).map(
      (each) => `${String(each.name).slice(prefix.length)}${each.version}`,
    );
  };

  beforeAll(async () => {
    prefix = 'search-';
    for (const [letter, tag] of [
      ['a', 'x'],
      ['b', 'y'],
      ['C', 'x'],
    ]) {
      await post('/registered-models/create', { name: prefix + letter, tags: [{ key: 'k', value: tag }] });
    }
    const prompt = { key: 'mlflow.prompt.is_prompt', value: 'true' };
    await post('/registered-models/create', { name: `${prefix}p`, tags: [prompt] });
    await newVersion(`${prefix}p`, {
      source: 'dummy-source',
      tags: [prompt, { key: 'mlflow.prompt.text', value: 't' }],
    });
    await newVersion(`${prefix}a`, { tags: [{ key: 'k', value: '1' }] });
    await newVersion(`${prefix}b`);
    await newVersion(`${prefix}a`, { source: `models:/${logged.modelId}`, model_id: logged.modelId });
    await send('PATCH', '/registered-models/update', { name: `${prefix}b`, description: 'changed last' });
  });

  const modelFilters: [string, string[]][] = [
    ["name LIKE 'search-%'", ['C', 'a', 'b']],
    ["name = 'search-a'", ['a']],
    ["name != 'search-a' AND name LIKE 'search-%'", ['C', 'b']],
    ["name ILIKE 'SEARCH-c'", ['C']],
    ["name IN ('search-a', 'search-C', 'search-p')", ['C', 'a']],
    ["name LIKE 'search-%' AND tags.k = 'x'", ['C', 'a']],
    ["name LIKE 'search-%' AND tag.`k` != 'x'", ['b']],
    ["name LIKE 'search-%' AND tags.none != 'x'", []],
    ["name LIKE 'search-%' AND tags.`mlflow.prompt.is_prompt` != 'true'", ['C', 'a', 'b']],
    ["name LIKE 'search-%' AND tags.`mlflow.prompt.is_prompt` = 'false'", ['C', 'a', 'b']],
    ["name LIKE 'search-%' AND tags.`mlflow.prompt.is_prompt` = 'true'", ['p']],
    ["name = 'search-a' OR (tags.k = 'y' AND name LIKE 'search-%')", ['a', 'b']],
  ];
  it.each(modelFilters)('of models: %s', async (filter, found) => {
    expect(await models({ filter })).toEqual(found);
  });

  const versionFilters: [string, string[]][] = [
    ["name LIKE 'search-%'", ['a2', 'b1', 'a1']],
    ["name = 'search-a'", ['a2', 'a1']],
    ["name = 'search-a' AND version_number > 1", ['a2']],
    ["name = 'search-a' AND version_number <= '1'", ['a1']],
    ["name LIKE 'search-%' AND tags.k = '1'", ['a1']],
    ["name LIKE 'search-%' AND source_path LIKE 'models:/m-%'", ['a2']],
    ["name LIKE 'search-%' AND tags.`mlflow.prompt.is_prompt` = 'true'", ['p1']],
    ["name IN ('search-b') AND run_id IN ('RUN')", ['b1']],
    ["name LIKE 'search-%' AND run_id = 'nobody'", []],
  ];
  it.each(versionFilters)('of versions: %s', async (filter, found) => {
    expect(await versions({ filter: filter.replace('RUN', run.runId) })).toEqual(found);
  });

  it('are ordered', async () => {
    const filter = "name LIKE 'search-%'";
    expect(await models({ filter, order_by: 'name DESC' })).toEqual(['b', 'a', 'C']);
    expect(await models({ filter, order_by: ['last_updated_timestamp DESC', 'name'] })).toEqual(['b', 'a', 'C']);
    expect(await models({ filter, order_by: 'timestamp ASC' })).toEqual(['C', 'a', 'b']);
    expect(await versions({ filter, order_by: 'version_number ASC' })).toEqual(['a1', 'b1', 'a2']);
    expect(await versions({ filter, order_by: ['name DESC', 'version_number ASC'] })).toEqual(['b1', 'a1', 'a2']);
    expect(await versions({ filter, order_by: 'creation_timestamp' })).toEqual(['a1', 'b1', 'a2']);
  });

  it('come in pages', async () => {
    const query = { filter: "name LIKE 'search-%'", max_results: '2' };
    const first = await get('/registered-models/search', query);
    expect((first.body.registered_models as Json[]).map((each) => each.name)).toEqual(['search-C', 'search-a']);
    const token = first.body.next_page_token as string;
    expect(JSON.parse(Buffer.from(token, 'base64').toString())).toEqual({ offset: 2 });
    const rest = await get('/registered-models/search', { ...query, page_token: token });
    expect([(rest.body.registered_models as Json[]).length, rest.body.next_page_token]).toEqual([1, undefined]);
    const page = await get('/model-versions/search', query);
    expect(await versions({ ...query, page_token: page.body.next_page_token as string })).toEqual(['a1']);
    expect(await get('/registered-models/search', { filter: "name = 'nothing'" })).toEqual({ status: 200, body: {} });
  });

  const refused: [string, Record<string, string | string[]>, string][] = [
    [
      'registered-models',
      { max_results: '1001' },
      `Invalid value "1001" for parameter 'max_results' supplied:  Hint: Value was of type 'str'.${api_docs}`,
    ],
    [
      'model-versions',
      { max_results: '200001' },
      `Invalid value "200001" for parameter 'max_results' supplied:  Hint: Value was of type 'str'.${api_docs}`,
    ],
    ['model-versions', { max_results: '0' }, 'Invalid value for max_results. It must be a positive integer, but got 0'],
    [
      'registered-models',
      { filter: 'name = a' },
      'Parameter value is either not quoted or unidentified quote types used for string value a. Use either single or double quotes.',
    ],
    [
      'registered-models',
      { filter: "version = '1'" },
      "Invalid attribute key 'version' specified. Valid keys are '{'name'}'",
    ],
    [
      'registered-models',
      { filter: "params.a = '1'" },
      "Invalid entity type 'params'. Valid entity types are ('attribute', 'tag', 'tags')",
    ],
    ['registered-models', { filter: "name > 'a'" }, 'Invalid comparator for attribute: >'],
    ['registered-models', { filter: 'name =' }, 'Invalid clause(s) in filter string: name, ='],
    [
      'model-versions',
      { filter: 'run_id = 1' },
      "Only the '{'version_number'}' attributes support comparison with numeric values.",
    ],
    ['registered-models', { filter: "tags.a > 'a'" }, 'Invalid comparator for tag: >'],
    [
      'registered-models',
      { filter: 'tags.a IS NULL' },
      'IS NULL / IS NOT NULL is not supported for registered model search.',
    ],
    [
      'model-versions',
      { filter: 'tags.a IS NULL' },
      'IS NULL / IS NOT NULL is not supported for model version search.',
    ],
    ['model-versions', { filter: 'version_number = 1.5' }, "Invalid value for numeric attribute 'version_number': 1.5"],
    ['model-versions', { filter: "version_number LIKE '1'" }, 'Invalid comparator for attribute version_number: LIKE'],
    [
      'model-versions',
      { filter: "source_path IN ('a')" },
      "Only ['name', 'run_id'] attributes support comparison with a list of quoted string values.",
    ],
    [
      'registered-models',
      { order_by: 'creation_timestamp' },
      "Invalid order by key 'creation_timestamp' specified. Valid keys are '{'name', 'timestamp'}'",
    ],
    [
      'registered-models',
      { order_by: ['timestamp', 'last_updated_timestamp DESC'] },
      "`order_by` contains duplicate fields: ['timestamp', 'last_updated_timestamp DESC']",
    ],
    [
      'model-versions',
      { order_by: 'run_id' },
      "Invalid attribute key 'run_id' specified. Valid keys are '{'name', 'version_number', 'creation_timestamp', 'last_updated_timestamp'}'",
    ],
    ['model-versions', { page_token: '?' }, 'Invalid page token, could not base64-decode'],
  ];
  it.each(refused)('%s refuse %j', async (family, query, message) => {
    expect(said(await get(`/${family}/search`, query))).toEqual(fault(message));
  });

  it('take as many tags as can be looked up', async () => {
    const tags = (count: number): string =>
      Array.from({ length: count }, (_each, i) => `tags.k${i} = 'x'`).join(' AND ');
    for (const family of ['registered-models', 'model-versions']) {
      expect(await get(`/${family}/search`, { filter: tags(60) })).toEqual({ status: 200, body: {} });
      expect(said(await get(`/${family}/search`, { filter: tags(61) }))).toEqual(
        fault('The filter looks up 61 tags; at most 60 are taken. Split the search.'),
      );
    }
  });

  it('over many versions answer the same from another thread', async () => {
    const name = await newModel();
    for (let i = 0; i < 1002; i += 6) {
      await Promise.all(Array.from({ length: 6 }, () => newVersion(name, { source: 's3://bucket/model' })));
    }
    const { body } = await get('/model-versions/search', { filter: `name = '${name}'`, order_by: 'version_number' });
    const numbers = (body.model_versions as Json[]).map((each) => Number(each.version));
    expect(numbers).toEqual(Array.from({ length: 1002 }, (_each, i) => i + 1));
  });

  it('over many models answer the same from another thread', async () => {
    const own = Array.from({ length: 101 }, (_each, i) => `many-${1000 + i}`);
    await Promise.all(own.map((name) => post('/registered-models/create', { name })));
    expect(await models({ filter: "name LIKE 'many-%'", max_results: '101' })).toEqual(
      own.map((name) => name.slice(prefix.length)),
    );
    expect(said(await get('/registered-models/search', { filter: 'name', max_results: '101' }))).toEqual(
      fault('Invalid clause(s) in filter string: name'),
    );
  });
});

describe('what is kept', () => {
  interface Event {
    move: string;
    model_name: string;
    version: number | null;
    alias: string | null;
    from_value: string | null;
    to_value: string | null;
    gate: string;
    actor: string;
  }

  it('every move: who, when, what, from and to', async () => {
    const name = await newModel();
    const before = Date.now();
    await newVersion(name);
    await newVersion(name);
    const alias = (number: string): Promise<Answer> =>
      post('/registered-models/alias', { name, alias: 'best', version: number });
    await alias('1');
    await alias('1');
    await alias('2');
    await post('/model-versions/transition-stage', { name, version: '1', stage: 'Staging' });
    await post('/model-versions/transition-stage', {
      name,
      version: '2',
      stage: 'Staging',
      archive_existing_versions: true,
    });
    await post('/registered-models/rename', { name, new_name: `${name} new` });
    await send('DELETE', '/model-versions/delete', { name: `${name} new`, version: '2' });
    await send('DELETE', '/registered-models/delete', { name: `${name} new` });
    const events = ask<Event & { time: number }>(
      `SELECT * FROM registry_events WHERE model = (SELECT model FROM registry_events WHERE model_name = ?) ORDER BY event`,
      name,
    );
    const source = `${run.artifactUri}/model`;
    expect(events.map((each) => [each.move, each.version, each.alias, each.from_value, each.to_value])).toEqual([
      ['model created', null, null, null, name],
      ['version created', 1, null, null, source],
      ['version created', 2, null, null, source],
      ['alias set', 1, 'best', null, '1'],
      ['alias moved', 2, 'best', '1', '2'],
      ['stage changed', 1, null, 'None', 'Staging'],
      ['stage changed', 1, null, 'Staging', 'Archived'],
      ['stage changed', 2, null, 'None', 'Staging'],
      ['model renamed', null, null, name, `${name} new`],
      ['alias deleted', 2, 'best', '2', null],
      ['version deleted', 2, null, source, null],
      ['model deleted', null, null, `${name} new`, null],
    ]);
    expect(new Set(events.map(({ gate, actor }) => `${gate} ${actor !== ''}`))).toEqual(new Set(['ungated true']));
    expect(events.slice(1).every(({ time }) => time >= before && time <= Date.now())).toBe(true);
  });

  it('what a deleted version and a deleted model were made from', async () => {
    const name = await newModel();
    await newVersion(name, { run_link: 'https://elsewhere' });
    await newVersion(name, { source: `models:/${logged.modelId}`, model_id: logged.modelId });
    await send('DELETE', '/model-versions/delete', { name, version: '1' });
    await send('DELETE', '/registered-models/delete', { name });
    await post('/registered-models/create', { name });
    expect(await newVersion(name)).toMatchObject({ version: '1' });
    const kept = ask(
      `SELECT v.version, v.source, v.run_id, v.run_link, v.model_id FROM model_versions v JOIN registered_models m USING (model)
       WHERE m.name = ? AND v.deleted_time IS NOT NULL ORDER BY v.version`,
      name,
    );
    expect(kept).toEqual([
      {
        version: 1,
        source: `${run.artifactUri}/model`,
        run_id: run.runId,
        run_link: 'https://elsewhere',
        model_id: '',
      },
      { version: 2, source: `models:/${logged.modelId}`, run_id: run.runId, run_link: '', model_id: logged.modelId },
    ]);
  });

  it('a history that no statement can change', async () => {
    const own = await startEngine();
    await own.json('POST', `${api}/registered-models/create`, { name: 'a' });
    await own.end();
    const database = new BetterSqlite3(join(own.workspace, '.slipway/slipway.db'));
    expect(() => database.exec(`UPDATE registry_events SET actor = 'nobody'`)).toThrow('is never changed');
    expect(() => database.exec('DELETE FROM registry_events')).toThrow('is never changed');
    database.close();
    await own[Symbol.asyncDispose]();
  });

  it('an answered move, also when the engine is killed right after it', async () => {
    const own = await startEngine({ token: '' });
    await own.json('POST', `${api}/registered-models/create`, { name: 'a' });
    await own.json('POST', `${api}/model-versions/create`, { name: 'a', source: 's3://bucket/model' });
    await own.json('POST', `${api}/registered-models/alias`, { name: 'a', alias: 'best', version: '1' });
    await own.end('SIGKILL');
    await using again = await startEngine({ token: '', workspace: own.workspace });
    const { body } = await again.json('GET', `${api}/registered-models/alias?name=a&alias=best`);
    expect(body.model_version).toMatchObject({ version: '1', aliases: ['best'] });
    await again.end();
    await own[Symbol.asyncDispose]();
  });
});

describe('a model with very many versions', () => {
  const many = `
    INSERT INTO registered_models (model, name, creation_time, last_update_time, next_version)
      VALUES (1, 'small', 1, 1, 2), (2, 'large', 1, 1, 40001);
    WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < 40000)
    INSERT INTO model_versions
        (model, version, source, storage_location, run_id, run_link, model_id, creation_time, last_update_time)
      SELECT 2, n, 's3://b', 's3://b', '', '', '', 1, 1 FROM numbers
      UNION ALL SELECT 1, 1, 's3://b', 's3://b', '', '', '', 1, 1`;

  it('is not slow to read', async () => {
    const before = await startEngine();
    const { workspace } = before;
    await before.end();
    const database = new BetterSqlite3(join(workspace, '.slipway/slipway.db'));
    database.exec(many);
    database.close();
    await using own = await startEngine({ token: '', workspace });
    const fastest = async (name: string): Promise<number> => {
      const times: number[] = [];
      for (let i = 0; i < 8; i += 1) {
        const start = performance.now();
        expect((await own.json('GET', `${api}/registered-models/get?name=${name}`)).status).toBe(200);
        times.push(performance.now() - start);
      }
      return Math.min(...times);
    };
    const small = await fastest('small');
    expect(await fastest('large')).toBeLessThan(small * 4 + 10);
    await own.end();
    await before[Symbol.asyncDispose]();
  });
});

describe('prompts', () => {
  it('take no source but a placeholder, and are no source themselves', async () => {
    const tags = [{ key: 'mlflow.prompt.is_prompt', value: 'true' }];
    const name = await newModel({ tags });
    const create = (source: string): Promise<Answer> => post('/model-versions/create', { name, source, tags });
    expect(said(await create('file:///etc'))).toEqual(
      fault("Invalid prompt source: 'file:///etc'. Prompt sources must use an MLflow placeholder."),
    );
    expect((await create('dummy-source')).status).toBe(200);
    expect((await create('prompt-template')).status).toBe(200);
    const copy = await post('/model-versions/create', { name: await newModel(), source: `models:/${name}/1` });
    expect(copy.body.message).toMatch('Prompt versions cannot be used as model version sources.');
    const long = [...tags, { key: 'mlflow.prompt.text', value: 'x'.repeat(100_001) }];
    const refused = await post('/model-versions/create', { name, source: 'dummy-source', tags: long });
    expect(said(refused)).toEqual(fault('Prompt text exceeds max length of 100000 characters.'));
  });
});
