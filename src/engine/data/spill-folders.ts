// What DuckDB spills, and copies of texts in other encodings, lie in a folder of their process; one that was killed leaves it.
import { readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemCodeOf } from '../../base/errors';

const name = /^slipway-spill-(\d+)$/;

/** Takes away the folders of processes that are gone. What cannot be taken away stays. */
export function sweepSpills(): void {
  for (const entry of readdirSync(tmpdir())) {
    const pid = Number(name.exec(entry)?.[1]);
    if (pid > 0 && pid !== process.pid && !isAlive(pid)) remove(join(tmpdir(), entry));
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return systemCodeOf(error) !== 'ESRCH';
  }
}

function remove(folder: string): void {
  try {
    rmSync(folder, { recursive: true, force: true });
  } catch {
    // Somebody else's.
  }
}
