// The logged models of an MLflow 3 database.
import { basename } from 'node:path';
import { filesBelow } from '../files/file-tree';
import { mlflowFolder } from '../mlflow/mlflow-folder';
import { modelStatus } from '../mlflow/mlflow-words';
import type { SourceReport } from '../source-report';
import type { SourceExperiment, SourceModel } from '../source-run';
import type { ForeignRow, ForeignTables } from './foreign-tables';

interface ModelParts {
  tables: ForeignTables;
  path: string;
  root: string;
  report: SourceReport;
  experiments: ReadonlyMap<string, SourceExperiment>;
}

/** The active logged models; none in a database of MLflow 2. */
export function mlflowModels(parts: ModelParts): SourceModel[] {
  const rows = parts.tables.rows('logged_models', `WHERE lifecycle_stage = 'active'`);
  return rows.flatMap((row) => {
    const experiment = parts.experiments.get(String(row.experiment_id));
    if (experiment === undefined) return [];
    const modelId = String(row.model_id);
    return [{ modelId, name: String(row.name), experiment, read: () => readModel(parts, row, modelId) }];
  });
}

function readModel(
  { tables, path, root, report }: ModelParts,
  row: ForeignRow,
  modelId: string,
): ReturnType<SourceModel['read']> {
  const folder = modelFolder({ path, root }, row, modelId);
  const of = (table: string): ForeignRow[] => tables.rows(table, 'WHERE model_id = ?', [modelId]);
  return {
    row: {
      name: String(row.name),
      status: modelStatus(row.status),
      status_message: text(row.status_message),
      model_type: String(row.model_type ?? ''),
      source_run_id: text(row.source_run_id),
      creation_time: Number(row.creation_timestamp_ms),
      last_update_time: Number(row.last_updated_timestamp_ms),
    },
    params: of('logged_model_params').map((each) => ({
      key: String(each.param_key),
      value: String(each.param_value),
    })),
    tags: of('logged_model_tags').map((each) => ({ key: String(each.tag_key), value: String(each.tag_value) })),
    metrics: of('logged_model_metrics').map((each) => ({
      key: String(each.metric_name),
      time: Number(each.metric_timestamp_ms),
      step: Number(each.metric_step),
      run_id: String(each.run_id),
      value: Number(each.metric_value ?? 0),
      is_nan: each.metric_value === null ? 1 : 0,
      dataset_name: String(each.dataset_name ?? ''),
      dataset_digest: String(each.dataset_digest ?? ''),
    })),
    files: folder === undefined ? [] : filesBelow(folder, report),
  };
}

function modelFolder(
  { path, root }: Pick<ModelParts, 'path' | 'root'>,
  row: ForeignRow,
  modelId: string,
): string | undefined {
  const own = `models/${modelId}/artifacts`;
  const experimentId = String(row.experiment_id);
  const beside = [`${basename(path)}.artifacts`];
  return mlflowFolder(String(row.artifact_location ?? ''), { root, experimentId, own, beside });
}

function text(value: ForeignRow[string] | undefined): string | null {
  return value === null || value === undefined ? null : String(value);
}
