// A folder with `.dvc/`: what DVC tracks in it, read without DVC.
import { type Dirent, existsSync, readdirSync, statSync } from 'node:fs';
import { dirname, join, sep } from 'node:path';
import { messageOf } from '../../../base/errors';
import { type DvcConfig, readDvcConfig } from './dvc-config';
import { readDvcFile } from './dvc-file';
import { type DvcStage, readDvcLock } from './dvc-lock';
import type { DvcOut } from './dvc-out';

/** Folders that hold no file of DVC's and may hold very many others. */
const passedOver = new Set(['.git', '.dvc', '.slipway', 'node_modules', '__pycache__', '.venv', 'venv', '.tox']);
/** Folders looked into before the search ends: a repository that has more is read as far as that. */
const mostFolders = 20_000;

/** Everything DVC says of a repository, and one sentence for each file or folder that could not be read. */
export interface DvcState {
  outs: DvcOut[];
  stages: DvcStage[];
  problems: string[];
}

/** One repository. What it says is read anew each time. */
export class DvcRepository {
  readonly root: string;

  private constructor(root: string) {
    this.root = root;
  }

  /** The repository that holds `place`; undefined where there is none. */
  static around(place: string): DvcRepository | undefined {
    for (let folder = place; ; folder = dirname(folder)) {
      if (statSync(join(folder, '.dvc'), { throwIfNoEntry: false })?.isDirectory()) return new DvcRepository(folder);
      if (folder === dirname(folder)) return undefined;
    }
  }

  get config(): DvcConfig {
    return readDvcConfig(join(this.root, '.dvc'));
  }

  /** Reads every `.dvc` file and `dvc.lock`. */
  state(): DvcState {
    const state: DvcState = { outs: [], stages: [], problems: [] };
    for (const path of this.#files(state.problems)) {
      try {
        if (path.endsWith(`${sep}dvc.lock`)) {
          const stages = readDvcLock(path);
          state.stages.push(...stages);
          state.outs.push(...stages.flatMap(({ outs }) => outs));
        } else state.outs.push(...readDvcFile(path));
      } catch (error) {
        state.problems.push(messageOf(error));
      }
    }
    return state;
  }

  /**
   * The out at `place`, or the one whose folder holds it. Looks first where DVC would have written it, and through the
   * whole repository only then.
   */
  outAt(place: string): DvcOut | undefined {
    for (let at = place; at.startsWith(this.root + sep); at = dirname(at)) {
      const path = `${at}.dvc`;
      if (!statSync(path, { throwIfNoEntry: false })?.isFile()) continue;
      const found = readDvcFile(path).find((out) => out.place === at);
      if (found !== undefined) return found;
    }
    return this.state().outs.find((out) => place === out.place || place.startsWith(out.place + sep));
  }

  #files(problems: string[]): string[] {
    const found: string[] = [];
    const folders = [this.root];
    for (let at = 0; at < folders.length && at < mostFolders; at += 1) {
      const folder = folders[at] as string;
      for (const entry of entriesOf(folder, problems)) {
        const path = join(folder, entry.name);
        // A folder that a `.dvc` file stands for holds data, and none of DVC's files.
        if (entry.isDirectory()) {
          if (!passedOver.has(entry.name) && !existsSync(`${path}.dvc`)) folders.push(path);
        } else if (entry.name === 'dvc.lock' || (entry.name.endsWith('.dvc') && entry.isFile())) found.push(path);
      }
    }
    return found;
  }
}

function entriesOf(folder: string, problems: string[]): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch (error) {
    problems.push(`${folder} was not looked into (${messageOf(error)}).`);
    return [];
  }
}
