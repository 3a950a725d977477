// Notes that are being written, kept with the workspace: a tab that was closed has its own again when the run is opened.
import type { Memento } from 'vscode';
import type { NoteDraft } from '../../../protocol/panel';

const key = 'slipway.noteDrafts';
const mostKept = 30;
/** Milliseconds for which what is typed stays in memory alone. */
const pause = 500;

type Draft = [folder: string, runId: string, draft: NoteDraft];

/** One draft for each run, the latest runs'. */
export class NoteDrafts {
  readonly #memory: Memento;
  #drafts: Draft[];
  #writing: NodeJS.Timeout | undefined;

  constructor(memory: Memento) {
    this.#memory = memory;
    this.#drafts = memory.get<Draft[]>(key, []);
  }

  /** Null where nothing is being written. `folder` is a URI as text. */
  of(folder: string, runId: string): NoteDraft | null {
    return this.#drafts.find((each) => isOf(each, folder, runId))?.[2] ?? null;
  }

  /** Keeps what is being written; null, or the note as it was, is nothing. */
  keep(folder: string, runId: string, draft: NoteDraft | null): void {
    const others = this.#drafts.filter((each) => !isOf(each, folder, runId));
    const own: Draft[] = draft === null || draft.text === draft.base ? [] : [[folder, runId, draft]];
    this.#drafts = [...others, ...own].slice(-mostKept);
    // A window may end at any time, so nothing waits for an end of the typing.
    this.#writing ??= setTimeout(() => {
      this.#writing = undefined;
      void this.#memory.update(key, this.#drafts);
    }, pause);
  }
}

function isOf([ofFolder, ofRun]: Draft, folder: string, runId: string): boolean {
  return ofFolder === folder && ofRun === runId;
}
