// The procedures about datasets as records.
import { t } from '../router/procedures';
import {
  commandConsent,
  datasetListQuery,
  datasetQuery,
  descriptionChange,
  diskUseQuery,
  fileListQuery,
  labelChange,
  lineageQuery,
  resultQuery,
  scheduleChange,
  trashMove,
  versionListQuery,
  versionQuery,
  workspaceSearch,
} from './dataset-api';
import { launchQuery, overrideQuery } from './launch';

/** Each checks its input and asks the engine's `DatasetsApi`. */
export const datasetRoutes = t.router({
  list: t.procedure.input(datasetListQuery).query(({ ctx, input }) => ctx.api.listDatasets(input)),
  get: t.procedure.input(datasetQuery).query(({ ctx, input }) => ctx.api.getDataset(input.dataset)),
  versions: t.procedure.input(versionListQuery).query(({ ctx, input }) => ctx.api.listDatasetVersions(input)),
  version: t.procedure.input(versionQuery).query(({ ctx, input }) => ctx.api.getDatasetVersion(input)),
  files: t.procedure.input(fileListQuery).query(({ ctx, input }) => ctx.api.listDatasetFiles(input)),
  table: t.procedure.input(versionQuery).query(({ ctx, input }) => ctx.api.datasetTable(input)),
  label: t.procedure.input(labelChange).mutation(({ ctx, input }) => ctx.api.labelDataset(input)),
  describe: t.procedure.input(descriptionChange).mutation(({ ctx, input }) => ctx.api.describeDataset(input)),
  allowCommand: t.procedure.input(commandConsent).mutation(({ ctx, input }) => ctx.api.allowDatasetCommand(input)),
  schedule: t.procedure.input(scheduleChange).mutation(({ ctx, input }) => ctx.api.scheduleDataset(input)),
  delete: t.procedure.input(trashMove).mutation(({ ctx, input }) => ctx.api.deleteDataset(input)),
  undelete: t.procedure.input(trashMove).mutation(({ ctx, input }) => ctx.api.undeleteDataset(input)),
  diskUse: t.procedure.input(diskUseQuery).query(({ ctx, input }) => ctx.api.datasetDiskUse(input.dataset)),
  judgeLaunch: t.procedure.input(launchQuery).mutation(({ ctx, input, signal }) => ctx.api.judgeLaunch(input, signal)),
  overrides: t.procedure.input(overrideQuery).query(({ ctx, input }) => ctx.api.listOverrides(input)),
  findResult: t.procedure.input(resultQuery).query(({ ctx, input }) => ctx.api.findDatasetResult(input)),
});

/** What goes over all stages. */
export const lineageRoutes = t.router({
  lineage: t.procedure.input(lineageQuery).query(({ ctx, input }) => ctx.api.lineage(input)),
  search: t.procedure.input(workspaceSearch).query(({ ctx, input }) => ctx.api.searchWorkspace(input)),
});
