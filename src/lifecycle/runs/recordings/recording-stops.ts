// Asking a recorded command to stop: its recorder, or, when that is gone, the command itself.
import { SlipwayError } from '../../../base/errors';
import { isProcessAlive } from '../../../platform/process/process-mark';
import { processTree } from '../../../platform/process/process-tree';
import type { WorkspaceEvents } from '../../../workspace/events';
import type { RecordingRow, RecordingStore } from './store';

/** What stopping works on. */
export interface StopParts {
  store: RecordingStore;
  events: WorkspaceEvents;
  /** Epoch milliseconds. */
  now: () => number;
}

const killGrace = 10_000;
/** So long a recorder may take to kill its command when it is told to; one that hangs never does. */
const deafTime = 3000;

/** Passes requests to stop on, and remembers that there was one. */
export class RecordingStops {
  readonly #parts: StopParts;
  /** Runs asked by this engine: what is remembered of them may still wait to be written. */
  readonly #asked = new Set<number>();

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
    if (isRecorderThere) {
      process.kill(row.recorder_pid, 'SIGTERM');
      // Whoever asks a recorder twice insists; two signals of one kind would be merged.
      if (hard) {
        process.kill(row.recorder_pid, 'SIGINT');
        setTimeout(() => void endUnheard(row), deafTime).unref();
      }
      return;
    }
    stopOrphan(row, hard ? 0 : killGrace);
  }

  /** Keeps that a run was asked to stop, for everybody who shows it. Of a run that has ended nothing is kept. */
  remember(runId: string): void {
    const { store, events, now } = this.#parts;
    const row = store.find(runId);
    if (row === undefined || row.done === 1 || row.stop_asked !== null) return;
    store.setStopAsked(row.run, now());
    events.runChanged(runId);
  }
}

/** Whether the command itself still runs; false too when the recorder never said which process it is. */
export function isChildAlive(row: RecordingRow): boolean {
  return row.child_pid !== null && isProcessAlive(row.child_pid, row.child_mark);
}

/** Ends a command whose recorder is gone: politely, then, after `grace` milliseconds, not. */
function stopOrphan(row: RecordingRow, grace: number): void {
  const { child_pid: pid, child_mark: mark } = row;
  if (pid === null) return;
  process.kill(pid, 'SIGTERM');
  const timer = setTimeout(() => {
    if (isProcessAlive(pid, mark)) process.kill(pid, 'SIGKILL');
  }, grace);
  timer.unref();
}

/** Ends a command, all it started, and the recorder that was told to end them and did not. */
async function endUnheard(row: RecordingRow): Promise<void> {
  if (row.child_pid === null || !isChildAlive(row)) return;
  const doomed = await processTree(row.child_pid);
  for (const pid of [row.recorder_pid, ...doomed.map((each) => each.pid)]) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // It ended meanwhile.
    }
  }
}
