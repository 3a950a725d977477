// A failure nobody asked for is told once a session; after that it stands in the log and in the view, where it belongs.
import { type LogOutputChannel, l10n, window } from 'vscode';
import { asSlipwayError } from '../client/engine-client';

/** Tells the user of failures: of what they asked for each time, of all else never twice the same. */
export class Notices {
  readonly #log: LogOutputChannel;
  readonly #told = new Set<string>();

  constructor(log: LogOutputChannel) {
    this.#log = log;
  }

  /** Does what the user asked for; a failure is told and goes no further. */
  async attempt(work: () => unknown): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.tell(error, { again: true });
    }
  }

  /** One sentence and the way to the log. `again`: the user waits for an answer, so told before is no reason for silence. */
  tell(error: unknown, { again = false } = {}): void {
    const { message } = asSlipwayError(error);
    this.#log.error(message);
    if (this.#told.has(message) && !again) return;
    this.#told.add(message);
    const showLogs = l10n.t('Show Logs');
    void window.showErrorMessage(message, showLogs).then((chosen) => {
      if (chosen === showLogs) this.#log.show();
    });
  }
}
