// Looks for stores of other tools in a folder: breadth first, so that what lies near is found first, and never far.
import { readdir } from 'node:fs/promises';
import { dirname, extname, join, relative, sep } from 'node:path';
import { databaseTool } from './database-tool';
import { folderStore, isEventFile, type LookedAt } from './folder-marks';
import type { SeenStore } from './seen-store';

/** How deep below the folder, and into how many folders, is looked; a folder with more entries is one of data. */
const deepest = 5;
const mostFolders = 2000;
const mostEntries = 5000;

/** Folders of packages and environments; hidden ones are left out as well. */
const passedOver = new Set(['node_modules', 'site-packages', 'dist-packages', 'venv', 'env', '__pycache__']);
/** Files of runs that are somewhere else: events among them are no store. */
const ofRuns = /^mlartifacts$|\.artifacts$/;
const databases = new Set(['.db', '.sqlite', '.sqlite3']);

/** Stores below `root`, the nearest first. Ends early, with what it has, once `signal` says so. Never throws. */
export async function findStores(root: string, signal: AbortSignal): Promise<SeenStore[]> {
  const stores: SeenStore[] = [];
  const events: string[] = [];
  const waiting: { path: string; depth: number }[] = [{ path: root, depth: 0 }];
  for (let looked = 0; looked < mostFolders && !signal.aborted; looked += 1) {
    const next = waiting.shift();
    if (next === undefined) break;
    const folder = await lookAt(next.path);
    if (folder === undefined) continue;
    const found = await folderStore(folder);
    if (found !== undefined) {
      stores.push({ ...found, path: next.path, name: nameOf(root, next.path) });
      // What lies in a store belongs to it.
      continue;
    }
    stores.push(...(await databasesIn(root, folder)));
    if (folder.entries.some(isEventFile)) events.push(next.path);
    if (next.depth < deepest) {
      for (const path of foldersOf(folder)) waiting.push({ path, depth: next.depth + 1 });
    }
  }
  return [...stores, ...eventStores(root, events)];
}

async function lookAt(path: string): Promise<LookedAt | undefined> {
  const entries = await readdir(path, { withFileTypes: true }).catch(() => []);
  const isOfPackages = entries.length > mostEntries || entries.some(({ name }) => name === 'pyvenv.cfg');
  return isOfPackages ? undefined : { path, entries };
}

/** Links are none of them: a folder that is one reads as no folder here. */
function foldersOf({ path, entries }: LookedAt): string[] {
  return entries
    .filter(
      (entry) =>
        entry.isDirectory() && !entry.name.startsWith('.') && !passedOver.has(entry.name) && !ofRuns.test(entry.name),
    )
    .map(({ name }) => join(path, name));
}

async function databasesIn(root: string, { path, entries }: LookedAt): Promise<SeenStore[]> {
  const files = entries.filter((entry) => entry.isFile() && databases.has(extname(entry.name)));
  const found = await Promise.all(
    files.slice(0, 20).map(async ({ name }) => {
      const place = join(path, name);
      const tool = await databaseTool(place).catch(() => undefined);
      return tool && { tool, path: place, name: nameOf(root, place), runs: null };
    }),
  );
  return found.filter((store) => store !== undefined);
}

/** One store for each folder of the window that has events below it: as near to them as all of them allow. */
function eventStores(root: string, folders: readonly string[]): SeenStore[] {
  const tops = Map.groupBy(folders, (folder) => nameOf(root, folder).split('/')[0] ?? '');
  return [...tops].map(([top, below]) => {
    // A run has a folder of its own in a folder of runs, which stays the same when there are more.
    const path = top === '' ? root : below.map(dirname).reduce(common);
    const own = relative(root, path) === '' && top !== '' ? join(root, top) : path;
    return { tool: 'tensorboard', path: own, name: nameOf(root, own) || '.', runs: below.length };
  });
}

function common(a: string, b: string): string {
  const [left, right] = [a.split(sep), b.split(sep)];
  const end = left.findIndex((name, at) => name !== right[at]);
  return (end === -1 ? left : left.slice(0, end)).join(sep);
}

function nameOf(root: string, path: string): string {
  return relative(root, path).split(sep).join('/');
}
