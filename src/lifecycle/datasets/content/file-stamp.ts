// How a file looks from outside: while that stays, so does what is known of its bytes.
import type { BigIntStats } from 'node:fs';

const millisecond = 1_000_000n;
/** A disk that knows times to the tick of the kernel, and one (FAT, some network disks) that knows whole seconds or two. */
const fineTick = 50n * millisecond;
const coarseTick = 2_100n * millisecond;

/** Everything that changes when somebody writes: the time of the last change of any kind cannot be set by hand. */
export function stampOf({ size, mtimeNs, ctimeNs, ino }: BigIntStats): string {
  return `${size}.${mtimeNs}.${ctimeNs}.${ino}`;
}

/**
 * True when the file changed so shortly before `read` (epoch milliseconds, when reading it began) that it may be written
 * again without its times telling: git calls such files racy. What was read of one must not be trusted the next time.
 */
export function isRacy({ mtimeNs, ctimeNs }: BigIntStats, read: number): boolean {
  const changed = mtimeNs > ctimeNs ? mtimeNs : ctimeNs;
  const isCoarse = ctimeNs % (1000n * millisecond) === 0n && mtimeNs % (1000n * millisecond) === 0n;
  return changed + (isCoarse ? coarseTick : fineTick) >= BigInt(Math.floor(read)) * millisecond;
}
