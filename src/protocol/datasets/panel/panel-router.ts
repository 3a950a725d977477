// The procedures behind the dataset panel and the Datasets view.
import { t } from '../../router/procedures';
import {
  datasetViewQuery,
  datasetWorkQuery,
  driftColumnQuery,
  driftHistoryQuery,
  driftMeasure,
  profileMeasure,
  versionUsesQuery,
  weightsQuery,
} from './panel-api';

/** Each checks its input and asks the engine's `DatasetPanelApi`. */
export const datasetPanelRoutes = t.router({
  view: t.procedure.input(datasetViewQuery).query(({ ctx, input }) => ctx.api.datasetView(input)),
  measureDrift: t.procedure
    .input(driftMeasure)
    .mutation(({ ctx, input, signal }) => ctx.api.measureDrift(input, signal)),
  measureProfile: t.procedure
    .input(profileMeasure)
    .mutation(({ ctx, input, signal }) => ctx.api.measureProfile(input, signal)),
  driftColumn: t.procedure
    .input(driftColumnQuery)
    .query(({ ctx, input, signal }) => ctx.api.driftColumn(input, signal)),
  driftHistory: t.procedure.input(driftHistoryQuery).query(({ ctx, input }) => ctx.api.driftHistory(input)),
  work: t.procedure.input(datasetWorkQuery).query(({ ctx, input }) => ctx.api.datasetWork(input)),
  weights: t.procedure.input(weightsQuery).query(({ ctx, input }) => ctx.api.columnWeights(input)),
  uses: t.procedure.input(versionUsesQuery).query(({ ctx, input }) => ctx.api.versionUses(input)),
});
