// What of each version was unlike the versions before it, as far as they were measured. A pure function of the database,
// for a reader thread: wide tables with many versions are many numbers.
import type { Database } from '../../../platform/sqlite/database';
import type { BatchMeasures } from '../../../protocol/datasets/contract/check';
import type { BatchMoment } from '../../../protocol/datasets/contract/check-api';
import { BatchStore, type ExpectedRow } from '../store/batch-store';
import { DatasetStore } from '../store/dataset-store';
import { type VersionRow, VersionStore } from '../store/version-store';
import { batchAnomalies, expectedKey, type MeasuredBatch } from './batch-anomalies';

/** Earlier versions that count. */
export const mostEarlier = 30;

const mostMoments = 60;
const mostNumbers = 20;
/** Columns times versions: a page must not wait for more. */
const mostWork = 20_000;

/** The newest versions that were measured, from the oldest to the newest. */
export function keptAnomalies(database: Database, { dataset }: { dataset: string }): BatchMoment[] {
  const row = new DatasetStore(database).find(dataset);
  if (row === undefined) return [];
  const rows = new VersionStore(database).page(row.dataset, { deleted: false, limit: 500, offset: 0 });
  const newest = rows.sort((a, b) => b.createdTime - a.createdTime).slice(0, mostMoments + mostEarlier);
  const store = new BatchStore(database);
  const numbers = newest.map(({ version }) => version);
  const batches = measuredBatches(newest, store.measures(numbers), store.expected(numbers));
  const width = Math.max(1, ...[...batches.values()].map(({ measures }) => measures.columns.length));
  const most = Math.max(1, Math.min(mostMoments, Math.floor(mostWork / width)));
  return newest
    .slice(0, most)
    .toReversed()
    .flatMap((each) => momentOf(each, newest, batches));
}

/** The versions that were measured, by number, with what somebody expected of them. */
export function measuredBatches(
  rows: readonly VersionRow[],
  known: ReadonlyMap<number, BatchMeasures>,
  expected: readonly ExpectedRow[],
): Map<number, MeasuredBatch> {
  const keys = Map.groupBy(expected, ({ version }) => version);
  return new Map(
    rows.flatMap(({ version, createdTime }): [number, MeasuredBatch][] => {
      const measures = known.get(version);
      if (measures === undefined) return [];
      const own = (keys.get(version) ?? []).map(({ measure, column }) => expectedKey(measure, column));
      return [[version, { time: createdTime, measures, expected: new Set(own) }]];
    }),
  );
}

function momentOf(
  { version, id, createdTime }: VersionRow,
  newest: readonly VersionRow[],
  batches: ReadonlyMap<number, MeasuredBatch>,
): BatchMoment[] {
  const batch = batches.get(version);
  if (batch === undefined) return [];
  const before = newest.filter((each) => each.createdTime < createdTime).slice(0, mostEarlier);
  const earlier = before.flatMap((each) => batches.get(each.version) ?? []);
  const anomalies = batchAnomalies(batch, earlier);
  const news = anomalies.filter(({ isExpected }) => !isExpected).length;
  return [{ version: id, news, compared: earlier.length, anomalies: anomalies.slice(0, mostNumbers) }];
}
