// A repository of the real DVC, in a folder of its own.
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { keptFolder } from '../engine/kept-writing';

/** The interpreter that has DVC. Throws when npm test has not prepared it. */
export function dvcPython(): string {
  const python = process.env.SLIPWAY_TEST_PYTHON_DVC;
  if (python === undefined) throw new Error('Run `npm test -- --only datasets` once: it prepares DVC.');
  return python;
}

function runIn(cwd: string, command: string, ...args: string[]): string {
  const env = { ...process.env, DVC_NO_ANALYTICS: '1', DVC_TEST: 'true' };
  return execFileSync(command, args, { cwd, env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
}

/** A folder with git and DVC in it; removed by `dispose`. */
export class DvcProject {
  readonly root = realpathSync(mkdtempSync(join(tmpdir(), 'slipway-dvc-')));

  constructor({ isWithoutGit = false } = {}) {
    // Its Python takes most of a second to begin.
    const begun = keptFolder(['dvc init', dvcPython(), String(isWithoutGit)], (folder) => {
      if (!isWithoutGit) runIn(folder, 'git', 'init', '-q', '-b', 'main', '.');
      runIn(folder, dvcPython(), '-m', 'dvc', 'init', '-q', ...(isWithoutGit ? ['--no-scm'] : []));
    });
    cpSync(begun, this.root, { recursive: true });
  }

  /** What DVC prints. Throws with what it says when it fails. */
  dvc(...args: string[]): string {
    return this.run(dvcPython(), '-m', 'dvc', ...args);
  }

  run(command: string, ...args: string[]): string {
    return runIn(this.root, command, ...args);
  }

  /** Writes a file and the folders above it; its absolute path. */
  write(path: string, content: string | Uint8Array): string {
    const place = join(this.root, path);
    mkdirSync(dirname(place), { recursive: true });
    writeFileSync(place, content);
    return place;
  }

  dispose(): void {
    rmSync(this.root, { recursive: true, force: true });
  }
}
