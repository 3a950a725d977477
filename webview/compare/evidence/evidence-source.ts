// What both sides said of the same rows, asked of the engine.
import type { EvidenceState } from '../../../src/protocol/comparison/evidence/evidence-state';
import type { PredictionEvidence } from '../../../src/protocol/comparison/evidence/prediction-evidence';
import { useLive } from '../../kit/host/live';
import type { Sides } from '../head/side-name';

/** What changes how the evidence is looked at. */
export type ChangeEvidence = (part: Partial<EvidenceState>) => void;

/** The first run of each side; null where one has none. */
export function firstRuns({ baseline, candidate }: Sides): [string, string] | null {
  const [before, after] = [baseline.runs[0], candidate.runs[0]];
  return before === undefined || after === undefined ? null : [before.runId, after.runId];
}

/** Which of several runs of a side is looked at; empty where each side is one. */
export function firstRunsText({ baseline, candidate }: Sides): string {
  const told = [baseline, candidate].filter(({ runs }) => runs.length > 1);
  return told.map(({ runs }) => `${runs[0]?.name ?? ''} is the first of ${runs.length} runs.`).join(' ');
}

/** The evidence; undefined until it is there. What could not be asked is told as a problem. */
export function usePredictionEvidence(sides: Sides, { positive, bins }: EvidenceState): PredictionEvidence | undefined {
  const runIds = firstRuns(sides);
  const asked = runIds === null ? null : { runIds, positive, bins };
  const { value, error } = useLive<PredictionEvidence>({
    key: asked === null ? '' : JSON.stringify(asked),
    rest: 30_000,
    load: async (host, signal) =>
      asked === null ? { kind: 'none', problem: null } : host.query('comparison.evidence', asked, signal),
  });
  return value === undefined && error !== undefined ? { kind: 'none', problem: error.message } : value;
}
