// What every router of the engine's API is made with.
import { initTRPC } from '@trpc/server';
import * as z from 'zod';
import type { EngineApi } from '../api';

/** Which field of a request is wrong and why, instead of zod's JSON. */
function sentenceOf(error: z.ZodError): string {
  return error.issues.map((issue) => `${issue.path.join('.') || 'input'}: ${issue.message}`).join('; ');
}

/** Makes routers and procedures; what they call is the `api` of their context. */
export const t = initTRPC.context<{ api: EngineApi }>().create({
  // Stack traces stay in the engine's log.
  isDev: false,
  errorFormatter({ shape, error }) {
    const cause = error.cause as { code?: string; name?: string } | undefined;
    return {
      ...shape,
      message: error.cause instanceof z.ZodError ? sentenceOf(error.cause) : shape.message,
      data: { ...shape.data, slipwayCode: cause?.name === 'SlipwayError' ? (cause.code ?? null) : null },
    };
  },
});
