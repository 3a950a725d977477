// Reads a tracking database of MLflow, 1.x to 3.x. Which columns there are is looked up and never concluded from a version.
import { basename } from 'node:path';
import { messageOf } from '../../../../base/errors';
import type { ForeignCopy } from '../../../../platform/sqlite/foreign-copy';
import type { KeyValue } from '../../batch';
import type { DatasetInput } from '../../store/run-data';
import { filesBelow, filesState } from '../files/file-tree';
import { isElsewhere, mlflowFolder } from '../mlflow/mlflow-folder';
import { isRunId, mlflowStatus, mlflowValue, withSource } from '../mlflow/mlflow-words';
import { SeriesBuffer } from '../series-buffer';
import type { SourceReport } from '../source-report';
import type { PointColumns, RunDetails, SourceExperiment, SourceFile, SourceRun, SourceStore } from '../source-run';
import { shortHash } from '../source-tags';
import { type ForeignRow, ForeignTables } from './foreign-tables';
import { lostExperiments, reportLosses } from './mlflow-losses';
import { mlflowModels } from './mlflow-models';

/** `path` is the database's own, `root` the folder in which its files are looked for. */
export interface MlflowDatabaseParts {
  copy: ForeignCopy;
  path: string;
  root: string;
  report: SourceReport;
}

const notTaken: readonly [table: string, name: string, why: string][] = [
  ['registered_models', 'registered models', 'the registry is not imported; register what is used from its run'],
  ['trace_info', 'traces', 'traces are not imported'],
];

/** The store. Throws SlipwayError `damaged` when not even the list of its runs can be read. */
export function openMlflowDatabase(parts: MlflowDatabaseParts): SourceStore {
  const tables = new ForeignTables(parts.copy.database, parts.path);
  const { report } = parts;
  const isDamaged = parts.copy.damage.length > 0;
  const experiments = new Map([...readExperiments(tables), ...(isDamaged ? lostExperiments(tables) : [])]);
  if (isDamaged) reportLosses(tables, parts);
  const active = tables.rows('runs', `WHERE lifecycle_stage = 'active' ORDER BY start_time, run_uuid`);
  const deleted = tables.count('runs', `WHERE lifecycle_stage <> 'active'`);
  if (deleted > 0) report.leave('deleted runs', "they are in MLflow's trash", deleted);
  for (const [table, name, why] of notTaken) {
    const count = tables.count(table);
    if (count > 0) report.leave(name, why, count);
  }
  const runs = active.flatMap((row) => {
    const experiment = experiments.get(String(row.experiment_id));
    if (experiment === undefined) report.leave('runs of deleted experiments', "they are in MLflow's trash");
    return experiment === undefined ? [] : [new DatabaseRun({ ...parts, tables }, row, experiment)];
  });
  return {
    tool: 'mlflow',
    what: `a tracking database of MLflow (revision ${tables.rows('alembic_version')[0]?.version_num ?? 'unknown'})`,
    path: parts.path,
    runs,
    models: mlflowModels({ ...parts, tables, experiments }),
    report,
    close: () => parts.copy.close(),
  };
}

/** The active experiments by their ids. */
function readExperiments(tables: ForeignTables): Map<string, SourceExperiment> {
  const tags = Map.groupBy(tables.rows('experiment_tags'), (row) => String(row.experiment_id));
  const rows = tables.rows('experiments', `WHERE lifecycle_stage = 'active'`);
  return new Map(
    rows.map((row) => {
      const id = String(row.experiment_id);
      const { creation_time: creationTime, last_update_time: lastUpdateTime } = row;
      return [
        id,
        {
          id,
          name: String(row.name),
          tags: keyValues(tags.get(id) ?? []),
          ...(typeof creationTime === 'number' ? { creationTime } : {}),
          ...(typeof lastUpdateTime === 'number' ? { lastUpdateTime } : {}),
        },
      ];
    }),
  );
}

class DatabaseRun implements SourceRun {
  readonly identity: string;
  readonly runId: string | null;
  readonly name: string;
  readonly experiment: SourceExperiment;
  readonly #parts: MlflowDatabaseParts & { tables: ForeignTables };
  readonly #row: ForeignRow;
  #files: SourceFile[] | undefined;

  constructor(parts: MlflowDatabaseParts & { tables: ForeignTables }, row: ForeignRow, experiment: SourceExperiment) {
    this.#parts = parts;
    this.#row = row;
    this.experiment = experiment;
    this.identity = String(row.run_uuid);
    this.runId = isRunId(this.identity) ? this.identity : null;
    this.name = String(row.name ?? this.#tags().find(({ key }) => key === 'mlflow.runName')?.value ?? this.identity);
  }

  state(): string {
    const { tables } = this.#parts;
    const of = [this.identity];
    const sums = [
      tables.summary('metrics', 'count(*), max(timestamp), max(step)', of),
      tables.summary('params', 'count(*), sum(length(value))', of),
      tables.summary('tags', 'count(*), sum(length(value))', of),
    ];
    return shortHash(JSON.stringify([this.#row, sums, filesState(this.#filesHere())]));
  }

  *read(): Generator<PointColumns, RunDetails> {
    const { tables, path, report } = this.#parts;
    try {
      yield* this.#points();
    } catch (error) {
      report.problem(path, `metrics of ${this.identity}`, messageOf(error));
    }
    const row = this.#row;
    return {
      name: this.name,
      userId: String(row.user_id ?? ''),
      status: mlflowStatus(row.status),
      startTime: Number(row.start_time ?? 0),
      endTime: typeof row.end_time === 'number' ? row.end_time : null,
      params: keyValues(tables.rows('params', 'WHERE run_uuid = ?', [this.identity])),
      tags: withSource(this.#tags(), { name: row.source_name, version: row.source_version }),
      datasets: this.#datasets(),
      models: this.#models(),
      files: this.#filesHere(),
    };
  }

  *#points(): Generator<PointColumns> {
    const buffer = new SeriesBuffer();
    const rows = this.#parts.copy.database
      .prepare<[string], [key: string, step: number | string, time: number, value: number, isNan: number]>(
        `SELECT key, CASE WHEN step BETWEEN ${Number.MIN_SAFE_INTEGER} AND ${Number.MAX_SAFE_INTEGER} THEN step
           ELSE CAST(step AS TEXT) END, timestamp, value, is_nan
         FROM metrics WHERE run_uuid = ? ORDER BY key, step, timestamp, value`,
      )
      .raw(true);
    for (const [key, step, time, value, isNan] of rows.iterate(this.identity)) {
      const exact = typeof step === 'string' ? BigInt(step) : step;
      yield* buffer.add(key, exact, time, isNan === 1 ? Number.NaN : mlflowValue(value));
    }
    yield* buffer.rest();
  }

  #tags(): KeyValue[] {
    return keyValues(this.#parts.tables.rows('tags', 'WHERE run_uuid = ?', [this.identity]));
  }

  #datasets(): DatasetInput[] {
    const { tables } = this.#parts;
    const where = `WHERE source_type = 'DATASET' AND destination_type = 'RUN' AND destination_id = ?`;
    return tables.rows('inputs', where, [this.identity]).flatMap((input) => {
      const tags = tables.rows('input_tags', 'WHERE input_uuid = ?', [String(input.input_uuid)]);
      return tables.rows('datasets', 'WHERE dataset_uuid = ?', [String(input.source_id)]).map((row) => ({
        name: String(row.name),
        digest: String(row.digest),
        sourceType: String(row.dataset_source_type),
        source: String(row.dataset_source),
        schema: row.dataset_schema === null ? null : String(row.dataset_schema),
        profile: row.dataset_profile === null ? null : String(row.dataset_profile),
        tags: tags.map(({ name, value }) => ({ key: String(name), value: String(value) })),
      }));
    });
  }

  #models(): RunDetails['models'] {
    const where = `WHERE source_id = ? AND source_type IN ('RUN_INPUT', 'RUN_OUTPUT')`;
    return this.#parts.tables.rows('inputs', where, [this.identity]).map((row) => ({
      modelId: String(row.destination_id),
      direction: row.source_type === 'RUN_INPUT' ? 'input' : 'output',
      step: Number(row.step ?? 0),
    }));
  }

  #filesHere(): SourceFile[] {
    if (this.#files !== undefined) return this.#files;
    const { root, path, report } = this.#parts;
    const address = String(this.#row.artifact_uri ?? '');
    const own = `${this.identity}/artifacts`;
    const experimentId = String(this.#row.experiment_id);
    const folder = mlflowFolder(address, { root, experimentId, own, beside: [`${basename(path)}.artifacts`] });
    if (folder === undefined && isElsewhere(address)) report.leave('files of runs at other addresses', address);
    this.#files = folder === undefined ? [] : filesBelow(folder, report);
    return this.#files;
  }
}

function keyValues(rows: readonly ForeignRow[]): KeyValue[] {
  return rows.map(({ key, value }) => ({ key: String(key), value: String(value ?? '') }));
}
