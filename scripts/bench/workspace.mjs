// A workspace of its own for a bench, with the built engine and command line.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { rootFolder } from '../setup/root.mjs';
import { run } from '../setup/shell.mjs';

/** Path of the built file of this name, for example `cli.js`. */
export function built(name) {
  return join(rootFolder, 'dist', name);
}

/** Runs `slipway ARGS` in `folder`; resolves with its stdout. */
export function slipway(folder, args) {
  return run(process.execPath, [built('cli.js'), ...args], { cwd: folder });
}

/** Calls `work(folder)` with an empty folder, then ends its engine and removes it. */
export async function inWorkspace(work) {
  const folder = mkdtempSync(join(tmpdir(), 'slipway-bench-'));
  try {
    return await work(folder);
  } finally {
    await slipway(folder, ['engine', 'stop', '--workspace', folder]);
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The middle value; of an even count the mean of the middle two. */
export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  return sorted.length % 2 === 1 ? sorted[Math.floor(middle)] : (sorted[middle - 1] + sorted[middle]) / 2;
}
