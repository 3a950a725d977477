// What every throw-away project of these tests is: a folder with a command line and perhaps an engine, gone at the end.
import { execFileSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';

const cli = resolve(import.meta.dirname, '../../dist/cli.js');

/** Disposing ends the engine and removes the folder. */
export class ProjectFolder implements AsyncDisposable {
  /** `root` is the folder's real path. */
  protected constructor(readonly root: string) {}

  /** Runs the command line in the project and returns what it printed. */
  slipway(...args: string[]): string {
    return execFileSync(process.execPath, [cli, ...args], { cwd: this.root, encoding: 'utf8', stdio: 'pipe' });
  }

  /** The pid of the engine that lives now, from its liveness file. */
  enginePid(): number {
    return (JSON.parse(readFileSync(join(this.root, '.slipway/engine.json'), 'utf8')) as { pid: number }).pid;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    try {
      this.slipway('engine', 'stop');
    } catch {
      // No engine, or no workspace: nothing to stop.
    }
    rmSync(this.root, { recursive: true, force: true, maxRetries: 5 });
  }
}
