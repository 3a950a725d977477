// The inbox: one empty file per run that an engine has not wholly taken in. Its recorder makes the file anew when there is
// news, so that the engine hears of it without being asked.
import {
  existsSync,
  type FSWatcher,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  watch,
  writeFileSync,
} from 'node:fs';
import type { Disposable } from '../../../../base/disposable';
import { runFiles, type WorkspaceLayout } from '../../../../protocol/folder/layout';

/** Two changes of a folder within one tick of the kernel's clock, 1 to 10 ms, leave it the same time. */
const settled = 50;

/** Lists, clears and rejects what recorders left. */
export class Inbox implements Disposable {
  readonly #layout: WorkspaceLayout;
  readonly #seen = new Map<string, string>();
  #lookedAt: number | undefined;
  #watcher: FSWatcher | undefined;

  constructor(layout: WorkspaceLayout) {
    this.#layout = layout;
  }

  /** The run ids waiting, by the time their runs began; names that are no run come last. */
  waiting(): string[] {
    return this.#byStart(this.#markers());
  }

  /** Calls `onNews` when something changes in the inbox. Returns false where the system watches no folder. */
  watch(onNews: () => void): boolean {
    try {
      this.#watcher = watch(this.#layout.inbox, { persistent: false }, onNews);
      this.#watcher.on('error', () => this.dispose());
      return true;
    } catch {
      return false;
    }
  }

  /** The run ids whose marker was made, or made anew, since the last call. Costs one look at the folder when there is none. */
  news(): string[] {
    const time = statSync(this.#layout.inbox, { throwIfNoEntry: false })?.mtimeMs;
    if (time === this.#lookedAt) return [];
    const there = this.#markers();
    const found = there.filter((name) => {
      const marker = statSync(`${this.#layout.inbox}/${name}`, { throwIfNoEntry: false });
      const mark = `${marker?.ino} ${marker?.mtimeMs}`;
      const isNews = this.#seen.get(name) !== mark;
      this.#seen.set(name, mark);
      return isNews && marker !== undefined;
    });
    const known = new Set(there);
    for (const name of this.#seen.keys()) if (!known.has(name)) this.#seen.delete(name);
    this.#lookedAt = time !== undefined && Date.now() - time > settled ? time : undefined;
    return found;
  }

  dispose(): void {
    this.#watcher?.close();
    this.#watcher = undefined;
  }

  /** True when a marker of that name lies there; asked of the listing, because a name from outside may be a path. */
  has(name: string): boolean {
    return names(this.#layout.inbox).includes(name);
  }

  /** The ids of all run folders, by the time their runs began. */
  allRuns(): string[] {
    return this.#byStart(names(this.#layout.runs));
  }

  /** The run has been taken in. */
  clear(runId: string): void {
    rmSync(`${this.#layout.inbox}/${runId}`, { force: true });
  }

  /** Sets a marker aside with the reason beside it. */
  reject(name: string, why: string): void {
    const folder = this.#layout.rejected;
    mkdirSync(folder, { recursive: true });
    const marker = `${this.#layout.inbox}/${name}`;
    if (existsSync(marker)) renameSync(marker, `${folder}/${name}`);
    writeFileSync(`${folder}/${name}.txt`, `${why}\n`);
  }

  #markers(): string[] {
    return names(this.#layout.inbox).filter((name) => name !== 'rejected' && !name.endsWith('.tmp'));
  }

  #byStart(ids: string[]): string[] {
    const started = new Map(ids.map((id) => [id, this.#startOf(id)]));
    return ids.sort((a, b) => (started.get(a) ?? 0) - (started.get(b) ?? 0) || (a < b ? -1 : 1));
  }

  #startOf(runId: string): number {
    try {
      const spec: unknown = JSON.parse(readFileSync(`${this.#layout.run(runId)}/${runFiles.spec}`, 'utf8'));
      const time = (spec as { startTime?: unknown } | null)?.startTime;
      return typeof time === 'number' ? time : Number.MAX_SAFE_INTEGER;
    } catch {
      return Number.MAX_SAFE_INTEGER;
    }
  }
}

function names(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
