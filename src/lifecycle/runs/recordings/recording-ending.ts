// How a recorded run ends: as its recorder says, or, when that was killed, as far as can be known.
import { existsSync, statSync } from 'node:fs';
import { uptime } from 'node:os';
import type { Database } from '../../../platform/sqlite/database';
import { runFiles, type WorkspaceLayout } from '../../../protocol/folder/layout';
import type { ExitFile, RecordingSpec } from '../../../protocol/recording/recording-files';
import type { RunStatus } from '../../../protocol/run';
import type { RunsService } from '../service';
import { joinRestOfOutput } from './files/output-rest';
import { addProblems } from './problem-list';
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
const askedSentence =
  'It was asked to stop, and its recorder ended before it could say how the command did, so the exit code is unknown.';
const goneSentence = "The run's folder was removed before the run had ended, so how the command ended is unknown.";
const traces = [runFiles.output, runFiles.stdout, runFiles.stderr, runFiles.metrics, runFiles.resources];

/** Writes the last word on a run. */
export class RecordingEnding {
  readonly #parts: EndingParts;
  readonly #leftBehind = new Set<string>();

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

  /** The recorder of this run is gone, and its command goes on without it. */
  leftBehind(row: RecordingRow): void {
    this.#leftBehind.add(row.run_id);
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
    this.#write(row, this.#untold(row), { status, endTime });
    return true;
  }

  /** How a run ended whose recorder did not live to tell. */
  #untold(row: RecordingRow): RecordingEnd {
    const isThere = existsSync(this.#parts.layout.run(row.run_id));
    const isAlone = this.#leftBehind.has(row.run_id);
    const { debugged = false, startTime } = JSON.parse(row.spec) as Partial<RecordingSpec>;
    // A recorder hears every other signal and writes down the end. Of a machine that went down nothing is known.
    const isSameBoot = (startTime ?? 0) > this.#parts.now() - uptime() * 1000;
    if (isThere && debugged && !isAlone && isSameBoot) return { exitCode: null, signal: 'SIGKILL', lost: null };
    const told = row.stop_asked === null ? lostSentence : askedSentence;
    return { exitCode: null, signal: null, lost: isThere ? told : goneSentence };
  }

  #write(
    row: RecordingRow,
    end: RecordingEnd,
    run: { status: RunStatus; endTime: number; problems?: readonly string[] },
  ): void {
    const { database, runs, store } = this.#parts;
    const problems = addProblems(store.find(row.run_id)?.problems ?? row.problems, run.problems ?? []);
    database
      .transaction(() => {
        // The recorder's word stands, whatever the script said through MLflow before it ended.
        runs.updateRun(row.run_id, { status: run.status, endTime: run.endTime });
        if (problems !== undefined) store.setProblems(row.run, problems);
        store.finish(row.run, end);
      })
      .immediate();
    // Last, so that a call that met a lock can be made again.
    this.#leftBehind.delete(row.run_id);
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
