// Registered models over MLflow's REST API, and the prompts among them.
import { describe, expect, it } from 'vitest';
import { type Answer, get, type Json, post, send } from '../rest-engine';
import { apiDocs, fault, gone, model, newModel, newVersion, type Said, said, withRegistry } from './registry-engine';

withRegistry();

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
    ['', `Missing value for required parameter 'name'.${apiDocs}`],
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
    // As long as MLflow's column for it, which SQLite alone lets overflow.
    const long = "'name' exceeds the maximum length of 256 characters";
    expect(said(await post('/registered-models/create', { name: 'é'.repeat(257) }))).toEqual(fault(long));
    expect((await post('/registered-models/create', { name: 'é'.repeat(256) })).status).toBe(200);
    expect((await post('/registered-models/create', { name: 'a\0b' })).status).toBe(400);
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
      `Invalid value 1 for parameter 'value' supplied:  Hint: Value was of type 'int'.${apiDocs}`,
    ],
    ['no key', { value: 'v' }, `Missing value for required parameter 'key'.${apiDocs}`],
  ];
  it.each(tooMuch)('refuse a tag with %s', async (_name, tag, message) => {
    const name = await newModel();
    await newVersion(name);
    expect(said(await post('/registered-models/set-tag', { name, ...tag }))).toEqual(fault(message));
    expect(said(await post('/model-versions/set-tag', { name, version: '1', ...tag }))).toEqual(fault(message));
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
