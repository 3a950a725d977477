// The one numbered list. A landed migration is never edited: the next one changes what it made.
import { workspaceMeta } from './001-workspace-meta';
import { runsTracking } from './002-runs-tracking';
import { runsRecordings } from './003-runs-recordings';
import { runsArtifacts } from './004-runs-artifacts';
import { runsMarks } from './005-runs-marks';
import { runsStops } from './006-runs-stops';
import { modelsRegistry } from './007-models-registry';
import { runsTraces } from './008-runs-traces';
import { workspaceBundles } from './009-workspace-bundles';
import { runsSeriesOrder } from './010-runs-series-order';
import { runsPointPacks } from './011-runs-point-packs';
import { datasetsVersions } from './012-datasets-versions';
import { datasetsBatches } from './013-datasets-batches';
import { datasetsSchedules } from './014-datasets-schedules';
import { workspaceAudit } from './015-workspace-audit';
import { modelsDecisions } from './016-models-decisions';
import { runsNested } from './017-runs-nested';

/** One step of the schema; `id` is the schema version it leads to. */
export interface Migration {
  id: number;
  name: string;
  sql: string;
}

export const migrations: readonly Migration[] = [
  workspaceMeta,
  runsTracking,
  runsRecordings,
  runsArtifacts,
  runsMarks,
  runsStops,
  modelsRegistry,
  runsTraces,
  workspaceBundles,
  runsSeriesOrder,
  runsPointPacks,
  datasetsVersions,
  datasetsBatches,
  datasetsSchedules,
  workspaceAudit,
  modelsDecisions,
  runsNested,
];

/** The schema version this build reads and writes. */
export const currentSchema = migrations.length;
