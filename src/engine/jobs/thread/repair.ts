import type { RepairResult } from '../../../protocol/job';
import type { JobGiven } from './job-given';
import type { JobPort } from './job-port';

/** stub */
export async function repairFromSalvage(
  _terms: Omit<JobGiven, 'request'> & { salvaged: string | null },
  _port: JobPort,
): Promise<RepairResult> {
  throw new Error('not yet');
}
