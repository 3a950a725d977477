// A failure's HTTP status on the engine's own API; MLflow's routes have their own table.
import type { ErrorCode } from '../../base/errors';

const statuses: Readonly<Record<ErrorCode, number>> = {
  invalid: 400,
  'bad-request': 400,
  unauthenticated: 401,
  forbidden: 403,
  'not-found': 404,
  'no-workspace': 404,
  'already-exists': 409,
  conflict: 409,
  'too-large': 413,
  'not-implemented': 501,
  unavailable: 503,
  overloaded: 429,
  'read-only': 500,
  'newer-schema': 500,
  damaged: 500,
  'disk-full': 507,
  'disk-failing': 500,
  internal: 500,
};

/** The status for a SlipwayError's code. */
export function statusCode(code: ErrorCode): number {
  return statuses[code];
}
