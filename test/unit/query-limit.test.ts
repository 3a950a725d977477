// A query of a contract's that never ends is broken off, and says so.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { withinLimit } from '../../src/lifecycle/datasets/scan/checks/own-scan';
import { DuckDatabase } from '../../src/platform/duckdb/duck-database';

let spill: string;
let duck: DuckDatabase;
beforeAll(async () => {
  spill = mkdtempSync(join(tmpdir(), 'slipway-limit-'));
  duck = await DuckDatabase.open({ paths: [], megabytes: 200, threads: 1, spill });
});
afterAll(() => {
  duck.close();
  rmSync(spill, { recursive: true, force: true });
});

it('a query that takes longer than its seconds is broken off, and the next one runs', async () => {
  const endless = 'SELECT sum(a.range * b.range) AS n FROM range(1000000) a, range(100000000) b';
  await expect(withinLimit(duck, () => duck.rows(endless), 0.2)).rejects.toMatchObject({
    code: 'invalid',
    message: expect.stringContaining('longer than 0.2 s'),
  });
  expect(await withinLimit(duck, () => duck.rows('SELECT 1 AS n'), 0.2)).toEqual([{ n: 1 }]);
});

it('a query that is wrong says what is wrong', async () => {
  await expect(withinLimit(duck, () => duck.rows('SELECT nothing'), 5)).rejects.toThrow('nothing');
});
