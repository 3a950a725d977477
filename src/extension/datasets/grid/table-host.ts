// The host's end of a page about tables of its own: its questions go to a data process, not to an engine.
import { env, l10n, type Webview } from 'vscode';
import { type Disposable, DisposableStore } from '../../../base/disposable';
import { messageOf, SlipwayError } from '../../../base/errors';
import type { ToHost, ToPanel } from '../../../protocol/panel';

/** What a host serves. Neither `ask` nor `acts` lets the page choose the tables. */
export interface TableHostOptions {
  webview: Webview;
  /** Undefined for a question that this page may not ask. */
  ask: (name: string, input: unknown, signal: AbortSignal) => Promise<unknown> | undefined;
  /** What the page may have done, besides putting text on the clipboard. */
  acts?: Readonly<Record<string, () => void>>;
}

/** Serves one page until disposed of. */
export class TableHost implements Disposable {
  readonly #options: TableHostOptions;
  readonly #store = new DisposableStore();
  readonly #inFlight = new Map<number, AbortController>();

  constructor(options: TableHostOptions) {
    this.#options = options;
    this.#store.add(options.webview.onDidReceiveMessage((message: ToHost) => this.#receive(message)));
  }

  /** A file is another now: the page asks anew. */
  changed(): void {
    this.#post({ type: 'event', event: { type: 'changed' } });
  }

  /** The engine answers: the page asks anew what needs it. */
  engineIsThere(): void {
    this.#post({ type: 'event', event: { type: 'engine', state: 'running', message: null } });
  }

  dispose(): void {
    for (const abort of this.#inFlight.values()) abort.abort();
    this.#store.dispose();
  }

  #receive(message: ToHost): void {
    if (message.type === 'listening' || message.type === 'still') return;
    if (message.type === 'cancel') {
      this.#inFlight.get(message.id)?.abort();
      return;
    }
    const abort = new AbortController();
    const { id } = message;
    this.#inFlight.set(id, abort);
    const work =
      message.type === 'query'
        ? this.#ask(message.name, message.input, abort.signal)
        : this.#do(message.name, message.input);
    void work
      .then(
        (value) => this.#post({ type: 'answer', id, value: value ?? null }),
        (error: unknown) => this.#fail(id, error, abort.signal),
      )
      .finally(() => this.#inFlight.delete(id));
  }

  async #ask(name: string, input: unknown, signal: AbortSignal): Promise<unknown> {
    const answer = this.#options.ask(name, input, signal);
    if (answer === undefined) throw new SlipwayError('forbidden', l10n.t('This panel may not ask for {0}.', name));
    return answer;
  }

  async #do(name: string, input: unknown): Promise<void> {
    const { acts = {} } = this.#options;
    if (name === 'text.copy') await env.clipboard.writeText((input as { text: string }).text);
    else if (Object.hasOwn(acts, name)) acts[name]?.();
    else throw new SlipwayError('forbidden', l10n.t('This panel may not do {0}.', name));
  }

  #fail(id: number, error: unknown, signal: AbortSignal): void {
    if (signal.aborted) return;
    const code = SlipwayError.is(error) ? error.code : null;
    this.#post({ type: 'failure', id, code, message: messageOf(error) });
  }

  #post(message: ToPanel): void {
    void this.#options.webview.postMessage(message);
  }
}
