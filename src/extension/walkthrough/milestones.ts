// What the walkthrough's steps wait for, as context keys that follow what there really is.
import { TabInputWebview, window } from 'vscode';
import { type Disposable, DisposableStore } from '../../base/disposable';
import { ContextKey } from '../context-key';
import type { EngineSessions } from '../session/engine-sessions';
import { Throttle } from '../throttle';

/** Milliseconds between two looks, which end with the last milestone. */
const rest = 2000;

/** Sets `slipway.hasRuns`, `slipway.hasOpenedRun` and `slipway.hasStarredRun` once each is so. */
export class Milestones implements Disposable {
  readonly #sessions: EngineSessions;
  readonly #store = new DisposableStore();
  readonly #runs = new ContextKey<boolean>('slipway.hasRuns');
  readonly #opened = new ContextKey<boolean>('slipway.hasOpenedRun');
  readonly #starred = new ContextKey<boolean>('slipway.hasStarredRun');
  #hasRuns = false;
  #hasStarred = false;

  constructor(sessions: EngineSessions) {
    this.#sessions = sessions;
    const throttle = this.#store.add(new Throttle(() => this.#look(), rest));
    this.#store.add(sessions.onEvent(() => this.#hasStarred || throttle.ask()));
    this.#store.add(sessions.onStateChanged(() => this.#hasStarred || throttle.ask()));
    this.#store.add(
      window.tabGroups.onDidChangeTabs(({ opened }) => opened.some(isRunPanel) && this.#opened.set(true)),
    );
  }

  dispose(): void {
    this.#store.dispose();
  }

  async #look(): Promise<void> {
    for (const { client } of this.#sessions.running) {
      const has = async (starred: boolean): Promise<boolean> => {
        const page = await client?.api.runs.list
          .query({ limit: 1, ...(starred ? { starred } : {}) })
          .catch(() => undefined);
        return (page?.items.length ?? 0) > 0;
      };
      this.#hasRuns ||= await has(false);
      this.#hasStarred ||= this.#hasRuns && (await has(true));
    }
    if (this.#hasRuns) this.#runs.set(true);
    if (this.#hasStarred) this.#starred.set(true);
  }
}

function isRunPanel({ input }: { input: unknown }): boolean {
  return input instanceof TabInputWebview && input.viewType.endsWith('slipway.run');
}
