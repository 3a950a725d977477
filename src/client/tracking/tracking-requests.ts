// What a client of ours says to the engine in MLflow's words, where it keeps numbers of its own with a run.
import { type ErrorCode, SlipwayError } from '../../base/errors';
import { bodyText, type LoopbackQuestion, loopbackRequest } from '../connection/loopback-request';
import type { EngineClient } from '../engine-client';

const requestMilliseconds = 60_000;

/** Sends `body` to a route such as `runs/create`. Throws SlipwayError. */
export type TrackingAsk = <T>(route: string, body: object, headers?: Record<string, string>) => Promise<T>;

/** `what` is said of what failed: "The benchmark was not kept". */
export function trackingAsk(client: EngineClient, what: string): TrackingAsk {
  return <T>(route: string, body: object, headers: Record<string, string> = {}): Promise<T> => {
    const all = { 'content-type': 'application/json', ...headers };
    return sent<T>(client, route, { question: { method: 'POST', headers: all, body: JSON.stringify(body) }, what });
  };
}

/** Reads a route with a query. Throws SlipwayError with the engine's own sentence. */
export function trackingGet<T>(client: EngineClient, route: string, query: Record<string, string>): Promise<T> {
  const asked = `${route}?${new URLSearchParams(query)}`;
  return sent<T>(client, asked, { question: { method: 'GET', headers: {} }, what: '' });
}

/** MLflow's words for what went wrong, as far as somebody here asks for it. */
const codes: Readonly<Record<string, ErrorCode>> = {
  RESOURCE_ALREADY_EXISTS: 'already-exists',
  RESOURCE_DOES_NOT_EXIST: 'not-found',
  INVALID_PARAMETER_VALUE: 'invalid',
};

async function sent<T>(
  { address, headers }: EngineClient,
  route: string,
  { question, what }: { question: LoopbackQuestion; what: string },
): Promise<T> {
  const response = await loopbackRequest(`${address.url}/api/2.0/mlflow/${route}`, {
    ...question,
    headers: { ...headers, ...question.headers },
    signal: AbortSignal.timeout(requestMilliseconds),
  });
  const answer = JSON.parse(await bodyText(response)) as T & { error_code?: string; message?: string };
  if (response.status < 300) return answer;
  const why = answer.message ?? `HTTP ${response.status}`;
  throw new SlipwayError(codes[answer.error_code ?? ''] ?? 'unavailable', what === '' ? why : `${what}: ${why}`);
}
