// A recorded run as a task that records the same once more.
import { relative } from 'node:path';
import { l10n } from 'vscode';
import { SlipwayError } from '../../base/errors';
import type { RunDetail } from '../../protocol/run';
import type { EngineSession } from '../session/engine-session';
import { type RunDefinition, runTaskType } from './run-definition';

/**
 * Its command in its folder and experiment, with the inputs, outputs, params and tags it was given. Throws SlipwayError
 * `invalid` for a run that was not recorded.
 */
export function recordedDefinition(
  session: EngineSession,
  { name, recording, experimentName }: RunDetail,
): RunDefinition {
  if (recording === null) {
    throw new SlipwayError('invalid', l10n.t('{0} was not recorded, so its command is not known.', name));
  }
  return {
    type: runTaskType,
    command: recording.command,
    experiment: experimentName,
    ...recording.given,
    inputs: recording.inputs.map(({ path }) => path),
    outputs: recording.outputs.map(({ path }) => path),
    cwd: relative(session.folder.uri.fsPath, recording.cwd),
  };
}
