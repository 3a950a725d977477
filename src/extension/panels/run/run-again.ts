// The same command once more, recorded as a run of its own, in a terminal the user can see and end.
import { join } from 'node:path';
import { l10n, ProcessExecution, Task, TaskRevealKind, TaskScope, tasks, workspace } from 'vscode';
import { SlipwayError } from '../../../base/errors';
import { chooseNode } from '../../../client/node-choice';
import type { RunDetail } from '../../../protocol/run';
import type { EngineSession } from '../../session/engine-session';

/**
 * Starts the command of a recorded run in its folder and experiment, with its inputs and outputs. Throws SlipwayError
 * `invalid` for a run that was not recorded, `forbidden` in Restricted Mode.
 */
export async function runAgain(run: RunDetail, session: EngineSession, bundle: string): Promise<void> {
  const { recording } = run;
  if (recording === null) throw new SlipwayError('invalid', l10n.t('The command of this run is not known.'));
  if (!workspace.isTrusted) {
    throw new SlipwayError(
      'forbidden',
      l10n.t('No command is started in Restricted Mode. Trust the folder to run it.'),
    );
  }
  const setting = workspace.getConfiguration('slipway', session.folder.uri).get<string>('node.path', '');
  const node = await chooseNode({ bundle, ...(setting === '' ? {} : { setting }) });
  const words = [
    ...['run', '--workspace', session.folder.uri.fsPath, '--experiment', run.experimentName],
    ...recording.inputs.flatMap(({ path }) => ['--input', path]),
    ...recording.outputs.flatMap(({ path }) => ['--output', path]),
    ...['--', ...recording.command],
  ];
  const execution = new ProcessExecution(node.command, [join(bundle, 'cli.js'), ...words], {
    cwd: recording.cwd,
    env: node.env,
  });
  const scope = workspace.getWorkspaceFolder(session.folder.uri) ?? TaskScope.Workspace;
  const task = new Task({ type: 'slipway' }, scope, recording.command.slice(0, 2).join(' '), 'slipway', execution);
  task.presentationOptions = { reveal: TaskRevealKind.Always, clear: false };
  await tasks.executeTask(task);
}
