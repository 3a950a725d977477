// The inbox: one empty file per run that an engine has not wholly taken in.
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { runFiles, type WorkspaceLayout } from '../../../../protocol/folder/layout';

/** Lists, clears and rejects what recorders left. */
export class Inbox {
  readonly #layout: WorkspaceLayout;

  constructor(layout: WorkspaceLayout) {
    this.#layout = layout;
  }

  /** The run ids waiting, by the time their runs began; names that are no run come last. */
  waiting(): string[] {
    return this.#byStart(names(this.#layout.inbox).filter((name) => name !== 'rejected' && !name.endsWith('.tmp')));
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
