// A failure nobody asked for is told once a session; after that it stands in the log and in the view, where it belongs.
import { commands, type LogOutputChannel, l10n, window } from 'vscode';
import { type ErrorCode, messageOf } from '../base/errors';
import { asSlipwayError } from '../client/engine-client';

/** The command that leads on from a failure, where one does. */
const waysOn: Partial<Record<ErrorCode, { title: () => string; command: string }>> = {
  unavailable: { title: () => l10n.t('Restart Engine'), command: 'slipway.restartEngine' },
  'no-workspace': { title: () => l10n.t('Initialize Workspace'), command: 'slipway.initialize' },
};

/** Tells the user of failures: of what they asked for each time, of all else never twice the same. */
export class Notices {
  readonly #log: LogOutputChannel;
  readonly #told = new Set<string>();

  constructor(log: LogOutputChannel) {
    this.#log = log;
  }

  /**
   * Does what the user asked for; the log keeps the name of the operation, how long it took and how it ended. Throws what
   * the work throws.
   */
  async logged<T>(operation: string, work: () => T): Promise<Awaited<T>> {
    const began = performance.now();
    const took = (): string => `${(performance.now() - began).toFixed(0)} ms`;
    try {
      const result = await work();
      this.#log.info(`${operation}: done in ${took()}.`);
      return result;
    } catch (error) {
      this.#log.info(`${operation}: failed after ${took()}.`);
      throw error;
    }
  }

  /** The same; a failure is told and goes no further. */
  async attempt(operation: string, work: () => unknown): Promise<void> {
    try {
      await this.logged(operation, work);
    } catch (error) {
      this.tell(error, { again: true });
    }
  }

  /** These handlers of a page, each of which the log names; what they throw is for the page to say. */
  loggedEach<T extends object>(handlers: T): T {
    return each(handlers, (name, work) => this.logged(name, work));
  }

  /** The same, for what the page has no place to say. */
  attemptEach<T extends object>(handlers: T): T {
    return each(handlers, (name, work) => this.attempt(name, work));
  }

  /** Does what nobody asked for; a failure stands in the log alone. */
  async quiet(operation: string, work: () => unknown): Promise<void> {
    await this.logged(operation, work).catch((error: unknown) => this.#log.warn(messageOf(asSlipwayError(error))));
  }

  /** One sentence, the way on where there is one, and the way to the log. `again`: the user waits for an answer, so told before is no reason for silence. */
  tell(error: unknown, { again = false } = {}): void {
    const { message, code } = asSlipwayError(error);
    this.#log.error(message);
    if (this.#told.has(message) && !again) return;
    this.#told.add(message);
    const showLogs = l10n.t('Show Logs');
    const way = waysOn[code];
    const title = way?.title();
    void window.showErrorMessage(message, ...(title === undefined ? [] : [title]), showLogs).then((chosen) => {
      if (chosen === showLogs) this.#log.show();
      else if (chosen !== undefined && way !== undefined) void commands.executeCommand(way.command);
    });
  }
}

/** The same handlers, each done by `run`. */
function each<T extends object>(handlers: T, run: (name: string, work: () => unknown) => Promise<unknown>): T {
  const entries = Object.entries(handlers).map(([name, handler]) => {
    const work = handler as (input: unknown) => unknown;
    return [name, (input: unknown) => run(name, () => work(input))];
  });
  return Object.fromEntries(entries) as T;
}
