// Brings what a bundle holds of runs into the database: each run, model and experiment whole, in one transaction.
import { SlipwayError } from '../../../../base/errors';
import type { Database } from '../../../../platform/sqlite/database';
import type { RecordingSpec } from '../../../../protocol/recording/recording-files';
import type { LandedPart } from '../../../../workspace/bundle/bundle-part';
import { landWhole, unknownTable } from '../../../../workspace/bundle/land-whole';
import { type Cell, insertRow, type PartLine, type PartRow, textIn } from '../../../../workspace/bundle/part-line';
import { artifactPath } from '../../artifacts/artifact-path';
import { checkOwnFolder } from '../../artifacts/own-folder';
import { proxiedFolder } from '../../artifacts/proxied-folder';
import type { RunsService } from '../../service';
import { ExperimentStore } from '../../store/experiment-store';
import { LooseSeries } from './loose-series';
import { tablesOfModel, tablesOfRun } from './run-part';

/** The engine's side of an import. Every method is one transaction that can be called again. */
export class RunLanding {
  readonly loose: LooseSeries;
  readonly #database: Database;
  readonly #runs: RunsService;

  constructor(runs: RunsService) {
    this.#runs = runs;
    this.#database = runs.context.database;
    this.loose = new LooseSeries(this.#database);
  }

  /**
   * The active experiment of that name: the one that is here, with the tags it lacks, or a new one. Throws SlipwayError
   * `conflict` when it is in the trash.
   */
  experiment(lines: readonly PartLine[]): { id: string; isNew: boolean } {
    const [first] = lines;
    if (first?.[0] !== 'experiments') throw new SlipwayError('invalid', 'An experiment of the bundle has no row.');
    const name = textIn(first[1], 'name');
    return landWhole(this.#database, name, () => {
      const here = this.#runs.experiments.findByName(name);
      if (here !== undefined && here.lifecycleStage !== 'active') {
        throw new SlipwayError('conflict', `The experiment ${name} is in the trash here. Take it back first.`);
      }
      const id = here?.experimentId ?? this.#createExperiment(first[1], name);
      const add = this.#database.prepare(
        'INSERT OR IGNORE INTO experiment_tags (experiment_id, key, value) VALUES (?, ?, ?)',
      );
      for (const [table, row] of lines) {
        if (table === 'experiment_tags') add.run(id, textIn(row, 'key'), textIn(row, 'value'));
      }
      return { id, isNew: here === undefined };
    });
  }

  /** Adds points to a loose series; see `LooseSeries.add`. Throws SlipwayError `invalid`. */
  points(series: number | undefined, points: readonly (readonly Cell[])[]): number {
    return landWhole(this.#database, 'A point of the bundle', () => this.loose.add(series, points));
  }

  /**
   * Adds a run; `inPlace` when it comes back to where its folder lies, and its recorder may live. Throws SlipwayError
   * `already-exists`, `invalid` or `newer-schema`, and then nothing was changed.
   */
  run(part: LandedPart, inPlace: boolean): void {
    landWhole(this.#database, part.id, () => {
      if (this.#runs.findRun(part.id) !== undefined) {
        throw new SlipwayError('already-exists', `The run ${part.id} exists.`);
      }
      const row = rowOf(part, 'runs', 'run_id');
      if (!inPlace) checkOwnFolder(textIn(row, 'artifact_uri'), `${part.id}/artifacts`);
      const run = insertRow(this.#database, 'runs', { ...row, experiment_id: part.experimentId });
      const series = new Map(part.series);
      let dataset = 0;
      for (const [table, given] of part.lines) {
        if (table === 'runs' || table === 'files') continue;
        if (table === 'run_datasets') dataset = this.#input(run, part.experimentId, given);
        else if (table === 'run_input_tags') insertRow(this.#database, table, { ...given, run, dataset });
        else if (table === 'artifacts') this.#artifact(textIn(row, 'artifact_uri'), given);
        else if (table === 'metric_series') {
          const own = series.get(textIn(given, 'key')) ?? this.loose.add(undefined, []);
          insertRow(this.#database, table, { ...given, run, series: own });
          this.loose.settle([own]);
        } else if (table === 'recordings') {
          insertRow(this.#database, table, { ...recordingRow(given, inPlace), run });
        } else if (Object.hasOwn(tablesOfRun, table)) insertRow(this.#database, table, { ...given, run });
        else throw unknownTable(table);
      }
      this.#database.prepare('DELETE FROM erased_runs WHERE run_id = ?').run(part.id);
    });
    this.#runs.context.events.runChanged(part.id);
  }

  /** Adds a logged model; throws as `run`. */
  loggedModel(part: LandedPart): void {
    landWhole(this.#database, part.id, () => {
      const row = rowOf(part, 'logged_models', 'model_id');
      checkOwnFolder(textIn(row, 'artifact_uri'), `models/${part.id}/artifacts`);
      insertRow(this.#database, 'logged_models', { ...row, experiment_id: part.experimentId });
      for (const [table, given] of part.lines) {
        if (table === 'logged_models') continue;
        if (table === 'artifacts') this.#artifact(textIn(row, 'artifact_uri'), given);
        else if (Object.hasOwn(tablesOfModel, table)) {
          insertRow(this.#database, table, { ...given, model_id: part.id });
        } else throw unknownTable(table);
      }
    });
  }

  #createExperiment(row: PartRow, name: string): string {
    const wanted = textIn(row, 'experiment_id');
    const isFree =
      this.#database.prepare('SELECT 1 FROM experiments WHERE experiment_id = ?').get(wanted) === undefined;
    const { artifact_location, creation_time, last_update_time } = row;
    const isSound = isFree && /^\d{1,15}$/.test(wanted);
    const id = isSound ? wanted : new ExperimentStore(this.#database).nextId();
    const now = this.#runs.context.now();
    insertRow(this.#database, 'experiments', {
      experiment_id: id,
      name,
      artifact_location: artifact_location ?? `mlflow-artifacts:/${id}`,
      lifecycle_stage: 'active',
      creation_time: creation_time ?? now,
      last_update_time: last_update_time ?? now,
    });
    this.#runs.context.events.experimentsChanged();
    return id;
  }

  #input(run: number, experimentId: string, given: PartRow): number {
    const known = this.#database
      .prepare<unknown[], { dataset: number }>(
        'SELECT dataset FROM run_datasets WHERE experiment_id = ? AND name = ? AND digest = ?',
      )
      .get(experimentId, textIn(given, 'name'), textIn(given, 'digest'));
    const dataset =
      known?.dataset ?? insertRow(this.#database, 'run_datasets', { ...given, experiment_id: experimentId });
    insertRow(this.#database, 'run_inputs', { run, dataset });
    return dataset;
  }

  #artifact(artifactUri: string, given: PartRow): void {
    const path = artifactPath(textIn(given, 'path'));
    const folder = proxiedFolder(artifactUri);
    if (folder === undefined || !path.startsWith(`${folder}/`)) {
      throw new SlipwayError('invalid', `The artifact ${path} lies outside the folder of its run.`);
    }
    insertRow(this.#database, 'artifacts', given);
  }
}

function rowOf(part: LandedPart, table: string, idColumn: string): PartRow {
  const found = part.lines.filter(([name]) => name === table);
  const [first] = found;
  if (first === undefined || found.length > 1 || first[1][idColumn] !== part.id) {
    throw new SlipwayError('invalid', `The part of ${part.id} in the bundle is not about it.`);
  }
  return first[1];
}

/** A recording from elsewhere is over, whatever it says: its processes are none of this machine. */
function recordingRow(given: PartRow, inPlace: boolean): PartRow {
  if (!inPlace) return { ...given, recorder_pid: 0, done: 1 };
  const { recorderPid, recorderMark } = specOf(textIn(given, 'spec'));
  return { ...given, recorder_pid: recorderPid ?? 0, recorder_mark: recorderMark ?? null };
}

function specOf(text: string): Partial<RecordingSpec> {
  try {
    return JSON.parse(text) as Partial<RecordingSpec>;
  } catch (error) {
    throw new SlipwayError('invalid', 'What its recorder was asked is damaged.', { cause: error });
  }
}
