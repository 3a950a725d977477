// Whom a terminal's Ctrl-C reaches, and whether one process has visibly not got it.
import { readFileSync } from 'node:fs';
import { isatty } from 'node:tty';

const numbers: Partial<Record<NodeJS.Signals, bigint>> = { SIGINT: 2n, SIGQUIT: 3n };

/** True when this process is in the foreground of a terminal, so that Ctrl-C reaches its whole process group. */
export function isInForeground(): boolean {
  if (process.platform !== 'linux') return isatty(0) || isatty(1) || isatty(2);
  try {
    const text = readFileSync('/proc/self/stat', 'latin1');
    const [, , group, , , foreground] = text.slice(text.lastIndexOf(')') + 2).split(' ');
    return group !== undefined && group === foreground;
  } catch {
    return false;
  }
}

/**
 * True when `pid` still runs although it neither catches, ignores nor blocks `signal`: then it was not sent to it. False
 * where that cannot be seen, which is everywhere but on Linux.
 */
export function wasSpared(pid: number, signal: NodeJS.Signals): boolean {
  const number = numbers[signal];
  if (process.platform !== 'linux' || number === undefined) return false;
  try {
    const text = readFileSync(`/proc/${pid}/status`, 'latin1');
    const masks = [...text.matchAll(/^Sig(?:Blk|Ign|Cgt):\s+([0-9a-f]+)$/gm)].map(([, mask]) => BigInt(`0x${mask}`));
    return (
      masks.length === 3 &&
      !/^State:\s+[ZX]/m.test(text) &&
      masks.every((mask) => ((mask >> (number - 1n)) & 1n) === 0n)
    );
  } catch {
    return false;
  }
}
