// The readings that may take long, by name: what a reader thread can be asked.
import { queryRuns } from '../search/run-query';
import { bucketMetrics, groupMetrics } from './store/bucket-read';
import { contentCheck } from './store/content-check';
import { listRuns } from './store/listing/run-list';
import { metricHistory } from './store/metric-list';
import { runRecords } from './store/run-detail';

/** Each is a function of a read-only connection and a query that can be sent to a thread. */
export const runReads = { bucketMetrics, groupMetrics, contentCheck, metricHistory, runRecords, listRuns, queryRuns };
export type RunReads = typeof runReads;
