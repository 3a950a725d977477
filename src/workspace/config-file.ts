// slipway.yaml is edited while the engine runs; readers always see its newest state.
import { statSync } from 'node:fs';
import { type LoadedConfig, loadConfig } from './config';

/** The workspace's slipway.yaml, read again when its time or size changed. */
export class ConfigFile {
  readonly #path: string;
  #stamp = 'never';
  #loaded: LoadedConfig | undefined;

  constructor(path: string) {
    this.#path = path;
  }

  /** What the file says now. Costs one `stat` when it has not changed. */
  current(): LoadedConfig {
    const stat = statSync(this.#path, { throwIfNoEntry: false });
    const stamp = stat === undefined ? 'missing' : `${stat.mtimeMs}:${stat.size}`;
    if (this.#loaded === undefined || stamp !== this.#stamp) {
      this.#loaded = loadConfig(this.#path);
      this.#stamp = stamp;
    }
    return this.#loaded;
  }
}
