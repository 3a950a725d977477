// Who the engine answers: the token, the Host and the Origin of a request.
import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type EngineProcess, startEngine } from './engine-process';

let engine: EngineProcess;
beforeAll(async () => {
  engine = await startEngine();
});
afterAll(() => engine[Symbol.asyncDispose]());

/** A request with exactly these headers; fetch would add and forbid some. */
function raw(
  path: string,
  headers: Record<string, string>,
  method = 'GET',
): Promise<{ status: number; body: string; headers: NodeJS.Dict<string | string[]> }> {
  return new Promise((resolve, reject) => {
    const { port } = new URL(engine.url);
    const outgoing = request({ host: '127.0.0.1', port, path, method, headers, setHost: false }, (answer) => {
      let body = '';
      answer.setEncoding('utf8').on('data', (text: string) => {
        body += text;
      });
      answer.on('end', () => resolve({ status: answer.statusCode ?? 0, body, headers: answer.headers }));
    });
    outgoing.once('error', reject);
    outgoing.end();
  });
}

const authorization = (): Record<string, string> => ({ authorization: `Bearer ${engine.token}` });
const status = '/api/rpc/engine.status';

describe('access', () => {
  it.each(['/health', '/version', '/'])('%s is open', async (path) => {
    expect((await raw(path, { host: 'localhost' })).status).toBe(200);
  });

  it.each([
    ['no token', {}],
    ['a wrong token', { authorization: 'Bearer wrong' }],
    ['a token of the right length', { authorization: `Bearer ${'x'.repeat(43)}` }],
    ['basic credentials', { authorization: `Basic ${Buffer.from('a:b').toString('base64')}` }],
  ])('%s is refused with 401 in MLflow form', async (_name, headers) => {
    for (const path of [
      status,
      '/api/2.0/mlflow/experiments/search',
      '/api/events',
      '/no/such/route',
      '/health/../api/rpc/engine.status',
    ]) {
      const answer = await raw(path, { host: '127.0.0.1', ...headers });
      expect(answer.status, path).toBe(401);
      expect(JSON.parse(answer.body)).toMatchObject({ error_code: 'UNAUTHENTICATED' });
    }
  });

  it.each(['example.com', 'example.com:80', '127.0.0.1.example.com', '169.254.169.254', 'localhost.evil.com', ''])(
    'the Host %j is refused',
    async (host) => {
      for (const path of ['/health', status]) {
        expect((await raw(path, { ...authorization(), host })).status).toBe(403);
      }
    },
  );

  it.each(['127.0.0.1', 'localhost:8080', 'LOCALHOST', '[::1]:99'])('the Host %j is this machine', async (host) => {
    expect((await raw(status, { ...authorization(), host })).status).toBe(200);
  });

  it.each(['http://localhost:3000', 'null', 'https://example.com', 'vscode-webview://x'])(
    'the Origin %j is refused even with the token',
    async (origin) => {
      for (const path of ['/health', status]) {
        expect((await raw(path, { ...authorization(), host: 'localhost', origin })).status).toBe(403);
      }
    },
  );

  it('a preflight gets no permission', async () => {
    const answer = await raw(
      status,
      { host: 'localhost', origin: 'http://localhost', 'access-control-request-method': 'POST' },
      'OPTIONS',
    );
    expect(answer.status).toBe(403);
    expect(answer.headers['access-control-allow-origin']).toBeUndefined();
  });

  it('listens on the loopback interface only', () => {
    expect(new URL(engine.url).hostname).toBe('127.0.0.1');
  });

  it('an unknown route is JSON, not HTML', async () => {
    const answer = await engine.json('GET', '/api/2.0/mlflow/nonsense');
    expect(answer.status).toBe(404);
    expect(answer.body).toMatchObject({ error_code: 'ENDPOINT_NOT_FOUND' });
  });

  it("--token '' asks for none and keeps the other rules", async () => {
    await using open = await startEngine({ token: '' });
    expect((await fetch(`${open.url}${status}`)).status).toBe(200);
    expect((await fetch(`${open.url}${status}`, { headers: { origin: 'http://localhost' } })).status).toBe(403);
  });

  it('--token T is asked for', async () => {
    await using other = await startEngine({ token: 'sesame' });
    expect((await fetch(`${other.url}${status}`, { headers: { authorization: 'Bearer sesame' } })).status).toBe(200);
    expect((await fetch(`${other.url}${status}`, { headers: { authorization: 'Bearer other' } })).status).toBe(401);
  });
});
