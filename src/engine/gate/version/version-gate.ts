// The gate of a registered version, run by the engine: what it finds is kept with the version.
import { SlipwayError } from '../../../base/errors';
import type { EvidenceSubject, KeptReport } from '../../../lifecycle/models/decision/evidence';
import type { JobTerms } from '../../jobs/job-runner';
import type { Services } from '../../services';

/** A version by its model's name and its number. */
export interface VersionName {
  name: string;
  version: number;
}

/** Reads what a version is now, and judges it. */
export class VersionGate {
  constructor(_services: Services) {}

  /** Reads and hashes all files. Throws SlipwayError `not-found` for a version whose files are not kept here, or without rules. */
  async subject(_version: VersionName, _signal: AbortSignal): Promise<EvidenceSubject> {
    throw new SlipwayError('not-implemented', 'The gate of a version is run by the command line.');
  }

  /** Runs the gate over what the version is now and keeps the report. Throws as `subject`, and when it is taken back. */
  async run(_version: VersionName, _terms: JobTerms): Promise<KeptReport> {
    throw new SlipwayError('not-implemented', 'The gate of a version is run by the command line.');
  }
}
