// What the walkthrough's steps wait for, as context keys of their own that follow what there really is. VS Code hears of
// a key that turns true, but not of one that was true before it first showed the walkthrough: until then they stay false.
import { type Tab, TabInputWebview, window } from 'vscode';
import { type Disposable, DisposableStore } from '../../base/disposable';
import { ContextKey } from '../context-key';
import type { EngineSessions } from '../session/engine-sessions';
import { isWorkspaceState } from '../session/engine-state';
import { Throttle } from '../throttle';

/** Milliseconds between two looks, while a walkthrough is on screen and its last milestone ahead. */
const rest = 2000;

const milestones = ['initialized', 'engineAnswers', 'hasRuns', 'openedRun', 'starredRun'] as const;
type Milestone = (typeof milestones)[number];

/** Sets `slipway.walkthrough.<milestone>` for good once each is so and a walkthrough has been on screen. */
export class Milestones implements Disposable {
  readonly #sessions: EngineSessions;
  readonly #store = new DisposableStore();
  readonly #keys = new Map(milestones.map((name) => [name, new ContextKey<boolean>(`slipway.walkthrough.${name}`)]));
  readonly #reached = new Set<Milestone>();
  readonly #throttle = this.#store.add(new Throttle(() => this.#look(), rest));
  #isOnScreen = false;

  constructor(sessions: EngineSessions) {
    this.#sessions = sessions;
    this.#store.add(sessions.onEvent(() => this.#ask()));
    this.#store.add(sessions.onStateChanged(() => this.#ask()));
    this.#store.add(window.tabGroups.onDidChangeTabs(({ opened }) => this.#opened(opened)));
    this.#opened(window.tabGroups.all.flatMap(({ tabs }) => tabs));
  }

  dispose(): void {
    this.#store.dispose();
  }

  #opened(tabs: readonly Tab[]): void {
    if (tabs.some(isRunPanel)) this.#reached.add('openedRun');
    if (tabs.some(mayBeWalkthrough)) this.#isOnScreen = true;
    this.#ask();
    this.#tell();
  }

  /** What is on screen may be no walkthrough, and whoever never looks at one asks nothing. */
  #ask(): void {
    if (this.#isOnScreen && !this.#reached.has('starredRun')) this.#throttle.ask();
  }

  async #look(): Promise<void> {
    const { all, running } = this.#sessions;
    if (all.some(({ state }) => isWorkspaceState(state))) this.#reached.add('initialized');
    if (running.length > 0) this.#reached.add('engineAnswers');
    for (const { client } of running) {
      const has = async (query: { starred?: true }): Promise<boolean> => {
        const page = await client?.api.runs.list.query({ limit: 1, ...query }).catch(() => undefined);
        return (page?.items.length ?? 0) > 0;
      };
      if (this.#reached.has('hasRuns') || (await has({}))) this.#reached.add('hasRuns');
      if (await has({ starred: true })) this.#reached.add('starredRun');
    }
    this.#tell();
  }

  #tell(): void {
    if (!this.#isOnScreen) return;
    for (const name of this.#reached) this.#keys.get(name)?.set(true);
  }
}

function isRunPanel({ input }: Tab): boolean {
  return input instanceof TabInputWebview && input.viewType.endsWith('slipway.run');
}

/** Extensions are not told what kind of tab a walkthrough is; it is one of the few without any. */
function mayBeWalkthrough({ input }: Tab): boolean {
  return input === undefined;
}
