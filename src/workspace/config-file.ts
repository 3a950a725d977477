// slipway.yaml is edited while the engine runs; readers always see its newest state.
import { statSync } from 'node:fs';
import { messageOf } from '../base/errors';
import { type LoadedConfig, loadConfig } from './config';

/** The workspace's slipway.yaml, read again when the file, its times or its size changed. */
export class ConfigFile {
  readonly #path: string;
  #stamp = 'never';
  #loaded: LoadedConfig | undefined;

  constructor(path: string) {
    this.#path = path;
  }

  /** What the file says now. Costs one `stat` when it has not changed. */
  current(): LoadedConfig {
    const stamp = stampOf(this.#path);
    if (this.#loaded === undefined || stamp !== this.#stamp) {
      this.#loaded = loadConfig(this.#path);
      this.#stamp = stamp;
    }
    return this.#loaded;
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
