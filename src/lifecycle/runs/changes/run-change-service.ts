// What a person changes about runs, as one step that can be taken back.
import { SlipwayError } from '../../../base/errors';
import { type ChangeableState, longestRunName, type RunChange } from '../../../protocol/runs/run-change';
import { longestTagValue, noteTag } from '../../../protocol/runs/run-tag';
import type { RunsService } from '../service';

/** Makes changes of several runs together, and says what would undo them. */
export class RunChangeService {
  readonly #runs: RunsService;

  constructor(runs: RunsService) {
    this.#runs = runs;
  }

  /**
   * Makes all changes or none. Returns the changes that lead back, last first; each is made only while what this one did
   * still stands. Throws SlipwayError `not-found` for an unknown run, `invalid` for an empty name, a text that is too
   * long or a change of a run that stays in the trash, `conflict` when a run is not as expected, a recorded run that
   * still runs would be deleted, or one that is recorded would be marked as ended.
   */
  make(changes: readonly RunChange[]): RunChange[] {
    return this.#runs.context.database
      .transaction(() => changes.map((change) => this.#one(change)).reverse())
      .immediate();
  }

  #one(change: RunChange): RunChange {
    const { runId, lastActivity } = this.#runs.getRun(change.runId);
    if (change.expected !== undefined) this.#check(runId, change.expected);
    const before = this.#standing(runId, change);
    // Taken back first and thrown away last: a run in the trash cannot be changed.
    if (change.deleted === false) this.#runs.restoreRun(runId);
    this.#rename(change);
    this.#end(change);
    if (change.starred !== undefined || change.archived !== undefined) this.#runs.setMarks(runId, change);
    for (const [key, value] of Object.entries(change.tags ?? {})) this.#setTag(runId, key, value);
    if (change.deleted === true) this.#delete(runId);
    // What a person does is no sign of life of the training.
    this.#runs.setActivity(runId, lastActivity);
    return { runId, ...before, expected: this.#standing(runId, change) };
  }

  #check(runId: string, expected: ChangeableState): void {
    const standing = new Map(facts(this.#standing(runId, expected)));
    const other = facts(expected).find(([what, value]) => value !== standing.get(what));
    if (other === undefined) return;
    const { name } = this.#runs.getRun(runId);
    throw new SlipwayError('conflict', `${name} was changed elsewhere since (${other[0]}), so this was not done.`);
  }

  /** How what `asked` names stands now. */
  #standing(runId: string, asked: ChangeableState): ChangeableState {
    const run = this.#runs.getRun(runId);
    const keys = Object.keys(asked.tags ?? {});
    const tags = Object.fromEntries(keys.map((key) => [key, this.#runs.tag(runId, key) ?? null]));
    return {
      ...(asked.name === undefined ? {} : { name: run.name }),
      ...(asked.starred === undefined ? {} : { starred: run.starred }),
      ...(asked.archived === undefined ? {} : { archived: run.archived }),
      ...(asked.deleted === undefined ? {} : { deleted: run.lifecycleStage === 'deleted' }),
      ...(asked.status === undefined ? {} : { status: run.status }),
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

  /** It ended when it was last heard of: when its process did, nobody knows. */
  #end({ runId, status }: RunChange): void {
    if (status === undefined) return;
    const { recorded, name, startTime, endTime, lastActivity } = this.#runs.getRun(runId);
    if (recorded) {
      throw new SlipwayError('conflict', `How the run ${name} ended is for its recorder to say. Stop it instead.`);
    }
    const isOver = status !== 'RUNNING' && status !== 'SCHEDULED';
    const end = isOver ? (endTime ?? Math.max(startTime, lastActivity)) : null;
    this.#runs.updateRun(runId, { status, endTime: end });
  }

  #setTag(runId: string, key: string, value: string | null): void {
    if (value !== null) {
      checkValue(key, value);
      this.#runs.setTag(runId, { key, value });
    } else if (this.#runs.tag(runId, key) !== undefined) this.#runs.deleteTag(runId, key);
  }

  #delete(runId: string): void {
    const { recorded, status, name } = this.#runs.getRun(runId);
    if (recorded && status === 'RUNNING') {
      throw new SlipwayError('conflict', `The run ${name} is still running. Stop it, then delete it.`);
    }
    this.#runs.deleteRun(runId);
  }
}

/** What a state says, one by one, as a sentence can name it. */
function facts({ name, starred, archived, deleted, status, tags = {} }: ChangeableState): [string, unknown][] {
  const said: [string, unknown][] = [
    ['its name', name],
    ['its star', starred],
    ['in or out of the archive', archived],
    ['in or out of the trash', deleted],
    ['how it ended', status],
    ...Object.entries(tags).map(([key, value]): [string, unknown] => [
      key === noteTag ? 'its note' : `its tag ${key}`,
      value,
    ]),
  ];
  return said.filter(([, value]) => value !== undefined);
}

/** What a client logs is cut, as MLflow does; what a person wrote is not lost without a word. */
function checkValue(key: string, value: string): void {
  const length = value.length > longestTagValue ? Array.from(value).length : value.length;
  if (length <= longestTagValue) return;
  const what = key === noteTag ? 'A note' : `The value of the tag ${key}`;
  const sentence = `${what} has at most ${longestTagValue} characters; this one has ${length}. Shorten it.`;
  throw new SlipwayError('invalid', sentence);
}
