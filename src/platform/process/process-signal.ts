// Signals by pid, to processes that may end between the look and the signal.
import { systemCodeOf } from '../../base/errors';
import { processTree } from './process-tree';

/** Sends `signal` to `pid`; false when no such process is there. Throws what else the system says (`EPERM`). */
export function signalProcess(pid: number, signal: NodeJS.Signals): boolean {
  try {
    return process.kill(pid, signal);
  } catch (error) {
    if (systemCodeOf(error) === 'ESRCH') return false;
    throw error;
  }
}

/**
 * Kills the process `root` and all its descendants. One that this user may not kill does not save the others; the first
 * such refusal is thrown in the end.
 */
export async function killTree(root: number): Promise<void> {
  const tree = await processTree(root).catch(() => []);
  const refusals: unknown[] = [];
  for (const pid of new Set([root, ...tree.map((each) => each.pid)])) {
    try {
      signalProcess(pid, 'SIGKILL');
    } catch (error) {
      refusals.push(error);
    }
  }
  if (refusals.length > 0) throw refusals[0];
}
