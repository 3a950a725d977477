// An engine without a token for a file of tests, asked over MLflow's REST API request by request.
import { afterAll, beforeAll } from 'vitest';
import { type EngineProcess, startEngine } from '../engine/engine-process';

export const api = '/api/2.0/mlflow';
export type Json = Record<string, unknown>;
export type Answer = { status: number; body: Json };

/** The engine of this file of tests. */
export let engine: EngineProcess;

/** Starts the engine before the file's tests and ends it after them. */
export function withEngine(): void {
  beforeAll(async () => {
    engine = await startEngine({ token: '' });
  });
  afterAll(() => engine[Symbol.asyncDispose]());
}

/** A request with a body of JSON; `path` is below `api`. */
export function send(method: string, path: string, body: unknown): Promise<Answer> {
  return engine.json(method, api + path, body);
}

export function post(path: string, body: unknown): Promise<Answer> {
  return send('POST', path, body);
}

/** A GET; a list is the same parameter several times. */
export function get(path: string, query: Record<string, string | string[]> = {}): Promise<Answer> {
  const search = new URLSearchParams();
  for (const [key, value] of Object.entries(query)) for (const each of [value].flat()) search.append(key, each);
  return engine.json('GET', `${api}${path}?${search}`);
}
