// slipway.yaml is edited while the engine runs; readers always see its newest state.
import { statSync } from 'node:fs';
import { messageOf } from '../base/errors';
import { type LoadedConfig, loadConfig } from './config';

/**
 * The workspace's slipway.yaml, read again when the file, its times or its size changed. While it is no YAML, as in the
 * middle of an edit, what it said before still holds beside the mistake.
 */
export class ConfigFile {
  readonly #path: string;
  #stamp = 'never';
  #loaded: LoadedConfig | undefined;
  #lastRead: LoadedConfig | undefined;

  constructor(path: string) {
    this.#path = path;
  }

  /** What the file says now. Costs one `stat` when it has not changed. */
  current(): LoadedConfig {
    const stamp = stampOf(this.#path);
    if (this.#loaded === undefined || stamp !== this.#stamp) {
      const loaded = loadConfig(this.#path);
      if (!loaded.isUnread) this.#lastRead = loaded;
      this.#loaded = loaded.isUnread ? { ...loaded, ...this.#lastKnown(loaded) } : loaded;
      this.#stamp = stamp;
    }
    return this.#loaded;
  }

  #lastKnown({ problems }: LoadedConfig): Partial<LoadedConfig> {
    if (this.#lastRead === undefined) return { unreadModels: { all: problems[0] ?? '', byName: {} } };
    const { config, unreadModels } = this.#lastRead;
    return { config, ...(unreadModels === undefined ? {} : { unreadModels }) };
  }
}

function stampOf(path: string): string {
  try {
    const stat = statSync(path, { throwIfNoEntry: false });
    return stat === undefined ? 'missing' : `${stat.ino}:${stat.mtimeMs}:${stat.ctimeMs}:${stat.size}`;
  } catch (error) {
    // A link in a circle, a folder that may not be entered: reading it tells the same, once.
    return messageOf(error);
  }
}
