// Takes in the metric lines of a run: a few hundred points a transaction, which also moves the offset.
import type { Database } from '../../../platform/sqlite/database';
import { runFiles, type WorkspaceLayout } from '../../../protocol/folder/layout';
import { leftOutProblem } from '../../../protocol/recording/stdout-metric';
import type { MetricInput } from '../batch';
import type { RunsService } from '../service';
import { GrowthTimes } from './files/growth-times';
import { LineNumbers } from './files/line-numbers';
import { type FileLine, readLines } from './files/line-reader';
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

/** One run, one file, and where in it. */
interface FilePlace {
  row: RecordingRow;
  file: MetricFileName;
  path: string;
  offset: number;
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

  constructor(parts: MetricsParts) {
    this.#parts = parts;
  }

  /** Reads on until `deadline` (of `performance.now`). `isOver`: nothing more is written. True when all is read. */
  takeIn(row: RecordingRow, isOver: boolean, deadline: number): boolean {
    return files.every((file) => this.#takeInFile(row, file, { isOver, deadline }));
  }

  /** The run has ended. */
  forget(runId: string): void {
    this.#times.delete(runId);
    for (const file of files) this.#numbers.forget(this.#pathOf(runId, file));
  }

  #takeInFile(
    row: RecordingRow,
    file: MetricFileName,
    { isOver, deadline }: { isOver: boolean; deadline: number },
  ): boolean {
    const path = this.#pathOf(row.run_id, file);
    let offset = row[offsetColumns[file]];
    for (;;) {
      const piece = readLines(path, { offset, isComplete: isOver });
      if (piece.size > 0 && piece.size < offset) {
        offset = this.#restart({ row, file, path, offset });
        continue;
      }
      for (let at = 0; at < piece.lines.length; ) {
        const taken = this.#takeInLines({ row, file, path, offset }, piece.lines.slice(at));
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
      const result = leftOut ?? pointsOf(line, () => this.#timeOf(row.run_id, line.end));
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
    return { count, offset };
  }

  #timeOf(runId: string, end: number): number {
    let times = this.#times.get(runId);
    if (times === undefined) {
      times = new GrowthTimes(this.#parts.layout, runId);
      this.#times.set(runId, times);
    }
    return times.timeOf(end) ?? this.#parts.now();
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
  #restart({ row, file, path }: FilePlace): number {
    const { store } = this.#parts;
    const sentence = `${runFiles[file]} was cut short while it was read, and was read again from its beginning.`;
    const problems = addProblems(store.find(row.run_id)?.problems ?? row.problems, [sentence]);
    if (problems !== undefined) store.setProblems(row.run, problems);
    store.setOffset(row.run, file, 0);
    this.#times.delete(row.run_id);
    this.#numbers.forget(path);
    return 0;
  }

  #pathOf(runId: string, file: MetricFileName): string {
    return `${this.#parts.layout.run(runId)}/${runFiles[file]}`;
  }
}
