// What a window knows about the engine of one folder.
import { type ErrorCode, messageOf, SlipwayError } from '../../base/errors';

/** `lost`: it answered before and is being brought back. `down`: given up; `message` says why and what to do. */
export type EngineState =
  | { kind: 'untrusted' }
  | { kind: 'virtual' }
  | { kind: 'uninitialized' }
  | { kind: 'starting' }
  | { kind: 'running'; version: string; pid: number }
  | { kind: 'lost'; since: number }
  | { kind: 'readOnly'; message: string }
  | { kind: 'down'; message: string };

/** True for a folder that is a Slipway workspace, whatever its engine does. */
export function isWorkspaceState(state: EngineState): boolean {
  return !['untrusted', 'virtual', 'uninitialized'].includes(state.kind);
}

/** Reasons that another attempt would only repeat. */
const lasting: readonly ErrorCode[] = [
  'conflict',
  'damaged',
  'forbidden',
  'invalid',
  'newer-schema',
  'no-workspace',
  'read-only',
];

/** True when trying again by itself cannot help. */
export function isLasting(error: unknown): boolean {
  return SlipwayError.is(error) && lasting.includes(error.code);
}

/** The state that a failed start ends in. */
export function stateOf(error: unknown): EngineState {
  const message = messageOf(error);
  return SlipwayError.is(error, 'read-only') ? { kind: 'readOnly', message } : { kind: 'down', message };
}
