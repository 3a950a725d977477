// What a workspace's database and folders hold, looked at beside its engine.
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { openForReading } from '../../src/platform/sqlite/database';
import type { EngineProcess } from './engine-process';
import { pointCount } from './point-count';

/** Neither contents that nothing names, nor files on their way, nor folders of runs there are not. */
export async function expectNoLeftovers(engine: EngineProcess): Promise<void> {
  const home = join(engine.workspace, '.slipway');
  const named = new Set(rows(engine, 'SELECT sha256 FROM artifacts').map(String));
  const objects = existsSync(join(home, 'objects')) ? readdirSync(join(home, 'objects'), { recursive: true }) : [];
  const files = objects.map(String).filter((path) => /^[0-9a-f]{2}\/[0-9a-f]{62}$|^tmp\//.test(path));
  expect(files.filter((path) => !named.has(path.replace('/', '')))).toEqual([]);
  const runs = new Set(rows(engine, 'SELECT run_id FROM runs').map(String));
  const below = existsSync(join(home, 'runs')) ? readdirSync(join(home, 'runs')) : [];
  expect(below.filter((name) => !runs.has(name))).toEqual([]);
  const incoming = join(home, 'incoming');
  expect(existsSync(incoming) ? readdirSync(incoming) : []).toEqual([]);
}

/** The first column of what a statement finds. */
function rows(engine: EngineProcess, sql: string): unknown[] {
  const database = openForReading(join(engine.workspace, '.slipway/slipway.db'));
  try {
    return database.prepare(sql).pluck().all();
  } finally {
    database.close();
  }
}

/** Points of all metrics. */
export function pointsOf(engine: EngineProcess): number {
  return Number(rows(engine, pointCount)[0]);
}

/** Rows of a table. */
export function count(engine: EngineProcess, table: string): number {
  return Number(rows(engine, `SELECT count(*) FROM ${table}`)[0]);
}
