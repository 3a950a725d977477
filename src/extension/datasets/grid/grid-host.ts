// The host's end of a grid's messages: its questions go to a data process, about this one file.
import { env, l10n, type Webview } from 'vscode';
import { type Disposable, DisposableStore } from '../../../base/disposable';
import { messageOf, SlipwayError } from '../../../base/errors';
import type { KeptDataProcess } from '../../../client/data/data-process';
import type { GridAsk } from '../../../protocol/datasets/table/grid-panel';
import type { TableFiles } from '../../../protocol/datasets/table-source';
import type { ToHost, ToPanel } from '../../../protocol/panel';

/** Pages come from one process, and what takes long from another, so that nobody who scrolls waits for a count. */
export interface GridProcesses {
  pages: KeptDataProcess;
  work: KeptDataProcess;
}

const lanes: Readonly<Record<GridAsk, keyof GridProcesses>> = {
  gridPage: 'pages',
  gridCell: 'pages',
  gridCount: 'work',
  gridHeads: 'work',
};

/** What a host serves; `openAsText` shows the file in the editor of texts. */
export interface GridHostOptions {
  webview: Webview;
  source: TableFiles;
  processes: GridProcesses;
  openAsText: () => void;
}

/** Serves one page until disposed of. */
export class GridHost implements Disposable {
  readonly #options: GridHostOptions;
  readonly #store = new DisposableStore();
  readonly #inFlight = new Map<number, AbortController>();

  constructor(options: GridHostOptions) {
    this.#options = options;
    this.#store.add(options.webview.onDidReceiveMessage((message: ToHost) => this.#receive(message)));
  }

  /** The file is another now: the page asks anew. */
  changed(): void {
    this.#post({ type: 'event', event: { type: 'changed' } });
  }

  dispose(): void {
    for (const abort of this.#inFlight.values()) abort.abort();
    this.#store.dispose();
  }

  #receive(message: ToHost): void {
    if (message.type === 'listening') return;
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
    if (!Object.hasOwn(lanes, name))
      throw new SlipwayError('forbidden', l10n.t('This panel may not ask for {0}.', name));
    const question = name as GridAsk;
    const { processes, source } = this.#options;
    // The page is ours and its input typed; the file is not for it to choose.
    const asked = { ...(input as object), source } as never;
    return processes[lanes[question]].ask(question, asked, { signal });
  }

  async #do(name: string, input: unknown): Promise<void> {
    if (name === 'text.copy') await env.clipboard.writeText((input as { text: string }).text);
    else if (name === 'grid.openText') this.#options.openAsText();
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
