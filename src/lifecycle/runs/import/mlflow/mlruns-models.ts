// The logged models of a file store of MLflow 3.
import { basename, dirname, join } from 'node:path';
import { filesBelow, foldersIn } from '../files/file-tree';
import { fileLines } from '../files/line-file';
import type { SourceReport } from '../source-report';
import type { SourceExperiment, SourceModel } from '../source-run';
import { type Meta, readMeta, textFiles } from './meta-files';
import { mlflowFolder } from './mlflow-folder';
import { modelStatus } from './mlflow-words';
import { pythonNumber, wholeNumber } from './mlruns-metric';

/** The active logged models in the folder of an experiment. */
export function mlrunsModels(folder: string, experiment: SourceExperiment, report: SourceReport): SourceModel[] {
  return foldersIn(join(folder, 'models')).flatMap((modelId) => {
    const place = join(folder, 'models', modelId);
    const meta = readMeta(place, report);
    if (meta === undefined || meta.lifecycle_stage === 'deleted') return [];
    const read = (): ReturnType<SourceModel['read']> => readModel(place, meta, report);
    return [{ modelId, name: String(meta.name), experiment, read }];
  });
}

function readModel(place: string, meta: Meta, report: SourceReport): ReturnType<SourceModel['read']> {
  const experiment = dirname(dirname(place));
  const own = `models/${basename(place)}/artifacts`;
  const where = { root: dirname(experiment), experimentId: basename(experiment), own };
  const folder = mlflowFolder(String(meta.artifact_location ?? ''), where);
  const text = (value: unknown): string | null => (typeof value === 'string' ? value : null);
  return {
    row: {
      name: String(meta.name),
      status: modelStatus(meta.status),
      status_message: text(meta.status_message),
      model_type: text(meta.model_type) ?? '',
      source_run_id: text(meta.source_run_id),
      creation_time: Number(meta.creation_timestamp ?? 0),
      last_update_time: Number(meta.last_updated_timestamp ?? 0),
    },
    params: textFiles(join(place, 'params'), report),
    tags: textFiles(join(place, 'tags'), report),
    metrics: filesBelow(join(place, 'metrics'), report).flatMap((file) => modelPoints(file.path, file.place, report)),
    files: folder === undefined ? [] : filesBelow(folder, report),
  };
}

/** Lines of `TIME VALUE STEP RUN [DATASET DIGEST]`; the same line may be there twice. */
function modelPoints(key: string, file: string, report: SourceReport): Record<string, string | number>[] {
  const points = new Map<string, Record<string, string | number>>();
  for (const { text, at, isWhole } of fileLines(file)) {
    const [first, second, third, runId = '', dataset = '', digest = ''] = text.trimEnd().split(' ');
    const [time, value, step] = [wholeNumber(first), pythonNumber(second), wholeNumber(third)];
    if (!isWhole || typeof time !== 'number' || value === undefined || typeof step !== 'number') {
      report.problem(file, `byte ${at}`, isWhole ? 'a line that is no point' : 'the last line is cut off');
      continue;
    }
    const nan = Number.isNaN(value);
    const row = { key, time, step, run_id: runId, value: nan ? 0 : value, is_nan: nan ? 1 : 0 };
    points.set([time, step, runId, dataset, digest].join(' '), {
      ...row,
      dataset_name: dataset,
      dataset_digest: digest,
    });
  }
  return [...points.values()];
}
