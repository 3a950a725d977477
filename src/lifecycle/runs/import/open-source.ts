// Finds out what a path is, and opens what Slipway can read.
import { existsSync, readdirSync, statSync } from 'node:fs';
import { basename, dirname, extname, join } from 'node:path';
import { messageOf, SlipwayError, systemCodeOf } from '../../../base/errors';
import { copyForeignDatabase } from '../../../platform/sqlite/foreign-copy';
import { openDvclive } from './dvclive/dvclive';
import { firstBytes } from './files/first-bytes';
import { isMlruns, openMlruns } from './mlflow/mlruns';
import { SourceReport } from './source-report';
import type { SourceStore } from './source-run';
import { ForeignTables } from './store/foreign-tables';
import { openMlflowDatabase } from './store/mlflow-database';
import { isTrackio } from './store/trackio-database';
import { isEventFile, openTensorboard } from './tensorboard/tensorboard';
import { openTrackio, openTrackioProject, sqliteMagic } from './trackio';
import { isWandbFile, openWandb } from './wandb/wandb';

const known = 'mlruns/ or mlflow.db of MLflow, TensorBoard events, wandb/, databases of Trackio, folders of DVCLive';

/** Opens a folder that is a store by itself; undefined when it is none. */
type FolderKind = (path: string, scratch: string) => SourceStore | undefined;

/** Folders that are known by what lies directly in them. Others are searched only then: an artifact of a run may look like one. */
const ownKinds: readonly FolderKind[] = [
  (path) => (isMlruns(path) ? openMlruns(path) : undefined),
  openWandb,
  openTrackio,
];

/** True for a bundle of Slipway's own, which is a zip file; also for one that only says so. */
export function isBundle(path: string): boolean {
  return firstBytes(path, 2) === 'PK' || path.endsWith('.zip');
}

/**
 * Opens the store at `path`; a database is read from a copy that is made at `scratch`. Throws SlipwayError `not-found` or
 * `invalid` saying what is there instead.
 */
export function openSource(path: string, scratch: string): SourceStore {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found === undefined) throw new SlipwayError('not-found', `${path} does not exist.`);
  if (!found.isFile() && !found.isDirectory())
    throw new SlipwayError('invalid', `${path} is a device, a pipe or a socket, and no store.`);
  try {
    return found.isDirectory() ? openFolder(path, scratch) : openFile(path, scratch);
  } catch (error) {
    if (SlipwayError.is(error) || systemCodeOf(error) === undefined) throw error;
    throw new SlipwayError('invalid', `${path} cannot be read (${messageOf(error)}).`, { cause: error });
  }
}

function openFile(path: string, scratch: string): SourceStore {
  if (firstBytes(path, sqliteMagic.length) === sqliteMagic) return openDatabase(path, scratch);
  if (isWandbFile(path)) return openWandb(path) ?? refusal(path);
  if (isEventFile(path)) return openTensorboard(path) ?? refusal(path);
  throw unknown(path, statSync(path).size === 0 ? 'it is empty' : 'it is a file of another kind');
}

function openDatabase(path: string, scratch: string): SourceStore {
  const copy = copyForeignDatabase(path, scratch);
  try {
    const tables = new ForeignTables(copy.database, path);
    const report = new SourceReport();
    for (const { at, why } of copy.damage) report.problem(path, at, why);
    if (tables.has('alembic_version') && tables.has('runs') && tables.has('experiments')) {
      return openMlflowDatabase({ copy, path, root: dirname(path), report });
    }
    if (isTrackio(tables)) return openTrackioProject(copy, path, report);
    throw unknown(path, `it is a SQLite database with other tables (${tables.names.slice(0, 5).join(', ') || 'none'})`);
  } catch (error) {
    copy.close();
    throw error;
  }
}

function openFolder(path: string, scratch: string): SourceStore {
  const itself = storeAt(path, scratch);
  if (itself !== undefined) return itself;
  const inside = readdirSync(path, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() || entry.name === 'mlflow.db')
    .map(({ name }) => join(path, name))
    .filter((place) => basename(place) === 'mlflow.db' || isStore(place, scratch));
  const [only] = inside;
  if (inside.length === 1 && only !== undefined) return openSource(only, scratch);
  if (inside.length > 1) {
    const names = inside.map((place) => basename(place)).join(', ');
    throw new SlipwayError('invalid', `${path} holds several stores (${names}). Name the one to import.`);
  }
  const unread = new SourceReport();
  const found = openDvclive(path) ?? openTensorboard(path, unread);
  if (found === undefined) throw unknown(path, `${contentsOf(path)}${unreadText(unread)}`);
  return found;
}

function storeAt(path: string, scratch: string): SourceStore | undefined {
  for (const open of ownKinds) {
    const store = open(path, scratch);
    if (store !== undefined) return store;
  }
  return undefined;
}

/** False also for a folder that cannot be read: it does not stand in the way of those beside it. */
function isStore(path: string, scratch: string): boolean {
  try {
    const store = storeAt(path, scratch);
    store?.close();
    return store !== undefined;
  } catch (error) {
    if (systemCodeOf(error) === undefined) throw error;
    return false;
  }
}

function unreadText({ problems }: SourceReport): string {
  const [first] = problems;
  if (first === undefined) return '';
  const more = problems.length === 1 ? 'one of its folders' : 'some of its folders';
  return `, and ${more} cannot be read (such as ${first.name})`;
}

function contentsOf(path: string): string {
  const names = readdirSync(path);
  if (names.length === 0) return 'it is empty';
  if (names.some((name) => existsSync(join(path, name, 'artifacts'))) || names.includes('models')) {
    return 'it holds files of runs and not their records';
  }
  const kinds = [...new Set(names.map((name) => extname(name) || name))].slice(0, 5);
  return `it holds ${names.length} other files or folders (${kinds.join(', ')})`;
}

function refusal(path: string): never {
  throw unknown(path, 'nothing in it can be read');
}

function unknown(path: string, why: string): SlipwayError {
  const sentence = `${path} is no store that can be imported: ${why}. What can be: ${known}; a bundle of \`slipway export\`.`;
  return new SlipwayError('invalid', sentence);
}
