// Hands what a dataset's path holds now to DVC.
import { relative, resolve } from 'node:path';
import { SlipwayError } from '../../../../base/errors';
import { trackWithDvc } from '../../../../lifecycle/datasets/dvc/track';
import { openForReading } from '../../../../platform/sqlite/database';
import type { TrackResult } from '../../../../protocol/datasets/dataset-api';
import type { JobPort } from '../job-port';
import { Refresh, type RefreshTerms } from './refresh';

/** Throws SlipwayError as `trackWithDvc` does, `invalid` for a dataset that is more or less than one file or folder. */
export async function trackDataset(terms: Omit<RefreshTerms, 'definition'>, port: JobPort): Promise<TrackResult> {
  const { dataset, root } = terms;
  const database = openForReading(terms.database);
  const refresh = new Refresh({ ...terms, definition: null }, port, database);
  try {
    const definition = refresh.definitionOf(dataset);
    if (definition === undefined) throw new SlipwayError('not-found', `There is no dataset ${dataset}.`);
    const paths = [definition.path ?? []].flat();
    const [path] = paths;
    const { landing, reading } = await refresh.land(dataset, definition);
    const { kind, listing } = reading;
    if (path === undefined || kind === 'list') {
      const sentence = `${dataset} is not one file or one folder, which is what DVC tracks. Register its folder instead.`;
      throw new SlipwayError('invalid', sentence);
    }
    let done = 0;
    const content = { place: resolve(root, path), path, isFolder: kind === 'folder', files: listing.files };
    const { dvcFile, id } = await trackWithDvc(content, (bytes) => {
      done += bytes;
      port.progress('copying to the cache of DVC', done, landing.version.bytes);
    });
    return { dataset, dvcFile: relative(root, dvcFile), id };
  } finally {
    refresh.dispose();
    database.close();
  }
}
