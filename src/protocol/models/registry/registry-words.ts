// The words for where a version stands and how its gate found it: the same in the tree, the panel and on the command line.

import { countText } from '../../wording';
import type { GateVerdict } from '../gate/gate-report';
import type { GateState, VersionStage } from './model-version';

/** The order in which stages are shown: what is used first. */
export const shownStages: readonly VersionStage[] = ['production', 'staging', 'candidate', 'archived'];

const stages: Record<VersionStage, string> = {
  production: 'Production',
  staging: 'Staging',
  candidate: 'Candidate',
  archived: 'Archived',
};

const verdicts: Record<GateVerdict, string> = {
  pass: 'Pass',
  warn: 'Warning',
  fail: 'Fail',
  inconclusive: 'Cannot tell',
  error: 'Error',
};

const states: Record<GateState, string> = {
  ...verdicts,
  ungated: 'No rules',
  unjudged: 'Not judged',
  outdated: 'Outdated',
};

const counted: Record<GateVerdict, (count: number) => string> = {
  pass: (count) => countText(count, 'rule passes', 'rules pass'),
  warn: (count) => countText(count, 'warning'),
  fail: (count) => countText(count, 'rule fails', 'rules fail'),
  inconclusive: (count) => `${count} cannot tell`,
  error: (count) => `${count} could not be run`,
};

/** So many rules of a verdict, as in `2 rules fail`. */
export function verdictCount(verdict: GateVerdict, count: number): string {
  return counted[verdict](count);
}

/** The word for a stage. */
export function stageWord(stage: VersionStage): string {
  return stages[stage];
}

/** The word for what a gate says of a version. */
export function gateWord(state: GateState): string {
  return states[state];
}

/** The same of a version, and whether people let it through all the same. */
export function standingWord({ gate, isWaived }: { gate: GateState; isWaived: boolean }): string {
  return isWaived ? `${states[gate]}, waived` : states[gate];
}
