// A script under a recorder may choose its own experiment. MLflow's client refuses to join a run of another experiment
// than the one chosen, so until the script has joined, the run follows its choice: code wins over the environment, as
// it does with MLflow's own variables.
import { SlipwayError } from '../../../base/errors';
import type { RecordingSpec } from '../../../protocol/recording/recording-files';
import type { RunsService } from '../service';
import { addProblems } from './problem-list';
import type { RecordingRow, RecordingStore } from './store';

/** Moves a recorded run to the experiment its command asks for. */
export class ExperimentChoice {
  readonly #runs: RunsService;
  readonly #store: RecordingStore;
  /** Runs that stay where they are: joined already, or the command asked for the experiment it was started with. */
  readonly #settled = new Set<string>();
  /** The experiments that runs were in before they were moved. */
  readonly #before = new Map<string, string>();

  constructor(runs: RunsService, store: RecordingStore) {
    this.#runs = runs;
    this.#store = store;
  }

  /** The command of `runId` asked for an experiment by name or id, or made one. */
  asked(runId: string, experimentId: string): void {
    const row = this.#store.find(runId);
    const run = this.#runs.findRun(runId);
    if (row === undefined || run === undefined || row.done === 1 || this.#settled.has(runId)) return;
    if (run.status !== 'RUNNING' || run.lifecycleStage !== 'active') return;
    if (experimentId === this.#wanted(row)) this.#settled.add(runId);
    if (experimentId === run.experimentId) return;
    try {
      this.#runs.moveRun(runId, experimentId);
      if (!this.#before.has(runId)) this.#before.set(runId, run.experimentId);
    } catch (error) {
      if (SlipwayError.is(error, 'conflict')) this.#cannotMove(row, experimentId);
      // A deleted one cannot be chosen: the client will say so itself. Anything else is a failure of ours.
      else if (!SlipwayError.is(error, 'invalid')) throw error;
    }
  }

  /** The command of `runId` has begun to log into its run. */
  joined(runId: string): void {
    this.#settled.add(runId);
    const row = this.#store.find(runId);
    const run = this.#runs.findRun(runId);
    if (row === undefined || run === undefined) return;
    const { experiment, experimentId, name: typed } = JSON.parse(row.spec) as RecordingSpec;
    // A name typed on the command line is meant for this one run; the script's `run_name` is the same each time.
    if (typed !== null && run.name !== typed && run.lifecycleStage === 'active')
      this.#runs.updateRun(runId, { name: typed });
    if (!this.#before.has(runId)) return;
    const wanted = experiment ?? experimentId;
    if (wanted !== null && run.experimentId !== this.#wanted(row)) {
      const { name } = this.#runs.experiments.get(run.experimentId);
      const sentence = `The command chose the experiment ${name}, so ${wanted} was not used.`;
      const problems = addProblems(row.problems, [sentence]);
      if (problems !== undefined) this.#store.setProblems(row.run, problems);
    }
    // Last, so that a call that met a lock can be made again.
    this.#before.delete(runId);
  }

  /** The command of `runId` has ended. A run that was moved and never joined goes back: it had only been looking. */
  ended(runId: string): void {
    const before = this.#before.get(runId);
    this.#before.delete(runId);
    this.#settled.delete(runId);
    if (before === undefined) return;
    try {
      this.#runs.moveRun(runId, before);
    } catch (error) {
      // It has artifacts by now, or the other experiment was deleted: then it stays where it was looking.
      if (!SlipwayError.is(error, 'conflict') && !SlipwayError.is(error, 'invalid')) throw error;
    }
  }

  #cannotMove(row: RecordingRow, experimentId: string): void {
    const { name } = this.#runs.experiments.get(experimentId);
    const sentence = `The command chose the experiment ${name} after the run had artifacts, so the run stays where it is.`;
    const problems = addProblems(row.problems, [sentence]);
    if (problems !== undefined) this.#store.setProblems(row.run, problems);
  }

  /** The id of the experiment the run was started for, if one was named and is there. */
  #wanted(row: RecordingRow): string | undefined {
    const { experiment, experimentId } = JSON.parse(row.spec) as RecordingSpec;
    if (experiment === null) return experimentId ?? undefined;
    return this.#runs.experiments.findByName(experiment)?.experimentId;
  }
}
