// One log per workspace, small enough to send along with a question.
import { renameSync, statSync } from 'node:fs';
import type { Logger } from 'pino';

const mostBytes = 5 * 1024 * 1024;

/** The engine's log. The logger behind it is loaded with the first line, which is after the engine answers. */
export class EngineLog {
  readonly #path: string;
  #logger: Logger | undefined;

  /** Writes to `path`; a log above 5 MB is moved to `path.1` first. */
  constructor(path: string) {
    this.#path = path;
  }

  info(fields: object, message: string): void {
    this.#open().info(fields, message);
  }

  warn(fields: object, message: string): void {
    this.#open().warn(fields, message);
  }

  error(fields: object, message: string): void {
    this.#open().error(fields, message);
  }

  #open(): Logger {
    if (this.#logger !== undefined) return this.#logger;
    try {
      if (statSync(this.#path).size > mostBytes) renameSync(this.#path, `${this.#path}.1`);
    } catch {
      // No log yet.
    }
    const { pino } = require('pino') as typeof import('pino');
    const destination = pino.destination({ dest: this.#path, sync: true, mkdir: true });
    // A log that cannot be written must not end what it tells of.
    destination.on('error', () => undefined);
    this.#logger = pino({ base: null, timestamp: pino.stdTimeFunctions.isoTime }, destination);
    return this.#logger;
  }
}
