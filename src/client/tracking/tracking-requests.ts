// What a client of ours says to the engine in MLflow's words, where it keeps numbers of its own with a run.
import { type ErrorCode, SlipwayError } from '../../base/errors';
import type { EngineClient } from '../engine-client';
import { loopbackFetchWithin } from '../loopback-fetch';

const requestMilliseconds = 60_000;

/** Sends `body` to a route such as `runs/create`. Throws SlipwayError. */
export type TrackingAsk = <T>(route: string, body: object, headers?: Record<string, string>) => Promise<T>;

/** `what` is said of what failed: "The benchmark was not kept". */
export function trackingAsk(client: EngineClient, what: string): TrackingAsk {
  return <T>(route: string, body: object, headers: Record<string, string> = {}): Promise<T> => {
    const all = { 'content-type': 'application/json', ...headers };
    const init = { method: 'POST', headers: all, body: JSON.stringify(body) };
    return sent<T>(client, { route, init, what });
  };
}

/** Reads a route with a query. Throws SlipwayError with the engine's own sentence. */
export function trackingGet<T>(client: EngineClient, route: string, query: Record<string, string>): Promise<T> {
  return sent<T>(client, { route: `${route}?${new URLSearchParams(query)}`, init: {}, what: '' });
}

/** MLflow's words for what went wrong, as far as somebody here asks for it. */
const codes: Readonly<Record<string, ErrorCode>> = {
  RESOURCE_ALREADY_EXISTS: 'already-exists',
  RESOURCE_DOES_NOT_EXIST: 'not-found',
  INVALID_PARAMETER_VALUE: 'invalid',
};

async function sent<T>(
  { address, headers }: EngineClient,
  { route, init, what }: { route: string; init: RequestInit; what: string },
): Promise<T> {
  const fetching = loopbackFetchWithin(requestMilliseconds);
  const response = await fetching(`${address.url}/api/2.0/mlflow/${route}`, {
    ...init,
    headers: { ...headers, ...(init.headers as Record<string, string> | undefined) },
  });
  const answer = (await response.json()) as T & { error_code?: string; message?: string };
  if (response.ok) return answer;
  const why = answer.message ?? `HTTP ${response.status}`;
  throw new SlipwayError(codes[answer.error_code ?? ''] ?? 'unavailable', what === '' ? why : `${what}: ${why}`);
}
