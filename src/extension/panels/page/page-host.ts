// The host's end of a page's messages. A hidden page is thrown away, and the next one in its tab hears nothing of what
// the earlier one asked: its questions end with it, and what the user asked for goes on and is told in a notification.
import { type Webview, window } from 'vscode';
import { type Disposable, DisposableStore } from '../../../base/disposable';
import { asSlipwayError } from '../../../client/engine-client';
import type { PanelEvent, ToHost, ToPanel } from '../../../protocol/panel';

/** What becomes of a question whose page is gone: `isTold`: it goes on, and a notification says when it fails. */
export type Fate = 'ends' | 'goesOn' | 'isTold';

/** Who answers a page. What these throw is the answer too. */
export interface PageAnswers {
  query: (name: string, input: unknown, signal: AbortSignal) => Promise<unknown>;
  command: (name: string, input: unknown) => Promise<unknown>;
  /** A query that only reads ends; one that changes something, or makes what is kept, does not. */
  fate: (query: string) => Fate;
  /** The page hears events from now on. */
  listening?: () => void;
  /** A command is done whose page is gone. */
  unheard?: (name: string, value: unknown) => void;
}

type Asked = Extract<ToHost, { type: 'query' | 'command' }>;

/** Serves the pages of one panel, one after the other, until disposed of. */
export class PageHost implements Disposable {
  readonly #webview: Webview;
  readonly #answers: PageAnswers;
  readonly #store = new DisposableStore();
  /** What goes on, by page and id. */
  readonly #inFlight = new Map<string, AbortController>();
  /** That of the page that is there, or is being loaded. */
  #life = new AbortController();
  /** The name that it gave itself; undefined before it has said anything. */
  #page: string | undefined;
  #leftPage: string | undefined;

  constructor(webview: Webview, answers: PageAnswers) {
    this.#webview = webview;
    this.#answers = answers;
    this.#store.add(webview.onDidReceiveMessage((message: ToHost) => this.#receive(message)));
  }

  /** Is aborted when the page that is there now, or is being loaded, is gone. */
  get life(): AbortSignal {
    return this.#life.signal;
  }

  /** A page that is hidden or being loaded misses it, and asks for everything when it is there. */
  tell(event: PanelEvent): void {
    this.#post({ type: 'event', event });
  }

  /** The page is gone; another one may come. */
  left(): void {
    this.#life.abort();
    this.#life = new AbortController();
    this.#leftPage = this.#page;
    this.#page = undefined;
  }

  dispose(): void {
    this.#life.abort();
    this.#store.dispose();
  }

  #receive(message: ToHost): void {
    if (message.type === 'still') return;
    const life = this.#lifeOf(message.page);
    switch (message.type) {
      case 'listening':
        this.#answers.listening?.();
        return;
      case 'cancel':
        this.#inFlight.get(keyOf(message))?.abort();
        return;
      default:
        void this.#answer(message, life);
    }
  }

  /** VS Code loads a page anew by itself, too, as when its tab goes to another window: the new one has another name. */
  #lifeOf(page: string): AbortSignal {
    if (page === this.#leftPage) return AbortSignal.abort();
    if (this.#page !== undefined && this.#page !== page) this.left();
    this.#page = page;
    return this.life;
  }

  async #answer(asked: Asked, life: AbortSignal): Promise<void> {
    const fate = asked.type === 'command' ? 'isTold' : this.#answers.fate(asked.name);
    if (life.aborted && fate === 'ends') return;
    const cancelled = new AbortController();
    this.#inFlight.set(keyOf(asked), cancelled);
    const signal = fate === 'ends' ? AbortSignal.any([cancelled.signal, life]) : cancelled.signal;
    const { page, id } = asked;
    try {
      const value = await this.#work(asked, signal);
      if (!life.aborted) this.#post({ type: 'answer', page, id, value: value ?? null });
      else if (asked.type === 'command') this.#answers.unheard?.(asked.name, value);
    } catch (error) {
      if (signal.aborted) return;
      const { code, message } = asSlipwayError(error);
      if (!life.aborted) this.#post({ type: 'failure', page, id, code, message });
      else if (fate === 'isTold') void window.showErrorMessage(message);
    } finally {
      this.#inFlight.delete(keyOf(asked));
    }
  }

  #work({ type, name, input }: Asked, signal: AbortSignal): Promise<unknown> {
    return type === 'query' ? this.#answers.query(name, input, signal) : this.#answers.command(name, input);
  }

  #post(message: ToPanel): void {
    void this.#webview.postMessage(message);
  }
}

function keyOf({ page, id }: { page: string; id: number }): string {
  return `${page} ${id}`;
}
