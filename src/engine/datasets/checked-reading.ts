// Jobs as clients ask for them. What was read of a dataset is checked by its contract and measured against its reference at
// once, so that a new batch never stands there as if nobody had asked anything of it.
import { SlipwayError } from '../../base/errors';
import { failuresOf } from '../../lifecycle/datasets/gate/contract-failures';
import type { BatchCheck, ReadDataset, RefreshResult } from '../../protocol/datasets/dataset-api';
import type { ContentJob } from '../../protocol/jobs/job';
import type { JobTerms } from '../jobs/job-runner';
import type { Services } from '../services';
import { batchDrift } from './batch-drift';
import { checkedVersion } from './check-api';

type Parts = Pick<Services, 'jobs' | 'data' | 'datasets' | 'layout' | 'writes' | 'opened'>;

/**
 * Runs a job; a dataset that it read is then checked and its drift measured, and the results kept with the version. A version that fails is a
 * version all the same: its bytes are the user's own. Throws as `JobRunner.run` does.
 */
export async function runChecked(services: Parts, request: ContentJob, terms: JobTerms): Promise<unknown> {
  const result = await services.jobs.run(request, terms);
  if (request.job !== 'dataset-refresh' && request.job !== 'dataset-register') return result;
  const read = result as ReadDataset;
  terms.onProgress({ what: 'running the checks', done: 0, total: 0 });
  const check = await batchCheck(services, read, terms.signal);
  terms.onProgress({ what: 'measuring its drift', done: 0, total: 0 });
  const drift = await batchDrift(services, read.version, terms.signal);
  return { ...read, check, drift } satisfies RefreshResult;
}

async function batchCheck(
  services: Parts,
  { dataset, definition, version }: ReadDataset,
  signal: AbortSignal,
): Promise<BatchCheck | null> {
  if (definition.contract === undefined) return null;
  try {
    const query = { dataset, version: version.id, contract: null, table: null, now: null };
    const report = await checkedVersion(services, query, signal);
    return { verdict: report.verdict, summary: report.summary, failures: failuresOf(report) };
  } catch (error) {
    if (!SlipwayError.is(error) || signal.aborted) throw error;
    return { verdict: 'error', summary: 'Its contract could not be run', failures: [error.message] };
  }
}
