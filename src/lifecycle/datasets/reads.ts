// The readings about datasets that reader threads know.
import { trackedPaths } from './dvc/tracked-path';
import { namedData } from './gate/named-data';
import { keptAnomalies } from './history/kept-anomalies';
import { datasetDiskUse } from './store/disk-use';
import { driftHistory } from './store/drift-history';

/** By name. */
export const datasetReads = { trackedPaths, datasetDiskUse, driftHistory, namedData, keptAnomalies };
