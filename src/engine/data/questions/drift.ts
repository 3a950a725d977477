// Questions about drift.
import { driftEvidence } from '../../../lifecycle/datasets/drift/drift-evidence';
import { columnSample, tableDrift } from '../../../lifecycle/datasets/scan/drift/drift-scan';
import type { OpenTerms } from '../../../lifecycle/datasets/scan/open-tables';
import type { Drift, DriftColumnDetail, DriftQuestions } from '../../../protocol/datasets/drift';
import type { JobProgress } from '../../../protocol/jobs/job';

/** Judges all columns. */
export function answerDrift(
  { reference, current, options }: DriftQuestions['drift']['input'],
  terms: OpenTerms,
  progress: (progress: JobProgress) => void,
): Promise<Drift> {
  const tell = (done: number, all: number): void => progress({ what: 'Comparing columns', done, total: all });
  return tableDrift({ reference, current }, options, terms, tell);
}

/** What a panel draws of one column. */
export function answerDriftColumn(
  { reference, current, column, preset }: DriftQuestions['driftColumn']['input'],
  terms: OpenTerms,
): Promise<DriftColumnDetail> {
  return columnSample({ reference, current }, { column, preset }, terms, driftEvidence);
}
