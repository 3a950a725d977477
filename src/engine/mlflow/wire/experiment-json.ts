// Experiments and the datasets used in them in MLflow's JSON.
import type { ExperimentRecord } from '../../../lifecycle/runs/experiments/experiment';
import type { DatasetSummary } from '../../../lifecycle/runs/reading/store/dataset-summaries';
import { filled } from './run-json';

/** One experiment. */
export function experimentJson(record: ExperimentRecord): object {
  return {
    experiment_id: record.experimentId,
    name: record.name,
    artifact_location: record.artifactLocation,
    lifecycle_stage: record.lifecycleStage,
    last_update_time: record.lastUpdateTime,
    creation_time: record.creationTime,
    // MLflow's name for the only workspace of a server that has none.
    workspace: 'default',
    ...(record.tags.length === 0 ? {} : { tags: record.tags }),
  };
}

/** The datasets found by a search. */
export function datasetsJson(datasets: readonly DatasetSummary[]): object {
  return filled({
    dataset_summaries: datasets.map(({ experimentId, name, digest, context }) => ({
      experiment_id: experimentId,
      name,
      digest,
      ...(context ? { context } : {}),
    })),
  });
}
