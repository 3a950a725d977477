// nohup promises that a closed terminal ends nothing. Node forgets that promise when it starts, so it is renewed here.
import { basename } from 'node:path';
import { lookUpCommand } from '../platform/process/command-lookup';

/** True when the shell says that this process was started by nohup. */
export function isUnderNohup(): boolean {
  return process.platform !== 'win32' && basename(process.env._ ?? '') === 'nohup';
}

/** The command, started by nohup itself when the recorder was and the command can be found. */
export function keepNohup(command: readonly string[], cwd: string): readonly string[] {
  if (!isUnderNohup()) return command;
  const nohup = lookUpCommand('nohup', cwd, process.env.PATH);
  const isThere = lookUpCommand(command[0] ?? '', cwd, process.env.PATH) !== undefined;
  return nohup !== undefined && isThere ? [nohup, ...command] : command;
}
