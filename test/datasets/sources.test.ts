// Sources that fail midway: what went wrong is said, and what was there before stays.
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { slipway, startEngine } from '../engine/engine-process';

it('a body that breaks off is told as such, and the batch that was refused before stays to be looked at', async () => {
  await using engine = await startEngine();
  let answer = (response: ServerResponse): unknown => response.end('a\n1\n');
  const server = createServer((_, response) => answer(response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const run = (...args: string[]) => slipway(['dataset', ...args], { cwd: engine.workspace });
  try {
    const { port } = server.address() as AddressInfo;
    writeFileSync(join(engine.workspace, '[z-a].csv'), 'a\n1\n');
    expect((await run('add', 'web', '--url', `http://127.0.0.1:${port}/t.csv`)).code).toBe(0);
    answer = (response) => response.end('a,b\n1,"2\n3,4\n');
    const refused = await run('refresh', 'web');
    const [place = ''] = /\/\S+\/t\.csv/.exec(refused.stderr) ?? [];
    expect([refused.code, readFileSync(place, 'utf8')]).toEqual([3, 'a,b\n1,"2\n3,4\n']);
    answer = (response) => {
      response.writeHead(200, { 'content-length': 1000 });
      response.write('a\n1\n', () => setTimeout(() => response.destroy(), 200));
    };
    const broken = await run('refresh', 'web');
    expect([broken.code, broken.stderr]).toEqual([3, expect.stringContaining('broke off after 4 bytes')]);
    expect(existsSync(place)).toBe(true);
    answer = (response) => response.end('a\n1\n2\n');
    expect((await run('refresh', 'web')).code).toBe(0);
    expect(readdirSync(join(engine.workspace, '.slipway/quarantine'))).toEqual([]);
    // A file may be called what is no sound pattern.
    expect(await run('add', 'odd', '[z-a].csv')).toMatchObject({ code: 0 });
  } finally {
    server.close();
  }
}, 30_000);
