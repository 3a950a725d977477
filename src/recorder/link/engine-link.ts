// How the recorder tells the engine that there is news: by its marker where the engine watches the inbox, else by HTTP.
// Nothing here may ever hold up or break the recorded command.
import { closeSync, existsSync, openSync, readFileSync, renameSync } from 'node:fs';
import { type EngineAddress, readAddress } from '../../client/engine-address';
import { isElsewhere } from '../../client/liveness/live-engine';
import { isProcessAlive } from '../../platform/process/process-mark';
import { apiRoute } from '../../protocol/api-route';
import type { WorkspaceLayout } from '../../protocol/folder/layout';
import type { LoopbackRequest } from './loopback-request';

/** Milliseconds. What comes at once, such as the findings on a short command, is one poke. */
const firstPause = 30;
const pause = 150;
const pauseWhenAway = 2000;

/** Pokes the engine of one workspace about one run. */
export class EngineLink {
  readonly #layout: WorkspaceLayout;
  readonly #runId: string;
  #timer: NodeJS.Timeout | undefined;
  #busy = false;
  #isNews = false;
  #closed = false;

  constructor(layout: WorkspaceLayout, runId: string) {
    this.#layout = layout;
    this.#runId = runId;
  }

  /** The address the workspace's engine was last given; undefined before its first start, or in a copied folder. */
  address(): EngineAddress | undefined {
    return readAddress(this.#layout.root);
  }

  /**
   * Whether the workspace's engine says that it lives, at the address there is: `surely` when its process is provably
   * the one that said so, `watching` when it also notices news by itself, `perhaps` when only a process with its pid is
   * there.
   */
  get lives(): 'watching' | 'surely' | 'perhaps' | 'no' {
    try {
      const { pid, url, mark, space, watches } = JSON.parse(readFileSync(this.#layout.liveness, 'utf8')) as Record<
        string,
        unknown
      >;
      if (typeof pid !== 'number' || url !== this.address()?.url) return 'no';
      if (isElsewhere(typeof space === 'string' ? space : null)) return 'perhaps';
      const known = typeof mark === 'string' ? mark : null;
      if (!isProcessAlive(pid, known)) return 'no';
      if (known === null) return 'perhaps';
      return watches === true ? 'watching' : 'surely';
    } catch {
      return 'no';
    }
  }

  /** Makes the run's marker anew, for an engine that watches. False when there is none any more: all was taken in. */
  mark(): boolean {
    const marker = `${this.#layout.inbox}/${this.#runId}`;
    try {
      if (!existsSync(marker)) return false;
      closeSync(openSync(`${marker}.tmp`, 'w'));
      renameSync(`${marker}.tmp`, marker);
      return true;
    } catch {
      return false;
    }
  }

  /** Whether some engine answers at the workspace's address within `timeout` milliseconds. */
  async isUp(timeout: number): Promise<boolean> {
    const address = this.address();
    if (address === undefined) return false;
    return (await ask({ url: address.url, method: 'GET', path: '/health', timeout })) !== undefined;
  }

  /** Asks the engine to look now. Undefined when none answers within `timeout` milliseconds. */
  async takeIn(timeout: number, onSent?: () => void): Promise<{ done: boolean } | undefined> {
    const address = this.address();
    // Whoever else got the port is not sent the token.
    if (address === undefined || this.lives === 'no') return undefined;
    const path = `${apiRoute}/recordings.takeIn`;
    const request = {
      ...address,
      method: 'POST',
      path,
      body: JSON.stringify({ runId: this.#runId }),
      timeout,
    } as const;
    const text = await ask(onSent === undefined ? request : { ...request, onSent });
    return text === undefined ? undefined : readAnswer(text);
  }

  /** Asks the engine to look, without waiting for its answer. True once the word has left, false when nobody took it. */
  say(timeout: number): Promise<boolean> {
    return new Promise((resolve) => {
      const answer = this.takeIn(timeout, () => resolve(true));
      void answer.then((given) => resolve(given !== undefined));
    });
  }

  /** Says that there is news; several within a moment are one request, and none is lost while the engine is away. */
  poke(): void {
    this.#isNews = true;
    if (!this.#busy && this.#timer === undefined) this.#wait(firstPause);
  }

  /** No more pokes. */
  close(): void {
    this.#closed = true;
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #wait(pause: number): void {
    if (this.#closed) return;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      if (this.#isNews) void this.#send();
    }, pause);
    this.#timer.unref();
  }

  async #send(): Promise<void> {
    this.#busy = true;
    this.#isNews = false;
    const isTold = (this.lives === 'watching' && this.mark()) || (await this.takeIn(5000)) !== undefined;
    this.#busy = false;
    if (!isTold) this.#isNews = true;
    this.#wait(isTold ? pause : pauseWhenAway);
  }
}

/** Loaded only when needed: most commands are over before. */
async function ask(request: LoopbackRequest): Promise<string | undefined> {
  const { loopbackRequest } = await import('./loopback-request');
  return loopbackRequest(request);
}

function readAnswer(text: string): { done: boolean } | undefined {
  try {
    const answer = JSON.parse(text) as { result?: { data?: { done?: unknown } } };
    const done = answer.result?.data?.done;
    return typeof done === 'boolean' ? { done } : undefined;
  } catch {
    return undefined;
  }
}
