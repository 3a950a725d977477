// Artifacts by run and by logged model, as the Java and R clients and MLflow's page ask for them.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type EngineProcess, startEngine, temporaryFolder } from '../engine/engine-process';

const api = '/api/2.0/mlflow';
type Json = Record<string, unknown>;

async function newRun(engine: EngineProcess): Promise<{ run_id: string; artifact_uri: string }> {
  const { body } = await engine.json('POST', `${api}/runs/create`, { experiment_id: '0', start_time: 1 });
  return (body.run as { info: { run_id: string; artifact_uri: string } }).info;
}

async function put(engine: EngineProcess, path: string, body: string): Promise<void> {
  const url = `/api/2.0/mlflow-artifacts/artifacts/${path}`;
  const headers = { 'content-type': 'application/octet-stream' };
  expect((await engine.fetch(url, { method: 'PUT', body, headers })).status).toBe(200);
}

function upload(engine: EngineProcess, query: string, body?: string | Uint8Array<ArrayBuffer>): Promise<Response> {
  const url = `/ajax-api/2.0/mlflow/upload-artifact?${query}`;
  return engine.fetch(url, { method: 'POST', ...(body === undefined ? {} : { body }) });
}

let engine: EngineProcess;
beforeAll(async () => {
  engine = await startEngine({ token: '' });
});
afterAll(() => engine[Symbol.asyncDispose]());

describe('a file by its run', () => {
  it('comes as an attachment that no browser shows, under either name of the run', async () => {
    const { run_id } = await newRun(engine);
    await put(engine, `0/${run_id}/artifacts/plots/a.html`, '<script>1</script>');
    for (const name of ['run_id', 'run_uuid']) {
      const response = await engine.fetch(`/get-artifact?${name}=${run_id}&path=plots/a.html`);
      expect(response.headers.get('content-disposition')).toBe('attachment; filename=a.html');
      expect(response.headers.get('x-content-type-options')).toBe('nosniff');
      expect(await response.text()).toBe('<script>1</script>');
    }
  });

  it.each(['../path', '%2e%2e/path', '%252e%252e/path', '/etc/passwd', 'a%00b', 'a%5cb', 'a%23b'])(
    'is refused by an unsound path before its run is looked for: %s',
    async (path) => {
      for (const url of [`/get-artifact?run_id=none&path=${path}`, `${api}/artifacts/list?run_id=none&path=${path}`]) {
        const { status, body } = await engine.json('GET', url);
        expect([status, body.error_code, body.message]).toEqual([400, 'INVALID_PARAMETER_VALUE', 'Invalid path']);
      }
    },
  );

  it('that is not there, or of no run, is told apart', async () => {
    const { run_id } = await newRun(engine);
    const absent = await engine.json('GET', `/get-artifact?run_id=${run_id}&path=none`);
    expect(absent).toMatchObject({ status: 404, body: { message: "No such artifact: 'none'" } });
    const nobody = await engine.json('GET', '/get-artifact?run_id=none&path=a');
    expect(nobody).toMatchObject({ status: 404, body: { message: 'Run with id=none not found' } });
    expect((await engine.json('GET', `/get-artifact?run_id=${run_id}`)).status).toBe(400);
    expect((await engine.json('GET', '/get-artifact?path=a')).status).toBe(400);
  });
});

describe('the list of a run', () => {
  it('leaves `files` out when there are none', async () => {
    const { run_id, artifact_uri } = await newRun(engine);
    const { body } = await engine.json('GET', `/ajax-api/2.0/mlflow/artifacts/list?run_uuid=${run_id}&path=none`);
    expect(body).toEqual({ root_uri: artifact_uri });
  });

  it('is refused, and not answered with a failure, when the run is named twice', async () => {
    const { run_id } = await newRun(engine);
    expect((await engine.json('GET', `${api}/artifacts/list?run_id=${run_id}&run_id=${run_id}`)).status).toBe(400);
  });
});

describe('the files of a logged model', () => {
  it('are listed by folder and read one by one', async () => {
    const created = await engine.json('POST', `${api}/logged-models`, { experiment_id: '0', name: 'm' });
    const { model_id, artifact_uri } = ((created.body.model as Json).info ?? {}) as Record<string, string>;
    await put(engine, `0/models/${model_id}/artifacts/MLmodel`, 'abc');
    await put(engine, `0/models/${model_id}/artifacts/data/weights`, 'abcdef');
    const list = (query: string) =>
      engine.json('GET', `${api}/logged-models/${model_id}/artifacts/directories${query}`);
    expect((await list('')).body).toEqual({
      root_uri: artifact_uri,
      files: [
        { path: 'MLmodel', is_dir: false, file_size: 3 },
        { path: 'data', is_dir: true },
      ],
    });
    expect((await list('?artifact_directory_path=data')).body.files).toEqual([
      { path: 'data/weights', is_dir: false, file_size: 6 },
    ]);
    expect((await list('?artifact_directory_path=..')).body.message).toBe('Invalid path');

    const files = `/ajax-api/2.0/mlflow/logged-models/${model_id}/artifacts/files`;
    expect(await (await engine.fetch(`${files}?artifact_file_path=data/weights`)).text()).toBe('abcdef');
    expect((await engine.json('GET', files)).body.message).toBe(
      'Request must include the "artifact_file_path" query parameter.',
    );
    expect((await engine.json('GET', `${api}/logged-models/m-none/artifacts/directories`)).status).toBe(404);
  });
});

describe('a file of a registered version', () => {
  const version = async (source: object): Promise<string> => {
    await engine.json('POST', `${api}/registered-models/create`, { name: 'registered' });
    const { body } = await engine.json('POST', `${api}/model-versions/create`, { name: 'registered', ...source });
    return (body.model_version as { version: string }).version;
  };
  const file = (number: string, path: string) =>
    engine.fetch(`/model-versions/get-artifact?name=registered&version=${number}&path=${path}`);

  it('is found in the logged model, or in the run, that the version was made from', async () => {
    const created = await engine.json('POST', `${api}/logged-models`, { experiment_id: '0', name: 'm' });
    const { model_id } = ((created.body.model as Json).info ?? {}) as Record<string, string>;
    await put(engine, `0/models/${model_id}/artifacts/MLmodel`, 'of the logged model');
    const ofModel = await version({ source: `models:/${model_id}`, model_id });
    expect(await (await file(ofModel, 'MLmodel')).text()).toBe('of the logged model');

    const { run_id, artifact_uri } = await newRun(engine);
    await put(engine, `0/${run_id}/artifacts/model/MLmodel`, 'of the run');
    for (const source of [`runs:/${run_id}/model`, `${artifact_uri}/model`]) {
      const response = await file(await version({ source, run_id }), 'MLmodel');
      expect([response.status, await response.text()]).toEqual([200, 'of the run']);
      expect(response.headers.get('content-disposition')).toBe('attachment; filename=MLmodel');
    }
  });

  it('is refused by an unsound path before the version is looked for', async () => {
    const response = await engine.fetch('/model-versions/get-artifact?name=nobody&version=1&path=../path');
    expect([response.status, ((await response.json()) as Json).message]).toEqual([400, 'Invalid path']);
    expect((await engine.fetch('/model-versions/get-artifact?name=nobody&version=1&path=a')).status).toBe(404);
  });
});

describe("an upload of MLflow's page", () => {
  it('is kept where the run keeps its artifacts', async () => {
    const { run_id } = await newRun(engine);
    expect((await upload(engine, `run_uuid=${run_id}&path=dir/test.txt`, 'hello world')).status).toBe(200);
    const response = await engine.fetch(`/get-artifact?run_uuid=${run_id}&path=dir/test.txt`);
    expect(await response.text()).toBe('hello world');
  });

  it('is a plain file where the engine was given a folder for artifacts', async () => {
    const root = temporaryFolder();
    await using other = await startEngine({ token: '', arguments: ['--artifact-root', pathToFileURL(root).href] });
    const { run_id } = await newRun(other);
    expect((await upload(other, `run_id=${run_id}&path=test.txt`, 'plain')).status).toBe(200);
    expect(readFileSync(join(root, '0', run_id, 'artifacts/test.txt'), 'utf8')).toBe('plain');
  });

  it('is refused without a run, a path, a sound path or content, and beyond 10 MB', async () => {
    const { run_id } = await newRun(engine);
    const message = async (query: string, body?: string | Uint8Array<ArrayBuffer>) => {
      const response = await upload(engine, query, body);
      return [response.status, ((await response.json()) as Json).message];
    };
    expect(await message('')).toEqual([400, 'Request must specify run_id or run_uuid.']);
    expect(await message(`run_uuid=${run_id}&path=`)).toEqual([400, 'Request must specify path.']);
    expect(await message(`run_uuid=${run_id}&path=../a`)).toEqual([400, 'Invalid path']);
    expect(await message(`run_uuid=${run_id}&path=a`)).toEqual([400, 'Request must specify data.']);
    const large = new Uint8Array(10 * 1024 * 1024 + 1);
    expect(await message(`run_uuid=${run_id}&path=a`, large)).toEqual([
      400,
      'Artifact size is too large. Max size is 10MB.',
    ]);
    expect((await engine.json('GET', `${api}/artifacts/list?run_id=${run_id}`)).body).not.toHaveProperty('files');
  });
});

describe('a deleted artifact', () => {
  it('leaves the same content of another run untouched', async () => {
    const [one, other] = [await newRun(engine), await newRun(engine)];
    for (const { run_id } of [one, other]) await put(engine, `0/${run_id}/artifacts/model/weights`, 'shared weights');
    const path = `/api/2.0/mlflow-artifacts/artifacts/0/${one.run_id}/artifacts/model`;
    expect((await engine.json('DELETE', path)).status).toBe(200);
    expect((await engine.fetch(`/get-artifact?run_id=${one.run_id}&path=model/weights`)).status).toBe(404);
    const kept = await engine.fetch(`/get-artifact?run_id=${other.run_id}&path=model/weights`);
    expect(await kept.text()).toBe('shared weights');
  });
});
