// A dataset whose bytes are fetched: what comes lies in quarantine until its checks pass, and becomes a version in one step.
import { createHash } from 'node:crypto';
import { copyFileSync, mkdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { messageOf, SlipwayError, systemCodeOf } from '../../../../base/errors';
import type { FetchedBatch } from '../../../../lifecycle/datasets/gate/batch-judge';
import { fetchSource } from '../../../../lifecycle/datasets/sources/fetch-source';
import { sourceFileName, sourceFormat } from '../../../../lifecycle/datasets/sources/source-file';
import type { VersionShape } from '../../../../lifecycle/datasets/version-landing';
import { placeObject } from '../../../../platform/objects/placed-object';
import type { DatasetDefinition, DatasetSource } from '../../../../protocol/datasets/dataset';
import type { TableFiles } from '../../../../protocol/datasets/table-source';
import type { Reading } from './reading';
import type { Refresh } from './refresh';

interface Fetched {
  dataset: string;
  definition: DatasetDefinition;
  source: DatasetSource;
}

/** Throws SlipwayError as `fetchSource` does, and `conflict` for a batch that is not fit: it stays in quarantine. */
export async function readFetched(refresh: Refresh, fetched: Fetched): Promise<Reading> {
  const { layout } = refresh;
  const { dataset, source } = fetched;
  await refresh.requireConsent(fetched);
  const format = sourceFormat(source, dataset);
  const folder = join(layout.home, 'quarantine', folderName(dataset));
  const file = sourceFileName(source, dataset);
  await fetchAside(refresh, fetched, { folder, file });
  const place = join(folder, file);
  const { listing, hashed, notes } = await refresh.files([place]);
  const shape = await judged(refresh, fetched, { files: [place], format });
  const contents = [{ sha256: listing.id, size: listing.bytes }];
  if (refresh.keptObjects.state(listing.id) === 'damaged') rmSync(layout.object(listing.id));
  placeObject(layout.objects, { sha256: listing.id, from: place }, { share: moveFile, isWhole: () => true });
  rmSync(folder, { recursive: true, force: true });
  await refresh.nameContents({ contents });
  const from = { kind: 'source', id: sourceId(source) } as const;
  const to = { kind: 'version', id: `${dataset}@${listing.id}` } as const;
  const edges = [{ from, to, by: 'declared', how: Object.keys(source)[0] ?? 'source' } as const];
  return {
    listing,
    kind: 'single',
    snapshot: { contents },
    table: null,
    places: [],
    shape,
    query: null,
    edges,
    hashed,
    notes,
  };
}

/** A batch that was refused stays where it is until the next one is here whole. */
async function fetchAside(
  refresh: Refresh,
  fetched: Fetched,
  { folder, file }: { folder: string; file: string },
): Promise<void> {
  const coming = `${folder}.coming`;
  rmSync(coming, { recursive: true, force: true });
  mkdirSync(coming, { recursive: true });
  try {
    await fetchWhole(refresh, fetched, join(coming, file));
    rmSync(folder, { recursive: true, force: true });
    renameSync(coming, folder);
  } finally {
    rmSync(coming, { recursive: true, force: true });
  }
}

async function fetchWhole({ layout, port }: Refresh, { dataset, source }: Fetched, to: string): Promise<void> {
  const progress = (done: number, total: number): void => port.progress('fetching', done, total);
  await fetchSource(source, { name: dataset, folder: layout.root, to, signal: port.signal, progress });
  if (statSync(to).size > 0) return;
  throw new SlipwayError('invalid', `${dataset} was fetched and is empty, so nothing was kept.`);
}

/** The shape of a batch that is fit. Throws what it is not fit for. */
async function judged(refresh: Refresh, { dataset, definition }: Fetched, table: TableFiles): Promise<VersionShape> {
  const [place = ''] = table.files;
  const refused = (why: string): string => `The new batch of ${dataset} was not taken. ${why} It lies in ${place}.`;
  const shape = await refresh.shapeOf(table).catch((error: unknown) => {
    throw new SlipwayError('invalid', refused(messageOf(error)), { cause: error });
  });
  const batch: FetchedBatch = { dataset, definition, place };
  const failures = await refresh.port.call<string[]>('judgeQuarantined', batch);
  if (failures.length > 0) throw new SlipwayError('conflict', refused(failures.join(' ')));
  return shape;
}

/** The store may lie on another disk. */
function moveFile(from: string, to: string): void {
  try {
    renameSync(from, to);
  } catch (error) {
    if (systemCodeOf(error) !== 'EXDEV') throw error;
    copyFileSync(from, to);
  }
}

/** A name may be `..`, or longer than a disk takes. */
function folderName(dataset: string): string {
  return createHash('sha256').update(dataset).digest('hex').slice(0, 16);
}

function sourceId(source: DatasetSource): string {
  if ('url' in source) return withoutSecret(source.url);
  return 'command' in source ? source.command : source.sqlite;
}

/** Addresses may carry a password or a signed query; neither is for a lineage. */
function withoutSecret(address: string): string {
  const url = new URL(address);
  return `${url.origin}${url.pathname}`;
}
