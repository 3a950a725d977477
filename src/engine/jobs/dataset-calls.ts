// What reading a dataset asks of the engine: each a small write between those of other clients.
import { landDataset } from '../../lifecycle/datasets/bundle/store/dataset-landing';
import type { HashedFile } from '../../lifecycle/datasets/content/read-content';
import type { FetchedBatch } from '../../lifecycle/datasets/gate/batch-judge';
import { forgetFiles, nameContents, rememberFiles } from '../../lifecycle/datasets/store/content-store';
import { eraseDataset, eraseVersion, forgetContents } from '../../lifecycle/datasets/store/erasure';
import { type LandedVersion, landVersion, refuseTaken } from '../../lifecycle/datasets/version-landing';
import type { TableSource } from '../../protocol/datasets/table-source';
import type { PartLine } from '../../workspace/bundle/part-line';
import type { Services } from '../services';
import type { ThreadCalls } from './job-thread';

/** The calls of one job. */
export function datasetCalls({ writes, opened, datasets, datasetTables }: Services): ThreadCalls {
  const { database } = opened;
  const whole = (act: () => void) => writes.run(() => database.transaction(act).immediate());
  return {
    refuseTaken: (name: string) => refuseTaken(datasets, name),
    rememberFiles: (files: readonly HashedFile[]) => whole(() => rememberFiles(database, files)),
    nameDataContents: (contents: readonly { sha256: string; size: number }[]) =>
      whole(() => nameContents(database, contents)),
    judgeQuarantined: (batch: FetchedBatch) => datasetTables.judge(batch),
    shapeOf: (source: TableSource) => datasetTables.shape(source),
    requireConsent: ({ dataset, definition }: Pick<LandedVersion, 'dataset' | 'definition'>) =>
      datasets.consents.require(dataset, definition),
    landVersion: (landed: LandedVersion) => landVersion(datasets, landed, (act) => writes.run(act)),
    landDataset: (part: { name: string; lines: readonly PartLine[] }) => writes.run(() => landDataset(database, part)),
    eraseDatasetVersion: ({ version, cutoff }: { version: number; cutoff: number }) =>
      writes.run(() => eraseVersion(database, version, cutoff)),
    eraseDataset: ({ dataset, cutoff }: { dataset: number; cutoff: number }) =>
      writes.run(() => eraseDataset(database, dataset, cutoff)),
    forgetFiles: (paths: readonly string[]) => writes.run(() => forgetFiles(database, paths)),
    forgetContents: (hashes: readonly string[]) => writes.run(() => forgetContents(database, hashes)),
  };
}
