// One question to the engine and its answer. To load `fetch` takes Node half of what a call of the command line costs, so
// where Node's own can be had plainly, it is done without.
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { isFetchReplaced, loopbackFetch } from '../loopback-fetch';
import { AnswerCutOff, NoAnswer } from './no-answer';

/** What is asked, and until when: once `signal` is aborted there is no answer any more. */
export interface LoopbackQuestion {
  method: 'GET' | 'POST' | 'PUT';
  headers: Record<string, string>;
  body?: string | AsyncIterable<Uint8Array>;
  signal?: AbortSignal;
}

/** The HTTP status, and the bytes as they come; reading them throws AnswerCutOff when the engine ends before they do. */
export interface LoopbackAnswer {
  status: number;
  body: AsyncIterable<Uint8Array>;
}

/** Throws NoAnswer when the engine takes no question, and the signal's reason when that came first. */
export async function loopbackRequest(url: string, question: LoopbackQuestion): Promise<LoopbackAnswer> {
  try {
    // Where VS Code has its hand on `fetch`, it has it on this too.
    if (isFetchReplaced()) return await fetched(url, question);
    const answer = await begun(url, question);
    return { status: answer.statusCode ?? 0, body: whole(answer) };
  } catch (error) {
    throw question.signal?.aborted ? question.signal.reason : error;
  }
}

/** The whole body. Throws as reading it does. */
export async function bodyText({ body }: LoopbackAnswer): Promise<string> {
  const pieces: Uint8Array[] = [];
  for await (const piece of body) pieces.push(piece);
  return Buffer.concat(pieces).toString('utf8');
}

/** Each question has a connection of its own: none is sent on one that the engine is just closing. */
function begun(url: string, { method, headers, body, signal }: LoopbackQuestion): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const asked = httpRequest(url, { method, headers, agent: false, ...(signal && { signal }) }, resolve);
    const fail = (error: unknown): void => reject(new NoAnswer(error));
    asked.on('error', fail);
    if (body === undefined || typeof body === 'string') asked.end(body);
    else pipeline(Readable.from(body), asked).catch(fail);
  });
}

async function fetched(url: string, question: LoopbackQuestion): Promise<LoopbackAnswer> {
  const init = { ...question, duplex: 'half' } as unknown as RequestInit;
  const { status, body } = await loopbackFetch(url, init).catch((error: Error) => {
    throw new NoAnswer(error.cause ?? error);
  });
  return { status, body: whole(body ?? []) };
}

async function* whole(body: AsyncIterable<Uint8Array> | Iterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield* body;
  } catch (error) {
    throw new AnswerCutOff(error);
  }
}
