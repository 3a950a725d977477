// Records a command the user chooses or types, or the script in front, as a task they can see, end and run again.
import { relative } from 'node:path';
import { l10n, type Uri, workspace } from 'vscode';
import { SlipwayError } from '../../base/errors';
import type { EngineSession } from '../session/engine-session';
import { pythonInterpreter } from '../tasks/python-interpreter';
import { runTaskType } from '../tasks/run-definition';
import { askForRun } from '../tasks/run-steps';
import { withArguments } from '../tasks/script-arguments';
import type { CommandTools } from './command-tools';

/** Asks what to record, and records it. */
export async function recordRun({ sessions, tasks, recent }: CommandTools): Promise<void> {
  const session = await sessions.chooseRunning();
  if (session === undefined) return;
  const definition = await askForRun(session, recent.of(session.folder.uri.toString()));
  if (definition !== undefined) await tasks.run(session, definition);
}

/** Records a Python script, saved first. */
export async function recordScript({ sessions, tasks }: CommandTools, script: Uri): Promise<void> {
  const session = sessionOf(sessions, script);
  await save(script);
  const command = [await pythonInterpreter(session.folder), relative(session.folder.uri.fsPath, script.fsPath)];
  await tasks.run(session, { type: runTaskType, command });
}

/** Asks for the arguments of a Python script, and records it with them, saved first. */
export async function recordScriptWith({ sessions, tasks, recent }: CommandTools, script: Uri): Promise<void> {
  const session = sessionOf(sessions, script);
  const program = [
    await pythonInterpreter(session.folder),
    relative(session.folder.uri.fsPath, script.fsPath),
  ] as const;
  const command = await withArguments(session, program, recent.of(session.folder.uri.toString()));
  if (command === undefined) return;
  await save(script);
  await tasks.run(session, { type: runTaskType, command });
}

/** Debugs a Python script, saved first, as a recorded run. */
export async function debugScript({ sessions, debugging }: CommandTools, script: Uri): Promise<void> {
  const session = sessionOf(sessions, script);
  await save(script);
  await debugging.start(session, script);
}

/** Throws SlipwayError `invalid` when what an editor holds of it is not what is on disk: that would be recorded. */
async function save(script: Uri): Promise<void> {
  if ((await workspace.save(script)) !== undefined) return;
  // A script that no editor holds has nothing to save.
  const isUnsaved = workspace.textDocuments.some(({ uri, isDirty }) => isDirty && `${uri}` === `${script}`);
  if (!isUnsaved) return;
  const sentence = l10n.t('{0} could not be saved, so it was not started. Save it, then try again.', script.fsPath);
  throw new SlipwayError('invalid', sentence);
}

/** The session of the folder that holds a file. Throws SlipwayError `invalid` when it is in none. */
function sessionOf(sessions: CommandTools['sessions'], file: Uri): EngineSession {
  const session = sessions.holding(file);
  if (session !== undefined) return session;
  throw new SlipwayError('invalid', l10n.t('{0} is in no folder of this window. Open its folder first.', file.fsPath));
}
