// A script under a recorder may choose its own experiment. MLflow's client refuses to join a run of another experiment
// than the one chosen, so until the script has joined, the run follows its choice: code wins over the environment, as
// it does with MLflow's own variables.
import { messageOf } from '../../../base/errors';
import type { RecordingSpec } from '../../../protocol/recording-files';
import type { RunsService } from '../service';
import { addProblems } from './problem-list';
import type { RecordingStore } from './store';

/** Moves a recorded run to the experiment its command asks for. */
export class ExperimentChoice {
  readonly #runs: RunsService;
  readonly #store: RecordingStore;
  /** Runs that stay where they are: joined already, or the command asked for the experiment it was started with. */
  readonly #settled = new Set<string>();

  constructor(runs: RunsService, store: RecordingStore) {
    this.#runs = runs;
    this.#store = store;
  }

  /** The command of `runId` has begun to log into its run. */
  joined(runId: string): void {
    this.#settled.add(runId);
  }

  /** The command of `runId` asked for an experiment by name or id, or made one. */
  asked(runId: string, experimentId: string): void {
    const row = this.#store.find(runId);
    const run = this.#runs.findRun(runId);
    if (row === undefined || run === undefined || row.done === 1 || this.#settled.has(runId)) return;
    if (run.status !== 'RUNNING' || run.lifecycleStage !== 'active') return;
    const spec = JSON.parse(row.spec) as RecordingSpec;
    if (run.experimentId === experimentId) {
      if (spec.experiment !== null || spec.experimentId !== null) this.#settled.add(runId);
      return;
    }
    const wanted = spec.experiment ?? spec.experimentId;
    const problem = this.#move(runId, experimentId, wanted);
    const problems = problem === undefined ? undefined : addProblems(row.problems, [problem]);
    if (problems !== undefined) this.#store.setProblems(row.run, problems);
  }

  #move(runId: string, experimentId: string, wanted: string | null): string | undefined {
    try {
      const { name } = this.#runs.experiments.active(experimentId);
      this.#runs.moveRun(runId, experimentId);
      return wanted === null ? undefined : `The command chose the experiment ${name}, so ${wanted} was not used.`;
    } catch (error) {
      return `The command asked for an experiment that the run could not be moved to. ${messageOf(error)}`;
    }
  }
}
