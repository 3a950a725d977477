// How the recorder tells the engine that there is news: one small request, written by hand because loading the typed
// client would cost more than the whole recorder. Nothing here may ever hold up or break the recorded command.
import { readFileSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { apiRoute } from '../protocol/api-route';
import type { WorkspaceLayout } from '../protocol/layout';

/** Where the engine answers; the token is good for this workspace for good. */
export interface LinkAddress {
  url: string;
  token: string;
}

const pause = 150;
const pauseWhenAway = 2000;

/** Pokes the engine of one workspace about one run. */
export class EngineLink {
  readonly #layout: WorkspaceLayout;
  readonly #body: string;
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 1 });
  #timer: NodeJS.Timeout | undefined;
  #busy = false;
  #again = false;
  #closed = false;

  constructor(layout: WorkspaceLayout, runId: string) {
    this.#layout = layout;
    this.#body = JSON.stringify({ runId });
  }

  /** The address the workspace's engine was last given; undefined before its first start, or in a copied folder. */
  address(): LinkAddress | undefined {
    try {
      const { url, token, workspace } = JSON.parse(readFileSync(this.#layout.address, 'utf8')) as Record<
        string,
        unknown
      >;
      if (typeof url !== 'string' || typeof token !== 'string' || workspace !== this.#layout.root) return undefined;
      return { url, token };
    } catch {
      return undefined;
    }
  }

  /** Whether some engine answers at the workspace's address within `timeout` milliseconds. */
  async isUp(timeout: number): Promise<boolean> {
    return (await this.#ask({ method: 'GET', path: '/health', timeout })) !== undefined;
  }

  /** Asks the engine to look now. Undefined when none answers within `timeout` milliseconds. */
  async takeIn(timeout: number): Promise<{ done: boolean } | undefined> {
    const text = await this.#ask({ method: 'POST', path: `${apiRoute}/recordings.takeIn`, body: this.#body, timeout });
    return text === undefined ? undefined : readAnswer(text);
  }

  /** Says that there is news; several within a moment are one request, and none is lost while the engine is away. */
  poke(): void {
    if (this.#busy || this.#timer !== undefined) {
      this.#again = true;
      return;
    }
    if (!this.#closed) void this.#send();
  }

  /** No more pokes. */
  close(): void {
    this.#closed = true;
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  /** The text of a good answer; undefined for any other and for none. */
  #ask(question: { method: string; path: string; body?: string; timeout: number }): Promise<string | undefined> {
    const address = this.address();
    if (address === undefined) return Promise.resolve(undefined);
    const { method, path, body, timeout } = question;
    const headers: Record<string, string> = { authorization: `Bearer ${address.token}` };
    if (body !== undefined) headers['content-type'] = 'application/json';
    return new Promise((resolve) => {
      const outgoing = request(`${address.url}${path}`, { method, agent: this.#agent, headers }, (incoming) => {
        let text = '';
        incoming.setEncoding('utf8').on('data', (piece: string) => {
          text += piece;
        });
        incoming.once('end', () => resolve(incoming.statusCode === 200 ? text : undefined));
        incoming.once('error', () => resolve(undefined));
      });
      outgoing.setTimeout(timeout, () => outgoing.destroy());
      outgoing.once('error', () => resolve(undefined));
      outgoing.once('close', () => resolve(undefined));
      outgoing.end(body);
    });
  }

  async #send(): Promise<void> {
    this.#busy = true;
    this.#again = false;
    const answer = await this.takeIn(5000);
    this.#busy = false;
    if (this.#closed) return;
    if (answer === undefined) this.#again = true;
    this.#timer = setTimeout(
      () => {
        this.#timer = undefined;
        if (this.#again) this.poke();
      },
      answer === undefined ? pauseWhenAway : pause,
    );
    this.#timer.unref();
  }
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
