// A throw-away project as a user has it: a folder with a training script; nothing of Slipway but what it asks for.
import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const cli = resolve(import.meta.dirname, '../../dist/cli.js');

/** Logs `loss` (falling) and `roc_auc` (rising), one step each time, through the metrics file; needs no Python. */
const trainingScript = `#!/bin/sh
# train.sh STEPS PAUSE
i=0
while [ "$i" -lt "$1" ]; do
  i=$((i + 1))
  echo "{\\"step\\":$i,\\"loss\\":$((2000 - i)).5,\\"roc_auc\\":0.$((5000 + i))}" >> "$SLIPWAY_METRICS"
  echo "step $i done"
  sleep "$2"
done
`;

export class Project implements AsyncDisposable {
  /** The folder's real path. */
  readonly root = realpathSync(mkdtempSync(join(tmpdir(), 'slipway-project-')));

  private constructor() {
    writeFileSync(join(this.root, 'train.sh'), trainingScript);
  }

  /** A folder with the script; with `initialize` it is a Slipway workspace already. */
  static create(options: { initialize?: boolean } = {}): Project {
    const project = new Project();
    if (options.initialize !== false) project.slipway('init');
    return project;
  }

  /** Runs the command line in the project and returns what it printed. */
  slipway(...args: string[]): string {
    return execFileSync(process.execPath, [cli, ...args], { cwd: this.root, encoding: 'utf8', stdio: 'pipe' });
  }

  /** Starts a recorded run and leaves it running. */
  startRun(name: string, steps: number, pause: number): void {
    const command = ['run', '--name', name, '--experiment', 'sample', '--', 'sh', 'train.sh', `${steps}`, `${pause}`];
    spawn(process.execPath, [cli, ...command], { cwd: this.root, detached: true, stdio: 'ignore' }).unref();
  }

  /** Records a run to its end. */
  record(name: string, steps: number): void {
    this.slipway(
      'run',
      '--name',
      name,
      '--experiment',
      'sample',
      '--param',
      'lr=0.05',
      '--',
      'sh',
      'train.sh',
      `${steps}`,
      '0',
    );
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
