import { once } from 'node:events';
import { createServer as createHttpServer } from 'node:http';
import { type AddressInfo, createServer } from 'node:net';
import { createTRPCClient } from '@trpc/client';
import { expect, it } from 'vitest';
import { engineLink } from '../../src/client/connection/engine-link';
import { asSlipwayError, EngineClient } from '../../src/client/engine-client';
import type { ApiRouter } from '../../src/protocol/api';

it('an engine that does not answer is told with what to do, whatever was asked', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, 'close');
  const client = new EngineClient({ url: `http://127.0.0.1:${port}`, token: 'a' });
  for (const asked of [() => client.api.engine.status.query(), () => client.artifact('a', 'b')]) {
    const told = asSlipwayError(await asked().catch((error: unknown) => error));
    expect([told.code, told.message]).toEqual([
      'unavailable',
      expect.stringMatching(
        /^The engine does not answer \(.+\)\. Try again in a moment; `slipway doctor` says what is wrong\.$/,
      ),
    ]);
  }
});

it('a comparison takes as long as its work does, where another question is given up', async () => {
  const server = createHttpServer((_, response) => {
    setTimeout(() => response.end(JSON.stringify({ result: { data: null } })), 400);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const link = engineLink({
    url: `http://127.0.0.1:${port}`,
    headers: () => ({}),
    timeout: 100,
    patient: ['comparison.'],
  });
  const api = createTRPCClient<ApiRouter>({ links: [link] });
  try {
    await expect(api.engine.status.query()).rejects.toThrow(/timeout|abort/i);
    expect(await api.comparison.progress.query({ runIds: ['a', 'b'] })).toBeNull();
  } finally {
    server.close();
  }
});
