// What a client of ours says to the engine in MLflow's words, where it keeps numbers of its own with a run.
import { SlipwayError } from '../../base/errors';
import type { EngineClient } from '../engine-client';
import { loopbackFetchWithin } from '../loopback-fetch';

const requestMilliseconds = 60_000;

/** Sends `body` to a route such as `runs/create`. Throws SlipwayError. */
export type TrackingAsk = <T>(route: string, body: object) => Promise<T>;

/** `what` is said of what failed: "The benchmark was not kept". */
export function trackingAsk({ address, headers }: EngineClient, what: string): TrackingAsk {
  const fetching = loopbackFetchWithin(requestMilliseconds);
  return async <T>(route: string, body: object): Promise<T> => {
    const response = await fetching(`${address.url}/api/2.0/mlflow/${route}`, {
      method: 'POST',
      headers: { ...headers, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    const answer = (await response.json()) as T & { error_code?: string; message?: string };
    if (response.ok) return answer;
    const code = answer.error_code === 'RESOURCE_ALREADY_EXISTS' ? 'already-exists' : 'unavailable';
    throw new SlipwayError(code, `${what}: ${answer.message ?? `HTTP ${response.status}`}`);
  };
}
