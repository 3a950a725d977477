// The job `model-gate`.
import type { JobRequest } from '../../../protocol/jobs/job';
import type { KeptGate } from '../../../protocol/models/registry/model-version';
import type { JobTerms } from '../../jobs/job-runner';
import { versionNamed } from '../../registry/named-version';
import type { Services } from '../../services';
import { VersionGate } from './version-gate';

/** Runs a version's gate and keeps what it found. Throws as `VersionGate.run`, and SlipwayError `not-found`. */
export async function gateJob(
  services: Services,
  { name, version, deadline }: Extract<JobRequest, { job: 'model-gate' }>,
  terms: JobTerms,
): Promise<KeptGate> {
  const row = versionNamed(services, name, version);
  const kept = await new VersionGate(services).run({ name, version: row.version }, { ...terms, deadline });
  const { report, time, actor, digest, predictions } = kept;
  return { report, time, actor, digest, outdated: null, predictions };
}
