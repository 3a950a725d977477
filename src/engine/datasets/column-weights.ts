// What the columns of a dataset count in the model: as slipway.yaml says, else as a run that read the dataset logged it.
import { readFile } from 'node:fs/promises';
import { importancesOf } from '../../lifecycle/runs/lineage/logged-importances';
import { objectPlace } from '../../platform/objects/placed-object';
import type { KnownWeights } from '../../protocol/datasets/panel/column-weights';
import type { Services } from '../services';

type Parts = Pick<Services, 'datasets' | 'readers' | 'layout'>;

/** Throws SlipwayError `not-found` for a dataset that there is none of. */
export async function columnWeights({ datasets, readers, layout }: Parts, dataset: string): Promise<KnownWeights> {
  const said = datasets.known.get(dataset).definition.weights;
  if (said !== undefined) return { weights: said, source: null };
  for (const { sha256, ...source } of await readers.run('importanceFiles', { dataset, folder: layout.root })) {
    // An artifact may be deleted meanwhile.
    const bytes = await readFile(objectPlace(layout.objects, sha256)).catch(() => undefined);
    const weights = bytes === undefined ? undefined : await importancesOf(source.file, bytes);
    if (weights !== undefined) return { weights, source };
  }
  return { weights: {}, source: null };
}
