// A dataset whose bytes are fetched: what comes lies in quarantine until its checks pass, and becomes a version in one step.
import { mkdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { SlipwayError } from '../../../../base/errors';
import { fetchSource } from '../../../../lifecycle/datasets/sources/fetch-source';
import { sourceFileName, sourceFormat } from '../../../../lifecycle/datasets/sources/source-file';
import { placeObject } from '../../../../platform/objects/placed-object';
import type { DatasetDefinition, DatasetSource } from '../../../../protocol/datasets/dataset';
import type { Reading } from './reading';
import type { Refresh } from './refresh';

/** What the engine is asked to judge; it answers one sentence per check of level error that fails. */
export interface QuarantinedBatch {
  dataset: string;
  definition: DatasetDefinition;
  place: string;
}

interface Fetched {
  dataset: string;
  definition: DatasetDefinition;
  source: DatasetSource;
}

/** Throws SlipwayError as `fetchSource` does, and `conflict` for a batch that is not fit: it stays in quarantine. */
export async function readFetched(refresh: Refresh, { dataset, definition, source }: Fetched): Promise<Reading> {
  const { layout, port } = refresh;
  sourceFormat(source, dataset);
  const folder = join(layout.home, 'quarantine', encodeURIComponent(dataset));
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const place = join(folder, sourceFileName(source, dataset));
  try {
    const progress = (done: number, total: number): void => port.progress('fetching', done, total);
    await fetchSource(source, { name: dataset, folder: layout.root, to: place, signal: port.signal, progress });
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    throw error;
  }
  if (statSync(place).size === 0) {
    rmSync(folder, { recursive: true, force: true });
    throw new SlipwayError('invalid', `${dataset} was fetched and is empty, so nothing was kept.`);
  }
  const { listing, hashed, notes } = await refresh.files([place]);
  const failures = await port.call<string[]>('judgeQuarantined', {
    dataset,
    definition,
    place,
  } satisfies QuarantinedBatch);
  if (failures.length > 0) {
    const sentence = `The new batch of ${dataset} was not taken: ${failures.join(' ')} It lies in ${place}.`;
    throw new SlipwayError('conflict', sentence);
  }
  const contents = [{ sha256: listing.id, size: listing.bytes }];
  placeObject(layout.objects, { sha256: listing.id, from: place }, { share: renameSync, isWhole: () => true });
  rmSync(folder, { recursive: true, force: true });
  await refresh.nameContents({ contents });
  const from = { kind: 'source', id: sourceId(source) } as const;
  const to = { kind: 'version', id: `${dataset}@${listing.id}` } as const;
  const edges = [{ from, to, by: 'declared', how: Object.keys(source)[0] ?? 'source' } as const];
  return { listing, kind: 'single', snapshot: { contents }, query: null, edges, hashed, notes };
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
