// What was chosen when a model was tried, kept over reloads: the other model and the table by their files, pictures as files.
import { createHash } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Memento } from 'vscode';
import type { TableSource } from '../../../protocol/datasets/table-source';
import type { GivenPicture } from '../../../protocol/inference/form/try-panel';
import type { ModelPanelState, ModelPart } from '../../../protocol/inference/model-panel';
import type { Background } from '../explain/background';

/** `other` is the path of a model. */
interface Trial {
  other?: string | undefined;
  table?: { name: string; source: TableSource } | undefined;
  background?: Background | undefined;
  /** What its page shows at first. */
  part?: ModelPart | undefined;
  /** What its page keeps while it is open. */
  state?: ModelPanelState | undefined;
}

const key = 'slipway.triedModels';
const mostModels = 100;
/** Characters of a page's state; one that holds more is kept by VS Code alone. */
const mostState = 200_000;

/** `folder` is where this workspace's pictures lie; undefined where there is no such place. */
export interface KeptTrialsOptions {
  memory: Memento;
  folder: string | undefined;
}

/** Of all models of the workspace. */
export class KeptTrials {
  readonly #options: KeptTrialsOptions;

  constructor(options: KeptTrialsOptions) {
    this.#options = options;
  }

  /** What was chosen for the model at `path`. */
  of(path: string): Trial {
    return this.#all()[path] ?? {};
  }

  /** Changes it. */
  keep(path: string, part: Trial): void {
    const { [path]: old, ...others } = this.#all();
    const entries = [...Object.entries(others), [path, { ...old, ...part }] as const];
    void this.#options.memory.update(key, Object.fromEntries(entries.slice(-mostModels)));
  }

  /** Keeps what the page of an open model shows; null when it was closed. */
  keepState(path: string, state: ModelPanelState | null): void {
    if (state !== null && JSON.stringify(state).length > mostState) return;
    if (state !== null || this.of(path).state !== undefined) this.keep(path, { state: state ?? undefined });
  }

  /** Keeps the picture that an input was given; the one before is gone. */
  async keepPicture(path: string, of: string, picture: GivenPicture): Promise<void> {
    const { folder } = this.#options;
    if (folder === undefined) return;
    await mkdir(folder, { recursive: true });
    await writeFile(placeOf(folder, path, of), JSON.stringify(picture));
  }

  /** Null where there is none. */
  async picture(path: string, of: string): Promise<GivenPicture | null> {
    const { folder } = this.#options;
    if (folder === undefined) return null;
    try {
      return JSON.parse(await readFile(placeOf(folder, path, of), 'utf8')) as GivenPicture;
    } catch {
      return null;
    }
  }

  #all(): Record<string, Trial> {
    return this.#options.memory.get<Record<string, Trial>>(key, {});
  }
}

function placeOf(folder: string, path: string, of: string): string {
  const name = createHash('sha256').update(`${path}\n${of}`).digest('hex').slice(0, 32);
  return join(folder, `${name}.json`);
}
