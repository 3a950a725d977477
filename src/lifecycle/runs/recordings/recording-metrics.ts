// Takes in the metric lines of a run: a few hundred points a transaction, which also moves the offset.
import { statSync } from 'node:fs';
import type { Database } from '../../../platform/sqlite/database';
import { runFiles, type WorkspaceLayout } from '../../../protocol/folder/layout';
import { rewrittenProblem } from '../../../protocol/recording/rewritten-file';
import { leftOutProblem } from '../../../protocol/recording/stdout-metric';
import type { MetricInput } from '../batch';
import type { RunsService } from '../service';
import { GrowthTimes } from './files/growth-times';
import { LineNumbers } from './files/line-numbers';
import { type FileLine, readLines } from './files/line-reader';
import { ReadMarks } from './files/read-marks';
import { pointsOf } from './metric-points';
import { addProblems, isFull } from './problem-list';
import { type MetricFileName, offsetColumns, type RecordingRow, type RecordingStore } from './store';

/** What taking in metrics works on. `now` is epoch milliseconds. */
export interface MetricsParts {
  database: Database;
  runs: RunsService;
  layout: WorkspaceLayout;
  store: RecordingStore;
  now: () => number;
}

const mostPoints = 500;
const files = Object.keys(offsetColumns) as MetricFileName[];

/** `isOver`: nothing more is written. `endTime`: when the run ended, in epoch milliseconds, where that is known. */
export interface RunEnd {
  isOver: boolean;
  endTime: number | undefined;
}

/** One run, one file, and where in it. */
interface FilePlace {
  row: RecordingRow;
  file: MetricFileName;
  path: string;
  offset: number;
  endTime: number | undefined;
}

/** A line that cannot be taken: how many lines of its batch come before it, and what is wrong with the line there. */
interface BadLine {
  after: number;
  problem: string;
  /** True when the problem is a sentence that names its own place. */
  isWhole: boolean;
}

/** Reads the three files of metric lines. */
export class RecordingMetrics {
  readonly #parts: MetricsParts;
  readonly #times = new Map<string, GrowthTimes>();
  readonly #numbers = new LineNumbers();
  readonly #marks = new ReadMarks();

  constructor(parts: MetricsParts) {
    this.#parts = parts;
  }

  /** Reads on until `deadline` (of `performance.now`). True when all is read. */
  takeIn(row: RecordingRow, end: RunEnd, deadline: number): boolean {
    return files.every((file) => this.#takeInFile(row, file, { ...end, deadline }));
  }

  /** The run has ended. */
  forget(runId: string): void {
    this.#times.delete(runId);
    for (const file of files) this.#forgetPlaces(this.#pathOf(runId, file));
  }

  #takeInFile(
    row: RecordingRow,
    file: MetricFileName,
    { isOver, endTime, deadline }: RunEnd & { deadline: number },
  ): boolean {
    const path = this.#pathOf(row.run_id, file);
    let offset = row[offsetColumns[file]];
    if (!this.#marks.holds(path, offset)) offset = this.#restart({ row, file, path });
    for (;;) {
      const piece = readLines(path, { offset, isComplete: isOver });
      if (piece.size > 0 && piece.size < offset) {
        offset = this.#restart({ row, file, path });
        continue;
      }
      for (let at = 0; at < piece.lines.length; ) {
        const taken = this.#takeInLines({ row, file, path, offset, endTime }, piece.lines.slice(at));
        at += taken.count;
        offset = taken.offset;
        if (performance.now() > deadline) return piece.atEnd && at >= piece.lines.length;
      }
      if (piece.atEnd) return true;
      offset = piece.next;
    }
  }

  /** Takes lines up to a number of points, in one transaction with the offset behind them. */
  #takeInLines(place: FilePlace, lines: readonly FileLine[]): { count: number; offset: number } {
    const { row, file, path } = place;
    const points: MetricInput[] = [];
    const bad: BadLine[] = [];
    let offset = place.offset;
    let count = 0;
    for (const line of lines) {
      const leftOut = file === 'stdoutMetrics' ? leftOutProblem(line.text ?? '') : undefined;
      const result = leftOut ?? pointsOf(line, () => this.#timeOf(place, line.end));
      if (typeof result === 'string') bad.push({ after: count, problem: result, isWhole: true });
      else if ('points' in result) points.push(...result.points);
      else bad.push({ after: count, problem: result.problem, isWhole: false });
      offset = line.end;
      count += 1;
      if (points.length >= mostPoints) break;
    }
    const { database, runs, store } = this.#parts;
    database
      .transaction(() => {
        if (points.length > 0) runs.logBatch(row.run_id, { metrics: points });
        store.setOffset(row.run, file, offset);
        if (bad.length > 0) this.#report(place, bad);
      })
      .immediate();
    this.#numbers.moved(path, place.offset, { offset, lines: count });
    this.#marks.taken(path, place.offset, lines.slice(0, count));
    return { count, offset };
  }

  /** When a line that carries no time was logged, as far as that is known: never after the run's end. */
  #timeOf({ row, path, endTime = Number.POSITIVE_INFINITY }: FilePlace, end: number): number {
    const runId = row.run_id;
    let times = this.#times.get(runId);
    if (times === undefined) {
      times = new GrowthTimes(this.#parts.layout, runId);
      this.#times.set(runId, times);
    }
    // What nobody noted was written by the time the file was last written to.
    return Math.min(times.timeOf(end) ?? Math.min(writtenTime(path), this.#parts.now()), endTime);
  }

  #report({ row, file, path, offset }: FilePlace, bad: readonly BadLine[]): void {
    const { store } = this.#parts;
    const known = store.find(row.run_id)?.problems ?? row.problems;
    if (isFull(known)) return;
    const first = this.#numbers.at(path, offset);
    const sentences = bad
      .slice(0, 60)
      .map(({ after, problem, isWhole }) =>
        isWhole ? problem : `${runFiles[file]}:${first + after} ${problem}, so it was left out.`,
      );
    const problems = addProblems(known, sentences);
    if (problems !== undefined) store.setProblems(row.run, problems);
  }

  /** The command wrote its file anew; points that are there already are not counted twice. */
  #restart({ row, file, path }: Pick<FilePlace, 'row' | 'file' | 'path'>): number {
    const { store } = this.#parts;
    const known = store.find(row.run_id)?.problems ?? row.problems;
    const problems = addProblems(known, [rewrittenProblem(runFiles[file])]);
    if (problems !== undefined) store.setProblems(row.run, problems);
    store.setOffset(row.run, file, 0);
    this.#times.delete(row.run_id);
    this.#forgetPlaces(path);
    return 0;
  }

  #forgetPlaces(path: string): void {
    this.#numbers.forget(path);
    this.#marks.forget(path);
  }

  #pathOf(runId: string, file: MetricFileName): string {
    return `${this.#parts.layout.run(runId)}/${runFiles[file]}`;
  }
}

/** Epoch milliseconds, whole. */
function writtenTime(path: string): number {
  return Math.floor(statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? Number.POSITIVE_INFINITY);
}
