// What a person changes about runs, as one step that can be taken back.
import { SlipwayError } from '../../../base/errors';
import { longestRunName, type RunChange } from '../../../protocol/runs/run-change';
import { longestTagValue, noteTag } from '../../../protocol/runs/run-tag';
import type { RunRecord } from '../run-record';
import type { RunsService } from '../service';

/** Makes changes of several runs together, and says what would undo them. */
export class RunChangeService {
  readonly #runs: RunsService;

  constructor(runs: RunsService) {
    this.#runs = runs;
  }

  /**
   * Makes all changes or none. Returns the changes that lead back, last first. Throws SlipwayError `not-found` for an
   * unknown run, `invalid` for an empty name, a text that is too long or a change of a run that stays in the trash, `conflict` when a recorded
   * run that still runs would be deleted.
   */
  make(changes: readonly RunChange[]): RunChange[] {
    return this.#runs.context.database
      .transaction(() => changes.map((change) => this.#one(change)).reverse())
      .immediate();
  }

  #one(change: RunChange): RunChange {
    const run = this.#runs.getRun(change.runId);
    const undo = this.#undoOf(change, run);
    // Taken back first and thrown away last: a run in the trash cannot be changed.
    if (change.deleted === false) this.#runs.restoreRun(run.runId);
    this.#rename(change);
    if (change.starred !== undefined || change.archived !== undefined) this.#runs.setMarks(run.runId, change);
    for (const [key, value] of Object.entries(change.tags ?? {})) this.#setTag(run.runId, key, value);
    if (change.deleted === true) this.#delete(run);
    return undo;
  }

  #undoOf(change: RunChange, run: RunRecord): RunChange {
    const keys = Object.keys(change.tags ?? {});
    const tags = Object.fromEntries(keys.map((key) => [key, this.#runs.tag(run.runId, key) ?? null]));
    return {
      runId: run.runId,
      ...(change.name === undefined ? {} : { name: run.name }),
      ...(change.starred === undefined ? {} : { starred: run.starred }),
      ...(change.archived === undefined ? {} : { archived: run.archived }),
      ...(change.deleted === undefined ? {} : { deleted: run.lifecycleStage === 'deleted' }),
      ...(keys.length === 0 ? {} : { tags }),
    };
  }

  #rename({ runId, name }: RunChange): void {
    if (name === undefined) return;
    const wanted = name.trim();
    if (wanted === '') throw new SlipwayError('invalid', 'A run needs a name; the old one stays.');
    if (wanted.length > longestRunName) {
      throw new SlipwayError(
        'invalid',
        `A run's name has at most ${longestRunName} characters; this one has ${wanted.length}.`,
      );
    }
    this.#runs.updateRun(runId, { name: wanted });
  }

  #setTag(runId: string, key: string, value: string | null): void {
    if (value !== null) {
      checkValue(key, value);
      this.#runs.setTag(runId, { key, value });
    } else if (this.#runs.tag(runId, key) !== undefined) this.#runs.deleteTag(runId, key);
  }

  #delete(run: RunRecord): void {
    const { status } = this.#runs.getRun(run.runId);
    if (run.recorded && status === 'RUNNING') {
      throw new SlipwayError('conflict', `The run ${run.name} is still running. Stop it, then delete it.`);
    }
    this.#runs.deleteRun(run.runId);
  }
}

/** What a client logs is cut, as MLflow does; what a person wrote is not lost without a word. */
function checkValue(key: string, value: string): void {
  const length = value.length > longestTagValue ? Array.from(value).length : value.length;
  if (length <= longestTagValue) return;
  const what = key === noteTag ? 'A note' : `The value of the tag ${key}`;
  const sentence = `${what} has at most ${longestTagValue} characters; this one has ${length}. Shorten it.`;
  throw new SlipwayError('invalid', sentence);
}
