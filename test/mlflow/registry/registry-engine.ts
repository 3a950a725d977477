// What the tests of the registry begin with: a run, a logged model, and models and versions as they need them.
import { join } from 'node:path';
import BetterSqlite3 from 'better-sqlite3';
import { beforeAll, expect } from 'vitest';
import { type Answer, api, engine, get, type Json, post, withEngine } from '../rest-engine';

export type Said = [status: number, errorCode: unknown, message: unknown];

export let run: { runId: string; artifactUri: string };
export let logged: { modelId: string; artifactUri: string };
let names = 0;

/** Starts an engine with a run and a model logged by it. */
export function withRegistry(): void {
  withEngine();
  beforeAll(async () => {
    run = await newRun();
    const { body } = await post('/logged-models', { experiment_id: '0', name: 'logged', source_run_id: run.runId });
    const { model_id, artifact_uri } = (body.model as { info: { model_id: string; artifact_uri: string } }).info;
    logged = { modelId: model_id, artifactUri: artifact_uri };
  });
}

export function said({ status, body }: Answer): Said {
  return [status, body.error_code, body.message];
}

export const fault = (message: string): Said => [400, 'INVALID_PARAMETER_VALUE', message];
export const gone = (message: string): Said => [404, 'RESOURCE_DOES_NOT_EXIST', message];
export const apiDocs = ' See the API docs for more information about request parameters.';

/** The name of a new registered model. */
export async function newModel(fields: Json = {}): Promise<string> {
  names += 1;
  const name = `model ${names}`;
  expect((await post('/registered-models/create', { name, ...fields })).status).toBe(200);
  return name;
}

/** A new version of the model, made from the run unless `fields` say otherwise. */
export async function newVersion(name: string, fields: Json = {}): Promise<Json> {
  const source = `${run.artifactUri}/model`;
  const { status, body } = await post('/model-versions/create', { name, source, run_id: run.runId, ...fields });
  expect([status, body]).toEqual([200, { model_version: expect.anything() }]);
  return body.model_version as Json;
}

export async function model(name: string): Promise<Json> {
  return (await get('/registered-models/get', { name })).body.registered_model as Json;
}

export async function version(name: string, number: string): Promise<Json> {
  return (await get('/model-versions/get', { name, version: number })).body.model_version as Json;
}

/** The rows of a question to the database, asked beside the running engine. */
export function ask<T>(sql: string, ...values: unknown[]): T[] {
  const database = new BetterSqlite3(join(engine.workspace, '.slipway/slipway.db'), { readonly: true });
  try {
    return database.prepare<unknown[], T>(sql).all(...values);
  } finally {
    database.close();
  }
}

/** A new run of the engine, or of another. */
export async function newRun(on = engine): Promise<{ runId: string; artifactUri: string }> {
  const { body } = await on.json('POST', `${api}/runs/create`, { experiment_id: '0', start_time: 1 });
  const { run_id, artifact_uri } = (body.run as { info: { run_id: string; artifact_uri: string } }).info;
  return { runId: run_id, artifactUri: artifact_uri };
}
