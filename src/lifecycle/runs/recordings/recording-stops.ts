// Asking a recorded command to stop: its recorder, or, when that is gone, the command itself.
import type { Disposable } from '../../../base/disposable';
import { SlipwayError } from '../../../base/errors';
import { isProcessAlive } from '../../../platform/process/process-mark';
import { killTree, signalProcess } from '../../../platform/process/process-signal';
import type { WorkspaceEvents } from '../../../workspace/events';
import type { RecordingRow, RecordingStore } from './store';

/** What stopping works on. */
export interface StopParts {
  store: RecordingStore;
  events: WorkspaceEvents;
  /** Epoch milliseconds. */
  now: () => number;
  /** Hears of a command that could not be killed, where nobody waits for an answer. */
  onFailure?: (error: unknown) => void;
}

const killGrace = 10_000;
/** So long a recorder may take to kill its command when it is told to; one that hangs never does. */
const deafTime = 3000;

/** Passes requests to stop on, and remembers that there was one. */
export class RecordingStops implements Disposable {
  readonly #parts: StopParts;
  /** Runs asked by this engine: what is remembered of them may still wait to be written. */
  readonly #asked = new Set<number>();
  readonly #timers = new Set<NodeJS.Timeout>();

  constructor(parts: StopParts) {
    this.#parts = parts;
  }

  /**
   * Asks a running command to stop; `hard` ends it and all it started. Whoever is asked gently again hears nothing: a
   * recorder, and many a command, takes a second signal for insisting. Writes nothing, so that it never waits. Throws
   * SlipwayError `not-found` for a run without a recording, `conflict` for one that ended.
   */
  ask(runId: string, hard = false): void {
    const row = this.#parts.store.find(runId);
    if (row === undefined) {
      throw new SlipwayError('not-found', `The run ${runId} was not started by Slipway, so Slipway cannot stop it.`);
    }
    const isRecorderThere = row.done === 0 && isProcessAlive(row.recorder_pid, row.recorder_mark);
    if (!isRecorderThere && (row.done === 1 || !isChildAlive(row))) {
      throw new SlipwayError('conflict', `The run ${runId} has ended already.`);
    }
    const isAsked = row.stop_asked !== null || this.#asked.has(row.run);
    this.#asked.add(row.run);
    if (isAsked && !hard) return;
    // It may end between the look and the signal.
    if (!isRecorderThere || !signalProcess(row.recorder_pid, 'SIGTERM')) {
      this.#stopOrphan(row, hard);
    } else if (hard) {
      // Whoever asks a recorder twice insists; two signals of one kind would be merged.
      signalProcess(row.recorder_pid, 'SIGINT');
      // Looked up again: by then it is known which process the command is, also of a recorder that hung before it said so.
      this.#later(deafTime, () => killUnheard(this.#parts.store.find(runId) ?? row));
    }
  }

  /** Keeps that a run was asked to stop, for everybody who shows it. Of a run that has ended nothing is kept. */
  remember(runId: string): void {
    const { store, events, now } = this.#parts;
    const row = store.find(runId);
    if (row === undefined || row.done === 1 || row.stop_asked !== null) return;
    store.setStopAsked(row.run, now());
    events.runChanged(runId);
  }

  dispose(): void {
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers.clear();
  }

  /** Ends a command whose recorder is gone: politely, then, after a while, with all it started; `hard`: at once. */
  #stopOrphan(row: RecordingRow, hard: boolean): void {
    if (hard) this.#later(0, () => killCommand(row));
    else if (row.child_pid !== null && signalProcess(row.child_pid, 'SIGTERM')) {
      this.#later(killGrace, () => killCommand(row));
    }
  }

  #later(milliseconds: number, kill: () => Promise<void>): void {
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      kill().catch((error: unknown) => this.#parts.onFailure?.(error));
    }, milliseconds);
    this.#timers.add(timer.unref());
  }
}

/** Whether the command itself still runs; false too when the recorder never said which process it is. */
export function isChildAlive(row: RecordingRow): boolean {
  return row.child_pid !== null && isProcessAlive(row.child_pid, row.child_mark);
}

/** Kills a command and all it started. */
async function killCommand(row: RecordingRow): Promise<void> {
  if (row.child_pid !== null && isChildAlive(row)) await killTree(row.child_pid);
}

/** Kills a command, all it started, and the recorder that was told to end them and did not. */
async function killUnheard(row: RecordingRow): Promise<void> {
  if (!isChildAlive(row)) return;
  signalProcess(row.recorder_pid, 'SIGKILL');
  await killCommand(row);
}
