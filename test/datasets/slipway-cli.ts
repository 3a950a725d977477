// The command line as it is built, in a folder of the caller's.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const cli = join(import.meta.dirname, '..', '..', 'dist', 'cli.js');

/** What one call printed, and how it ended. */
export interface Printed {
  code: number | null;
  out: string;
  error: string;
}

/** `slipway …args`. */
export function slipway(args: readonly string[], cwd?: string): Printed {
  const { status, stdout, stderr } = spawnSync(process.execPath, [cli, ...args], {
    cwd,
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
  });
  return { code: status, out: stdout, error: stderr };
}

/** Its `--json`. Throws with what it says where it fails. */
export function slipwayJson<T>(args: readonly string[], cwd?: string): T {
  const { code, out, error } = slipway([...args, '--json'], cwd);
  if (code === 3 || code === null) throw new Error(error);
  return JSON.parse(out) as T;
}
