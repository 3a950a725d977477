// The stages of a version by our names and by MLflow's, whose None is our candidate.
import type { ModelStage } from '../../lifecycle/models/rules/model-stage';
import type { VersionStage } from '../../protocol/models/registry/model-version';

const known = {
  candidate: 'None',
  staging: 'Staging',
  production: 'Production',
  archived: 'Archived',
} as const satisfies Record<VersionStage, ModelStage>;

/** What MLflow calls our stage. */
export function mlflowStageOf(stage: VersionStage): ModelStage {
  return known[stage];
}

/** Our name for MLflow's stage. */
export function stageOfMlflow(stage: ModelStage): VersionStage {
  return stage === 'None' ? 'candidate' : (stage.toLowerCase() as VersionStage);
}
