// Every reading that the engine's reader threads know, of all stages.
import { datasetReads } from '../lifecycle/datasets/reads';
import { decisionProblems } from '../lifecycle/models/decision/store/decision-check';
import { relationReads } from '../lifecycle/runs/comparison/relations/reads';
import { runReads } from '../lifecycle/runs/reading/reads';
import { tableReads } from '../lifecycle/runs/table/reads';
import { tracePanelReads } from '../lifecycle/traces/reading/trace-reading';
import { foldLog } from '../platform/sqlite/fold-log';
import { auditCheck } from '../workspace/audit/audit-check';
import { goldenFiles } from './gate/version/golden-files';
import { importanceFiles } from './lineage/importance-files';
import { modelOrigin, trainingData } from './lineage/model-origin';
import { versionRunCounts, workspaceLineage } from './lineage/workspace-lineage';
import { workspaceSearch } from './lineage/workspace-search';
import { mlflowReads } from './mlflow/reads';
import { databaseCheck } from './salvage/database-check';

/** By name; the engine and its reader threads are built from the same table. */
export const engineReads = {
  databaseCheck,
  foldLog,
  auditCheck,
  decisionProblems,
  goldenFiles,
  importanceFiles,
  modelOrigin,
  trainingData,
  versionRunCounts,
  workspaceLineage,
  workspaceSearch,
  ...datasetReads,
  ...runReads,
  ...tableReads,
  ...relationReads,
  ...tracePanelReads,
  ...mlflowReads,
};
export type EngineReads = typeof engineReads;
