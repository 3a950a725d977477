// What a window knows about the engine of one folder.
import { l10n } from 'vscode';
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

/** True while an engine is on its way, for the first time or again. */
export function isComing(state: EngineState): boolean {
  return state.kind === 'starting' || state.kind === 'lost';
}

/** What is told of anything that needs the engine of the folder called `name` while it does not answer. */
export function engineAway(name: string): SlipwayError {
  const sentence = l10n.t('The engine of {0} is not running. Use Slipway: Restart Engine, then try again.', name);
  return new SlipwayError('unavailable', sentence);
}

/** Why no folder of a window can have an engine, and the way on; `states` are those of its folders. */
export function noWorkspace(states: readonly EngineState[]): SlipwayError {
  if (states.length === 0) return new SlipwayError('invalid', l10n.t('Open a folder first: its runs are kept there.'));
  if (states.some(({ kind }) => kind === 'untrusted')) {
    const sentence = l10n.t('Slipway runs nothing in Restricted Mode. Trust this window first.');
    return new SlipwayError('forbidden', sentence);
  }
  const isVirtual = states.every(({ kind }) => kind === 'virtual');
  return isVirtual
    ? new SlipwayError('invalid', l10n.t('Slipway needs a folder on disk; those of this window are not.'))
    : new SlipwayError(
        'no-workspace',
        l10n.t('No folder of this window is a Slipway workspace. Initialize one first.'),
      );
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
