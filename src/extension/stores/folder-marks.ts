// By which names a folder shows that it is a store of another tool. Of files only the small ones that describe a run are read.
import type { Dirent } from 'node:fs';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { SeenStore } from './seen-store';

/** A folder and what lies in it. */
export interface LookedAt {
  path: string;
  entries: readonly Dirent[];
}

/** So many runs of a store are counted; beyond them the number is not said. */
const mostCounted = 2000;

/** What the folder is by itself; undefined when it is no store of these. */
export async function folderStore({ path, entries }: LookedAt): Promise<Pick<SeenStore, 'tool' | 'runs'> | undefined> {
  const folders = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
  const offline = folders.filter((name) => /^(offline-)?run-\d{8}_\d{6}-/.test(name));
  if (offline.length > 0) return { tool: 'wandb', runs: offline.length };
  const experiments = folders.filter((name) => /^\d+$/.test(name));
  for (const name of experiments.slice(0, 5)) {
    if (await isThere(join(path, name, 'meta.yaml')))
      return { tool: 'mlflow', runs: await mlrunsCount(path, experiments) };
  }
  const isDvclive = folders.includes('plots') && (await holdsTables(join(path, 'plots', 'metrics')));
  return isDvclive ? { tool: 'dvclive', runs: 1 } : undefined;
}

/** True for a file of TensorBoard events. */
export function isEventFile(entry: Dirent): boolean {
  return entry.isFile() && entry.name.includes('.tfevents.') && !entry.name.endsWith('.profile-empty');
}

/** Those that are not deleted, which each says in a small file of its own. */
async function mlrunsCount(path: string, experiments: readonly string[]): Promise<number | null> {
  const runs: string[] = [];
  for (const name of experiments) {
    const inside = await readdir(join(path, name)).catch(() => []);
    runs.push(...inside.filter((each) => /^[0-9a-f]{32}$/.test(each)).map((each) => join(path, name, each)));
    if (runs.length > mostCounted) return null;
  }
  let count = 0;
  for (const run of runs) {
    const meta = await readFile(join(run, 'meta.yaml'), 'utf8').catch(() => undefined);
    if (meta !== undefined && !/^lifecycle_stage: deleted/m.test(meta)) count += 1;
  }
  return count;
}

async function holdsTables(folder: string): Promise<boolean> {
  const names = await readdir(folder, { recursive: false }).catch(() => []);
  if (names.some((name) => /\.(tsv|csv)$/.test(name))) return true;
  const below = await Promise.all(names.slice(0, 5).map((name) => readdir(join(folder, name)).catch(() => [])));
  return below.some((each) => each.some((name) => /\.(tsv|csv)$/.test(name)));
}

async function isThere(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined)) !== undefined;
}
