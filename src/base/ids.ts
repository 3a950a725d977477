// Ids are text and made in one place; names are labels and never identify anything.
import { randomBytes, randomUUID } from 'node:crypto';

/** A run id: 32 lower-case hex digits, the form MLflow clients expect. */
export function newRunId(): string {
  return randomUUID().replaceAll('-', '');
}

/** A logged-model id: `m-` and 32 hex digits, as MLflow's. */
export function newModelId(): string {
  return `m-${newRunId()}`;
}

/** A secret for the loopback API: 256 random bits, URL-safe. */
export function newToken(): string {
  return randomBytes(32).toString('base64url');
}

/** True for a run id of our own making (foreign clients may send other shapes, see the run rules). */
export function isRunId(text: string): boolean {
  return /^[0-9a-f]{32}$/.test(text);
}
