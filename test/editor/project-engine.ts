// The engine of a project, spoken to as another client would.

import { readAddress } from '../../src/client/engine-address';
import { EngineClient } from '../../src/client/engine-client';
import type { RunDetail } from '../../src/protocol/run';

/** A client of the project's engine, which must have been started. */
export function engineOf(project: { root: string }): EngineClient {
  const address = readAddress(project.root);
  if (address === undefined) throw new Error('The workspace has no engine address.');
  return new EngineClient(address);
}

/** The run with this name, as the engine has it now. */
export async function runNamed(project: { root: string }, name: string): Promise<RunDetail> {
  const { api } = engineOf(project);
  const [found] = await api.runs.find.query({ wanted: name });
  if (found === undefined) throw new Error(`No run is called ${name}.`);
  return api.runs.get.query({ runId: found.runId });
}

/** Logs a file to a run as an MLflow client does. */
export async function logArtifact(
  project: { root: string },
  run: RunDetail,
  path: string,
  body: string | Uint8Array,
): Promise<void> {
  const { address, headers } = engineOf(project);
  const place = `${run.experimentId}/${run.runId}/artifacts/${path}`;
  const url = `${address.url}/api/2.0/mlflow-artifacts/artifacts/${place}`;
  const answer = await fetch(url, { method: 'PUT', headers, body: body as BodyInit });
  if (!answer.ok) throw new Error(`${path} was not taken: HTTP ${answer.status}`);
}
