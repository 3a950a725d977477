// What a version of a model may be made from.
import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { startEngine, temporaryFolder } from '../../engine/engine-process';
import { type Answer, api, get, type Json, post, send } from '../rest-engine';
import { gone, logged, model, newModel, newRun, newVersion, run, said, version, withRegistry } from './registry-engine';

withRegistry();

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
