import { once } from 'node:events';
import { createServer } from 'node:net';
import { expect, it } from 'vitest';
import { asSlipwayError, EngineClient } from '../../src/client/engine-client';

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
