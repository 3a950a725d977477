// Answers about versions whose bytes are not kept: they are of the files themselves, which may change while a question waits.
import { SlipwayError } from '../../base/errors';
import type { DatasetsService } from '../../lifecycle/datasets/service';
import type { VersionReference } from '../../protocol/datasets/dataset';
import type { TableSource } from '../../protocol/datasets/table-source';

/**
 * What `ask` answers of the tables of these versions. Throws SlipwayError `conflict` where the files of one changed before
 * the answer was there, so that nothing is kept of a version that is of other bytes. `act` is what was being done, such as
 * `checked`.
 */
export async function askSteadily<T>(
  datasets: DatasetsService,
  versions: readonly VersionReference[],
  { act, ask }: { act: string; ask: (sources: TableSource[]) => Promise<T> },
): Promise<T> {
  const sources = versions.map((version) => datasets.table(version).source);
  const answer = await ask(sources);
  for (const [index, version] of versions.entries()) {
    const source = sources[index] as TableSource;
    if (datasets.places.isKept(source) || isStill(datasets, version, source)) continue;
    const sentence = `${version.dataset}@${version.version.slice(0, 12)} changed while it was being ${act}; try again.`;
    throw new SlipwayError('conflict', sentence);
  }
  return answer;
}

/** A file that changed is not what is read for its version any more. */
function isStill(datasets: DatasetsService, version: VersionReference, source: TableSource): boolean {
  try {
    return JSON.stringify(datasets.table(version).source) === JSON.stringify(source);
  } catch (error) {
    if (SlipwayError.is(error)) return false;
    throw error;
  }
}
