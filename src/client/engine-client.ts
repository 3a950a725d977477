// The typed way to talk to one engine.
import { createTRPCClient, TRPCClientError } from '@trpc/client';
import { type ErrorCode, messageOf, SlipwayError } from '../base/errors';
import type { ApiRouter } from '../protocol/api';
import { apiRoute, artifactRoute } from '../protocol/api-route';
import { engineLink } from './connection/engine-link';
import { bodyText, type LoopbackAnswer, loopbackRequest } from './connection/loopback-request';
import { NoAnswer } from './connection/no-answer';
import type { EngineAddress } from './engine-address';
import { loopbackFetch } from './loopback-fetch';

/** Milliseconds after which a request without an answer is given up. */
const requestLimit = 60_000;
/** Work on files of any size; whoever asked ends it by going away. */
const patient = ['comparison.'];

/** The engine's API as typed procedures: `client.api.runs.list.query({…})`. */
export class EngineClient {
  readonly address: EngineAddress;
  readonly api: ReturnType<typeof createTRPCClient<ApiRouter>>;

  constructor(address: EngineAddress) {
    this.address = address;
    this.api = createTRPCClient<ApiRouter>({
      links: [
        engineLink({
          url: `${address.url}${apiRoute}`,
          headers: () => this.headers,
          timeout: requestLimit,
          patient,
        }),
      ],
    });
  }

  /** The headers every request to this engine carries. */
  get headers(): Record<string, string> {
    return this.address.token === '' ? {} : { authorization: `Bearer ${this.address.token}` };
  }

  /** Opens one artifact's bytes. Throws the engine's SlipwayError (`not-found`, …), `unavailable` without an engine. */
  async artifact(runId: string, path: string): Promise<Response> {
    const response = await loopbackFetch(`${this.address.url}${artifactRoute(runId, path)}`, {
      headers: this.headers,
    }).catch((error: unknown) => {
      throw asSlipwayError(error);
    });
    if (response.ok) return response;
    const told = (await response.json().catch(() => undefined)) as { code?: ErrorCode; message?: string } | undefined;
    const sentence = told?.message ?? `The artifact ${path} could not be read (HTTP ${response.status}).`;
    throw new SlipwayError(told?.code ?? 'internal', sentence);
  }

  /** Sends one artifact's bytes; they replace what was there. Throws the engine's SlipwayError. */
  async putArtifact(runId: string, path: string, body: AsyncIterable<Uint8Array>): Promise<void> {
    const answer = await loopbackRequest(`${this.address.url}${artifactRoute(runId, path)}`, {
      method: 'PUT',
      headers: { ...this.headers, 'content-type': 'application/octet-stream' },
      body,
    }).catch((error: unknown) => {
      throw asSlipwayError(error);
    });
    if (answer.status < 300) return;
    throw await refusal(answer, `${path} could not be sent (HTTP ${answer.status}).`);
  }
}

/** The engine's own error, or one that says `otherwise`. */
export async function refusal(answer: LoopbackAnswer, otherwise: string): Promise<SlipwayError> {
  const told = await bodyText(answer)
    .then((text) => JSON.parse(text) as { code?: ErrorCode; message?: string })
    .catch(() => undefined);
  return new SlipwayError(told?.code ?? 'internal', told?.message ?? otherwise);
}

/** Turns whatever was thrown into a SlipwayError: the engine's own, `unavailable` when it did not answer, else `internal`. */
export function asSlipwayError(error: unknown): SlipwayError {
  if (SlipwayError.is(error)) return error;
  if (error instanceof TRPCClientError) {
    const data = error.data as { slipwayCode?: ErrorCode | null; code?: string } | undefined;
    if (data?.slipwayCode) return new SlipwayError(data.slipwayCode, error.message, { cause: error });
    if (data?.code === 'BAD_REQUEST') return new SlipwayError('invalid', error.message, { cause: error });
    if (data?.code === undefined) {
      return unanswered(error, error.cause ?? error);
    }
    return new SlipwayError('internal', error.message, { cause: error });
  }
  if (error instanceof NoAnswer) return unanswered(error, error);
  const isNetwork = error instanceof TypeError && error.message === 'fetch failed';
  return isNetwork ? unanswered(error, error.cause) : new SlipwayError('internal', messageOf(error), { cause: error });
}

function unanswered(cause: unknown, reason: unknown): SlipwayError {
  const sentence = `The engine does not answer (${messageOf(reason)}). Try again in a moment; \`slipway doctor\` says what is wrong.`;
  return new SlipwayError('unavailable', sentence, { cause });
}
