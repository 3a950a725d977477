// Carries the calls of a typed client to an engine, each in a request of its own, as JSON.
import { TRPCClientError, type TRPCLink } from '@trpc/client';
import { observable } from '@trpc/server/observable';
import type { ApiRouter } from '../../protocol/api';
import { bodyText, type LoopbackAnswer, loopbackRequest } from './loopback-request';

/**
 * Where the calls go, with what, and after how many milliseconds without an answer they are given up. Those whose path
 * begins with one of `patient` take as long as their work does.
 */
export interface EngineLinkOptions {
  url: string;
  headers: () => Record<string, string>;
  timeout: number;
  patient: readonly string[];
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

async function asked(options: EngineLinkOptions, call: Call, left: AbortSignal): Promise<Answer> {
  const { url, headers, timeout, patient } = options;
  const limits = patient.some((start) => call.path.startsWith(start)) ? [] : [AbortSignal.timeout(timeout)];
  const signal = AbortSignal.any([left, ...limits, ...(call.signal ? [call.signal] : [])]);
  const place = `${url}/${call.path}`;
  const said = call.input === undefined ? undefined : JSON.stringify(call.input);
  const read = (): Promise<LoopbackAnswer> => {
    const question = said === undefined ? '' : `?input=${encodeURIComponent(said)}`;
    return loopbackRequest(`${place}${question}`, { method: 'GET', headers: headers(), signal });
  };
  const change = (): Promise<LoopbackAnswer> => {
    const body = said === undefined ? {} : { body: said };
    const all = { 'content-type': 'application/json', ...headers() };
    return loopbackRequest(place, { method: 'POST', headers: all, ...body, signal });
  };
  const answer = await (call.type === 'query' ? read() : change());
  return JSON.parse(await bodyText(answer)) as Answer;
}
