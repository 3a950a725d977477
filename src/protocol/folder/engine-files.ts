// The two small files by which an engine is found.
import * as z from 'zod';

/** `.slipway/address.json`, 0600: permanent, because clients hold the address in their environment. */
export const addressFile = z.object({
  url: z.string(),
  port: z.number().int().min(1).max(65_535),
  // An edited or cut-off token is no token: a new one is made.
  token: z.string().min(32),
  workspace: z.string(),
});
export type AddressFile = z.infer<typeof addressFile>;

/** `.slipway/engine.json`: there while an engine lives; swept when its process is provably gone. */
export const livenessFile = z.object({
  pid: z.number().int(),
  version: z.string(),
  started: z.number(),
  url: z.string(),
  /** The kernel's start mark of the engine, where there is one: with it the pid names one process for good. */
  mark: z.string().nullable().default(null),
  /** The kernel's name for the pids this one is of: in another container or sandbox it means another process. */
  space: z.string().nullable().default(null),
  /** True: it notices by itself when a recorder leaves something in the inbox. */
  watches: z.boolean().default(false),
});
export type LivenessFile = z.infer<typeof livenessFile>;

/** What `engine start` prints: one JSON line. */
export const engineLine = z.object({ url: z.string(), token: z.string(), pid: z.number().int() });
