// Brings a bundle in: judged whole first, then its contents, then one thing after the other, each of them whole.
import { type ErrorCode, SlipwayError } from '../../../../base/errors';
import { type Database, openForReading } from '../../../../platform/sqlite/database';
import { WorkspaceLayout } from '../../../../protocol/folder/layout';
import type { ImportResult } from '../../../../protocol/jobs/job';
import type { BundleItem } from '../../../../workspace/bundle/manifest';
import type { JobGiven } from '../job-given';
import type { JobPort } from '../job-port';
import { BundleFile } from './bundle-file';
import { bundleKinds } from './bundle-kinds';
import { importObjects } from './import-objects';
import { landItem } from './item-landing';
import { partHere } from './part-bytes';

/** What is said of one thing of a bundle, and not of the whole work. */
const itsOwn: ReadonlySet<ErrorCode> = new Set(['conflict', 'already-exists', 'invalid', 'newer-schema']);

/** What to bring in. `dryRun` says what would be, and changes nothing. `inPlace`: see `BundleFile.open`. */
export interface ImportTerms extends Omit<JobGiven, 'request'> {
  file: string;
  dryRun: boolean;
  inPlace?: boolean;
}

/** What an import works with. */
export interface Importing {
  bundle: BundleFile;
  layout: WorkspaceLayout;
  database: Database;
  port: JobPort;
  result: ImportResult;
  /** Ids of experiments here, by name. */
  experiments: Map<string, string>;
  /** Hashes of contents that are in the workspace now. */
  objects: ReadonlySet<string>;
}

/** Throws SlipwayError for a bundle that cannot be used; then nothing of it is kept. */
export async function importBundle(terms: ImportTerms, port: JobPort): Promise<ImportResult> {
  const layout = new WorkspaceLayout(terms.root);
  const bundle = await BundleFile.open(terms.file, { inPlace: terms.inPlace ?? false });
  const database = openForReading(terms.database);
  const result = emptyResult(terms.dryRun);
  try {
    await bundle.verify((done, total) => port.progress('checking', done, total));
    const items = await newItems({ bundle, layout, database, result }, port);
    if (terms.dryRun) {
      for (const { item, isNew } of items) if (isNew) count(result.imported, item.kind);
      return result;
    }
    if (items.length > 0)
      bundle.checkSpace(
        layout,
        items.map(({ item }) => item),
      );
    const objects = items.length === 0 ? new Set<string>() : await importObjects({ bundle, layout }, port);
    const importing = { bundle, layout, database, port, result, objects, experiments: new Map<string, string>() };
    for (const [index, { item }] of items.entries()) {
      port.progress('bringing in runs', index, items.length);
      await land(importing, item);
    }
    return result;
  } finally {
    bundle.close();
    database.close();
    await port.call('settle', null);
  }
}

function emptyResult(dryRun: boolean): ImportResult {
  const counts = { imported: {}, updated: {}, skipped: {}, runIds: [], points: 0 };
  return { source: null, ...counts, refused: [], problems: [], leftOut: [], missing: [], dryRun };
}

/** `isNew` is false for an experiment that is here: it is joined all the same, and may lack tags. */
interface Wanted {
  item: BundleItem;
  isNew: boolean;
}

/** What is not here yet. The rest is counted as skipped, or refused where other things are here under the same id. */
async function newItems(
  { bundle, layout, database, result }: Pick<Importing, 'bundle' | 'layout' | 'database' | 'result'>,
  port: JobPort,
): Promise<Wanted[]> {
  const wanted: Wanted[] = [];
  const { items } = bundle.manifest;
  for (const [index, item] of items.entries()) {
    port.progress('comparing', index, items.length);
    const kind = bundleKinds[item.kind];
    if (kind === undefined) {
      result.refused.push({ name: item.name, why: `this Slipway knows no ${item.kind}; update it` });
      continue;
    }
    const here = await partHere(database, layout, item);
    const isMended = bundle.manifest.withoutObjects && item.kind === 'run' && here?.sha256 !== item.sha256;
    if (here === undefined || item.kind === 'experiment' || isMended) {
      wanted.push({ item, isNew: here === undefined || isMended });
    }
    if (here === undefined || isMended) continue;
    if (here.sha256 === item.sha256 || item.kind === 'experiment') count(result.skipped, item.kind);
    else {
      result.refused.push({ name: nameOf(item), why: `another ${kind.word} with its ${idWord(item.kind)} is here` });
    }
  }
  return wanted.some(({ isNew }) => isNew) ? wanted : [];
}

async function land(importing: Importing, item: BundleItem): Promise<void> {
  const { result } = importing;
  try {
    const isNew = await landItem(importing, item);
    if (isNew) count(result.imported, item.kind);
    if (isNew && item.kind === 'run') result.runIds.push(item.id);
  } catch (error) {
    // One that does not fit is named and does not keep the others out.
    if (!SlipwayError.is(error) || !itsOwn.has(error.code)) throw error;
    result.refused.push({ name: nameOf(item), why: error.message });
  }
}

function count(counts: Record<string, number>, kind: string): void {
  counts[kind] = (counts[kind] ?? 0) + 1;
}

function nameOf({ id, name }: BundleItem): string {
  return name === id ? id : `${name} (${id})`;
}

function idWord(kind: string): string {
  return kind === 'run' || kind === 'logged-model' ? 'id' : 'name';
}
