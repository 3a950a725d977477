// How far long work is: one line on stderr that is written over; nothing where stderr is no terminal.
import type { JobProgress } from '../protocol/jobs/job';

/** Cleared once, whatever happened. */
export class ProgressLine {
  show({ what, done, total }: JobProgress): void {
    if (!process.stderr.isTTY) return;
    const share = total > 0 ? ` ${Math.min(100, Math.floor((100 * done) / total))} %` : '';
    process.stderr.write(`\r\u001b[K${what}${share}`);
  }

  clear(): void {
    if (process.stderr.isTTY) process.stderr.write('\r\u001b[K');
  }
}
