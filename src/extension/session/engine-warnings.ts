// What an engine warns of while it answers: a database that was set aside, a mistake in slipway.yaml, a lock that another
// program holds. Some of it begins in files and other programs, so no event tells of it, and it is asked for.
import { EventEmitter, type LogOutputChannel } from 'vscode';
import type { Disposable } from '../../base/disposable';
import type { EngineClient } from '../../client/engine-client';

/** Milliseconds between two questions. */
const pause = 15_000;

/** The warnings of one engine at a time. */
export class EngineWarnings implements Disposable {
  readonly #log: LogOutputChannel;
  readonly #changed = new EventEmitter<void>();
  #sentences: readonly string[] = [];
  #timer: NodeJS.Timeout | undefined;
  #client: EngineClient | undefined;
  /** Fires when the sentences are others than before. */
  readonly onChanged = this.#changed.event;

  constructor(log: LogOutputChannel) {
    this.#log = log;
  }

  /** One sentence for each thing that is wrong, with what to do about it. */
  get sentences(): readonly string[] {
    return this.#sentences;
  }

  /** Asks `client` now and again from time to time. */
  follow(client: EngineClient): void {
    this.rest();
    this.#client = client;
    this.#timer = setInterval(() => void this.#ask(client), pause);
    void this.#ask(client);
  }

  /** Asks now, when what it warns of may just have changed. */
  async askNow(): Promise<void> {
    if (this.#client !== undefined) await this.#ask(this.#client);
  }

  /** Asks no more: nobody knows what an engine that is away would say. */
  rest(): void {
    clearInterval(this.#timer);
    this.#client = undefined;
    this.#set([]);
  }

  dispose(): void {
    clearInterval(this.#timer);
    this.#client = undefined;
    this.#changed.dispose();
  }

  async #ask(client: EngineClient): Promise<void> {
    // That it does not answer is found out, and told, by whoever listens to its events.
    const status = await client.api.engine.status.query().catch(() => undefined);
    if (status !== undefined && client === this.#client) this.#set(status.warnings);
  }

  #set(sentences: readonly string[]): void {
    if (sentences.join('\n') === this.#sentences.join('\n')) return;
    for (const each of sentences) if (!this.#sentences.includes(each)) this.#log.warn(each);
    this.#sentences = sentences;
    this.#changed.fire();
  }
}
