// What both sides said of the same rows, asked of the engine.
import type { EvidenceState } from '../../../src/protocol/comparison/evidence/evidence-state';
import type { PredictionEvidence } from '../../../src/protocol/comparison/evidence/prediction-evidence';
import { countText } from '../../../src/protocol/wording';
import { useLive } from '../../kit/host/live';
import type { Sides } from '../head/side-name';

/** What changes how the evidence is looked at. */
export type ChangeEvidence = (part: Partial<EvidenceState>) => void;

/** The first run of each side; null where one has none. */
export function firstRuns({ baseline, candidate }: Sides): [string, string] | null {
  const [before, after] = [baseline.runs[0], candidate.runs[0]];
  return before === undefined || after === undefined ? null : [before.runId, after.runId];
}

/** The runs whose predictions are looked at together: the first of each side, and their repeats that were judged. */
export function judgedRuns(
  sides: Sides,
): { runIds: [string, string]; repeats: { baseline: string[]; candidate: string[] } } | null {
  const [[first, ...baseline], [second, ...candidate]] = [sides.judged.baseline, sides.judged.candidate];
  if (first !== undefined && second !== undefined) return { runIds: [first, second], repeats: { baseline, candidate } };
  const runIds = firstRuns(sides);
  return runIds === null ? null : { runIds, repeats: { baseline: [], candidate: [] } };
}

/** Of how many runs the predictions in sight are; empty of one of each. */
export function judgedRunsText({ judged: { baseline, candidate } }: Sides): string {
  if (baseline.length + candidate.length <= 2) return '';
  return `Means of ${countText(baseline.length, 'run')} and ${countText(candidate.length, 'run')}.`;
}

/** Which of several runs of a side is looked at; empty where each side is one. */
export function firstRunsText({ baseline, candidate }: Sides): string {
  const told = [baseline, candidate].filter(({ runs }) => runs.length > 1);
  return told.map(({ runs }) => `${runs[0]?.name ?? ''} is the first of ${runs.length} runs.`).join(' ');
}

/** The evidence; undefined until it is there. What could not be asked is told as a problem. */
export function usePredictionEvidence(sides: Sides, { positive, bins }: EvidenceState): PredictionEvidence | undefined {
  const runs = judgedRuns(sides);
  const asked = runs === null ? null : { ...runs, positive, bins };
  const { value, error } = useLive<PredictionEvidence>({
    key: asked === null ? '' : JSON.stringify(asked),
    rest: 30_000,
    load: async (host, signal) =>
      asked === null ? { kind: 'none', problem: null } : host.query('comparison.evidence', asked, signal),
  });
  return value === undefined && error !== undefined ? { kind: 'none', problem: error.message } : value;
}
