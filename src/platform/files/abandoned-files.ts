// What a killed process left beside the file that it was writing.
import { readdirSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { isProcessAlive } from '../process/process-mark';

/** Names that `slipway backup` makes up: each has its own, so nobody would come back to one that was cut off. */
const madeUp = /^slipway-backup-[\d-]+\.(?:db|zip)(?=\.)/;

/**
 * Takes away the unfinished files and folders of `target` (`TARGET.PID.unfinished`, `TARGET.WORD.PID.unfinished`, with their
 * journals) whose process is gone; of a backup under a made-up name those of all such names. What cannot be taken away stays: nobody is held up by it.
 */
export function removeAbandoned(target: string): void {
  const folder = dirname(target);
  const start = basename(target);
  for (const name of namesIn(folder)) {
    const whole = madeUp.test(`${start}.`) ? (madeUp.exec(name)?.[0] ?? start) : start;
    if (!name.startsWith(`${whole}.`)) continue;
    const [, pid] = /^(?:\.[a-z]+)?\.(\d{1,10})\.unfinished(?:-[a-z]+)?$/.exec(name.slice(whole.length)) ?? [];
    if (pid === undefined || isProcessAlive(Number(pid), null)) continue;
    try {
      rmSync(join(folder, name), { recursive: true, force: true });
    } catch {}
  }
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
