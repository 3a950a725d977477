// The commands that were recorded last from this window, newest first.
import type { Memento } from 'vscode';
import * as z from 'zod';

const kept = 8;
const key = 'slipway.recentCommands';

/** A command and what it was recorded with; `folder` is the folder's URI, `cwd` a path relative to it. */
const recentCommand = z.object({
  folder: z.string(),
  command: z.array(z.string()).min(1),
  experiment: z.string().optional(),
  cwd: z.string().optional(),
});
export type RecentCommand = z.infer<typeof recentCommand>;

/** Remembers commands for as long as the workspace's own state. */
export class RecentCommands {
  readonly #memory: Memento;

  constructor(memory: Memento) {
    this.#memory = memory;
  }

  /** Those of one folder. */
  of(folder: string): RecentCommand[] {
    return this.#all.filter((recent) => recent.folder === folder);
  }

  /** Puts a command first, and forgets the oldest beyond eight. */
  async remember(recent: RecentCommand): Promise<void> {
    const textOf = ({ folder, command, cwd = '' }: RecentCommand): string => JSON.stringify([folder, command, cwd]);
    const same = (other: RecentCommand): boolean => textOf(other) === textOf(recent);
    await this.#memory.update(key, [recent, ...this.#all.filter((other) => !same(other))].slice(0, kept));
  }

  get #all(): RecentCommand[] {
    const read = z.array(recentCommand).safeParse(this.#memory.get(key));
    return read.success ? read.data : [];
  }
}
