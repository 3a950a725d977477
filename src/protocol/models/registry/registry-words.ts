// The words for where a version stands and how its gate found it: the same in the tree, the panel and on the command line.
import type { GateVerdict } from '../gate/gate-report';
import type { GateState, VersionStage } from './model-version';

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

/** The word for a stage. */
export function stageWord(stage: VersionStage): string {
  return stages[stage];
}

/** The word for what a gate says of a version. */
export function gateWord(state: GateState): string {
  return states[state];
}
