// Carries the calls of a typed client to an engine, each in a request of its own, as JSON.
import { TRPCClientError, type TRPCLink } from '@trpc/client';
import { observable } from '@trpc/server/observable';
import type { ApiRouter } from '../../protocol/api';
import { loopbackRequest } from './loopback-request';

/** Where the calls go, with what, and after how many milliseconds without an answer they are given up. */
export interface EngineLinkOptions {
  url: string;
  headers: () => Record<string, string>;
  timeout: number;
}

interface Call {
  path: string;
  type: 'query' | 'mutation' | 'subscription';
  input: unknown;
  signal?: AbortSignal | null | undefined;
}

type Answer = { result: { data?: unknown } } | { error: object };

/** The last link of a tRPC client. What the engine refuses and what does not reach it are TRPCClientErrors. */
export function engineLink(options: EngineLinkOptions): TRPCLink<ApiRouter> {
  return () =>
    ({ op }) =>
      observable((observer) => {
        const left = new AbortController();
        void asked(options, op, left.signal).then(
          (answer) => {
            if ('error' in answer) return observer.error(TRPCClientError.from(answer));
            observer.next({ result: { type: 'data', data: answer.result.data } });
            observer.complete();
          },
          (error: unknown) => observer.error(TRPCClientError.from(error as Error)),
        );
        return () => left.abort();
      });
}

async function asked({ url, headers, timeout }: EngineLinkOptions, call: Call, left: AbortSignal): Promise<Answer> {
  const signals = [left, AbortSignal.timeout(timeout), ...(call.signal ? [call.signal] : [])];
  const place = `${url}/${call.path}`;
  const said = call.input === undefined ? undefined : JSON.stringify(call.input);
  const signal = AbortSignal.any(signals);
  const text =
    call.type === 'query'
      ? await loopbackRequest(said === undefined ? place : `${place}?input=${encodeURIComponent(said)}`, {
          method: 'GET',
          headers: headers(),
          signal,
        })
      : await loopbackRequest(place, {
          method: 'POST',
          headers: { 'content-type': 'application/json', ...headers() },
          ...(said === undefined ? {} : { body: said }),
          signal,
        });
  return JSON.parse(text) as Answer;
}
