// Versions of models and their aliases over MLflow's REST API.
import { describe, expect, it } from 'vitest';
import { type Answer, get, post, send } from '../rest-engine';
import { apiDocs, fault, gone, model, newModel, newVersion, run, said, version, withRegistry } from './registry-engine';

withRegistry();

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
        ? `Missing value for required parameter 'version'.${apiDocs}`
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
    ['', `Missing value for required parameter 'alias'.${apiDocs}`],
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
