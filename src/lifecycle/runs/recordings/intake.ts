// Takes in what recorders wrote: from their files, by offset, so that every point is taken once and in order whatever
// dies in between.
import { statSync } from 'node:fs';
import type { Disposable } from '../../../base/disposable';
import { messageOf, SlipwayError } from '../../../base/errors';
import { isRunId } from '../../../base/ids';
import { isDiskFull } from '../../../platform/files/disk-fault';
import { isProcessAlive } from '../../../platform/process/process-mark';
import type { Database } from '../../../platform/sqlite/database';
import { isLockError } from '../../../platform/sqlite/lock-error';
import { runFiles, type WorkspaceLayout } from '../../../protocol/folder/layout';
import type { RecordingSpec } from '../../../protocol/recording/recording-files';
import type { WorkspaceEvents } from '../../../workspace/events';
import type { RunsService } from '../service';
import { ExperimentChoice } from './experiment-choice';
import { Inbox } from './files/inbox';
import { readRunFile } from './files/recorded-files';
import { StdoutRest } from './files/stdout-rest';
import { UnsavedRuns } from './files/unsaved-runs';
import { RecordingEnding } from './recording-ending';
import { RecordingFindings } from './recording-findings';
import { RecordingMetrics } from './recording-metrics';
import { isChildAlive, RecordingStops } from './recording-stops';
import { registerRun } from './registration';
import { type RecordingRow, RecordingStore } from './store';

/** What the intake works on. `onFailure` hears of what went wrong where nobody waits for an answer. */
export interface IntakeOptions {
  database: Database;
  events: WorkspaceEvents;
  runs: RunsService;
  layout: WorkspaceLayout;
  /** Epoch milliseconds. */
  now: () => number;
  onFailure?: (error: unknown) => void;
}

const slice = 8;
/** Milliseconds until the next try when another program holds the database. */
const heldPause = 50;

/** One per engine. Works in slices of a few milliseconds; what is left goes on by itself. */
export class RecordingIntake implements Disposable {
  readonly experimentChoice: ExperimentChoice;
  readonly stops: RecordingStops;
  /** Runs of which the full disk takes no news. */
  readonly unsaved: UnsavedRuns;
  readonly #options: IntakeOptions;
  readonly #store: RecordingStore;
  readonly #inbox: Inbox;
  readonly #findings: RecordingFindings;
  readonly #metrics: RecordingMetrics;
  readonly #stdoutRest: StdoutRest;
  readonly #ending: RecordingEnding;
  readonly #queue = new Set<string>();
  /** Bytes of output that were there when a run was last looked at. */
  readonly #output = new Map<string, number>();
  #scheduled = false;
  #pause = 0;
  #lastFailure = '';
  #disposed = false;

  constructor(options: IntakeOptions) {
    this.#options = options;
    this.#store = new RecordingStore(options.database);
    this.#inbox = new Inbox(options.layout);
    this.experimentChoice = new ExperimentChoice(options.runs, this.#store);
    const parts = { ...options, store: this.#store };
    this.stops = new RecordingStops(parts);
    this.unsaved = new UnsavedRuns(options.layout, this.#store);
    this.#findings = new RecordingFindings(parts);
    this.#metrics = new RecordingMetrics(parts);
    this.#stdoutRest = new StdoutRest(options.layout);
    this.#ending = new RecordingEnding(parts);
  }

  /**
   * Takes in what is new of a run, for a few milliseconds; the rest follows by itself. `done`: the run has ended and
   * all of it is in. Throws SlipwayError `not-found` for a run without a recording here, and for one whose run.json
   * cannot be used.
   */
  takeIn(runId: string): { done: boolean } {
    try {
      const result = this.#look(runId);
      this.unsaved.delete(runId);
      return result;
    } catch (error) {
      if (isDiskFull(error)) this.unsaved.add(runId);
      else if (SlipwayError.is(error, 'not-found')) this.unsaved.delete(runId);
      throw error;
    }
  }

  #look(runId: string): { done: boolean } {
    const deadline = performance.now() + slice;
    const row = this.#registered(runId);
    if (row.done === 1) {
      this.#inbox.clear(runId);
      return { done: true };
    }
    // A run in the trash is left as it is until it is taken back.
    if (this.#options.runs.findRun(runId)?.lifecycleStage !== 'active') return { done: false };
    const before = this.#store.written;
    const done = this.#work(row, deadline);
    const hasGrown = this.#outputHasGrown(runId);
    if (done) this.#output.delete(runId);
    // A look that found nothing new is no reason for every view to look again.
    if (hasGrown || this.#store.written !== before) this.#options.events.runChanged(runId);
    return { done };
  }

  /** Begins to take in every run in the inbox, in the order they began; all run folders when the database is new. */
  takeInAll(): void {
    const ids = this.#store.isEmpty() ? this.#inbox.allRuns() : [];
    for (const id of [...ids, ...this.#inbox.waiting()]) this.#queue.add(id);
    this.#schedule();
  }

  /** From now on takes in what recorders leave, as they leave it. False where no folder can be watched. */
  watchInbox(): boolean {
    return this.#inbox.watch(() => {
      for (const id of this.#inbox.news()) this.#queue.add(id);
      this.#schedule();
    });
  }

  /** Takes in, for a few milliseconds, what recorders have left by now: whoever asks next sees it. */
  catchUp(): void {
    const news = this.#inbox.news();
    if (news.length === 0) return;
    for (const id of news) this.#queue.add(id);
    this.#next();
    this.#schedule();
  }

  /** Makes sure that a run with a folder here is known. False when there is none. */
  meet(runId: string): boolean {
    try {
      this.#registered(runId);
      return true;
    } catch (error) {
      if (SlipwayError.is(error, 'not-found')) return false;
      throw error;
    }
  }

  /** Looks after the runs that have not ended: new metrics, and recorders that died. To be called every few seconds. */
  tick(): void {
    for (const id of [...this.#store.unfinished(), ...this.unsaved.runIds]) this.#queue.add(id);
    this.#schedule();
  }

  /** Ids of the runs that have not ended or are not wholly taken in, oldest first. */
  unfinished(): string[] {
    return this.#store.unfinished();
  }

  dispose(): void {
    this.#disposed = true;
    this.#queue.clear();
    this.#inbox.dispose();
    this.stops.dispose();
  }

  /** The run's row, made from its folder when this is the first that is heard of it. */
  #registered(runId: string): RecordingRow {
    if (!isRunId(runId)) throw this.#rejected(runId, `${JSON.stringify(runId)} is not the id of a recorded run.`);
    const known = this.#store.find(runId);
    if (known !== undefined) return known;
    const { database, runs, layout } = this.#options;
    const spec = readRunFile(layout, runId, 'spec');
    if ('missing' in spec) throw this.#rejected(runId, `${layout.run(runId)} holds no run.json.`);
    if ('problem' in spec) throw this.#rejected(runId, spec.problem);
    if (spec.value.runId !== runId) throw this.#rejected(runId, `run.json is of the run ${spec.value.runId}.`);
    try {
      database.transaction(() => registerRun(spec.value, runs, this.#store)).immediate();
    } catch (error) {
      if (!SlipwayError.is(error, 'already-exists')) throw error;
      throw this.#rejected(runId, 'A run with this id exists and was not recorded here.');
    }
    const row = this.#store.find(runId);
    if (row === undefined) throw new SlipwayError('internal', `The run ${runId} was not kept.`);
    return row;
  }

  #rejected(name: string, why: string): SlipwayError {
    if (this.#inbox.has(name)) this.#inbox.reject(name, why);
    return new SlipwayError('not-found', why);
  }

  #work(row: RecordingRow, deadline: number): boolean {
    const { layout } = this.#options;
    const exit = readRunFile(layout, row.run_id, 'exit');
    const recorderIsGone = !('value' in exit) && !isProcessAlive(row.recorder_pid, row.recorder_mark);
    this.#findings.takeIn(row);
    const isLeftBehind = recorderIsGone && isChildAlive(this.#store.find(row.run_id) ?? row);
    if (isLeftBehind) this.#ending.leftBehind(row);
    const isOver = 'value' in exit || (recorderIsGone && !isLeftBehind);
    const isTaken = 'value' in exit && exit.value.outputTaken;
    const allFound = !isOver || isTaken || !hasStdoutMetrics(row) || this.#stdoutRest.search(row.run_id, deadline);
    // What a program said of its end through MLflow stands only when its recorder can say no more.
    const saidEnd = isOver ? this.#options.runs.findRun(row.run_id)?.endTime : undefined;
    const endTime = 'value' in exit ? exit.value.endTime : (saidEnd ?? undefined);
    const allRead = allFound && this.#metrics.takeIn(row, { isOver, endTime }, deadline);
    if ('value' in exit && !isTaken) this.#ending.announce(row, exit.value);
    if (!allRead) this.#continue(row.run_id);
    if (!isOver || !allRead) return false;
    const end = readRunFile(layout, row.run_id, 'exit');
    const isFinished = this.#ending.finish(row, 'value' in end ? end.value : undefined);
    if (!isFinished) {
      this.#continue(row.run_id);
      return false;
    }
    this.experimentChoice.ended(row.run_id);
    this.#metrics.forget(row.run_id);
    this.#stdoutRest.forget(row.run_id);
    this.#inbox.clear(row.run_id);
    return true;
  }

  /** What stays as it is, such as a full disk, is said once and not at every look. */
  #failed(error: unknown): void {
    const sentence = messageOf(error);
    if (sentence !== this.#lastFailure) this.#options.onFailure?.(error);
    this.#lastFailure = sentence;
  }

  #outputHasGrown(runId: string): boolean {
    const path = `${this.#options.layout.run(runId)}/${runFiles.output}`;
    const size = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
    const before = this.#output.get(runId) ?? 0;
    this.#output.set(runId, size);
    return size !== before;
  }

  #continue(runId: string): void {
    this.#queue.add(runId);
    this.#schedule();
  }

  #schedule(): void {
    if (this.#scheduled || this.#disposed || this.#queue.size === 0) return;
    this.#scheduled = true;
    const go = (): void => {
      this.#scheduled = false;
      this.#pause = 0;
      this.#next();
      this.#schedule();
    };
    if (this.#pause === 0) setImmediate(go);
    else setTimeout(go, this.#pause).unref();
  }

  /** Works on the runs in turn for one slice. One that fails does not hide the others. */
  #next(): void {
    const deadline = performance.now() + slice;
    for (const runId of [...this.#queue]) {
      if (this.#disposed || performance.now() > deadline) return;
      this.#queue.delete(runId);
      try {
        this.takeIn(runId);
      } catch (error) {
        if (isLockError(error)) {
          this.#queue.add(runId);
          this.#pause = heldPause;
          return;
        }
        this.#failed(error);
      }
    }
  }
}

function hasStdoutMetrics(row: RecordingRow): boolean {
  return (JSON.parse(row.spec) as Partial<RecordingSpec>).stdoutMetrics !== false;
}
