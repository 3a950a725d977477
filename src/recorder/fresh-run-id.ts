// The crypto library takes longer to load than everything else here together; the system's own random bytes do as well.
import { closeSync, openSync, readSync } from 'node:fs';

/** A new run id: 32 lower-case hex digits. */
export async function freshRunId(): Promise<string> {
  const bytes = Buffer.alloc(16);
  try {
    const file = openSync('/dev/urandom', 'r');
    try {
      if (readSync(file, bytes, 0, bytes.length, null) === bytes.length) return bytes.toString('hex');
    } finally {
      closeSync(file);
    }
  } catch {
    // No such file on this system.
  }
  const { newRunId } = await import('../base/ids');
  return newRunId();
}
