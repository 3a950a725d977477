// Experiments in MLflow's JSON.
import type { ExperimentRecord } from '../../../lifecycle/runs/experiments/experiment';

/** One experiment. */
export function experimentJson(record: ExperimentRecord): object {
  return {
    experiment_id: record.experimentId,
    name: record.name,
    artifact_location: record.artifactLocation,
    lifecycle_stage: record.lifecycleStage,
    last_update_time: record.lastUpdateTime,
    creation_time: record.creationTime,
    ...(record.tags.length === 0 ? {} : { tags: record.tags }),
  };
}
