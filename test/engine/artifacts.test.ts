// Artifacts through the engine's own door: bytes in, bytes out, nothing half, nothing outside.
import { createHash, randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type EngineProcess, startEngine, temporaryFolder } from './engine-process';

const proxy = '/api/2.0/mlflow-artifacts/artifacts';
const octets = { 'content-type': 'application/octet-stream' };

function put(
  engine: EngineProcess,
  path: string,
  body: string | Uint8Array<ArrayBuffer>,
  headers: Record<string, string> = octets,
) {
  return engine.fetch(`${proxy}/${path}`, { method: 'PUT', body, headers });
}

async function text(engine: EngineProcess, path: string): Promise<string> {
  const response = await engine.fetch(`${proxy}/${path}`);
  expect(response.status).toBe(200);
  return response.text();
}

async function list(engine: EngineProcess, path: string): Promise<unknown> {
  return (await engine.json('GET', `${proxy}?path=${encodeURIComponent(path)}`)).body.files;
}

/** The objects kept, by content, without those still arriving. */
function objects(engine: EngineProcess): string[] {
  const root = join(engine.workspace, '.slipway/objects');
  return existsSync(root)
    ? readdirSync(root)
        .filter((name) => name !== 'tmp')
        .flatMap((name) => readdirSync(join(root, name)).map((rest) => name + rest))
    : [];
}

function arriving(engine: EngineProcess): string[] {
  const folder = join(engine.workspace, '.slipway/objects/tmp');
  return existsSync(folder) ? readdirSync(folder) : [];
}

/** A request whose path goes out exactly as written, which `fetch` would tidy. */
function raw(engine: EngineProcess, method: string, path: string): Promise<{ status: number; body: string }> {
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(engine.url);
    const sent = request({ hostname, port, method, path, headers: engine.client.headers }, (response) => {
      let body = '';
      response.setEncoding('utf8').on('data', (piece: string) => {
        body += piece;
      });
      response.on('end', () => resolve({ status: response.statusCode ?? 0, body }));
    });
    sent.on('error', reject);
    sent.end(method === 'PUT' ? 'x' : undefined);
  });
}

describe('artifacts', () => {
  let engine: EngineProcess;
  beforeAll(async () => {
    engine = await startEngine();
  });
  afterAll(() => engine[Symbol.asyncDispose]());

  it('come back byte for byte, whatever type they are said to be', async () => {
    const bytes = randomBytes(300_000);
    for (const type of ['application/octet-stream', 'application/json', 'text/plain', 'multipart/form-data']) {
      const path = `1/types/artifacts/${type.replace('/', '-')}.bin`;
      expect((await put(engine, path, bytes, { 'content-type': type })).status).toBe(200);
      const back = await engine.fetch(`${proxy}/${path}`);
      expect(Buffer.from(await back.arrayBuffer()).equals(bytes)).toBe(true);
    }
    expect(objects(engine)).toContain(createHash('sha256').update(bytes).digest('hex'));
    expect(objects(engine)).toHaveLength(1);
  });

  it('may be empty, or sent without a length', async () => {
    expect((await put(engine, '1/r/artifacts/empty', '')).status).toBe(200);
    expect(await text(engine, '1/r/artifacts/empty')).toBe('');
    const pieces = new ReadableStream({
      start(controller) {
        for (const piece of ['a', 'b', 'c']) controller.enqueue(Buffer.from(piece));
        controller.close();
      },
    });
    const init = { method: 'PUT', body: pieces, headers: octets, duplex: 'half' } as RequestInit;
    expect((await engine.fetch(`${proxy}/1/r/artifacts/pieces`, init)).status).toBe(200);
    expect(await text(engine, '1/r/artifacts/pieces')).toBe('abc');
  });

  it('are handed out as attachments that no browser would show', async () => {
    await put(engine, '1/r/artifacts/page "é".html', '<script>1</script>');
    const response = await engine.fetch(`${proxy}/1/r/artifacts/${encodeURIComponent('page "é".html')}`);
    expect(response.headers.get('content-type')).toBe('text/html');
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
    expect(response.headers.get('content-disposition')).toBe(
      `attachment; filename="page \\"e\\".html"; filename*=UTF-8''page%20%22%C3%A9%22.html`,
    );
  });

  it('have the name in the form in which the server of MLflow writes it', async () => {
    for (const [name, written] of [
      ['a+b_c.d', 'filename=a+b_c.d'],
      ['a b,c', 'filename="a b,c"'],
      ['ä+ö(1)', `filename="a+o(1)"; filename*=UTF-8''%C3%A4+%C3%B6%281%29`],
      ['日本', `filename=download; filename*=UTF-8''%E6%97%A5%E6%9C%AC`],
    ] as const) {
      const kept = `1/named/artifacts/${encodeURIComponent(name)}`;
      await put(engine, kept, 'x');
      const response = await engine.fetch(`${proxy}/${kept}`);
      expect(response.headers.get('content-disposition')).toBe(`attachment; ${written}`);
    }
  });

  it('are taken without a word, and listed without a size when they are empty', async () => {
    const response = await put(engine, '1/silent/artifacts/empty', '');
    expect([response.status, response.headers.get('content-type'), await response.text()]).toEqual([200, null, '']);
    expect(await list(engine, '1/silent/artifacts')).toEqual([{ path: 'empty', is_dir: false }]);
  });

  it('are listed by folder, with sizes, and a missing folder is empty', async () => {
    await put(engine, '1/l/artifacts/model/MLmodel', 'abc');
    await put(engine, '1/l/artifacts/model/data/weights.bin', 'abcdef');
    await put(engine, '1/l/artifacts/model.txt', 'a');
    await put(engine, '1/l/artifacts/model-2/x', 'a');
    expect(await list(engine, '1/l/artifacts')).toEqual([
      { path: 'model', is_dir: true },
      { path: 'model-2', is_dir: true },
      { path: 'model.txt', is_dir: false, file_size: 1 },
    ]);
    expect(await list(engine, '1/l/artifacts/model')).toEqual([
      { path: 'MLmodel', is_dir: false, file_size: 3 },
      { path: 'data', is_dir: true },
    ]);
    expect((await engine.json('GET', `${proxy}?path=1/none/artifacts`)).body).toEqual({});
    expect((await engine.json('GET', `${proxy}?path=1/l/artifacts/model.txt`)).body).toEqual({});
  });

  it('can be read in part', async () => {
    await put(engine, '1/r/artifacts/ten', '0123456789');
    const part = async (range: string) => {
      const response = await engine.fetch(`${proxy}/1/r/artifacts/ten`, { headers: { range } });
      return [response.status, response.headers.get('content-range'), await response.text()];
    };
    expect(await part('bytes=2-4')).toEqual([206, 'bytes 2-4/10', '234']);
    expect(await part('bytes=7-')).toEqual([206, 'bytes 7-9/10', '789']);
    expect(await part('bytes=-3')).toEqual([206, 'bytes 7-9/10', '789']);
    expect(await part('bytes=5-500')).toEqual([206, 'bytes 5-9/10', '56789']);
    expect(await part('bytes=10-')).toEqual([416, 'bytes */10', '']);
    expect(await part('lines=1-2')).toEqual([200, null, '0123456789']);
  });

  it('are replaced in one step, and content that nothing names is freed', async () => {
    const before = objects(engine).length;
    await put(engine, '1/o/artifacts/checkpoint', 'first');
    await put(engine, '1/o/artifacts/copy', 'first');
    expect(objects(engine)).toHaveLength(before + 1);
    await put(engine, '1/o/artifacts/checkpoint', 'second');
    expect(await text(engine, '1/o/artifacts/checkpoint')).toBe('second');
    expect(await text(engine, '1/o/artifacts/copy')).toBe('first');
    expect(objects(engine)).toHaveLength(before + 2);
    await put(engine, '1/o/artifacts/copy', 'second');
    expect(objects(engine)).toHaveLength(before + 1);
  });

  it('are removed one by one or by folder', async () => {
    for (const name of ['a/1', 'a/2', 'ab', 'b']) await put(engine, `1/d/artifacts/${name}`, name);
    expect((await engine.json('DELETE', `${proxy}/1/d/artifacts/a`)).body).toEqual({});
    expect((await engine.json('DELETE', `${proxy}/1/d/artifacts/b`)).body).toEqual({});
    expect(await list(engine, '1/d/artifacts')).toEqual([{ path: 'ab', is_dir: false, file_size: 2 }]);
    const gone = await engine.json('GET', `${proxy}/1/d/artifacts/b`);
    expect(gone).toMatchObject({ status: 404, body: { error_code: 'RESOURCE_DOES_NOT_EXIST' } });
  });

  it('a file cannot stand where a folder is, nor the other way round', async () => {
    await put(engine, '1/c/artifacts/a', 'x');
    await put(engine, '1/c/artifacts/f/x', 'x');
    const below = await put(engine, '1/c/artifacts/a/b', 'x');
    expect(below.status).toBe(400);
    expect(await below.json()).toMatchObject({
      error_code: 'INVALID_PARAMETER_VALUE',
      message: 'Invalid path: 1/c/artifacts/a is a file, not a folder.',
    });
    expect((await put(engine, '1/c/artifacts/f', 'x')).status).toBe(400);
    expect(await text(engine, '1/c/artifacts/a')).toBe('x');
  });

  it.each([
    '../../../etc/passwd',
    '1/%2e%2e/%2e%2e/x',
    '1/%252e%252e/x',
    '%2Fetc%2Fpasswd',
    '/etc/passwd',
    '1//x',
    '..%5c..%5cx',
    '1/a%00b',
    '1/a%23b',
    ...(process.platform === 'win32' ? ['C:/Windows/x'] : []),
    'file:%2f%2f%2fetc/passwd',
  ])('%s is refused, whatever is asked of it', async (path) => {
    for (const method of ['GET', 'PUT', 'DELETE']) {
      const answer = await raw(engine, method, `${proxy}/${path}`);
      expect(answer.status).toBe(400);
      expect(JSON.parse(answer.body)).toMatchObject({ error_code: 'INVALID_PARAMETER_VALUE', message: 'Invalid path' });
    }
    expect((await raw(engine, 'GET', `${proxy}?path=${path}`)).status).toBe(400);
  });

  it('an upload that breaks off leaves nothing', async () => {
    const { hostname, port } = new URL(engine.url);
    const before = objects(engine).length;
    const headers = { ...engine.client.headers, ...octets, 'content-length': '1000000' };
    const path = `${proxy}/1/r/artifacts/half`;
    const sent = request({ hostname, port, method: 'PUT', path, headers });
    sent.on('error', () => undefined);
    sent.write(Buffer.alloc(500_000));
    await expect.poll(() => arriving(engine).length).toBe(1);
    sent.destroy();
    await expect.poll(() => arriving(engine).length).toBe(0);
    expect((await engine.fetch(path)).status).toBe(404);
    expect(objects(engine)).toHaveLength(before);
  });

  it('whose content is gone from the disk say so, to the editor and to MLflow', async () => {
    const created = await engine.json('POST', '/api/2.0/mlflow/runs/create', { experiment_id: '0', start_time: 1 });
    const { run_id: runId } = (created.body.run as { info: { run_id: string } }).info;
    await put(engine, `0/${runId}/artifacts/MLmodel`, 'soon gone');
    const hash = createHash('sha256').update('soon gone').digest('hex');
    rmSync(join(engine.workspace, '.slipway/objects', hash.slice(0, 2), hash.slice(2)));
    await expect(engine.client.artifact(runId, 'MLmodel')).rejects.toThrow(`The content ${hash} is missing from `);
    const answer = await engine.json('GET', `${proxy}/0/${runId}/artifacts/MLmodel`);
    expect(answer.body.message).toContain(`The content ${hash} is missing from `);
  });

  it.skipIf(process.platform === 'win32')('that are listed can be read, whatever colon their name holds', async () => {
    const created = await engine.json('POST', '/api/2.0/mlflow/runs/create', { experiment_id: '0', start_time: 1 });
    const { run_id: runId } = (created.body.run as { info: { run_id: string } }).info;
    const wanted = ['C:', 'a:b', 'd/c:x.txt', 'file:x'];
    for (const name of wanted) {
      const path = name.split('/').map(encodeURIComponent).join('/');
      expect((await put(engine, `0/${runId}/artifacts/${path}`, name)).status).toBe(200);
    }
    const { items } = await engine.client.api.artifacts.list.query({ runId, path: '' });
    expect(items.map(({ path }) => path)).toEqual(['C:', 'a:b', 'd', 'file:x']);
    for (const name of wanted) {
      expect(await engine.client.api.artifacts.size.query({ runId, path: name })).toBe(name.length);
      expect(await (await engine.client.artifact(runId, name)).text()).toBe(name);
    }
  });

  it('are listed by run for clients that do not speak to the proxy', async () => {
    const created = await engine.json('POST', '/api/2.0/mlflow/runs/create', { experiment_id: '0', start_time: 1 });
    const { run_id, artifact_uri } = (created.body.run as { info: { run_id: string; artifact_uri: string } }).info;
    await put(engine, `0/${run_id}/artifacts/model/MLmodel`, 'abc');
    const path = `/api/2.0/mlflow/artifacts/list?run_id=${run_id}`;
    expect((await engine.json('GET', path)).body).toEqual({
      root_uri: artifact_uri,
      files: [{ path: 'model', is_dir: true }],
    });
    expect((await engine.json('GET', `${path}&path=model`)).body.files).toEqual([
      { path: 'model/MLmodel', is_dir: false, file_size: 3 },
    ]);
    expect((await engine.json('GET', `${path}&path=../..`)).status).toBe(400);
    expect((await engine.json('GET', '/api/2.0/mlflow/artifacts/list?run_id=none')).status).toBe(404);
  });

  it('uploads in parts and by signed address are not offered', async () => {
    expect(await engine.json('POST', '/api/2.0/mlflow-artifacts/mpu/create/1/x', {})).toMatchObject({
      status: 501,
      body: { error_code: 'NOT_IMPLEMENTED' },
    });
    expect((await engine.json('GET', '/api/2.0/mlflow-artifacts/presigned/1/x')).status).toBe(501);
  });

  it('are also found where MLflow pages look for them', async () => {
    await put(engine, '1/r/artifacts/ajax', 'yes');
    const response = await engine.fetch('/ajax-api/2.0/mlflow-artifacts/artifacts/1/r/artifacts/ajax');
    expect(await response.text()).toBe('yes');
  });

  it('a large file passes through without being held in memory', async () => {
    const size = 400 * 1024 * 1024;
    const memory = () => Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${engine.pid}/status`, 'utf8'))?.[1]);
    const before = memory();
    const piece = randomBytes(1024 * 1024);
    let left = size;
    const stream = new ReadableStream({
      pull(controller) {
        if (left <= 0) controller.close();
        else controller.enqueue(piece);
        left -= piece.length;
      },
    });
    const init = { method: 'PUT', body: stream, headers: octets, duplex: 'half' } as RequestInit;
    expect((await engine.fetch(`${proxy}/1/r/artifacts/large`, init)).status).toBe(200);
    let back = 0;
    const response = await engine.fetch(`${proxy}/1/r/artifacts/large`);
    for await (const chunk of response.body ?? []) back += (chunk as Uint8Array).length;
    expect(back).toBe(size);
    expect(memory() - before).toBeLessThan(120 * 1024);
  });
});

describe('an engine that is killed', () => {
  it('keeps what it acknowledged, and its successor clears what was half done', async () => {
    const workspace = temporaryFolder();
    const first = await startEngine({ workspace });
    for (let index = 0; index < 20; index++) await put(first, `1/k/artifacts/${index}`, `content ${index}`);
    const { hostname, port } = new URL(first.url);
    const headers = { ...first.client.headers, ...octets, 'content-length': '1000000' };
    const sent = request({ hostname, port, method: 'PUT', path: `${proxy}/1/k/artifacts/half`, headers });
    sent.on('error', () => undefined);
    sent.write(Buffer.alloc(100_000));
    await expect.poll(() => arriving(first).length).toBe(1);
    await first.end('SIGKILL');

    await using second = await startEngine({ workspace });
    for (let index = 0; index < 20; index++)
      expect(await text(second, `1/k/artifacts/${index}`)).toBe(`content ${index}`);
    expect((await second.fetch(`${proxy}/1/k/artifacts/half`)).status).toBe(404);
    expect(arriving(second)).toEqual([]);
  });
});

describe('an engine with --artifact-root', () => {
  it('keeps plain files there, never leaves the folder, and still shows what was kept before', async () => {
    const workspace = temporaryFolder();
    const before = await startEngine({ workspace });
    await put(before, '1/old/artifacts/x', 'kept before');
    await before.end();

    const root = temporaryFolder();
    const outside = temporaryFolder();
    writeFileSync(join(outside, 'secret'), 'secret');
    await using engine = await startEngine({ workspace, arguments: ['--artifact-root', root] });
    expect((await put(engine, '1/r/artifacts/model/MLmodel', 'plain')).status).toBe(200);
    expect(readFileSync(join(root, '1/r/artifacts/model/MLmodel'), 'utf8')).toBe('plain');
    expect(await text(engine, '1/r/artifacts/model/MLmodel')).toBe('plain');
    expect(await text(engine, '1/old/artifacts/x')).toBe('kept before');
    expect(await list(engine, '1')).toEqual([
      { path: 'old', is_dir: true },
      { path: 'r', is_dir: true },
    ]);

    mkdirSync(join(root, '1/r/artifacts/links'));
    symlinkSync(outside, join(root, '1/r/artifacts/links/out'));
    symlinkSync(join(outside, 'secret'), join(root, '1/r/artifacts/links/file'));
    for (const path of ['links/out/secret', 'links/file']) {
      const answer = await engine.json('GET', `${proxy}/1/r/artifacts/${path}`);
      expect(answer).toMatchObject({ status: 400, body: { message: 'Invalid path' } });
    }
    expect((await put(engine, '1/r/artifacts/links/out/new', 'x')).status).toBe(400);
    expect(readdirSync(outside)).toEqual(['secret']);
    expect(await list(engine, '1/r/artifacts/links')).toBeUndefined();

    // Uploads wait in a folder of the root until they are whole; it is nobody's to read, write or delete.
    expect((await put(engine, '.slipway-incoming/x', 'x')).status).toBe(400);
    expect((await engine.json('DELETE', `${proxy}/.slipway-incoming`)).status).toBe(400);
    expect((await engine.json('GET', `${proxy}/.Slipway-Incoming/x`)).status).toBe(404);

    expect((await put(engine, '1/r/artifacts/model', 'x')).status).toBe(400);
    expect((await put(engine, '1/r/artifacts/model/MLmodel/x', 'x')).status).toBe(400);
    expect((await engine.json('DELETE', `${proxy}/1/r/artifacts/links`)).status).toBe(200);
    expect(readFileSync(join(outside, 'secret'), 'utf8')).toBe('secret');
  });
});
