// Environments are costly and outlive a clone: each lies in a cache folder named after a hash of what it is made from.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

const staleAfterMs = 120_000;

/** The folder of everything that is kept between runs: `$SLIPWAY_CACHE`, else `slipway` in the user's cache folder. */
export function cacheRoot() {
  return process.env.SLIPWAY_CACHE ?? join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'slipway');
}

/** The path a cache entry has, made or not: its name and 12 hex digits over `parts` (strings). */
export function entryPath(name, parts) {
  const hash = createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 12);
  return join(cacheRoot(), `${name}-${hash}`);
}

/** Whether the entry was finished; a half-made one is not. */
export function isComplete(path) {
  return existsSync(join(path, '.complete'));
}

/**
 * Makes the entry at `path` unless it is complete: `make(path)` runs under a lock, in an empty folder, at its final
 * place (environments hold their own absolute path). The mark of completeness is written last. Returns `path`.
 */
export async function ensureEntry(path, make) {
  if (isComplete(path)) return path;
  mkdirSync(cacheRoot(), { recursive: true });
  const release = await lock(`${path}.lock`);
  try {
    if (isComplete(path)) return path;
    rmSync(path, { recursive: true, force: true });
    mkdirSync(path, { recursive: true });
    await make(path);
    const mark = join(path, '.complete');
    writeFileSync(`${mark}.part`, `${new Date().toISOString()}\n`);
    renameSync(`${mark}.part`, mark);
    return path;
  } finally {
    release();
  }
}

/** Takes a lock file that its holder touches while it lives; one that nobody touches any more is taken over. */
async function lock(path) {
  let told = false;
  while (true) {
    try {
      writeFileSync(path, String(process.pid), { flag: 'wx' });
      break;
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
    }
    if (isAbandoned(path)) {
      rmSync(path, { force: true });
      continue;
    }
    if (!told) console.log(`Waiting for another run that is making ${path.slice(0, -'.lock'.length)}`);
    told = true;
    await delay(1000);
  }
  const beat = setInterval(() => utimesSync(path, new Date(), new Date()), staleAfterMs / 8);
  beat.unref();
  return () => {
    clearInterval(beat);
    rmSync(path, { force: true });
  };
}

function isAbandoned(path) {
  try {
    if (Date.now() - statSync(path).mtimeMs > staleAfterMs) return true;
    process.kill(Number(readFileSync(path, 'utf8')), 0);
    return false;
  } catch (error) {
    return error.code === 'ESRCH' || error.code === 'ENOENT';
  }
}
