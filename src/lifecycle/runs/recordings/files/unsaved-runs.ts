// Runs whose news the full disk does not let into the database. That they have ended is known all the same.
import { isProcessAlive } from '../../../../platform/process/process-mark';
import type { WorkspaceLayout } from '../../../../protocol/folder/layout';
import type { Recording, RunState, RunStatus } from '../../../../protocol/run';
import { runStateOf } from '../../reading/run-state';
import { isChildAlive } from '../recording-stops';
import type { RecordingStore } from '../store';
import { readRunFile } from './recorded-files';

/** How a run ended, as far as that is known; times in epoch milliseconds. */
interface KnownEnd {
  status: RunStatus;
  endTime: number | null;
  exitCode: number | null;
  signal: string | null;
  problems: readonly string[];
}

const sentence = 'The disk is full, so the end of this run could not be saved yet. Free some space: it is saved then.';

/** Which runs those are, and how they ended. */
export class UnsavedRuns {
  readonly #layout: WorkspaceLayout;
  readonly #store: RecordingStore;
  readonly #runIds = new Set<string>();

  constructor(layout: WorkspaceLayout, store: RecordingStore) {
    this.#layout = layout;
    this.#store = store;
  }

  /** Their ids. */
  get runIds(): string[] {
    return [...this.#runIds];
  }

  /** The disk did not take what is new of this run. */
  add(runId: string): void {
    this.#runIds.add(runId);
  }

  /** The run is taken in, or there is none. */
  delete(runId: string): void {
    this.#runIds.delete(runId);
  }

  /** A run as the database has it, with its end when that could not be saved. */
  ended<T extends { runId: string; status: RunStatus; state: RunState; endTime: number | null }>(run: T): T {
    const ended = this.withEnd(run);
    if (ended === run) return run;
    return { ...ended, state: runStateOf({ status: ended.status, recorded: true, lastActivity: 0 }, 0, 0) };
  }

  /** The same for a run of which nobody asks what it is doing. */
  withEnd<T extends { runId: string; status: RunStatus; endTime: number | null }>(run: T): T {
    const end = this.#endOf(run.runId, run.status);
    return end === undefined ? run : { ...run, status: end.status, endTime: end.endTime };
  }

  /** The same for a run as the command line prints it. */
  endedRecord<T extends { run_id: string; status: RunStatus; end_time: number | null }>(run: T): T {
    const end = this.#endOf(run.run_id, run.status);
    return end === undefined ? run : { ...run, status: end.status, end_time: end.endTime };
  }

  /** The recording of a run that stands so in the database, with its end when that could not be saved. */
  endedRecording(runId: string, status: RunStatus, recording: Recording | null): Recording | null {
    const end = recording === null ? undefined : this.#endOf(runId, status);
    if (recording === null || end === undefined) return recording;
    const { exitCode, signal } = end;
    return { ...recording, exitCode, signal, problems: [...recording.problems, ...end.problems, sentence] };
  }

  #endOf(runId: string, status: RunStatus): KnownEnd | undefined {
    if (!this.#runIds.has(runId) || status !== 'RUNNING') return undefined;
    const exit = readRunFile(this.#layout, runId, 'exit');
    if ('value' in exit) return exit.value;
    const row = this.#store.find(runId);
    const isGone = row !== undefined && !isProcessAlive(row.recorder_pid, row.recorder_mark) && !isChildAlive(row);
    return isGone ? { status: 'KILLED', endTime: null, exitCode: null, signal: null, problems: [] } : undefined;
  }
}
