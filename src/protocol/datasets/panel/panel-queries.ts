// The questions a dataset panel may ask of the engine, by the names that panel and host know them by.
import type * as z from 'zod';
import type { BadRows, CheckReport } from '../contract/check';
import type {
  anomalyQuery,
  BatchMoment,
  badRowsQuery,
  batchHistoryQuery,
  checkQuery,
  ExpectedChange,
  VersionAnomalies,
} from '../contract/check-api';
import type { lineageQuery } from '../dataset-api';
import type { DriftColumnDetail } from '../drift';
import type { Lineage } from '../lineage';
import type {
  DatasetView,
  DatasetWork,
  DriftHistory,
  datasetViewQuery,
  datasetWorkQuery,
  driftColumnQuery,
  driftHistoryQuery,
  driftMeasure,
  MeasuredDrift,
  MeasuredProfile,
  profileMeasure,
} from './panel-api';

/** What goes in and what comes out of each. */
export interface DatasetQueries {
  'datasets.view': { input: z.input<typeof datasetViewQuery>; output: DatasetView };
  'datasets.measureDrift': { input: z.input<typeof driftMeasure>; output: MeasuredDrift };
  'datasets.driftColumn': { input: z.input<typeof driftColumnQuery>; output: DriftColumnDetail };
  'datasets.driftHistory': { input: z.input<typeof driftHistoryQuery>; output: DriftHistory };
  'datasets.profile': { input: z.input<typeof profileMeasure>; output: MeasuredProfile };
  'datasets.measureProfile': { input: z.input<typeof profileMeasure>; output: MeasuredProfile };
  'datasets.check': { input: z.input<typeof checkQuery>; output: CheckReport };
  'datasets.badRows': { input: z.input<typeof badRowsQuery>; output: BadRows };
  'datasets.anomalies': { input: z.input<typeof anomalyQuery>; output: VersionAnomalies };
  'datasets.batchHistory': { input: z.input<typeof batchHistoryQuery>; output: BatchMoment[] };
  'datasets.expect': { input: ExpectedChange; output: ExpectedChange };
  'datasets.work': { input: z.input<typeof datasetWorkQuery>; output: DatasetWork | null };
  'datasets.lineage': { input: z.input<typeof lineageQuery>; output: Lineage };
}
