// What recording adds to a command that does nothing, paired so that a busy machine burdens both sides alike.
import { spawnSync } from 'node:child_process';
import { built, inWorkspace, median, slipway } from './workspace.mjs';

const rounds = 25;

export const benches = [
  { name: `recorder overhead of an empty command, median of ${rounds} pairs`, unit: 'ms', bar: 60, measure: overhead },
];

function overhead() {
  return inWorkspace(async (folder) => {
    await slipway(folder, ['engine', 'start']);
    const differences = [];
    for (let round = 0; round < rounds + 3; round += 1) {
      const bare = time(folder, ['/bin/true', []]);
      const recorded = time(folder, [process.execPath, [built('cli.js'), 'run', '--', '/bin/true']]);
      // The first pairs fill the caches of disk and git.
      if (round >= 3) differences.push(recorded - bare);
    }
    return median(differences);
  });
}

function time(folder, [command, args]) {
  const started = performance.now();
  const { status } = spawnSync(command, args, { cwd: folder, stdio: 'ignore' });
  const took = performance.now() - started;
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} exited with ${status}.`);
  return took;
}
