// Which shell a typed line is handed to.
import type { LineShell } from '../../protocol/recording/command-line';
import { isOnPath } from './program-lookup';

/** bash where there is one, for it sees a failure in any part of a pipe; Windows may call its Linux by that name. */
export function lineShell(): LineShell {
  if (process.platform === 'win32') return 'cmd';
  return isOnPath('bash') ? 'bash' : 'sh';
}
