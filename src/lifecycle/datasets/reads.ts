// The readings about datasets that reader threads know.
import { datasetDiskUse } from './store/disk-use';

/** By name. */
export const datasetReads = { datasetDiskUse };
