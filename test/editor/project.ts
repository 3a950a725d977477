// A throw-away project as a user has it: a folder with a training script; nothing of Slipway but what it asks for.
import { spawn } from 'node:child_process';
import { mkdtempSync, realpathSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { ProjectFolder } from './project-folder';

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

export class Project extends ProjectFolder {
  private constructor() {
    super(realpathSync(mkdtempSync(join(tmpdir(), 'slipway-project-'))));
    writeFileSync(join(this.root, 'train.sh'), trainingScript);
  }

  /** A folder with the script; with `initialize` it is a Slipway workspace already. */
  static create(options: { initialize?: boolean } = {}): Project {
    const project = new Project();
    if (options.initialize !== false) project.slipway('init');
    return project;
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
}
