// One error type for everything a user or a client can be told; the code decides the status, never the message.

/** Why something failed. Surfaces map these to their own words (HTTP status, MLflow error code, exit code). */
export type ErrorCode =
  | 'invalid'
  | 'bad-request'
  | 'not-found'
  | 'already-exists'
  | 'conflict'
  | 'forbidden'
  | 'unauthenticated'
  | 'too-large'
  | 'not-implemented'
  | 'unavailable'
  | 'overloaded'
  | 'no-workspace'
  | 'read-only'
  | 'newer-schema'
  | 'damaged'
  | 'disk-full'
  | 'disk-failing'
  | 'internal';

/** An expected failure: a sentence for people, a code for programs, details for both. */
export class SlipwayError extends Error {
  override readonly name = 'SlipwayError';
  readonly code: ErrorCode;
  readonly details: Readonly<Record<string, unknown>>;

  constructor(code: ErrorCode, message: string, options: { details?: Record<string, unknown>; cause?: unknown } = {}) {
    super(message, options.cause === undefined ? {} : { cause: options.cause });
    this.code = code;
    this.details = options.details ?? {};
  }

  /** True when `error` is a SlipwayError, and of the given code when one is named. Works across bundles. */
  static is(error: unknown, code?: ErrorCode): error is SlipwayError {
    return (
      error instanceof Error &&
      error.name === 'SlipwayError' &&
      (code === undefined || (error as SlipwayError).code === code)
    );
  }
}

/** The sentence to show for any thrown value. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** The system error code (`ENOENT`, `EACCES`, …) of a thrown value, if it has one. */
export function systemCodeOf(error: unknown): string | undefined {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === 'string' ? code : undefined;
}
