// Long work of models whose pages were closed goes on, and is shown as VS Code shows work, until it ends or is cancelled.
import { basename } from 'node:path';
import { commands, l10n, ProgressLocation, Uri, window } from 'vscode';
import type { Disposable } from '../../base/disposable';
import type { JobProgress } from '../../protocol/jobs/job';
import type { ModelWorks } from './model-works';

/** Work that goes on. `ended` settles, without failing, when it is over. */
export interface GoingWork {
  /** Its page's name for it. */
  title: string;
  readonly progress: JobProgress;
  ended: Promise<WorkEnd>;
  stop(): void;
}

/** `message`: why it failed. */
export type WorkEnd = { kind: 'done' | 'cancelled' } | { kind: 'failed'; message: string };

interface Place {
  works: ModelWorks;
  pages: number;
}

const lookEvery = 500;

/** One for each model that has a page, or work that goes on. */
export class KeptWorks implements Disposable {
  readonly #make: (path: string) => ModelWorks;
  readonly #places = new Map<string, Place>();

  constructor(make: (path: string) => ModelWorks) {
    this.#make = make;
  }

  /** For a page of the model at `path`, which says `left` when it is closed. */
  entered(path: string): ModelWorks {
    const place = this.#places.get(path) ?? { works: this.#make(path), pages: 0 };
    this.#places.set(path, place);
    place.pages += 1;
    return place.works;
  }

  left(path: string): void {
    const place = this.#places.get(path);
    if (place === undefined) return;
    place.pages -= 1;
    if (place.pages > 0) return;
    const { going } = place.works;
    if (going.length === 0) this.#drop(path, place);
    for (const work of going) void this.#show(path, work).finally(() => this.#drop(path, place));
  }

  dispose(): void {
    for (const { works } of this.#places.values()) works.dispose();
  }

  #drop(path: string, place: Place): void {
    if (place.pages > 0 || place.works.going.length > 0 || this.#places.get(path) !== place) return;
    this.#places.delete(path);
    place.works.dispose();
  }

  /** Says how it ends, unless a page is there again that shows it. */
  async #show(path: string, work: GoingWork): Promise<void> {
    const title = l10n.t('{0}: {1}', basename(path), work.title);
    const location = ProgressLocation.Notification;
    const end = await window.withProgress({ location, title, cancellable: true }, async (progress, token) => {
      token.onCancellationRequested(() => work.stop());
      const timer = setInterval(() => progress.report({ message: shareText(work.progress) }), lookEvery);
      try {
        return await work.ended;
      } finally {
        clearInterval(timer);
      }
    });
    if ((this.#places.get(path)?.pages ?? 0) === 0) void tell(path, title, end);
  }
}

function shareText({ done, total }: JobProgress): string {
  return total > 0 ? l10n.t('{0} %', Math.floor((100 * done) / total)) : '';
}

async function tell(path: string, title: string, end: WorkEnd): Promise<void> {
  if (end.kind === 'cancelled') return;
  const show = l10n.t('Show');
  const chosen =
    end.kind === 'failed'
      ? await window.showErrorMessage(l10n.t('{0} failed. {1}', title, end.message), show)
      : await window.showInformationMessage(l10n.t('{0} is done.', title), show);
  if (chosen === show) await commands.executeCommand('vscode.openWith', Uri.file(path), 'slipway.model');
}
