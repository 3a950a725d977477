// One log per workspace, small enough to send along with a question.
import { renameSync, statSync } from 'node:fs';
import pino, { type Logger } from 'pino';

const mostBytes = 5 * 1024 * 1024;

/** A logger that writes to `path`; a log above 5 MB is moved to `path.1` first. */
export function createLog(path: string): Logger {
  try {
    if (statSync(path).size > mostBytes) renameSync(path, `${path}.1`);
  } catch {
    // No log yet.
  }
  const destination = pino.destination({ dest: path, sync: true, mkdir: true });
  return pino({ base: null, timestamp: pino.stdTimeFunctions.isoTime }, destination);
}
