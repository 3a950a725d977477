// The one place that talks to VS Code. A page in a plain browser installs a host of its own instead.
import type {
  PanelAnswer,
  PanelCommand,
  PanelCommands,
  PanelEvent,
  PanelQueries,
  PanelQuery,
  Still,
  ToHost,
  ToPanel,
} from '../../../src/protocol/panel';

/** A refusal or failure told by the host; `code` is the engine's error code, when it had one. */
export class HostError extends Error {
  override readonly name = 'HostError';
  constructor(
    message: string,
    readonly code: string | null,
  ) {
    super(message);
  }
}

/** What a panel can ask for. */
export interface Host {
  /** Sends one query to the engine. Rejects with HostError, or with the signal's reason once aborted. */
  query<Q extends PanelQuery>(
    name: Q,
    input: PanelQueries[Q]['input'],
    signal?: AbortSignal,
  ): Promise<PanelQueries[Q]['output']>;
  /** Asks the editor to do something; resolves when it is done, with its answer if it has one. */
  command<C extends PanelCommand>(name: C, input: PanelCommands[C]): Promise<PanelAnswer<C>>;
  /** Calls `listener` for every event until the returned function is called. */
  listen(listener: (event: PanelEvent) => void): () => void;
  /** The state kept over reloads, if any. */
  load(): unknown;
  save(state: unknown): void;
  /** What the tab shows when it is chosen again, until the page is there. */
  keep(still: Still): void;
}

interface VsCodeApi {
  postMessage(message: ToHost): void;
  getState(): unknown;
  setState(state: unknown): void;
}
declare function acquireVsCodeApi(): VsCodeApi;
declare global {
  interface Window {
    slipwayHost?: Host;
  }
}

/** Milliseconds for the first drawing of a panel that is shown again. */
const drawnFirst = 150;

interface Waiting {
  resolve(value: unknown): void;
  reject(error: Error): void;
  settled(): void;
}

class MessageHost implements Host {
  readonly #api = acquireVsCodeApi();
  readonly #waiting = new Map<number, Waiting>();
  readonly #listeners = new Set<(event: PanelEvent) => void>();
  readonly #kept: Map<string, unknown>;
  #isAskingAnew = false;
  #isListening = false;
  readonly #page = crypto.getRandomValues(new Uint32Array(2)).join('-');
  #lastId = 0;

  constructor(kept: Record<string, unknown>) {
    this.#kept = new Map(Object.entries(kept));
    window.addEventListener('message', (message: MessageEvent<ToPanel>) => this.#receive(message.data));
  }

  async query<Q extends PanelQuery>(
    name: Q,
    input: PanelQueries[Q]['input'],
    signal?: AbortSignal,
  ): Promise<PanelQueries[Q]['output']> {
    const question = JSON.stringify([name, input]);
    if (this.#kept.has(question)) {
      const answer = this.#kept.get(question) as PanelQueries[Q]['output'];
      this.#kept.delete(question);
      this.#askAnewSoon();
      return answer;
    }
    return (await this.#ask({ type: 'query', name, input }, signal)) as PanelQueries[Q]['output'];
  }

  async command<C extends PanelCommand>(name: C, input: PanelCommands[C]): Promise<PanelAnswer<C>> {
    return (await this.#ask({ type: 'command', name, input })) as PanelAnswer<C>;
  }

  listen(listener: (event: PanelEvent) => void): () => void {
    this.#listeners.add(listener);
    if (!this.#isListening) this.#api.postMessage({ type: 'listening', page: this.#page });
    this.#isListening = true;
    return () => this.#listeners.delete(listener);
  }

  load(): unknown {
    return this.#api.getState();
  }

  save(state: unknown): void {
    this.#api.setState(state);
  }

  keep(still: Still): void {
    this.#api.postMessage({ type: 'still', still });
  }

  /** What was known when the panel was hidden is drawn first; then everything is asked again, once. */
  #askAnewSoon(): void {
    if (this.#isAskingAnew) return;
    this.#isAskingAnew = true;
    setTimeout(() => {
      this.#kept.clear();
      for (const listener of this.#listeners) listener({ type: 'changed' });
    }, drawnFirst);
  }

  #ask(message: { type: 'query' | 'command'; name: string; input: unknown }, signal?: AbortSignal): Promise<unknown> {
    signal?.throwIfAborted();
    this.#lastId += 1;
    const id = this.#lastId;
    return new Promise((resolve, reject) => {
      const onAbort = (): void => {
        this.#waiting.delete(id);
        this.#api.postMessage({ type: 'cancel', page: this.#page, id });
        reject(signal?.reason as Error);
      };
      // The signal lives as long as the panel, so a settled question takes its listener away.
      const settled = (): void => signal?.removeEventListener('abort', onAbort);
      this.#waiting.set(id, { resolve, reject, settled });
      signal?.addEventListener('abort', onAbort, { once: true });
      this.#api.postMessage({ ...message, page: this.#page, id });
    });
  }

  #receive(message: ToPanel): void {
    if (message.type === 'event') {
      for (const listener of this.#listeners) listener(message.event);
      return;
    }
    if (message.page !== this.#page) return;
    const waiting = this.#waiting.get(message.id);
    this.#waiting.delete(message.id);
    waiting?.settled();
    if (message.type === 'answer') waiting?.resolve(message.value);
    else waiting?.reject(new HostError(message.message, message.code));
  }
}

/**
 * The host of this page: VS Code's, or the one a development page has put in its place. Call once. `kept` holds answers
 * from before the panel was hidden, by question (`["name",input]`).
 */
export function createHost(kept: Record<string, unknown>): Host {
  return window.slipwayHost ?? new MessageHost(kept);
}
