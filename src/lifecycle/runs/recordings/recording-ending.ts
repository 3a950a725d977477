// How a recorded run ends: as its recorder says, or, when that was killed, as far as can be known.
import { existsSync, statSync } from 'node:fs';
import type { Database } from '../../../platform/sqlite/database';
import { runFiles, type WorkspaceLayout } from '../../../protocol/layout';
import type { ExitFile } from '../../../protocol/recording/recording-files';
import type { RunStatus } from '../../../protocol/run';
import type { RunsService } from '../service';
import { joinRestOfOutput } from './files/output-rest';
import type { RecordingEnd, RecordingRow, RecordingStore } from './store';

/** What ending a recording works on. */
export interface EndingParts {
  database: Database;
  runs: RunsService;
  layout: WorkspaceLayout;
  store: RecordingStore;
  /** Epoch milliseconds. */
  now: () => number;
}

const lostSentence =
  'The recorder ended before the command did (it was killed, or the machine stopped), so the exit code is unknown.';
const goneSentence = "The run's folder was removed before the run had ended, so how the command ended is unknown.";
const traces = [runFiles.output, runFiles.stdout, runFiles.stderr, runFiles.metrics, runFiles.resources];

/** Writes the last word on a run. */
export class RecordingEnding {
  readonly #parts: EndingParts;

  constructor(parts: EndingParts) {
    this.#parts = parts;
  }

  /** Says how the run ended while what it printed is still being read. */
  announce(row: RecordingRow, exit: ExitFile): void {
    const { runs } = this.#parts;
    const { status, endTime } = runs.getRun(row.run_id);
    if (status === exit.status && endTime === exit.endTime) return;
    runs.updateRun(row.run_id, { status: exit.status, endTime: exit.endTime });
  }

  /** Ends the run; `exit` undefined when its recorder died. False when there is more to do first: call again. */
  finish(row: RecordingRow, exit: ExitFile | undefined): boolean {
    const isTaken = exit?.outputTaken ?? false;
    if (!isTaken && !joinRestOfOutput(this.#parts.layout, row.run_id)) return false;
    if (exit !== undefined) {
      const end = { exitCode: exit.exitCode, signal: exit.signal, lost: exit.problem };
      this.#write(row, end, exit);
      return true;
    }
    const { runs, layout } = this.#parts;
    const run = runs.getRun(row.run_id);
    // Code that logs to MLflow may have ended the run itself; that is better evidence than none.
    const isEnded = run.status !== 'RUNNING' && run.status !== 'SCHEDULED';
    const status = isEnded ? run.status : 'KILLED';
    const endTime = (isEnded ? run.endTime : null) ?? lastTrace(layout.run(row.run_id)) ?? this.#parts.now();
    const lost = existsSync(layout.run(row.run_id)) ? lostSentence : goneSentence;
    this.#write(row, { exitCode: null, signal: null, lost }, { status, endTime });
    return true;
  }

  #write(row: RecordingRow, end: RecordingEnd, run: { status: RunStatus; endTime: number }): void {
    const { database, runs, store } = this.#parts;
    database
      .transaction(() => {
        // The recorder's word stands, whatever the script said through MLflow before it ended.
        runs.updateRun(row.run_id, { status: run.status, endTime: run.endTime });
        store.finish(row.run, end);
      })
      .immediate();
  }
}

/** When the command last left a trace in the run's folder. A log joined from two is as young as the joining. */
function lastTrace(folder: string): number | undefined {
  const isJoined = existsSync(`${folder}/${runFiles.stdout}`);
  const times = traces.flatMap((name) => {
    if (isJoined && name === runFiles.output) return [];
    const stat = statSync(`${folder}/${name}`, { throwIfNoEntry: false });
    return stat === undefined ? [] : [Math.round(stat.mtimeMs)];
  });
  return times.length === 0 ? undefined : Math.max(...times);
}
